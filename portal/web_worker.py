"""The web server's worker: a thread is given a request when all of it is here, so slow senders hold no thread.

Gunicorn's own threads read from the connection, and eight clients that send a byte a second keep the whole portal busy.
Here the loop that accepts connections also collects what they send, hundreds at once. Whoever sends too slowly is cut
off; a phone on a bad network is not.
"""

import re
import selectors
import socket
import struct
import time
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]  # it ships no types

MIB = 1024 * 1024
PART_BYTES = 64 * 1024
# After the grace period fewer bytes a second than this are too few; the slowest mobile networks bring three times that.
GRACE_SECONDS = 20.0
LEAST_BYTES_PER_SECOND = 1024
# Gunicorn refuses far shorter heads, and says so; one that has no end by here is cut off unanswered.
MOST_HEAD_BYTES = 64 * 1024
# The largest body the portal takes (settings.FILE_UPLOAD_MAX_MEMORY_SIZE), and a little. Of a larger one only the start
# is kept, for the words of its form are there; the files are refused anyway.
MOST_BODY_BYTES = 46 * MIB
START_OF_TOO_LARGE = MIB
# In one process, together. Past either the oldest arrival is cut off: those of honest senders are seconds old.
MOST_ARRIVALS = 500
MOST_BYTES_HERE = 256 * MIB
# A client that takes nothing of its answer for so long gets no more of it.
MOST_SECONDS_TO_TAKE = 20

END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
LENGTH = re.compile(rb"^content-length[ \t]*:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
CHUNKED = re.compile(rb"^transfer-encoding[ \t]*:", re.IGNORECASE | re.MULTILINE)
LAST_CHUNK = b"0\r\n\r\n"


@dataclass(eq=False, slots=True)
class Arrival:
    """A request on its way in: what is here of it, in parts, and what is still to come."""

    started: float
    head: bytearray = field(default_factory=bytearray)
    parts: deque[bytes] = field(default_factory=deque)
    received: int = 0
    kept: int = 0
    wanted: int | None = None

    def add(self, part: bytes) -> bool:
        """Take what came and say whether the request is whole, or so wrong that the parser may have it."""
        self.received += len(part)
        if self.wanted is not None:
            self._keep(part)
        else:
            self._read_head(part)
        return self.wanted is not None and (self.received >= self.wanted or self._has_last_chunk())

    def is_late(self, now: float) -> bool:
        """Whether it comes too slowly."""
        age = now - self.started
        return age > GRACE_SECONDS and self.received < age * LEAST_BYTES_PER_SECOND

    def _keep(self, part: bytes) -> None:
        too_large = self.wanted is not None and self.wanted > MOST_BODY_BYTES
        if self.kept < (START_OF_TOO_LARGE if too_large else MOST_BODY_BYTES):
            self.parts.append(part)
            self.kept += len(part)

    def _read_head(self, part: bytes) -> None:
        self.head += part
        self.kept = len(self.head)
        end = END_OF_HEAD.search(self.head, max(0, len(self.head) - len(part) - 3))
        if end is None and self.received < MOST_HEAD_BYTES:
            return
        length = end.end() if end else self.received
        self.parts += bytes(self.head[:length]), bytes(self.head[length:])
        del self.head[length:]
        self.wanted = length + self._body_length()

    def _body_length(self) -> int:
        """What the head announces, the largest where it contradicts itself; of chunks only their end tells."""
        lengths = [int(length) for length in LENGTH.findall(self.head)]
        return max(lengths) if lengths else MOST_BODY_BYTES * bool(CHUNKED.search(self.head))

    def _has_last_chunk(self) -> bool:
        return CHUNKED.search(self.head) is not None and LAST_CHUNK in self.parts[-2][-4:] + self.parts[-1]


class Here:
    """What gunicorn's parser reads in the place of the connection: the parts that are here, then the end."""

    def __init__(self) -> None:
        self.parts: deque[bytes] = deque()

    def recv(self, size: int) -> bytes:
        """Return the next bytes, at most `size` of them."""
        while self.parts:
            part = self.parts.popleft()
            if len(part) > size:
                self.parts.appendleft(part[size:])
            if part:
                return part[:size]
        return b""


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # as above
    """Threads that never wait for a client's bytes. For plain HTTP, behind a proxy or alone."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.arrivals: dict[TConn, Arrival] = {}

    def enqueue_req(self, conn: TConn) -> None:
        """Collect the request first; called for new connections and for those kept alive."""
        conn.sock.setblocking(False)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", MOST_SECONDS_TO_TAKE, 0))
        self.arrivals[conn] = Arrival(started=time.monotonic())
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._take_part, conn))
        self._make_room()

    def murder_pending(self) -> None:
        """Once a second: cut off who is too slow."""
        super().murder_pending()
        now = time.monotonic()
        for conn in [conn for conn, arrival in self.arrivals.items() if arrival.is_late(now)]:
            self._cut_off(conn)

    def _take_part(self, conn: TConn, client: socket.socket) -> None:
        if conn not in self.arrivals:
            return
        try:
            part = client.recv(PART_BYTES)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        if not part:
            self._cut_off(conn)
        elif self.arrivals[conn].add(part):
            self._hand_over(conn)
        else:
            self._make_room()

    def _hand_over(self, conn: TConn) -> None:
        arrival = self.arrivals.pop(conn)
        self.poller.unregister(conn.sock)
        conn.init()
        unreader = conn.parser.unreader
        if not isinstance(unreader.sock, Here):
            unreader.sock = Here()
        unreader.sock.parts += arrival.parts
        super().enqueue_req(conn)

    def _make_room(self) -> None:
        while len(self.arrivals) > MOST_ARRIVALS or sum(one.kept for one in self.arrivals.values()) > MOST_BYTES_HERE:
            self._cut_off(next(iter(self.arrivals)))

    def _cut_off(self, conn: TConn) -> None:
        del self.arrivals[conn]
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()
