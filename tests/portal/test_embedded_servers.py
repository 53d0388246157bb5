"""The embedded PostgreSQL and Valkey, started for real."""

import os
import shutil
import signal
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest
import redis

from portal.embedded.places import SHARED_ROOT, arrange, open_folder, own_folder, remove_outside
from portal.embedded.processes import StartFailed, wait_until
from portal.opening import Opening
from portal.supervision import Supervisor
from portal.terminal import StopRequest

IS_ROOT = os.geteuid() == 0
# Python 3.12 warns when a process with threads starts another; the test runner has threads, the launcher has none.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")


class Copy:
    """One copy of the portal as far as its servers go."""

    def __init__(self, data_dir: Path, environ: dict[str, str] | None = None):
        open_folder(data_dir)
        (data_dir / "logs").mkdir(exist_ok=True)
        self.data_dir = data_dir
        self.supervisor = Supervisor()
        self.opening = Opening(environ or {}, data_dir, self.supervisor, StopRequest())
        self.addresses: dict[str, str] = {}

    def start(self, *, throw_away: bool = True):
        self.addresses = self.opening.start_servers(throw_away=throw_away)
        return self

    def stop(self):
        self.supervisor.stop()

    def sql(self, statement: str) -> list[tuple]:
        connection = psycopg2.connect(self.addresses["DATABASE_URL"])
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def valkey(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=urlsplit(self.addresses["REDIS_URL"]).path, decode_responses=True)

    def pid(self, name: str) -> int:
        return self.supervisor.children[name].process.pid


@pytest.fixture
def folder():
    """A folder that other accounts can pass through, as a checkout in /srv."""
    path = Path(tempfile.mkdtemp(prefix="lapor-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def make_copy():
    copies = []

    def make(data_dir: Path, environ: dict[str, str] | None = None) -> Copy:
        copies.append(Copy(data_dir, environ))
        return copies[-1]

    yield make
    for copy in copies:
        copy.stop()
        remove_outside(copy.data_dir)


def test_the_servers_listen_on_sockets_only_and_never_as_root(folder, make_copy):
    copy = make_copy(folder / "data").start()
    assert copy.sql("SHOW listen_addresses") == [("",)]
    assert copy.sql("SELECT current_user::text, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)") == [
        ("portal", False)
    ]
    assert copy.valkey().config_get("port") == {"port": "0"}
    assert copy.valkey().config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert copy.valkey().config_get("appendonly") == {"appendonly": "yes"}
    for name in ("postgres", "valkey"):
        assert os.stat(f"/proc/{copy.pid(name)}").st_uid != 0
    assert (folder / "data" / "postgres" / "PG_VERSION").read_text().strip() == "18"


def test_two_copies_do_not_disturb_each_other(folder, make_copy):
    one, two = make_copy(folder / "one").start(), make_copy(folder / "two").start()
    for copy, word in ((one, "satu"), (two, "dua")):
        copy.sql(f"CREATE TABLE note AS SELECT '{word}'::text AS word")
        copy.valkey().set("word", word)
    assert one.sql("SELECT word FROM note") == [("satu",)]
    assert one.valkey().get("word") == "satu"
    two.stop()
    assert one.sql("SELECT word FROM note") == [("satu",)]
    assert one.valkey().get("word") == "satu"


def test_data_survives_a_stop_and_a_power_cut(folder, make_copy):
    copy = make_copy(folder / "data").start(throw_away=False)
    copy.sql("CREATE TABLE note AS SELECT 1 AS number")
    copy.valkey().set("number", 1)
    copy.valkey().execute_command("WAITAOF", 1, 0, 2000)
    processes = [copy.supervisor.children[name].process for name in ("postgres", "valkey")]
    for process in processes:
        process.kill()
        process.wait()
    # After a reboot the number in the stale file may be that of any program, here of this one.
    pid_file = folder / "data" / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))

    again = make_copy(folder / "data").start(throw_away=False)
    assert again.sql("SELECT number FROM note") == [(1,)]
    assert again.valkey().get("number") == "1"


def test_a_server_that_dies_is_started_again(folder, make_copy, capfd):
    copy = make_copy(folder / "data", {"DATABASE_URL": "postgresql://elsewhere/portal"}).start()
    first = copy.pid("valkey")
    os.kill(first, signal.SIGKILL)

    def is_back() -> bool:
        copy.supervisor.look_after()
        child = copy.supervisor.children["valkey"]
        return child.process.pid != first and child.process.poll() is None

    assert wait_until(is_back, 10)
    assert "valkey berhenti (kode -9), mulai lagi dalam 1 detik." in capfd.readouterr().out


def test_in_a_folder_that_others_cannot_enter_root_steps_aside(tmp_path, make_copy):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    copy = make_copy(closed / "data").start()
    places = arrange(closed / "data")
    home = SHARED_ROOT if IS_ROOT else closed / "data"
    assert places.postgres.is_relative_to(home)
    assert places.valkey.is_relative_to(home)
    program = Path(f"/proc/{copy.pid('postgres')}/exe").readlink()
    assert program.is_relative_to(SHARED_ROOT) or not program.is_relative_to(closed)
    assert copy.sql("SELECT 1") == [(1,)]
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("given", "embedded"),
    [
        ({"DATABASE_URL": "postgresql://elsewhere/portal"}, {"valkey"}),
        ({"REDIS_URL": "redis://elsewhere"}, {"postgres"}),
        ({"DATABASE_URL": "postgresql://elsewhere/portal", "REDIS_URL": "redis://elsewhere"}, set()),
    ],
)
def test_a_server_that_is_given_is_not_embedded(folder, make_copy, given, embedded):
    copy = make_copy(folder / "data", given).start()
    assert set(copy.supervisor.children) == embedded
    assert not set(given) & set(copy.addresses)
    assert {path.name for path in (folder / "data").iterdir()} & {"postgres", "valkey"} == embedded


def test_a_long_or_odd_path_still_gets_a_short_socket_path(folder):
    data_dir = folder / ("panjang " * 12) / "data"
    open_folder(data_dir)
    try:
        places = arrange(data_dir)
        assert len(os.fsencode(places.sockets / ".s.PGSQL.5432")) < 100
        assert " " not in str(places.sockets)
    finally:
        remove_outside(data_dir)


def test_the_database_address_names_socket_and_role(folder, make_copy):
    copy = make_copy(folder / "data", {"REDIS_URL": "redis://elsewhere"}).start()
    parts = urlsplit(copy.addresses["DATABASE_URL"])
    assert parts.path == "/lapor_netral"
    assert parse_qs(parts.query) == {"host": [str(folder / "data" / "run")], "user": ["portal"]}


def test_a_folder_of_somebody_else_is_refused(folder):
    account = arrange(folder).account
    (folder / "taken").mkdir(mode=0o755)
    with pytest.raises(StartFailed, match="mode 700"):
        own_folder(folder / "taken", account)
