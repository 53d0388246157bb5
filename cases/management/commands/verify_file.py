"""manage.py verify_file: whether files are pictures the portal received or made, byte for byte."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.verification import verify_anywhere
from evidence.digests import sha256_of_file


class Command(BaseCommand):
    """manage.py verify_file FILE..."""

    help = "Compare files with every original, clean copy and masked copy. Files are read, never stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: object, files: list[Path], **options: object) -> None:
        unknown = 0
        for path in files:
            try:
                digest = sha256_of_file(path)
            except OSError as error:
                raise CommandError(f"{path}: {error.strerror}") from error
            found = verify_anywhere(digest)
            unknown += not found
            self.stdout.write(f"{path}: SHA-256 {digest}")
            for kind, evidence, case in found:
                received = timezone.localtime(evidence.received_at).strftime("%d-%m-%Y")
                place = case.reference if case else "belum menjadi kasus"
                self.stdout.write(f"  {kind.label}, diterima {received}, {place}, bukti {evidence.pk}")
            if not found:
                self.stdout.write("  tidak dikenal: bukan berkas yang diterima atau dibuat portal ini")
        if unknown:
            raise CommandError(f"{unknown} dari {len(files)} berkas tidak dikenal.")
