"""Giving up rights, called by a child process after its imports and before it reads one hostile byte.

What stays possible afterwards: computing within the limits, reading standard input, writing standard
output. The locks overlap on purpose. A kernel or container that refuses one of them still has the others:
without Landlock and name spaces, no descriptor can be opened at all.
"""

import contextlib
import ctypes
import functools
import math
import os
import resource
import signal
import time

from evidence.limits import ChildLimits

# Loaded once: a child forked later finds it there.
LIBC = ctypes.CDLL(None, use_errno=True)
NOBODY = 65534
# Enough to say that one is ready
LEAST_CPU_SECONDS = 0.1
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
# System calls of Landlock (docs.kernel.org/userspace-api/landlock.html); the same numbers on every
# architecture.
LANDLOCK_CREATE_RULESET = 444
LANDLOCK_RESTRICT_SELF = 446
LANDLOCK_VERSION_QUERY = 1
# From this version on, what can be refused: file rights (a bit each), TCP rights, signals and abstract
# sockets.
LANDLOCK_RIGHTS = {1: (13, 0, 0), 2: (14, 0, 0), 3: (15, 0, 0), 4: (15, 2, 0), 5: (16, 2, 0), 6: (16, 2, 2)}


def confine(limits: ChildLimits) -> None:
    """Take network, files, new processes and core dumps away, and set the limits of CPU and memory."""
    has_own_namespace = enclose()
    # The soft limit ends the child with SIGXCPU, which the parent can tell from a crash. What importing took, more on
    # a busy machine, is not the picture's doing.
    last_second = math.ceil(time.process_time() + LEAST_CPU_SECONDS) + limits.cpu_seconds
    _limit(resource.RLIMIT_CPU, last_second, hard=last_second + 1)
    _limit(resource.RLIMIT_AS, limits.memory_bytes)
    if has_own_namespace or limits.tasks == 0:
        # Outside a name space of its own the kernel counts all tasks of the user, so only 0 has a meaning
        # there.
        _limit(resource.RLIMIT_NPROC, limits.tasks)
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        # RLIMIT_NOFILE 0: what is open stays usable, no file, socket or pipe can be opened any more.
        _limit(kind, 0)


@functools.cache
def enclose() -> bool:
    """The first half of confine(), which a child that waits for its work can do before: user, network, paths.

    Returns whether the process has a name space of its own; a second call does nothing.
    """
    _become_nobody()
    has_own_namespace: bool = LIBC.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0
    LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    # After the change of user, which clears it: a killed worker takes its child along.
    die_with_parent()
    _landlock()
    return has_own_namespace


def die_with_parent() -> None:
    """Ask the kernel to kill this process when the one that started it ends."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _become_nobody() -> None:
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)


def _landlock() -> None:
    """Refuse every path, TCP, tracing of the parent and, on new kernels, signals to it."""
    version = LIBC.syscall(LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_VERSION_QUERY)
    if version < 1:
        return
    bits = LANDLOCK_RIGHTS[min(version, max(LANDLOCK_RIGHTS))]
    # Older kernels know a shorter structure; a field of zero that they do not know is accepted.
    attributes = (ctypes.c_uint64 * len(bits))(*(2**count - 1 for count in bits))
    ruleset = LIBC.syscall(LANDLOCK_CREATE_RULESET, attributes, ctypes.sizeof(attributes), 0)
    if ruleset >= 0:
        LIBC.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0)
        os.close(ruleset)


def _limit(kind: int, soft: int, hard: int | None = None) -> None:
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (soft, soft if hard is None else hard))
