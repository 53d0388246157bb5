"""Clients that send slowly, half, or without end keep nobody else waiting, and are cut off."""

import time
from contextlib import ExitStack

import pytest

from portal.opening import GUNICORN
from tests.security.web import answer_of, ask, connected, running

WORKER = "portal.web_worker.PatientWorker"
PAGE = b"GET /mulai/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /laporkan/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n"
# Three times as many as there are threads
MANY = 12
UNFINISHED = {
    "nothing": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: loc",
    "half a body": POST % 1000 + bytes(500),
    "no chunk": b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n",
}


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    assert WORKER in GUNICORN
    options = GUNICORN.replace(WORKER, "tests.security.impatient.ImpatientWorker")
    with running(options, tmp_path_factory.mktemp("web")) as (started, _):
        yield started


def test_who_sends_half_keeps_nobody_waiting(port):
    with ExitStack() as stack:
        for start in list(UNFINISHED.values()) * MANY:
            stack.enter_context(connected(port)).sendall(start)
        assert b" 302 " in ask(port, PAGE)


@pytest.mark.parametrize("start", UNFINISHED)
def test_who_sends_a_byte_now_and_then_is_cut_off(port, start):
    with connected(port) as connection:
        connection.sendall(UNFINISHED[start])
        connection.settimeout(0.2)
        for _ in range(50):
            try:
                assert connection.recv(1) == b""
                break
            except TimeoutError:
                connection.sendall(b"a")
            except ConnectionError:
                break
        else:
            pytest.fail("still connected")


def test_a_request_in_parts_is_answered_as_one(port):
    request = POST % 60_000 + bytes(60_000)
    with connected(port) as connection:
        for at in range(0, len(request), 20_000):
            connection.sendall(request[at : at + 20_000])
            time.sleep(0.1)
        assert answer_of(connection).startswith(b"HTTP/1.1 403 ")


def test_one_connection_carries_several_requests(port):
    with connected(port) as connection:
        for _ in range(3):
            connection.sendall(PAGE)
            assert b" 302 " in answer_of(connection)


def test_chunks_are_put_together(port):
    head = b"POST /laporkan/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    with connected(port) as connection:
        for part in (head, b"3\r\na=b\r\n", b"0\r\n", b"\r\n"):
            connection.sendall(part)
            time.sleep(0.05)
        assert answer_of(connection).startswith(b"HTTP/1.1 403 ")


def test_a_body_far_too_large_is_received_and_answered(port):
    size = 60_000_000
    with connected(port) as connection:
        connection.sendall(POST % size + bytes(size))
        assert answer_of(connection).startswith(b"HTTP/1.1 403 ")
