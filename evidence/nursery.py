"""Children born quickly: a process that has imported a module once and forks a child of it for each request.

Starting Python and importing Pillow costs more than decoding a screenshot. The process in between never sees a hostile
byte, has an empty environment and dies with its parent. It forks, kills and reaps; what its children may do is decided
by `evidence.confinement`, as for any other child.

Protocol, in messages over a socket pair: the parent sends a JSON list of arguments together with two descriptors, what
the child reads and where it writes; then `KILL`; the answer is the child's exit code, and the child is dead by then.
Who needs no exit code hears of it when the next child is asked for.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading

from evidence.confinement import die_with_parent

KILL = b"kill"
# Far above what forking and killing take on a busy machine.
PATIENCE_SECONDS = 10
MAX_MESSAGE_BYTES = 4096


class NurseryClosed(OSError):
    """The process in between is gone; the next one may live."""


class Nursery:
    """Bears children of one module, one after the other. `boot` is the command that runs main() of this module."""

    def __init__(self, boot: list[str], environment: dict[str, str]) -> None:
        self._owner = os.getpid()
        self._busy = threading.Lock()
        # A child was ordered to be killed and nobody has heard yet that it is dead.
        self._owes_a_death = False
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._socket.settimeout(PATIENCE_SECONDS)
        with theirs:
            self._process = subprocess.Popen(
                [*boot, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env=environment,
                cwd="/",
                start_new_session=True,
            )
        atexit.register(self.close)

    @property
    def is_open(self) -> bool:
        """Whether this process may use it; one that was forked with it needs its own."""
        return self._owner == os.getpid() and self._socket.fileno() >= 0 and self._process.poll() is None

    def bear(self, arguments: list[str], *, source: int, sink: int) -> None:
        """Fork a child and wait for nothing. Raises NurseryClosed. One of the burials comes before the next birth."""
        self._busy.acquire()
        try:
            if self._owes_a_death:
                self._hear_of_death()
            socket.send_fds(self._socket, [json.dumps(arguments).encode()], [source, sink])
        except (OSError, ValueError) as error:
            self._give_up()
            raise NurseryClosed from error

    def bury(self) -> int:
        """Kill the child with its group; returns its exit code, negative for a signal. Raises NurseryClosed."""
        try:
            self._socket.send(KILL)
            code = self._hear_of_death()
        except (OSError, ValueError) as error:
            self._give_up()
            raise NurseryClosed from error
        self._busy.release()
        return code

    def bury_later(self) -> None:
        """Have the child killed with its group and wait for nothing; the next birth does. Raises NurseryClosed."""
        try:
            self._socket.send(KILL)
        except OSError as error:
            self._give_up()
            raise NurseryClosed from error
        self._owes_a_death = True
        self._busy.release()

    def close(self) -> None:
        """End the process in between; a child it has dies with it."""
        atexit.unregister(self.close)
        self._socket.close()
        if self._owner == os.getpid():
            self._process.kill()
            self._process.wait()

    def _hear_of_death(self) -> int:
        code = int(self._socket.recv(MAX_MESSAGE_BYTES))
        self._owes_a_death = False
        return code

    def _give_up(self) -> None:
        self.close()
        self._busy.release()


def main() -> None:
    """The process in between: import the module, then bear and bury until the parent is gone."""
    die_with_parent()
    project, module, descriptor = sys.argv[1], sys.argv[3], int(sys.argv[4])
    importlib.import_module(module).warm_up()
    # What is there now is shared by all children and never collected.
    gc.freeze()
    with socket.socket(fileno=descriptor) as parent:
        while True:
            message, descriptors, _, _ = socket.recv_fds(parent, MAX_MESSAGE_BYTES, 2)
            if not message:
                return
            child = os.fork()
            if child == 0:
                _live([project, module, *json.loads(message)], descriptors)
            for inherited in descriptors:
                os.close(inherited)
            parent.recv(MAX_MESSAGE_BYTES)
            parent.send(str(_bury(child)).encode())


def _live(arguments: list[str], descriptors: list[int]) -> None:
    """In the child: a session of its own, standard input and output, no other descriptor, then the module."""
    try:
        os.setsid()
        for number, descriptor in enumerate(descriptors):
            os.dup2(descriptor, number)
        os.closerange(3, max(descriptors) + 1)
        sys.argv = ["-c", *arguments]
        importlib.import_module(arguments[1]).main()
        sys.stdout.flush()
        os._exit(0)
    finally:
        os._exit(1)


def _bury(child: int) -> int:
    for kill in (os.kill, os.killpg):
        # The child may not have got as far as having a group of its own.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
