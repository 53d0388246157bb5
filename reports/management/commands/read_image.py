"""Reading pictures from the command line, without database or broker."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evidence.children import ChildUnavailable
from evidence.images import rebuild
from evidence.limits import MAX_FILE_BYTES
from evidence.refusals import Refusal, UnsafeImage
from evidence.text import ReadingFailed, read_text


class Command(BaseCommand):
    """A picture goes the way an upload goes: checked, rebuilt in a limited child, then read in another."""

    help = "Read the text of pictures, a line per file in the order given. Ends with 1 when one could not be read."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take files and the form of the answer."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="an object a line: file, text, lines, seconds or error")

    def handle(self, *args: object, **options: object) -> None:
        """Read each file; one that cannot be read stops no other."""
        files = options["files"]
        failures = 0
        for name in files if isinstance(files, list) else ():
            answer = _read(name)
            failures += "error" in answer
            self.stdout.write(json.dumps(answer) if options["json"] else _plain(answer))
        if failures:
            raise CommandError(f"{failures} of {len(files) if isinstance(files, list) else 0} files could not be read.")


def _read(name: str) -> dict[str, object]:
    """Return what to print for a file; `error` is a stable code or the system's words."""
    started = time.monotonic()
    try:
        read = read_text(rebuild(_content(Path(name))).data, engine=settings.READING_ENGINE)
    except UnsafeImage as refused:
        return {"file": name, "error": refused.code.value}
    except ReadingFailed as failed:
        return {"file": name, "error": f"reading_failed: {failed.code.value}"}
    except ChildUnavailable:
        return {"file": name, "error": "reader_unavailable"}
    except (OSError, ValueError) as problem:
        return {"file": name, "error": getattr(problem, "strerror", None) or str(problem)}
    lines = [{"text": line.text, "box": list(line.box), "confidence": round(line.confidence, 4)} for line in read.lines]
    return {"file": name, "text": read.text, "lines": lines, "seconds": round(time.monotonic() - started, 3)}


def _content(path: Path) -> bytes:
    """Return the bytes of an ordinary file, never more than a byte too many; a pipe could keep us waiting."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise UnsafeImage(Refusal.NOT_AN_IMAGE)
    with path.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def _plain(answer: dict[str, object]) -> str:
    # A file name may hold bytes that no terminal takes.
    name = str(answer["file"]).encode("utf-8", "backslashreplace").decode()
    return f"{name}: {answer['error']}" if "error" in answer else f"{name}\n{answer['text']}\n"
