"""The real web server, started for tests as it is started for people."""

import json
import os
import re
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from tests.reports.servers import wait_until

ROOT = Path(__file__).resolve().parents[2]
# A device of its own on this machine
ADDRESS = "127.0.0.77"


def options_of_the_container() -> str:
    """What the Dockerfile starts, without the program and its address."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    command = json.loads(re.search(r"^CMD (\[.*?\])", text, re.MULTILINE)[1])
    return " ".join(command[1:]).replace("--bind 0.0.0.0:8000", "")


@contextmanager
def running(options: str, folder: Path, **more: str):
    """The web server with these options and one worker, `more` in its environment; its port and its log."""
    log = folder / "web.log"
    environment = os.environ | {"PUBLIC_HTTPS": "0", "DEBUG": "0", "STATIC_ROOT": str(folder / "static")} | more
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, env=environment, cwd=ROOT, check=True)
    with socket.create_server(("127.0.0.1", 0)) as listener, log.open("wb") as output:
        bind = ["--workers", "1", "--bind", f"fd://{listener.fileno()}"]
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options.split(), *bind],
            env=environment,
            stdout=output,
            stderr=output,
            pass_fds=(listener.fileno(),),
            cwd=ROOT,
        )
        port = listener.getsockname()[1]
        try:
            wait_until(lambda: b" 302 " in ask(port, b"GET /mulai/ HTTP/1.0\r\nHost: localhost\r\n\r\n"))
            yield port, log
        finally:
            process.terminate()
            process.wait(timeout=20)


def connected(port: int) -> socket.socket:
    """A connection to the server."""
    return socket.create_connection(("127.0.0.1", port), timeout=20, source_address=(ADDRESS, 0))


def ask(port: int, request: bytes) -> bytes:
    """Send bytes and read whatever comes back."""
    with connected(port) as connection:
        connection.sendall(request)
        return answer_of(connection)


def answer_of(connection: socket.socket) -> bytes:
    """Read to the end, or to the head of an answer after which the connection stays open."""
    answer = b""
    while part := connection.recv(65536):
        answer += part
        if b"\r\n\r\n" in answer and b"Connection: keep-alive" in answer:
            break
    return answer
