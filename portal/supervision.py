"""Keeps the portal's processes running and stops them in order."""

import subprocess
import time
from dataclasses import dataclass, field

from portal.copy_lock import RunningCopy
from portal.embedded.processes import Service, end, start
from portal.terminal import say

STOP_ORDER = ("prepare", "web", "beat", "links", "worker", "valkey", "postgres")
STEADY_SECONDS = 60.0  # who ran this long starts again with the shortest pause
LONGEST_PAUSE_SECONDS = 60.0


@dataclass
class Child:
    """A service and its process; `restart_at` (monotonic seconds) is set while it waits for a new start."""

    service: Service
    process: subprocess.Popen[bytes]
    started_at: float
    failures: int = 0
    restart_at: float | None = None


@dataclass
class Supervisor:
    """All processes of one copy."""

    copy: RunningCopy | None = None
    children: dict[str, Child] = field(default_factory=dict)

    def start(self, service: Service) -> None:
        """Start a service and look after it from now on."""
        self.children[service.name] = Child(service, self._launch(service), time.monotonic())

    def has_ended(self, name: str) -> bool:
        """Whether the service's process is gone."""
        return self.children[name].process.poll() is not None

    def forget(self, name: str) -> int:
        """Stop looking after a process that has ended by itself; returns its exit code."""
        return self.children.pop(name).process.wait()

    def look_after(self) -> None:
        """Start again what ended by itself, each time after a longer pause. Call it a few times a second."""
        for name, child in self.children.items():
            now = time.monotonic()
            if child.restart_at is not None and now >= child.restart_at:
                child.process, child.started_at, child.restart_at = self._launch(child.service), now, None
            elif child.restart_at is None and self.has_ended(name):
                end(child.process, ())  # what it had started itself must not work beside its successor
                child.failures = 1 if now - child.started_at > STEADY_SECONDS else child.failures + 1
                pause = pause_before(child.failures)
                child.restart_at = now + pause
                say(f"{name} berhenti (kode {child.process.returncode}), mulai lagi dalam {pause:.0f} detik.")
                say(f"  Catatannya: {child.service.log}")

    def stop(self) -> None:
        """End everything, the web server first and PostgreSQL last."""
        for name in STOP_ORDER:
            child = self.children.pop(name, None)
            if child is not None:
                end(child.process, child.service.farewell)

    def _launch(self, service: Service) -> subprocess.Popen[bytes]:
        process = start(service)
        if self.copy is not None:
            self.copy.remember(service.name, process.pid)
        return process


def pause_before(failures: int) -> float:
    """Seconds to wait after the n-th failure in a row (1, 2, 3, ...): 1, 2, 4, ... up to a minute."""
    return float(min(LONGEST_PAUSE_SECONDS, 2.0 ** (failures - 1)))
