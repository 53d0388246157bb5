"""Everything Django has to do before the portal can open, in one process: each start of Python costs seconds.

Run as `python -m portal.prepare`; `--demo FILE` also loads the demo data and writes its logins to the file.
"""

import argparse
import hashlib
import os
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

FINGERPRINT = "collected-from"


def prepare(demo_logins: Path | None) -> None:
    """Bring the database and the static files up to date; doing it twice changes nothing."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_reference")
    if demo_logins is not None:
        call_command("load_demo")
        with demo_logins.open("w", encoding="utf-8") as file:
            call_command("demo_logins", stdout=file)
    collect_static_files()


def collect_static_files() -> None:
    """Hash and compress the static files, but only when one of them changed: it takes seconds."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / FINGERPRINT
    fingerprint = fingerprint_of_sources()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint:
        return
    call_command("collectstatic", interactive=False, clear=root.is_dir(), verbosity=0)
    root.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint, encoding="ascii")


def fingerprint_of_sources() -> str:
    """SHA-256 over name, size and time of every static file that Django finds, as hexadecimal digits."""
    lines = [django.get_version()]
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            lines.append(f"{storage.location} {name} {found.st_size} {found.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m portal.prepare")
    parser.add_argument("--demo", type=Path, metavar="FILE")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    prepare(parser.parse_args().demo)
