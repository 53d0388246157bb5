"""What the launcher says to the person at the terminal, and when it is asked to stop."""

import os
import signal
import sys
from types import FrameType


class Stop(Exception):
    """The person asked to stop."""


class StopRequest:
    """Remembers the first of SIGINT, SIGTERM and SIGHUP in `number`, 0 until then.

    Make repeats signals to its children, so a second one changes nothing.
    """

    def __init__(self) -> None:
        """Nothing came yet, and nothing is listened to yet."""
        self.number = 0

    def listen(self) -> "StopRequest":
        """Listen from now on. `nohup` stays in force."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._remember)
        return self

    def check(self) -> None:
        """Raises Stop once a signal has come."""
        if self.number:
            raise Stop

    def _remember(self, number: int, frame: FrameType | None) -> None:
        self.number = self.number or number


def say(text: str) -> None:
    """Write one line. A closed terminal must not keep the launcher from stopping its processes."""
    try:
        sys.stdout.flush()
        os.write(1, f"{text}\n".encode())
    except OSError:
        return
