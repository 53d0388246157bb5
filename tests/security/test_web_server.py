"""The real web server: broken and smuggled requests, and what it writes about whoever sends them."""

from contextlib import suppress

import pytest

from portal.opening import GUNICORN
from tests.security.web import ADDRESS, ask, connected, options_of_the_container, running

HEAD = b"POST /laporkan/ HTTP/1.1\r\nHost: localhost\r\n"
BROKEN = {
    "no request": (b"KenariRahasia\r\n\r\n", 400),
    "two lengths": (HEAD + b"Content-Length: 0\r\nContent-Length: 5\r\n\r\nabcde", 400),
    "length and chunks": (HEAD + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG", 400),
    "unknown coding": (HEAD + b"Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nabc", 501),
    "bare line feeds": (b"GET / HTTP/1.1\nHost: localhost\n\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400),
    "another host": (b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", 400),
    "negative length": (HEAD + b"Content-Length: -1\r\n\r\n", 400),
    "a header too long": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 20_000 + b"\r\n\r\n", 431),
    "an address too long": (b"GET /?q=" + b"KenariRahasia" * 1000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    "trace": (b"TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 405),
    "no token": (HEAD + b"Content-Length: 3\r\nConnection: close\r\n\r\na=b", 403),
    "out of the folder": (
        b"GET /static/../portal/settings.py HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        404,
    ),
}


@pytest.fixture(scope="module", params=["launcher", "container"])
def server(request, tmp_path_factory):
    """Port and log."""
    options = GUNICORN if request.param == "launcher" else options_of_the_container()
    with running(options, tmp_path_factory.mktemp("web")) as started:
        yield started


def test_broken_requests_are_refused_once_and_nobody_is_written_down(server):
    port, log = server
    for name, (request, status) in BROKEN.items():
        answer = ask(port, request)
        assert answer.startswith(f"HTTP/1.1 {status} ".encode()), name
        assert answer.count(b"HTTP/1.") == 1, name
    written = log.read_text()
    assert ADDRESS not in written
    assert "KenariRahasia" not in written


def test_a_header_of_1_mb_is_cut_off_unanswered(server):
    port, _ = server
    with connected(port) as connection, suppress(ConnectionError):
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n")
        assert connection.recv(1) == b""
    assert b" 302 " in ask(port, b"GET /mulai/ HTTP/1.0\r\nHost: localhost\r\n\r\n")
