"""One running portal per DATA_DIR: the lock, and a memory of what was started, to heal after a power cut."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path

from portal.embedded.processes import ProcessMark, StartFailed, end_marked, started_at

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
LEFTOVER_SECONDS = 8.0


class RunningCopy:
    """The open lock file. Its content says who runs here and which processes belong to it."""

    def __init__(self, file: TextIOWrapper) -> None:
        """Take over a lock file that is already locked."""
        self._file = file
        self._marks: dict[str, ProcessMark] = {}
        self._address = ""

    def announce(self, address: str) -> None:
        """Remember the address, for whoever tries to start this copy again."""
        self._address = address
        self._write()

    def remember(self, name: str, pid: int) -> None:
        """Note a started process, so that the next start can end it if we are killed."""
        started = started_at(pid)
        if started is not None:
            self._marks[name] = ProcessMark(name, pid, started)
            self._write()

    def clear(self) -> None:
        """Everything was stopped in order: nothing to heal."""
        self._file.seek(0)
        self._file.truncate()

    def _write(self) -> None:
        content = {
            "pid": os.getpid(),
            "address": self._address,
            "boot": BOOT_ID.read_text(encoding="ascii").strip(),
            "processes": [asdict(mark) for mark in self._marks.values()],
        }
        self._file.seek(0)
        self._file.truncate()
        json.dump(content, self._file)
        self._file.flush()


@contextmanager
def hold(data_dir: Path) -> Iterator[RunningCopy]:
    """Be the only launcher of this DATA_DIR while the block runs.

    The kernel releases the lock with the process, so nothing stale remains after SIGKILL or a power cut. What a
    killed launcher left behind is ended first. Raises StartFailed when another launcher holds the lock.
    """
    # Mode 600: nobody else may open it, and so nobody else can hold the lock against us.
    descriptor = os.open(data_dir / "launcher.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with open(descriptor, "r+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StartFailed(_already_running(_read(file), data_dir)) from error
        for mark in _left_behind(_read(file)):
            end_marked(mark, LEFTOVER_SECONDS)
        copy = RunningCopy(file)
        copy.announce("")
        yield copy
        copy.clear()


def _already_running(content: dict[str, object], data_dir: Path) -> str:
    address = f" di {content['address']}" if content.get("address") else ""
    return (
        f"Salinan ini sudah berjalan{address} (pid {content.get('pid', '?')}, data {data_dir}). "
        "Hentikan dulu dengan Ctrl-C di terminalnya, atau jalankan salinan kedua dengan DATA_DIR dan PORT lain."
    )


def _read(file: TextIOWrapper) -> dict[str, object]:
    file.seek(0)
    try:
        content = json.load(file)
    except ValueError:  # empty after a clean stop, cut off after a power cut
        return {}
    return content if isinstance(content, dict) else {}


def _left_behind(content: dict[str, object]) -> list[ProcessMark]:
    """Started last, ended first. After a reboot the numbers mean nothing."""
    if content.get("boot") != BOOT_ID.read_text(encoding="ascii").strip():
        return []
    processes = content.get("processes")
    return [ProcessMark(**mark) for mark in reversed(processes)] if isinstance(processes, list) else []
