"""Children born before they are needed: a process that has imported a module once and forks one child after the other.

Starting Python and importing Pillow costs more than decoding a screenshot. The process in between never sees a hostile
byte, has an empty environment and dies with its parent. It forks, kills and reaps; what its children may do is decided
by `evidence.confinement`, as for any other child. One child always waits, enclosed already, and is given one piece of
work; the next is forked when that one is dead.

Protocol, in messages over two socket pairs. Orders, from the parent to the child that waits: a JSON list of arguments
together with two descriptors, what the child reads and where it writes. Burials, between the parent and the process in
between: `KILL`; the answer is the child's exit code, and the child is dead by then. Who needs no exit code hears of it
when the next child is asked for.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading

from evidence.confinement import die_with_parent, enclose

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
        self._orders, child_end = _pair()
        self._burials, their_end = _pair()
        with child_end, their_end:
            descriptors = child_end.fileno(), their_end.fileno()
            self._process = subprocess.Popen(
                [*boot, *map(str, descriptors)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=descriptors,
                env=environment,
                cwd="/",
                start_new_session=True,
            )
        atexit.register(self.close)

    @property
    def is_open(self) -> bool:
        """Whether this process may use it; one that was forked with it needs its own."""
        return self._owner == os.getpid() and self._orders.fileno() >= 0 and self._process.poll() is None

    def bear(self, arguments: list[str], *, source: int, sink: int) -> None:
        """Give the child that waits its work, without waiting. Raises NurseryClosed. A burial comes before the next."""
        self._busy.acquire()
        try:
            if self._owes_a_death:
                self._hear_of_death()
            socket.send_fds(self._orders, [json.dumps(arguments).encode()], [source, sink])
        except (OSError, ValueError) as error:
            self._give_up()
            raise NurseryClosed from error

    def bury(self) -> int:
        """Kill the child with its group; returns its exit code, negative for a signal. Raises NurseryClosed."""
        try:
            self._burials.send(KILL)
            code = self._hear_of_death()
        except (OSError, ValueError) as error:
            self._give_up()
            raise NurseryClosed from error
        self._busy.release()
        return code

    def bury_later(self) -> None:
        """Have the child killed with its group and wait for nothing; the next birth does. Raises NurseryClosed."""
        try:
            self._burials.send(KILL)
        except OSError as error:
            self._give_up()
            raise NurseryClosed from error
        self._owes_a_death = True
        self._busy.release()

    def close(self) -> None:
        """End the process in between; a child it has dies with it."""
        atexit.unregister(self.close)
        self._orders.close()
        self._burials.close()
        if self._owner == os.getpid():
            self._process.kill()
            self._process.wait()

    def _hear_of_death(self) -> int:
        code = int(self._burials.recv(MAX_MESSAGE_BYTES))
        self._owes_a_death = False
        return code

    def _give_up(self) -> None:
        self.close()
        self._busy.release()


def main() -> None:
    """The process in between: import the module, then bear and bury until the parent is gone."""
    die_with_parent()
    project, module = sys.argv[1], sys.argv[3]
    importlib.import_module(module).warm_up()
    # What is there now is shared by all children; they end before collecting anything would pay.
    gc.freeze()
    gc.disable()
    orders, burials = (socket.socket(fileno=int(descriptor)) for descriptor in sys.argv[4:])
    parent = os.getpid()
    while True:
        child = os.fork()
        if child == 0:
            burials.close()
            _live(project, module, orders, parent)
        order_to_kill = burials.recv(MAX_MESSAGE_BYTES)
        code = _bury(child)
        if not order_to_kill:
            return
        _discard_order(orders)
        burials.send(str(code).encode())


def _live(project: str, module: str, orders: socket.socket, parent: int) -> None:
    """In the child: wait for work; then a session of its own, no descriptor but those two, and the module's main()."""
    try:
        os.setsid()
        enclose()
        if os.getppid() != parent:
            # It was killed before the kernel knew that this one is to die with it: nobody could end this one any more.
            os._exit(1)
        message, descriptors, _, _ = socket.recv_fds(orders, MAX_MESSAGE_BYTES, 2)
        if not message:
            os._exit(0)
        orders.close()
        for number, descriptor in enumerate(descriptors):
            os.dup2(descriptor, number)
        os.closerange(3, max(descriptors) + 1)
        sys.argv = ["-c", project, module, *json.loads(message)]
        importlib.import_module(module).main()
        sys.stdout.flush()
        os._exit(0)
    finally:
        os._exit(1)


def _discard_order(orders: socket.socket) -> None:
    """Throw away what a child that died waiting was to do, lest the next one does it for somebody else."""
    if select.select([orders], [], [], 0)[0]:
        for descriptor in socket.recv_fds(orders, MAX_MESSAGE_BYTES, 2)[1]:
            os.close(descriptor)


def _pair() -> tuple[socket.socket, socket.socket]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(PATIENCE_SECONDS)
    return ours, theirs


def _bury(child: int) -> int:
    for kill in (os.kill, os.killpg):
        # The child may not have got as far as having a group of its own.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
