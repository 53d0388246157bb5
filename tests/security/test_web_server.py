"""The real web server: broken and smuggled requests, and what it writes about whoever sends them."""

import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from portal.opening import GUNICORN
from tests.reports.servers import wait_until

ROOT = Path(__file__).resolve().parents[2]
# A device of its own on this machine
ADDRESS = "127.0.0.77"
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


def options_of_the_container() -> str:
    """What the Dockerfile starts, without the program and its address."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    command = json.loads(re.search(r"^CMD (\[.*?\])", text, re.MULTILINE)[1])
    return " ".join(command[1:]).replace("--bind 0.0.0.0:8000", "")


@pytest.fixture(scope="module", params=["launcher", "container"])
def server(request, tmp_path_factory):
    """The web server as it is started for people; its port and its log."""
    options = GUNICORN if request.param == "launcher" else options_of_the_container()
    log = tmp_path_factory.mktemp("web") / "web.log"
    environment = os.environ | {"PUBLIC_HTTPS": "0", "DEBUG": "0", "STATIC_ROOT": str(log.parent / "static")}
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, env=environment, cwd=ROOT, check=True)
    with socket.create_server(("127.0.0.1", 0)) as listener, log.open("wb") as output:
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                *options.split(),
                "--workers",
                "1",
                "--bind",
                f"fd://{listener.fileno()}",
            ],
            env=environment,
            stdout=output,
            stderr=output,
            pass_fds=(listener.fileno(),),
            cwd=ROOT,
        )
        port = listener.getsockname()[1]
        wait_until(lambda: b" 302 " in ask(port, b"GET /mulai/ HTTP/1.0\r\nHost: localhost\r\n\r\n"))
        yield port, log
        process.terminate()
        process.wait(timeout=20)


def ask(port: int, request: bytes) -> bytes:
    """Send bytes and read whatever comes back."""
    with socket.create_connection(("127.0.0.1", port), timeout=20, source_address=(ADDRESS, 0)) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
            if b"\r\n\r\n" in answer and b"Connection: keep-alive" in answer:
                break
        return answer


def test_broken_requests_are_refused_once_and_nobody_is_written_down(server):
    port, log = server
    for name, (request, status) in BROKEN.items():
        answer = ask(port, request)
        assert answer.startswith(f"HTTP/1.1 {status} ".encode()), name
        assert answer.count(b"HTTP/1.") == 1, name
    written = log.read_text()
    assert ADDRESS not in written
    assert "KenariRahasia" not in written
