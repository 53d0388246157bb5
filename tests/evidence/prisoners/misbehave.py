"""A child that hangs, dies or answers nonsense, as its first argument says."""

import os
import signal
import sys
import time

from evidence.children import announce_and_read, answer
from evidence.likeness import FRAMES, HASH_BYTES


def main():
    habit = sys.argv[4]
    if habit == "never ready":
        os._exit(1)
    data = announce_and_read()
    write = sys.stdout.buffer.write
    habits = {
        "echo": lambda: answer({"length": len(data)}, data[::-1]),
        "hand back": lambda: answer({"frames": 1, "picture_hash": "00" * len(FRAMES) * HASH_BYTES}, data),
        "sleep": lambda: time.sleep(60),
        "burn": burn,
        "kill itself": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "raise": lambda: 1 // 0,
        "eat memory": lambda: answer({"length": len(bytearray(4 << 30))}),
        "flood": lambda: [write(b"x" * 65_536) for _ in range(100_000)],
        "no JSON": lambda: write(b"\xff\xfe nonsense\n"),
        "no object": lambda: write(b"[1]\n"),
        "wrong length": lambda: write(b'{"payload_bytes": 9}\nshort'),
        "deep JSON": lambda: write(b"[" * 100_000 + b"\n"),
        "half a line": lambda: write(b'{"payload_bytes": 0'),
        "close and sleep": close_and_sleep,
        "answer and stay": answer_and_stay,
        "fork without end": fork_without_end,
    }
    habits[habit]()


def warm_up():
    """Nothing to import."""


def fork_without_end():
    while True:
        os.fork()


def burn():
    while True:
        pass


def close_and_sleep():
    os.close(1)
    time.sleep(60)


def answer_and_stay():
    sys.stdout.buffer.write(b'{"payload_bytes": 1}\nx')
    sys.stdout.buffer.flush()
    close_and_sleep()
