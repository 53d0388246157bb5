import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.children import ChildFailed, ChildUnavailable, Failure, ask
from evidence.limits import DECODER_LIMITS, MIB

LIMITS = replace(DECODER_LIMITS, cpu_seconds=1, memory_bytes=512 * MIB, wall_seconds=20, answer_bytes=MIB)
MISBEHAVE = "tests.evidence.prisoners.misbehave"


def children_of(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_a_child_answers_with_facts_and_payload():
    said = ask(MISBEHAVE, "echo", data=b"abc" * 100_000, limits=LIMITS)
    assert said.facts["length"] == 300_000
    assert said.payload == b"cba" * 100_000


def test_a_child_taken_over_finds_every_way_out_shut(tmp_path):
    target = tmp_path / "target"
    target.write_text("still here")
    tmp_path.chmod(0o777)
    said = ask("tests.evidence.prisoners.escape", str(target), data=b"", limits=LIMITS)
    assert said.facts["open"] == []
    assert target.read_text() == "still here"


def test_a_child_gets_neither_environment_nor_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("EVIDENCE_PRIVATE_KEY_FILE", "/secret")
    said = ask("tests.evidence.prisoners.escape", str(tmp_path / "x"), data=b"", limits=LIMITS)
    assert set(said.facts["environment"]) <= {"OMP_NUM_THREADS", "LC_CTYPE"}
    assert said.facts["folder"] == "/"


@pytest.mark.parametrize(
    ("habit", "code"),
    [
        ("burn", Failure.TIMEOUT),
        ("kill itself", Failure.CRASHED),
        ("raise", Failure.CRASHED),
        ("eat memory", Failure.CRASHED),
        ("flood", Failure.BAD_OUTPUT),
        ("no JSON", Failure.BAD_OUTPUT),
        ("no object", Failure.BAD_OUTPUT),
        ("wrong length", Failure.BAD_OUTPUT),
        ("deep JSON", Failure.BAD_OUTPUT),
        ("half a line", Failure.BAD_OUTPUT),
        ("close and sleep", Failure.CRASHED),
    ],
)
def test_a_child_that_misbehaves_is_named_and_gone(habit, code):
    before = children_of(os.getpid())
    with pytest.raises(ChildFailed) as failure:
        ask(MISBEHAVE, habit, data=b"x", limits=LIMITS)
    assert failure.value.code is code
    assert children_of(os.getpid()) == before


def test_a_hanging_child_is_killed_on_time():
    before = children_of(os.getpid())
    started = time.monotonic()
    with pytest.raises(ChildFailed) as failure:
        ask(MISBEHAVE, "sleep", data=b"x", limits=replace(LIMITS, wall_seconds=2))
    assert failure.value.code is Failure.TIMEOUT
    assert time.monotonic() - started < 4
    assert children_of(os.getpid()) == before


def test_a_child_that_cannot_start_says_nothing_about_the_bytes():
    for module, habit in ((MISBEHAVE, "never ready"), ("evidence.no_such_module", "")):
        with pytest.raises(ChildUnavailable):
            ask(module, habit, data=b"x", limits=LIMITS)


def test_no_descriptor_is_left_open():
    before = len(os.listdir("/proc/self/fd"))
    for habit in ("echo", "raise", "flood"):
        try:
            ask(MISBEHAVE, habit, data=b"x", limits=LIMITS)
        except ChildFailed:
            continue
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_killed_worker_takes_its_child_along():
    code = (
        "from dataclasses import replace; from evidence.children import ask; from evidence.limits import *;"
        f"ask({MISBEHAVE!r}, 'sleep', data=b'', limits=DECODER_LIMITS)"
    )
    worker = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    child = wait_for(lambda: children_of(worker.pid))[0]
    # The child sleeps only once it is confined.
    wait_for(lambda: "prisoners.misbehave" in command_of(child) and state_of(child) == "S")
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    wait_for(lambda: state_of(child) in {"", "Z", "X"})


def wait_for(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found


def state_of(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def command_of(pid):
    return Path(f"/proc/{pid}/cmdline").read_text()
