"""Fetching one web page for a stranger without being sent where strangers have no business.

The host name is resolved here, every number is judged, and the connection goes to that very number: a name that answers
otherwise a moment later (DNS rebinding) changes nothing. A redirect begins anew. One clock runs for the whole visit.
Imported by workers only; tests/architecture checks that.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from reports.link_policy import CaptureRefusal, LinkRefused, Policy, Target, redirected, target_of

Resolve = Callable[[str, int], Sequence[str]]

MOST_REDIRECTS = 3
MOST_BYTES = 2 * 1024 * 1024
MOST_SECONDS = 10.0
LONGEST_TYPE = 100
REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Nothing in it names the portal: who runs a small site must not learn from his log that he was reported.
HEADERS = {"User-Agent": "Mozilla/5.0", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered, redirects followed: at most MOST_BYTES of body, as they came."""

    final_url: str
    status: int
    content_type: str
    body: bytes = field(repr=False)


def numbers_of(host: str, port: int) -> list[str]:
    """The IP addresses of a host, as the system resolves it. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    url: str, *, policy: Policy | None = None, resolve: Resolve = numbers_of, seconds: float = MOST_SECONDS
) -> Fetched:
    """Visit an address and return the answer, whatever its status. Raises LinkRefused and nothing else.

    No cookies, no credentials, no proxy from the environment, no compression.
    """
    policy, deadline = policy or Policy(), time.monotonic() + seconds
    target = target_of(url, policy)
    for _ in range(MOST_REDIRECTS + 1):
        answer, location = _visit(target, _number(target, policy, resolve, deadline), deadline)
        if location is None:
            return answer
        target = redirected(target, location, policy)
    raise LinkRefused(CaptureRefusal.TOO_MANY_REDIRECTS)


def _number(target: Target, policy: Policy, resolve: Resolve, deadline: float) -> str:
    """The number to connect to. One closed number among several is enough to refuse the name."""
    pool = ThreadPoolExecutor(1)
    try:
        # The system's resolver has time limits of its own, longer than ours.
        numbers = pool.submit(resolve, target.host, target.port).result(_left(deadline))
    except TimeoutError as error:
        raise LinkRefused(CaptureRefusal.TOO_SLOW) from error
    except (OSError, UnicodeError) as error:
        raise LinkRefused(CaptureRefusal.UNKNOWN_HOST) from error
    finally:
        pool.shutdown(wait=False)
    if not numbers:
        raise LinkRefused(CaptureRefusal.UNKNOWN_HOST)
    if not all(policy.allows(number) for number in numbers):
        raise LinkRefused(CaptureRefusal.CLOSED_NETWORK)
    return numbers[0]


def _visit(target: Target, number: str, deadline: float) -> tuple[Fetched, str | None]:
    """Ask one server; returns its answer and where it redirects to, if it does."""
    try:
        with _connected(target, number, deadline) as connection:
            return _asked(connection, target)
    except LinkRefused:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise LinkRefused(_code_of(error, deadline)) from error


@contextmanager
def _connected(target: Target, number: str, deadline: float) -> Iterator[http.client.HTTPConnection]:
    """A connection to the number under the host's name, cut off when the time is over."""
    connection = http.client.HTTPConnection(target.host, target.port)
    raw = socket.create_connection((number, target.port), timeout=_left(deadline))
    with raw if target.scheme == "http" else _under_tls(raw, target) as line:
        cut = threading.Timer(_left(deadline), _cut_off, [line])
        cut.start()
        try:
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            connection.sock = line
            yield connection
        finally:
            cut.cancel()
        if time.monotonic() >= deadline:
            # What a line that was cut off gave looks like the end of a page.
            raise LinkRefused(CaptureRefusal.TOO_SLOW)


def _under_tls(raw: socket.socket, target: Target) -> ssl.SSLSocket:
    context = ssl.create_default_context()
    return context.wrap_socket(raw, server_hostname=target.host, do_handshake_on_connect=False)


def _cut_off(line: socket.socket) -> None:
    try:
        # Not SSLSocket.shutdown(), which takes its state away under the thread that reads.
        socket.socket.shutdown(line, socket.SHUT_RDWR)
    except OSError:
        return


def _asked(connection: http.client.HTTPConnection, target: Target) -> tuple[Fetched, str | None]:
    connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
    for name, value in {"Host": target.host_header, **HEADERS}.items():
        connection.putheader(name, value)
    connection.endheaders()
    with connection.getresponse() as answer:
        location = answer.getheader("Location") if answer.status in REDIRECTS else None
        body = b"" if location is not None else _body(answer)
        content_type = _plain(answer.getheader("Content-Type", ""))
        return Fetched(target.url, answer.status, content_type, body), location


def _body(answer: http.client.HTTPResponse) -> bytes:
    body = answer.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise LinkRefused(CaptureRefusal.TOO_LARGE)
    if answer.length:
        raise http.client.IncompleteRead(body)
    return body


def _plain(text: str) -> str:
    return "".join(letter for letter in text if " " <= letter <= "~")[:LONGEST_TYPE]


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise LinkRefused(CaptureRefusal.TOO_SLOW)
    return left


def _code_of(error: Exception, deadline: float) -> CaptureRefusal:
    if isinstance(error, TimeoutError) or time.monotonic() >= deadline:
        return CaptureRefusal.TOO_SLOW
    if isinstance(error, ssl.SSLError):
        return CaptureRefusal.NOT_TRUSTED
    return CaptureRefusal.UNREACHABLE if isinstance(error, OSError) else CaptureRefusal.BROKEN_ANSWER
