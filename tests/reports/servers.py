"""A broker and a worker of our own, because they are going to be mistreated."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from tests.processes import database_url


class Broker:
    """A running Valkey server."""

    def __init__(self, server):
        self.server = server
        self.url = f"redis://127.0.0.1:{server.port}/0"

    @contextmanager
    def frozen(self):
        """Connections are accepted, nothing is answered."""
        pid = self.server._process.pid
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def messages(self):
        """What waits in the queue, as bytes."""
        with self.server.client() as client:
            return client.lrange("celery", 0, -1)

    def everything(self):
        """Every key and value, as bytes."""
        with self.server.client() as client:
            return b"".join(client.dump(key) or b"" for key in client.scan_iter())

    def flush(self):
        """Forget everything."""
        with self.server.client() as client:
            client.flushall()


class Worker:
    """A Celery worker process with one child, on the database of the test."""

    def __init__(self, broker, folder, key_files):
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "REDIS_URL": broker.url,
            "DATA_DIR": str(folder),
            "EVIDENCE_PUBLIC_KEY_FILE": str(key_files / "evidence.public"),
            "EVIDENCE_PRIVATE_KEY_FILE": str(key_files / "evidence.private"),
            "IDENTITY_PUBLIC_KEY_FILE": str(key_files / "identity.public"),
        }
        self.log = folder / "worker.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "portal", "worker", "--concurrency=1", "--loglevel=INFO"],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self):
        """SIGKILL for the worker and every child, as a power cut would do it."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def wait_until(condition, *, seconds=60):
    """Wait for a real process to get somewhere."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("it did not happen in time")
        time.sleep(0.05)
