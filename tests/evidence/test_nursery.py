"""Children forked from a warm process are as confined, as mortal and as well accounted for as any other."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from evidence import children
from evidence.children import ChildFailed, ChildUnavailable, Failure, ask
from evidence.confinement import NOBODY
from evidence.images import rebuild
from evidence.limits import DECODER_LIMITS, MIB
from tests.evidence import hostile
from tests.evidence.test_children import children_of, state_of, wait_for

LIMITS = replace(DECODER_LIMITS, cpu_seconds=1, memory_bytes=512 * MIB, wall_seconds=20, answer_bytes=MIB)
MISBEHAVE = "tests.evidence.prisoners.misbehave"
ESCAPE = "tests.evidence.prisoners.escape"


@pytest.fixture
def warm(monkeypatch):
    """The prisoners are kept warm too."""
    nurseries = {}
    monkeypatch.setattr(children, "KEPT_WARM", frozenset({MISBEHAVE, ESCAPE}))
    monkeypatch.setattr(children, "_nurseries", nurseries)
    yield nurseries
    for nursery in nurseries.values():
        nursery.close()


def is_waiting_alone(nursery):
    """The one child there is, once it sleeps until it hears of work; else None."""
    pids = children_of(nursery._process.pid)
    return pids if len(pids) == 1 and state_of(pids[0]) == "S" else None


def test_one_process_in_between_bears_every_child(warm):
    said = [ask(MISBEHAVE, "echo", data=bytes([number]) * 9, limits=LIMITS) for number in range(5)]
    assert [answer.payload for answer in said] == [bytes([number]) * 9 for number in range(5)]
    (nursery,) = warm.values()
    assert wait_for(lambda: len(children_of(nursery._process.pid)) == 1)


def test_a_warm_child_taken_over_finds_every_way_out_shut(warm, tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENCE_PRIVATE_KEY_FILE", "/secret")
    said = ask(ESCAPE, str(tmp_path / "target"), data=b"", limits=LIMITS)
    assert said.facts["open"] == []
    assert set(said.facts["environment"]) <= {"OMP_NUM_THREADS", "GLIBC_TUNABLES", "LC_CTYPE"}
    assert said.facts["folder"] == "/"


@pytest.mark.parametrize(
    ("habit", "code"),
    [
        ("burn", Failure.TIMEOUT),
        ("kill itself", Failure.CRASHED),
        ("raise", Failure.CRASHED),
        ("eat memory", Failure.CRASHED),
        ("flood", Failure.BAD_OUTPUT),
        ("wrong length", Failure.BAD_OUTPUT),
        ("half a line", Failure.BAD_OUTPUT),
        ("close and sleep", Failure.CRASHED),
        ("fork without end", Failure.CRASHED),
    ],
)
def test_after_a_warm_child_misbehaved_the_next_one_works(warm, habit, code):
    with pytest.raises(ChildFailed) as failure:
        ask(MISBEHAVE, habit, data=b"x", limits=LIMITS)
    assert failure.value.code is code
    assert ask(MISBEHAVE, "echo", data=b"ab", limits=LIMITS).payload == b"ba"
    assert wait_for(lambda: is_waiting_alone(warm[MISBEHAVE]))


def test_a_warm_child_that_hangs_is_killed_on_time(warm):
    with pytest.raises(ChildFailed) as failure:
        ask(MISBEHAVE, "sleep", data=b"x", limits=replace(LIMITS, wall_seconds=1))
    assert failure.value.code is Failure.TIMEOUT
    assert wait_for(lambda: is_waiting_alone(warm[MISBEHAVE]))


def test_the_child_that_waits_is_enclosed_before_it_hears_of_work(warm):
    ask(MISBEHAVE, "echo", data=b"", limits=LIMITS)
    (child,) = wait_for(lambda: is_waiting_alone(warm[MISBEHAVE]))
    status = Path(f"/proc/{child}/status").read_text()
    assert "NoNewPrivs:\t1\n" in status
    assert os.geteuid() != 0 or f"Uid:\t{NOBODY}\t" in status


def test_work_for_a_child_that_died_waiting_is_done_by_no_other(warm):
    assert ask(MISBEHAVE, "echo", data=b"a", limits=LIMITS).payload == b"a"
    (child,) = wait_for(lambda: is_waiting_alone(warm[MISBEHAVE]))
    os.kill(int(child), signal.SIGKILL)
    with pytest.raises(ChildUnavailable):
        ask(MISBEHAVE, "echo", data=b"ab", limits=replace(LIMITS, wall_seconds=0.5))
    assert ask(MISBEHAVE, "echo", data=b"cd", limits=LIMITS).payload == b"dc"


def test_a_child_that_answered_and_lives_on_is_killed(warm):
    assert ask(MISBEHAVE, "answer and stay", data=b"x", limits=LIMITS).payload == b"x"
    assert ask(MISBEHAVE, "echo", data=b"ab", limits=LIMITS).payload == b"ba"
    assert wait_for(lambda: is_waiting_alone(warm[MISBEHAVE]))


def test_a_killed_process_in_between_is_replaced(warm):
    ask(MISBEHAVE, "echo", data=b"", limits=LIMITS)
    os.kill(warm[MISBEHAVE]._process.pid, signal.SIGKILL)
    warm[MISBEHAVE]._process.wait()
    assert ask(MISBEHAVE, "echo", data=b"ab", limits=LIMITS).payload == b"ba"


def test_a_process_in_between_killed_at_work_says_nothing_about_the_bytes(warm):
    ask(MISBEHAVE, "echo", data=b"", limits=LIMITS)
    nursery = warm[MISBEHAVE]
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(ask, MISBEHAVE, "sleep", data=b"", limits=LIMITS)
        # Before that the work would be given to another process in between.
        assert wait_for(nursery._busy.locked)
        children = wait_for(lambda: children_of(nursery._process.pid))
        os.kill(nursery._process.pid, signal.SIGKILL)
        with pytest.raises(ChildUnavailable):
            work.result()
    assert wait_for(lambda: all(state_of(child) in {"", "Z", "X"} for child in children))
    assert ask(MISBEHAVE, "echo", data=b"ab", limits=LIMITS).payload == b"ba"


@pytest.mark.parametrize("moment", range(12))
def test_no_child_outlives_a_process_in_between_killed_while_it_forks(warm, moment):
    ask(MISBEHAVE, "echo", data=b"", limits=LIMITS)
    nursery = warm[MISBEHAVE]
    nursery._hear_of_death()
    time.sleep(moment / 4000)
    # Read without looking through the whole of /proc: the next child is enclosed after a few milliseconds.
    children = Path(f"/proc/{nursery._process.pid}/task/{nursery._process.pid}/children").read_text().split()
    os.kill(nursery._process.pid, signal.SIGKILL)
    nursery._process.wait()
    assert wait_for(lambda: all(state_of(child) in {"", "Z", "X"} for child in children))


def test_it_ends_with_its_parent(warm):
    ask(MISBEHAVE, "echo", data=b"", limits=LIMITS)
    nursery = warm[MISBEHAVE]
    nursery._orders.close()
    nursery._burials.close()
    nursery._process.wait(10)


def test_a_forked_worker_starts_its_own(warm):
    ask(MISBEHAVE, "echo", data=b"", limits=LIMITS)
    nursery = warm[MISBEHAVE]
    nursery._owner += 1
    assert not nursery.is_open
    nursery._owner -= 1


def test_threads_wait_for_each_other():
    data = [hostile.jpeg(), hostile.png(), hostile.webp()] * 4
    with ThreadPoolExecutor(4) as pool:
        assert [clean.sha256 for clean in pool.map(rebuild, data)] == [rebuild(one).sha256 for one in data]


def test_no_descriptor_is_left_open_by_warm_children(warm):
    ask(MISBEHAVE, "echo", data=b"", limits=LIMITS)
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        ask(MISBEHAVE, "echo", data=b"", limits=LIMITS)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_module_that_is_not_there_is_the_machines_fault(monkeypatch):
    monkeypatch.setattr(children, "KEPT_WARM", frozenset({"evidence.no_such_module"}))
    monkeypatch.setattr(children, "_nurseries", {})
    with pytest.raises(ChildUnavailable):
        ask("evidence.no_such_module", data=b"", limits=LIMITS)
    children._nurseries["evidence.no_such_module"].close()
