"""manage.py verify_file: whether files are pictures the portal received or made, byte for byte."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.verification import verify_anywhere
from evidence.digests import sha256_of_file


class Command(BaseCommand):
    """manage.py verify_file FILE..."""

    help = (
        "Compare files with every original, clean copy and masked copy, of evidence, papers and forms not sent yet. "
        "Files are read, never stored. Ends with an error when one is unknown or could not be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: object, files: list[Path], **options: object) -> None:
        digests = {path: self._digest(path) for path in files}
        unread = sum(digest is None for digest in digests.values())
        unknown = sum(not self._tell(path, digest) for path, digest in digests.items() if digest)
        if unknown or unread:
            raise CommandError(f"dari {len(digests)} berkas: {unknown} tidak dikenal, {unread} tidak terbaca.")

    def _digest(self, path: Path) -> str | None:
        """The SHA-256 of a file; None, and a line that says why, when it cannot be read."""
        try:
            return sha256_of_file(path)
        except OSError as error:
            self.stderr.write(f"{path}: {error.strerror}")
            return None

    def _tell(self, path: Path, digest: str) -> bool:
        """Print what a file is; returns whether it is known."""
        found = verify_anywhere(digest)
        self.stdout.write(f"{path}: SHA-256 {digest}")
        for match in found:
            received = timezone.localtime(match.image.received_at).strftime("%d-%m-%Y")
            place = match.case.reference if match.case else "belum menjadi kasus"
            name = match.image._meta.model_name
            self.stdout.write(f"  {match.kind.label}, diterima {received}, {place}, {name} {match.image.pk}")
        if not found:
            self.stdout.write("  tidak dikenal: bukan berkas yang diterima atau dibuat portal ini")
        return bool(found)
