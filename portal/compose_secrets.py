"""Makes the secrets that docker-compose.yml asks for: `.env` and the key files in `secrets/`.

Run as `python -m portal.compose_secrets` (or `make secrets`). What exists is never overwritten.
"""

import secrets
import sys
from pathlib import Path

from portal.environment import CHECKOUT
from portal.keys import (
    BUNDLE_SIGNING,
    EVIDENCE_PRIVATE,
    EVIDENCE_PUBLIC,
    IDENTITY_PRIVATE,
    IDENTITY_PUBLIC,
    fill_key_folder,
    write_secret,
)
from portal.terminal import say

MADE_UP = ("SECRET_KEY", "RECEIPT_PEPPER", "POSTGRES_PASSWORD", "REDIS_PASSWORD")
# The folder keeps others out on this machine; inside a container the file must be readable without being root.
MOUNTED_MODE = 0o444


def main(checkout: Path = CHECKOUT) -> int:
    """Write what is missing and say what to do with it; returns the exit code."""
    env_file, folder = checkout / ".env", checkout / "secrets"
    if env_file.exists():
        say(f"{env_file} sudah ada dan tidak diubah.")
    else:
        lines = [f"{name}={secrets.token_urlsafe(48)}" for name in MADE_UP]
        write_secret(env_file, "\n".join([*lines, "ALLOWED_HOSTS=localhost", "PUBLIC_HTTPS=1"]))
        say(f"{env_file} dibuat. Isi ALLOWED_HOSTS dengan nama situs, misalnya lapor.example.id.")
    fill_key_folder(folder)
    for name in (EVIDENCE_PUBLIC, EVIDENCE_PRIVATE, IDENTITY_PUBLIC, BUNDLE_SIGNING):
        (folder / name).chmod(MOUNTED_MODE)
    if (folder / IDENTITY_PRIVATE).exists():
        say(f"Pindahkan {folder / IDENTITY_PRIVATE} ke brankas: server tidak pernah memerlukannya.")
    say("Lalu: docker compose up --build")
    return 0


if __name__ == "__main__":
    sys.exit(main())
