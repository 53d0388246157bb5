"""The steps from nothing to an open portal."""

import http.client
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal import environment
from portal.embedded.processes import Service, StartFailed, wait_until
from portal.embedded.servers import start_missing_servers
from portal.keys import fill_key_folder
from portal.supervision import Supervisor
from portal.terminal import StopRequest, say

HOST = "127.0.0.1"
SERVER_SECONDS = 120.0  # after a power cut PostgreSQL replays its log first
PREPARE_SECONDS = 900.0
LOG_TAIL_LINES = 20
LOG_BYTES = 5_000_000
DEMO_LOGINS = "demo-logins.txt"
# Loaded once and then forked: half the work at the start. Gunicorn's own umask would open files to everybody. Its
# warnings tell the address of whoever sent a broken request, and what was in it.
GUNICORN = (
    "portal.wsgi:application --worker-class portal.web_worker.PatientWorker --workers 2 --threads 4 --preload "
    "--umask 0o077 --graceful-timeout 5 --no-control-socket --log-level error"
)
WORKER = "-A portal worker --concurrency 2 --queues celery --loglevel INFO --without-gossip --without-mingle"
# Talks to strangers' servers, so it never learns where the evidence's private key is (docs/adr/0016).
LINKS = (
    "-A portal worker --concurrency 1 --queues links --hostname links@%h --loglevel INFO --without-gossip "
    "--without-mingle"
)
BEAT = "-A portal beat --loglevel INFO --pidfile="


@dataclass(frozen=True)
class Opening:
    """One start of one copy: the person's variables, DATA_DIR (absolute), and who looks after the processes."""

    environ: Mapping[str, str]
    data_dir: Path
    supervisor: Supervisor
    stop: StopRequest

    @property
    def keys(self) -> Path:
        """The folder of this copy's secrets."""
        return self.data_dir / "keys"

    @property
    def logs(self) -> Path:
        """The folder of the processes' logs."""
        return self.data_dir / "logs"

    def open(self, listener: socket.socket) -> None:
        """Do every step. Raises StartFailed, or Stop when the person asks for it."""
        keep_logs_small(self.logs)
        fill_key_folder(self.keys)
        say("Menyalakan PostgreSQL dan Valkey ...")
        addresses = self.start_servers()
        settings = dict(self.environ) | addresses
        web = environment.for_web(settings, data_dir=self.data_dir, keys=self.keys)
        worker = environment.for_worker(settings, data_dir=self.data_dir, keys=self.keys)
        say("Menyiapkan tabel, data acuan, dan data contoh ...")
        self.prepare(web)
        say("Menyalakan situs, pekerja latar, dan penjadwal ...")
        web_service, *others = portal_services(web, worker, data_dir=self.data_dir, listener=listener.fileno())
        self.start_server(web_service, lambda: is_healthy(listener.getsockname()[1]))
        for service in others:  # afterwards: four Python starts at once would only slow down the first answer
            self.supervisor.start(service)

    def start_servers(self, *, throw_away: bool = False) -> dict[str, str]:
        """Start what DATABASE_URL and REDIS_URL do not name; returns the variables that say where it is."""
        return start_missing_servers(
            self.environ,
            data_dir=self.data_dir,
            logs=self.logs,
            start=self.start_server,
            throw_away=throw_away,
        )

    def start_server(self, service: Service, answers: Callable[[], bool]) -> None:
        """Start a server and wait for its first answer; raises StartFailed when it ends or stays silent."""
        self.stop.check()
        self.supervisor.start(service)

        def is_settled() -> bool:
            return self._checked(lambda: self.supervisor.has_ended(service.name) or answers())

        if not wait_until(is_settled, SERVER_SECONDS) or self.supervisor.has_ended(service.name):
            hint = " Kalau alamatnya dipakai program lain, pilih PORT lain." if service.pass_fds else ""
            raise StartFailed(f"{service.name} tidak menyala.{hint}\n{tail(service.log)}")

    def prepare(self, environ: Mapping[str, str]) -> None:
        """Let Django bring database and static files up to date, in one process."""
        demo = ("--demo", str(self.data_dir / DEMO_LOGINS)) if environment.wants_demo(self.environ) else ()
        self.supervisor.start(python_service("prepare", "portal.prepare", *demo, environ=environ, logs=self.logs))
        ended = wait_until(lambda: self._checked(lambda: self.supervisor.has_ended("prepare")), PREPARE_SECONDS)
        if not ended or self.supervisor.forget("prepare") != 0:
            raise StartFailed(f"Menyiapkan data tidak berhasil.\n{tail(self.logs / 'prepare.log')}")

    def _checked(self, question: Callable[[], bool]) -> bool:
        self.stop.check()
        return question()


def reserve_port(port: int) -> socket.socket:
    """Listen before anything slow begins, so that a port in use is told at once; 0 takes any free port.

    Raises StartFailed naming PORT.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise StartFailed(
            f"Port {port} tidak dapat dipakai ({error.strerror}). Pilih PORT lain: make run PORT=8001"
        ) from error
    return listener


def portal_services(
    web: Mapping[str, str], worker: Mapping[str, str], *, data_dir: Path, listener: int
) -> tuple[Service, ...]:
    """Web server, worker and beat; where LINK_CAPTURE asks for it a worker that visits links.

    The web server takes over the socket that is already listening.
    """
    logs = data_dir / "logs"
    gunicorn = (*GUNICORN.split(), "--bind", f"fd://{listener}")
    beat = (*BEAT.split(), "--schedule", str(data_dir / "beat-schedule"))
    services = (
        python_service("web", "gunicorn", *gunicorn, environ=web, logs=logs, pass_fds=(listener,)),
        python_service("worker", "celery", *WORKER.split(), environ=worker, logs=logs),
        python_service("beat", "celery", *beat, environ=web, logs=logs),
    )
    if not environment.wants_link_capture(web):
        return services
    return (*services, python_service("links", "celery", *LINKS.split(), environ=web, logs=logs))


def python_service(
    name: str,
    module: str,
    *arguments: str,
    environ: Mapping[str, str],
    logs: Path,
    pass_fds: tuple[int, ...] = (),
) -> Service:
    """`python -m module arguments` in the checkout, with this interpreter."""
    return Service(
        name=name,
        command=(sys.executable, "-m", module, *arguments),
        environ=environ,
        log=logs / f"{name}.log",
        folder=environment.CHECKOUT,
        pass_fds=pass_fds,
    )


def is_healthy(port: int) -> bool:
    """Whether /healthz answers 200. Says that it came by https, as the proxy of a public portal does."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"X-Forwarded-Proto": "https"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def keep_logs_small(logs: Path) -> None:
    """Put a long log aside before the processes open it again; one older generation is kept."""
    for log in logs.glob("*.log"):
        if log.stat().st_size > LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))


def tail(log: Path) -> str:
    """The last lines of a log and where to find the rest."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.is_file() else []
    return "\n".join([*lines[-LOG_TAIL_LINES:], f"Catatan lengkap: {log}"])
