"""Which account the embedded servers run as: the person's own, or an unprivileged one when that is root."""

import os
import pwd
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from portal.embedded.processes import Account, StartFailed, run_quietly

SYSTEM_ACCOUNT = "lapor-netral"
FALLBACK_ACCOUNT = "nobody"
ATTEMPTS = 5


def server_account(data_folders: Sequence[Path] = ()) -> Account:
    """The account for PostgreSQL and Valkey. Never root.

    Data made earlier keeps its owner: a copy first started by a person and then by root stays that person's.
    Raises StartFailed when root finds no account to step down to.
    """
    if os.geteuid() != 0:
        return _account(pwd.getpwuid(os.geteuid()))
    for folder in data_folders:
        if folder.is_dir() and folder.stat().st_uid != 0:
            return _account(pwd.getpwuid(folder.stat().st_uid))
    return _find(SYSTEM_ACCOUNT) or _create() or _fallback()


def own_name() -> str:
    """The name PostgreSQL's peer check sees for this process."""
    return pwd.getpwuid(os.geteuid()).pw_name


def _create() -> Account | None:
    """Add the system account; None when this machine has no useradd or keeps its list of users read-only."""
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        return None
    command = (program, "--system", "--no-create-home", "--user-group", "--shell", "/usr/sbin/nologin")
    for _ in range(ATTEMPTS):
        # A second copy may be adding the same account at this moment: then it is found a little later.
        try:
            run_quietly((*command, "--home-dir", "/nonexistent", SYSTEM_ACCOUNT))
        except StartFailed:
            time.sleep(0.2)
        if found := _find(SYSTEM_ACCOUNT):
            return found
    return None


def _fallback() -> Account:
    found = _find(FALLBACK_ACCOUNT)
    if found is None or found.uid == 0:
        raise StartFailed(
            f"PostgreSQL tidak boleh berjalan sebagai root, dan akun {SYSTEM_ACCOUNT} tidak dapat dibuat. "
            "Jalankan sebagai pengguna biasa, atau isi DATABASE_URL dan REDIS_URL."
        )
    return found


def _find(name: str) -> Account | None:
    try:
        return _account(pwd.getpwnam(name))
    except KeyError:
        return None


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
