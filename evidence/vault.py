"""Files that are there completely or not at all, below a root folder: sealed originals and clean copies.

A file is written beside the others under `.unfinished/`, forced to disk, renamed, and its folder forced to
disk. After a power cut there is the old file or the new one; what was being written waits in `.unfinished/`
for the sweep.
"""

import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

UNFINISHED = ".unfinished"
MAX_NAME = 200
# Every part begins with a letter or digit, so `..`, hidden files and absolute paths cannot be written.
SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*", re.ASCII)


class UnsafeName(ValueError):
    """A name that is not a plain relative one; it is a bug of the caller, since people never choose names."""


class NotInVault(LookupError):
    """No file of this name is stored."""


def store(root: Path, name: str, data: bytes) -> None:
    """Store `data` under `name` for good when this returns, in place of an older file of that name.

    Raises UnsafeName, or OSError (disk full, no permission) with nothing stored.
    """
    path = _path(root, name)
    unfinished = root / UNFINISHED
    _make_folders(root, unfinished)
    _make_folders(root, path.parent)
    draft = unfinished / secrets.token_hex(16)
    try:
        _write(draft, data)
        draft.rename(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    _force_to_disk(path.parent)


def load(root: Path, name: str) -> bytes:
    """Return the bytes stored under `name`; raises UnsafeName or NotInVault."""
    path = _path(root, name)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except FileNotFoundError as error:
        raise NotInVault(name) from error
    with open(descriptor, "rb") as file:
        return file.read()


def holds(root: Path, name: str) -> bool:
    """Whether a file is stored under `name`. Raises UnsafeName."""
    return _path(root, name).is_file()


def discard(root: Path, name: str) -> None:
    """Remove what is stored under `name`, for good; no error when there is nothing. Raises UnsafeName."""
    path = _path(root, name)
    if path.parent.is_dir():
        path.unlink(missing_ok=True)
        _force_to_disk(path.parent)


def discard_beginning(root: Path, beginnings: Iterable[str]) -> int:
    """Remove every file right under `root` whose name begins with one of these, for good; returns how many.

    Reads the folder once. Raises UnsafeName.
    """
    starts = tuple(_path(root, beginning).name for beginning in beginnings)
    if not starts or not root.is_dir():
        return 0
    found = [path for path in root.iterdir() if path.name.startswith(starts) and path.is_file()]
    for path in found:
        path.unlink(missing_ok=True)
    if found:
        _force_to_disk(root)
    return len(found)


def sweep_unfinished(root: Path, *, older_than: float) -> int:
    """Remove drafts last written before `older_than` (seconds since the epoch) and return how many."""
    drafts = [draft for draft in _drafts(root) if draft.stat().st_mtime < older_than]
    for draft in drafts:
        draft.unlink(missing_ok=True)
    return len(drafts)


def _path(root: Path, name: str) -> Path:
    if len(name) > MAX_NAME or not SAFE_NAME.fullmatch(name):
        raise UnsafeName(name)
    return root / name


def _drafts(root: Path) -> list[Path]:
    folder = root / UNFINISHED
    return list(folder.iterdir()) if folder.is_dir() else []


def _make_folders(root: Path, folder: Path) -> None:
    """Make what is missing between `root` and `folder`, readable by the owner only, and force it to disk."""
    missing = [folder, *folder.parents]
    missing = [path for path in missing[: missing.index(root) + 1] if not path.is_dir()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        _force_to_disk(path.parent)


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _force_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
