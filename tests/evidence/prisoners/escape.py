"""A decoder taken over: it tries every way out and reports which ones were open."""

import contextlib
import ctypes
import os
import socket
import sys

from evidence.children import announce_and_read, answer


def main():
    target = sys.argv[4]
    announce_and_read()
    ways = {
        "read a file": lambda: os.open("/etc/passwd", os.O_RDONLY),
        "write a file": lambda: os.open(target, os.O_WRONLY | os.O_CREAT),
        "remove a file": lambda: os.unlink(target),
        "open a socket": lambda: socket.socket(socket.AF_INET),
        "open a local socket": lambda: socket.socket(socket.AF_UNIX),
        "open a socket in the place of standard input": _socket_as_standard_input,
        "fork": os.fork,
        "start a program": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "become root": lambda: os.setuid(0),
        "trace the parent": _trace_parent,
    }
    open_ways = []
    for name, way in ways.items():
        with contextlib.suppress(OSError):
            way()
            open_ways.append(name)
    answer({"open": open_ways, "environment": sorted(os.environ), "folder": os.getcwd()})


def warm_up():
    """Nothing to import."""


def _socket_as_standard_input():
    os.close(0)
    socket.socket(socket.AF_INET)


def _trace_parent():
    attach = 16
    if ctypes.CDLL(None, use_errno=True).ptrace(attach, os.getppid(), 0, 0) != 0:
        raise PermissionError
