"""Small secrets of a demo, kept with the installation's keys and readable by its owner only."""

import os
from pathlib import Path

from django.conf import settings

LOGIN = "demo-password"
CODES = "demo-codes"


def keep(name: str, text: str) -> None:
    """Write the file anew, complete or not at all."""
    path = _path(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{name}.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(f"{text}\n")
    draft.replace(path)


def kept(name: str) -> str:
    """What the file holds; empty when there is none."""
    path = _path(name)
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""


def _path(name: str) -> Path:
    return Path(settings.DATA_DIR) / "keys" / name
