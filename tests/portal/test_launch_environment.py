"""What each process is told, and the secrets it rests on."""

import stat

import pytest

from evidence.sealing import read_private_key, read_public_key
from portal import copy_lock, environment
from portal.embedded.processes import ProcessMark, Service, StartFailed, end, end_marked, start, started_at
from portal.keys import fill_key_folder
from portal.opening import portal_services, reserve_port
from portal.supervision import STOP_ORDER, pause_before

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


def mode_of(path):
    return stat.S_IMODE(path.stat().st_mode)


def sleeper(tmp_path) -> Service:
    return Service(name="sleeper", command=("sleep", "60"), environ={}, log=tmp_path / "sleeper.log")


class Killed(Exception):
    """Stands for the end of a launcher that could not clean up."""


def be_killed_after_starting(process, data_dir):
    with copy_lock.hold(data_dir) as copy:
        copy.remember("sleeper", process.pid)
        raise Killed


def test_the_first_start_makes_the_secrets_and_later_ones_keep_them(tmp_path):
    keys = tmp_path / "keys"
    fill_key_folder(keys)
    first = {path.name: path.read_text() for path in keys.iterdir()}
    assert sorted(first) == [
        *("bundle.signing", "evidence.private", "evidence.public", "identity.private", "identity.public"),
        *("receipt-pepper", "secret-key"),
    ]
    fill_key_folder(keys)
    assert {path.name: path.read_text() for path in keys.iterdir()} == first
    assert mode_of(keys) == 0o700
    assert {mode_of(path) for path in keys.iterdir()} == {0o600}
    assert read_private_key(keys / "evidence.private").public_key == read_public_key(keys / "evidence.public")


def test_a_private_key_taken_to_a_safe_is_not_replaced(tmp_path):
    fill_key_folder(tmp_path / "keys")
    (tmp_path / "keys" / "identity.private").unlink()
    fill_key_folder(tmp_path / "keys")
    assert not (tmp_path / "keys" / "identity.private").exists()


def test_only_the_worker_learns_of_the_private_key(tmp_path):
    given = {"PATH": "/bin", "EVIDENCE_PRIVATE_KEY_FILE": "", "MAKELEVEL": "1"}
    web = environment.for_web(given, data_dir=tmp_path, keys=tmp_path / "keys")
    worker = environment.for_worker(given, data_dir=tmp_path, keys=tmp_path / "keys")
    assert set(worker) - set(web) == {"EVIDENCE_PRIVATE_KEY_FILE"}
    assert "MAKELEVEL" not in web
    assert not [value for value in worker.values() if "identity.private" in value]


@pytest.mark.parametrize(("asked", "queues"), [("", ["celery"]), ("0", ["celery"]), ("1", ["celery", "links"])])
def test_links_are_visited_on_request_by_a_worker_without_the_private_key(asked, queues, tmp_path):
    given = {"LINK_CAPTURE": asked, "EVIDENCE_PRIVATE_KEY_FILE": "/keys/private"}
    web, worker = (of(given, data_dir=tmp_path, keys=tmp_path) for of in (environment.for_web, environment.for_worker))
    services = portal_services(web, worker, data_dir=tmp_path, listener=3)
    workers = {
        service.command[service.command.index("--queues") + 1]: service
        for service in services
        if "--queues" in service.command
    }
    assert list(workers) == queues
    holders = [queue for queue, service in workers.items() if "EVIDENCE_PRIVATE_KEY_FILE" in service.environ]
    assert holders == ["celery"]
    assert {service.name for service in services} <= set(STOP_ORDER)


def test_a_private_key_given_by_the_operator_stays_out_of_the_web_process(tmp_path):
    given = {"EVIDENCE_PUBLIC_KEY_FILE": "/keys/public", "EVIDENCE_PRIVATE_KEY_FILE": "/keys/private"}
    web = environment.for_web(given, data_dir=tmp_path, keys=tmp_path)
    worker = environment.for_worker(given, data_dir=tmp_path, keys=tmp_path)
    assert "EVIDENCE_PRIVATE_KEY_FILE" not in web
    assert worker["EVIDENCE_PRIVATE_KEY_FILE"] == "/keys/private"


def test_a_foreign_public_key_gets_no_generated_private_key(tmp_path):
    given = {"EVIDENCE_PUBLIC_KEY_FILE": "/keys/public"}
    assert "EVIDENCE_PRIVATE_KEY_FILE" not in environment.for_worker(given, data_dir=tmp_path, keys=tmp_path)


def test_a_secret_that_is_given_wins_over_the_generated_file(tmp_path):
    web = environment.for_web({"SECRET_KEY": "given"}, data_dir=tmp_path, keys=tmp_path)
    assert web["SECRET_KEY"] == "given"
    assert "SECRET_KEY_FILE" not in web
    assert web["RECEIPT_PEPPER_FILE"] == str(tmp_path / "receipt-pepper")


@pytest.mark.parametrize("port", ["", "0", "8000", "65535"])
def test_a_port_is_a_number(port):
    assert environment.port_of({"PORT": port}) == int(port or 8000)


@pytest.mark.parametrize("port", ["-1", "65536", "http", "80 00", "٨٠"])
def test_nonsense_as_port_is_refused_by_name(port):
    with pytest.raises(StartFailed, match="PORT harus angka 0 sampai 65535"):
        environment.port_of({"PORT": port})


def test_a_port_in_use_is_told_with_the_remedy():
    with (
        reserve_port(0) as taken,
        pytest.raises(StartFailed, match="Pilih PORT lain: make run PORT="),
    ):
        reserve_port(taken.getsockname()[1])


@pytest.mark.parametrize(("demo", "wanted"), [("", True), ("1", True), ("0", False), ("false", False), ("No", False)])
def test_demo_data_can_be_declined(demo, wanted):
    assert environment.wants_demo({"DEMO": demo} if demo else {}) is wanted


def test_a_second_launcher_of_the_same_copy_is_told_who_runs(tmp_path):
    with copy_lock.hold(tmp_path) as copy:
        copy.announce("http://127.0.0.1:8000/")
        with (
            pytest.raises(StartFailed, match=r"sudah berjalan di http://127\.0\.0\.1:8000/"),
            copy_lock.hold(tmp_path),
        ):
            pass
    with copy_lock.hold(tmp_path):
        assert mode_of(tmp_path / "launcher.lock") == 0o600


def test_what_a_killed_launcher_left_behind_is_ended_at_the_next_start(tmp_path):
    process = start(sleeper(tmp_path))
    try:
        with pytest.raises(Killed):
            be_killed_after_starting(process, tmp_path)
        with copy_lock.hold(tmp_path):
            assert process.poll() is not None
    finally:
        end(process, ())


def test_a_process_that_inherited_the_number_is_left_alone(tmp_path):
    process = start(sleeper(tmp_path))
    try:
        earlier = ProcessMark("web", process.pid, started_at(process.pid) - 1)
        end_marked(earlier, 1)
        assert process.poll() is None
    finally:
        end(process, ())


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (500, 60)])
def test_each_restart_in_a_row_waits_longer_up_to_a_minute(failures, seconds):
    assert pause_before(failures) == seconds
