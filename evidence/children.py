"""Running one of our own modules on hostile bytes in a process that cannot hurt its parent.

Protocol: the bytes are the child's standard input. The child writes `ready` once it is confined, then one
line of JSON, then a payload whose length that line tells. The parent believes nothing: a child may have
been taken over.
"""

import contextlib
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from evidence.confinement import confine
from evidence.limits import MIB, ChildLimits
from evidence.nursery import Nursery, NurseryClosed

READY = b"ready\n"
MAX_FACTS_BYTES = 4 * MIB
PROJECT = Path(__file__).resolve().parent.parent
# Isolated mode ignores PYTHONPATH and the current folder, so the project is appended, last: nothing in it can
# stand in for a module of the standard library.
BOOT = "import sys; sys.path.append(sys.argv[1]); import importlib; importlib.import_module(sys.argv[2]).main()"
BOOT_COMMAND = [sys.executable, "-I", "-c", BOOT, str(PROJECT)]
ENVIRONMENT = {"OMP_NUM_THREADS": "1"}
# Large pages where the kernel offers them: a short-lived child touches all of its memory for the first time.
WARM_ENVIRONMENT = {**ENVIRONMENT, "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}


class Failure(StrEnum):
    """How a child can fail on the bytes it was given."""

    TIMEOUT = "timeout"
    CRASHED = "crashed"
    BAD_OUTPUT = "bad_output"


class ChildFailed(RuntimeError):
    """The child died, hung or answered nonsense; `code` says which."""

    def __init__(self, code: Failure) -> None:
        super().__init__(code.value)
        self.code = code


class ChildUnavailable(RuntimeError):
    """The child never got as far as reading the bytes: the machine's fault, not theirs. Try again later."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child said. `facts` is its JSON object; nothing in it has been checked."""

    facts: dict[str, Any]
    payload: bytes


# Modules whose children are forked from a process that has imported them; they have a warm_up().
KEPT_WARM = frozenset({"evidence.decoder", "cases.letters.typesetter"})
_nurseries: dict[str, Nursery] = {}


def ask(module: str, *arguments: str, data: bytes, limits: ChildLimits) -> Answer:
    """Run `module.main()` in a limited child with `data` on its standard input and return its answer.

    Raises ChildFailed when the child fails on the data, ChildUnavailable when it never got to read it.
    """
    deadline = time.monotonic() + limits.wall_seconds
    reading_end, writing_end = _wide_pipe()
    with _in_memory_file(data) as source, open(reading_end, "rb", buffering=0):
        child = _started(module, json.dumps(asdict(limits)), *arguments, source=source, sink=writing_end)
        try:
            output, is_complete = _collect(reading_end, deadline, limits.answer_bytes)
            said = _whole_answer(output, limits) if is_complete else None
        except BaseException:
            child.kill_with_descendants()
            raise
        try:
            if said:
                child.kill_and_go_on()
                return said
            returncode = child.kill_with_descendants()
        except NurseryClosed as error:
            raise ChildUnavailable(module) from error
    if not output.startswith(READY):
        raise ChildUnavailable(module)
    raise ChildFailed(_failure(output, returncode if is_complete else None, limits))


def close_nurseries() -> None:
    """End the warm processes of this process; the next request starts others."""
    while _nurseries:
        _nurseries.popitem()[1].close()


def announce_and_read() -> bytes:
    """In the child: give up all rights, tell the parent so, and return the bytes to work on."""
    confine(ChildLimits(**json.loads(sys.argv[3])))
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
    return sys.stdin.buffer.read()


def answer(facts: dict[str, Any], payload: bytes = b"") -> None:
    """In the child: write the answer and leave at once, without running any finaliser."""
    line = json.dumps({**facts, "payload_bytes": len(payload)})
    sys.stdout.buffer.write(line.encode() + b"\n" + payload)
    sys.stdout.buffer.flush()
    # The parent sees the end of the answer now instead of after the kernel took this memory apart.
    os.close(sys.stdout.fileno())
    os._exit(0)


def _started(module: str, *arguments: str, source: int, sink: int) -> "_Child | _WarmChild":
    """Start the child and let go of its end of the pipe; raises ChildUnavailable."""
    try:
        return _start(module, *arguments, source=source, sink=sink)
    except OSError as error:
        raise ChildUnavailable(module) from error
    finally:
        os.close(sink)


def _start(module: str, *arguments: str, source: int, sink: int) -> "_Child | _WarmChild":
    if module in KEPT_WARM:
        return _WarmChild(module, *arguments, source=source, sink=sink)
    return _Child(module, *arguments, source=source, sink=sink)


def _collect(source: int, deadline: float, most_bytes: int) -> tuple[bytes, bool]:
    """Return what came out of the pipe, at most a chunk more than `most_bytes`; False when time ran out."""
    output = bytearray()
    poll = select.poll()
    poll.register(source, select.POLLIN)
    while len(output) <= most_bytes:
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            return bytes(output), False
        part = os.read(source, MIB)
        if not part:
            break
        output += part
    return bytes(output), True


def _whole_answer(output: bytes, limits: ChildLimits) -> Answer | None:
    """Return what the child said if it said all it meant to; then how it ended does not matter."""
    if not output.startswith(READY) or len(output) > limits.answer_bytes:
        return None
    try:
        return _parse(output[len(READY) :])
    except ChildFailed:
        return None


def _failure(output: bytes, returncode: int | None, limits: ChildLimits) -> Failure:
    if returncode in (None, -signal.SIGXCPU):
        return Failure.TIMEOUT
    return Failure.CRASHED if output == READY and len(output) <= limits.answer_bytes else Failure.BAD_OUTPUT


def _wide_pipe() -> tuple[int, int]:
    """A pipe that takes most pictures at once: each time it is full, both sides wait for the other to be scheduled."""
    reading_end, writing_end = os.pipe()
    with contextlib.suppress(OSError):
        # The most an ordinary user may ask for; refused where the user has many pipes, which then are slower.
        fcntl.fcntl(reading_end, fcntl.F_SETPIPE_SZ, MIB)
    return reading_end, writing_end


@contextlib.contextmanager
def _in_memory_file(data: bytes) -> Iterator[int]:
    """Yield a descriptor of a file that never touches a disk, rewound to its start."""
    descriptor = os.memfd_create("evidence")
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        file.seek(0)
        yield descriptor


class _Child(subprocess.Popen[bytes]):
    """A child with an empty environment, in a session and process group of its own."""

    def __init__(self, module: str, *arguments: str, source: int, sink: int) -> None:
        super().__init__(
            [*BOOT_COMMAND, module, *arguments],
            stdin=source,
            stdout=sink,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )

    def kill_with_descendants(self) -> int:
        """Kill what is left of the group and reap the child; returns the exit code, that of its own death if any."""
        # Before wait(): until then nobody else can be given the number of the group.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        return self.wait()

    def kill_and_go_on(self) -> None:
        """End it, where its exit code is of no interest."""
        self.kill_with_descendants()


class _WarmChild:
    """The same, forked from a process that has imported the module already."""

    def __init__(self, module: str, *arguments: str, source: int, sink: int) -> None:
        nursery = _nurseries.get(module)
        if nursery is None or not nursery.is_open:
            if nursery:
                nursery.close()
            nursery = _nurseries[module] = Nursery([*BOOT_COMMAND, "evidence.nursery", module], WARM_ENVIRONMENT)
        self.nursery = nursery
        self.nursery.bear(list(arguments), source=source, sink=sink)

    def kill_with_descendants(self) -> int:
        """As _Child.kill_with_descendants(); raises NurseryClosed when the process in between is gone."""
        return self.nursery.bury()

    def kill_and_go_on(self) -> None:
        """Let the process in between end it while this one works on; raises NurseryClosed."""
        self.nursery.bury_later()


def _parse(said: bytes) -> Answer:
    line, newline, payload = said[:MAX_FACTS_BYTES].partition(b"\n")
    try:
        facts = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ChildFailed(Failure.BAD_OUTPUT) from error
    payload = said[len(line) + 1 :]
    if not newline or not isinstance(facts, dict) or facts.get("payload_bytes") != len(payload):
        raise ChildFailed(Failure.BAD_OUTPUT)
    return Answer(facts, payload)
