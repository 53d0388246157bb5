"""Starts and stops a whole portal on one machine.

    python -m portal.launch run                    servers, database, web, worker and beat until Ctrl-C
    python -m portal.launch with-servers -- CMD    throw-away servers around one command, e.g. the tests

Variables: PORT (8000), DATA_DIR (var), DEMO (1), DATABASE_URL and REDIS_URL (embedded when not set).
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from portal import copy_lock, environment
from portal.embedded.places import open_folder, remove_outside
from portal.embedded.processes import StartFailed, die_with_parent, end, start_in_foreground, wait_until
from portal.keys import fill_key_folder
from portal.opening import DEMO_LOGINS, HOST, Opening, reserve_port
from portal.supervision import Supervisor
from portal.terminal import Stop, StopRequest, say

COMMAND_SECONDS = 20.0  # a command that is asked to stop may put its own things away
FOREVER_SECONDS = float("inf")


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and do it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m portal.launch", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run_parser = commands.add_parser("run")
    run_parser.add_argument("--stop-with-parent", action="store_true", help="stop when make is killed")
    commands.add_parser("with-servers").add_argument("words", nargs="+", metavar="CMD")
    chosen = parser.parse_args(arguments)
    if chosen.command == "run" and chosen.stop_with_parent:
        die_with_parent(signal.SIGTERM)
    try:
        return run() if chosen.command == "run" else with_servers(chosen.words)
    except StartFailed as error:
        say(f"Gagal: {error}")
        return 1


def run() -> int:
    """Start everything, look after it, and stop it when asked. Raises StartFailed."""
    stop = StopRequest().listen()
    os.umask(0o077)
    data_dir = environment.data_dir_of(os.environ)
    with copy_lock.hold(data_dir) as copy:
        listener = reserve_port(environment.port_of(os.environ))
        supervisor = Supervisor(copy)
        address = f"http://{HOST}:{listener.getsockname()[1]}/"
        copy.announce(address)
        try:
            Opening(os.environ, data_dir, supervisor, stop).open(listener)
            _welcome(address, data_dir)
            wait_until(lambda: _looked_after(supervisor, stop), FOREVER_SECONDS)
        except Stop:
            say("Menghentikan semua proses ...")
        finally:
            listener.close()
            supervisor.stop()
    say("Semua sudah berhenti.")
    return 0


def with_servers(command: list[str]) -> int:
    """Run one command with servers and keys of its own, which are gone afterwards; returns its exit code.

    The command plays every part in turn, as tests do, and so also gets the evidence's private key.
    """
    stop = StopRequest().listen()
    with tempfile.TemporaryDirectory(prefix="lapor-netral-") as folder:
        data_dir = _throw_away_folder(Path(folder).resolve())
        supervisor = Supervisor()
        opening = Opening(os.environ, data_dir, supervisor, stop)
        try:
            fill_key_folder(opening.keys)
            settings = dict(os.environ) | opening.start_servers(throw_away=True)
            variables = environment.for_worker(settings, data_dir=data_dir, keys=opening.keys)
            return _finish(start_in_foreground(command, variables), stop)
        except Stop:
            return 128 + stop.number
        finally:
            supervisor.stop()
            remove_outside(data_dir)


def _throw_away_folder(folder: Path) -> Path:
    """DATA_DIR inside a temporary folder of our own; the servers' account must be able to pass through."""
    folder.chmod(0o711)
    open_folder(folder / "data")
    (folder / "data" / "logs").mkdir(mode=0o700)
    return folder / "data"


def _finish(process: subprocess.Popen[bytes], stop: StopRequest) -> int:
    """Wait for the command. Ctrl-C has reached it already; SIGTERM and SIGHUP are handed on as SIGTERM."""
    wait_until(lambda: process.poll() is not None or stop.number != 0, FOREVER_SECONDS)
    if stop.number == signal.SIGINT:
        wait_until(lambda: process.poll() is not None, COMMAND_SECONDS)
    if process.poll() is None:
        end(process, ((signal.SIGTERM, COMMAND_SECONDS),))
    return process.returncode if process.returncode >= 0 else 128 - process.returncode


def _welcome(address: str, data_dir: Path) -> None:
    say(f"Ready: {address}")
    logins = data_dir / DEMO_LOGINS
    if environment.wants_demo(os.environ) and logins.is_file():
        say(logins.read_text(encoding="utf-8").rstrip())
    say(f"Catatan tiap proses ada di {data_dir / 'logs'}. Tekan Ctrl-C untuk berhenti.")


def _looked_after(supervisor: Supervisor, stop: StopRequest) -> bool:
    stop.check()
    supervisor.look_after()
    return False


if __name__ == "__main__":
    sys.exit(main())
