"""Long-running processes: start one, recognise it later, end it. The only place that starts programs."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

POLL_SECONDS = 0.05
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG, prctl(2)
LIBC = ctypes.CDLL(None, use_errno=True)


class StartFailed(Exception):
    """A server or a one-off command did not do its work; the text is for the person at the terminal."""


@dataclass(frozen=True)
class Account:
    """A system account that a server runs as."""

    name: str
    uid: int
    gid: int

    @property
    def is_ours(self) -> bool:
        """Whether this process already runs as that account, so that nothing has to be switched."""
        return self.uid == os.geteuid()


@dataclass(frozen=True, kw_only=True)
class Service:
    """What to start and how to say goodbye: each signal of `farewell` is followed by a wait in seconds."""

    name: str
    command: tuple[str, ...]
    environ: Mapping[str, str]
    log: Path
    folder: Path = Path("/")
    account: Account | None = None
    pass_fds: tuple[int, ...] = ()
    farewell: tuple[tuple[signal.Signals, float], ...] = ((signal.SIGTERM, 6.0),)


@dataclass(frozen=True)
class ProcessMark:
    """A process, told from a later one of the same number by `started` (clock ticks since boot)."""

    name: str
    pid: int
    started: int

    @property
    def is_alive(self) -> bool:
        """Whether this very process, not a namesake, still runs."""
        return started_at(self.pid) == self.started


def started_at(pid: int) -> int | None:
    """When the process started, in clock ticks since boot (proc(5), stat field 22); None when it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else int(fields[19])


def die_with_parent(farewell: signal.Signals) -> None:
    """Ask the kernel for this signal when the thread that started us ends, however it ends."""
    LIBC.prctl(SET_PARENT_DEATH_SIGNAL, int(farewell), 0, 0, 0)


def start(service: Service) -> subprocess.Popen[bytes]:
    """Start the service in a session of its own, so that Ctrl-C reaches the launcher alone and order is kept.

    It ends by itself when the launcher is killed. Raises StartFailed when the program cannot be started.
    """
    launcher = os.getpid()
    farewell = service.farewell[0][0]

    def before_exec() -> None:
        die_with_parent(farewell)
        if os.getppid() != launcher:
            os._exit(1)

    uid, gid, groups = _identity(service.account)
    with service.log.open("ab") as log:
        try:
            return subprocess.Popen(
                service.command,
                env=dict(service.environ),
                cwd=service.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=before_exec,
                pass_fds=service.pass_fds,
                umask=0o077,
                user=uid,
                group=gid,
                extra_groups=groups,
            )
        except OSError as error:
            raise StartFailed(f"{service.name} tidak dapat dijalankan: {error}") from error


def start_in_foreground(command: Sequence[str], environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a person's own command: same terminal, same process group, so that Ctrl-C reaches it directly."""
    try:
        return subprocess.Popen(tuple(command), env=dict(environ))
    except OSError as error:
        raise StartFailed(f"{command[0]} tidak dapat dijalankan: {error}") from error


def run_quietly(command: Sequence[str], account: Account | None = None) -> str:
    """Run a short command to its end and return its output; raises StartFailed with it when it fails."""
    uid, gid, groups = _identity(account)
    try:
        done = subprocess.run(
            tuple(command),
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=120,
            check=False,
            umask=0o077,
            user=uid,
            group=gid,
            extra_groups=groups,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StartFailed(f"{command[0]} tidak dapat dijalankan: {error}") from error
    if done.returncode != 0:
        raise StartFailed(f"{command[0]} gagal (kode {done.returncode}):\n{done.stdout.strip()}")
    return done.stdout


def succeeds(command: Sequence[str], account: Account | None = None) -> bool:
    """Whether the account can run this command to a good end."""
    try:
        run_quietly(command, account)
    except StartFailed:
        return False
    return True


def end(process: subprocess.Popen[bytes], farewell: Sequence[tuple[signal.Signals, float]]) -> None:
    """Say goodbye step by step, then kill what is left of the process and everything in its group."""
    for number, seconds in farewell:
        if process.poll() is None:
            process.send_signal(number)
            wait_until(lambda: process.poll() is not None, seconds)
    _kill_group(process.pid)
    process.wait()


def end_marked(mark: ProcessMark, seconds: float) -> None:
    """End a process that an earlier, killed launcher left behind. Nothing happens when it is gone already."""
    if mark.is_alive:
        os.kill(mark.pid, signal.SIGINT if mark.name == "postgres" else signal.SIGTERM)
        wait_until(lambda: not mark.is_alive, seconds)
    if mark.is_alive:
        _kill_group(mark.pid)
        wait_until(lambda: not mark.is_alive, seconds)


def wait_until(is_done: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again until the answer is yes (True) or the time is up (False)."""
    deadline = time.monotonic() + seconds
    while not is_done():
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def _kill_group(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _identity(account: Account | None) -> tuple[int | None, int | None, list[int] | None]:
    """User, group and further groups to switch to; three times None where nothing has to be switched."""
    if account is None or account.is_ours:
        return None, None, None
    return account.uid, account.gid, []
