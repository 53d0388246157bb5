"""The secrets of one installation, made once and never overwritten: losing the pepper loses every receipt.

File format: one line of text each; `evidence.sealing` describes those of the two key pairs, `evidence.signing` the one
that signs what leaves the portal.
"""

import os
import secrets
from pathlib import Path

from evidence.sealing import generate_keypair
from evidence.signing import generate_signing_key, signing_key_text

DJANGO_KEY = "secret-key"
RECEIPT_PEPPER = "receipt-pepper"
EVIDENCE_PRIVATE = "evidence.private"
EVIDENCE_PUBLIC = "evidence.public"
IDENTITY_PRIVATE = "identity.private"
IDENTITY_PUBLIC = "identity.public"
BUNDLE_SIGNING = "bundle.signing"
SECRET_BYTES = 50


def fill_key_folder(folder: Path) -> None:
    """Make the folder (mode 700) and every missing secret in it (mode 600).

    A key pair is made only when its public half is missing. An operator may take a private half away.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (DJANGO_KEY, RECEIPT_PEPPER):
        if not (folder / name).exists():
            write_secret(folder / name, secrets.token_urlsafe(SECRET_BYTES))
    if not (folder / BUNDLE_SIGNING).exists():
        write_secret(folder / BUNDLE_SIGNING, signing_key_text(generate_signing_key()))
    for private_name, public_name in (
        (EVIDENCE_PRIVATE, EVIDENCE_PUBLIC),
        (IDENTITY_PRIVATE, IDENTITY_PUBLIC),
    ):
        if not (folder / public_name).exists():
            _write_pair(folder / private_name, folder / public_name)


def _write_pair(private_file: Path, public_file: Path) -> None:
    """The public half is written last: nothing can have been sealed before it exists."""
    pair = generate_keypair()
    private_file.unlink(missing_ok=True)
    write_secret(private_file, pair.private_text)
    write_secret(public_file, pair.public_text)


def write_secret(path: Path, text: str, mode: int = 0o600) -> None:
    """Write a new file that appears complete or not at all; raises FileExistsError rather than overwrite."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "w", encoding="ascii") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    os.link(draft, path)
    draft.unlink()
