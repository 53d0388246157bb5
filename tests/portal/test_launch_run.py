"""The launcher as people start it: a process that is asked to stop."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from portal.environment import CHECKOUT

LAUNCH = (sys.executable, "-m", "portal.launch")
OWN_VARIABLES = {
    *("DATABASE_URL", "REDIS_URL", "DATA_DIR", "SECRET_KEY_FILE", "RECEIPT_PEPPER_FILE", "STATIC_ROOT"),
    *("EVIDENCE_PUBLIC_KEY_FILE", "EVIDENCE_PRIVATE_KEY_FILE", "IDENTITY_PUBLIC_KEY_FILE"),
}


@pytest.fixture
def environ():
    """A newcomer's variables: nothing of the test run's own servers."""
    folder = Path(tempfile.mkdtemp(prefix="lapor-"))
    folder.chmod(0o711)
    mine = {name: value for name, value in os.environ.items() if name not in OWN_VARIABLES}
    yield mine | {"DATA_DIR": str(folder / "data"), "PORT": "0", "DEMO": "0"}
    shutil.rmtree(folder)


def processes_of(data_dir: str) -> dict[int, dict[str, str]]:
    """Environment of every process that names this DATA_DIR on its command line or in its environment."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command, environ = (folder / "cmdline").read_bytes(), (folder / "environ").read_bytes()
        except OSError:
            continue
        if data_dir.encode() in command + environ and int(folder.name) != os.getpid():
            words = [word.partition("=") for word in environ.decode(errors="replace").split("\0")]
            found[int(folder.name)] = {name: value for name, _, value in words}
    return found


def answer_to_a_code(address: str) -> str:
    """What the page for reporters answers to a code nobody has; posts are counted on the portal's own server."""
    browser = build_opener(HTTPCookieProcessor())
    with browser.open(f"{address}lacak/") as answer:
        page = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    typed = urlencode({"csrfmiddlewaretoken": token, "code": "ABCDE-FGHJK-MNPQR-STVWX-YZ0123"}).encode()
    with pytest.raises(HTTPError, match="422") as refused, browser.open(f"{address}lacak/", typed):
        pass
    with refused.value as answer:
        return answer.read().decode()


def test_a_whole_portal_opens_refuses_a_twin_and_leaves_nothing_behind(environ):
    portal = subprocess.Popen((*LAUNCH, "run"), cwd=CHECKOUT, env=environ, stdout=subprocess.PIPE, text=True)
    try:
        lines = []
        for line in portal.stdout:
            lines.append(line)
            if line.startswith("Ready: "):
                break
        assert lines[-1].startswith("Ready: http://127.0.0.1:"), "".join(lines)
        address = lines[-1].removeprefix("Ready: ").strip()

        connection = http.client.HTTPConnection(address.removeprefix("http://").strip("/"))
        connection.request("GET", "/healthz")
        assert connection.getresponse().status == 200
        connection.close()

        assert "Kode ini tidak cocok dengan laporan mana pun" in answer_to_a_code(address)

        twin = subprocess.run((*LAUNCH, "run"), cwd=CHECKOUT, env=environ, capture_output=True, text=True, check=False)
        assert twin.returncode == 1
        assert f"sudah berjalan di {address}" in twin.stdout

        running = processes_of(environ["DATA_DIR"])
        assert len(running) > 5
        keyed = [pid for pid, variables in running.items() if "EVIDENCE_PRIVATE_KEY_FILE" in variables]
        commands = {Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ") for pid in keyed}
        assert all(b"celery -A portal worker" in command for command in commands)

        portal.send_signal(signal.SIGTERM)
        rest = portal.stdout.read()
        assert portal.wait(timeout=20) == 0
        assert "Semua sudah berhenti." in rest
        assert processes_of(environ["DATA_DIR"]) == {}
    finally:
        portal.kill()
        portal.wait()
        portal.stdout.close()


@pytest.mark.parametrize(("script", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -KILL $$", 137)])
def test_with_servers_returns_the_exit_code_of_the_command(environ, script, code):
    words = ("with-servers", "--", "sh", "-c", script)
    given = environ | {"DATABASE_URL": "postgresql:///elsewhere", "REDIS_URL": "redis://elsewhere"}
    done = subprocess.run((*LAUNCH, *words), cwd=CHECKOUT, env=given, check=False)
    assert done.returncode == code


def test_with_servers_gives_a_database_a_broker_and_keys_that_are_gone_afterwards(environ):
    script = (
        "import os, psycopg2; psycopg2.connect(os.environ['DATABASE_URL']).close();"
        "assert open(os.environ['EVIDENCE_PRIVATE_KEY_FILE']).read();"
        "print(os.environ['DATA_DIR'])"
    )
    words = ("with-servers", "--", sys.executable, "-c", script)
    done = subprocess.run((*LAUNCH, *words), cwd=CHECKOUT, env=environ, capture_output=True, text=True, check=True)
    assert not Path(done.stdout.strip()).exists()
    assert processes_of(done.stdout.strip()) == {}
