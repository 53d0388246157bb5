"""manage.py rotate_keys: seal every data key to a new key pair. docs/sealing.md says what to do before and after."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from evidence.sealing import KeyFileBroken, SealBroken, key_id, read_private_key, read_public_key
from reports.key_rotation import BATCH, KeyKind, Progress, UnknownKey, rotate


class Command(BaseCommand):
    """manage.py rotate_keys evidence|identity --old PRIVATE --new PUBLIC"""

    help = (
        "Seal every data key of the old key pair to the new one; no sealed file is touched. May be broken off at any "
        "moment and run again. Ends with an error while rows are left on the old key."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", type=KeyKind, choices=list(KeyKind))
        parser.add_argument("--old", type=Path, required=True, help="file of the old private key")
        parser.add_argument("--new", type=Path, required=True, help="file of the new public key")
        parser.add_argument("--batch", type=int, default=BATCH, help="rows per transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            old, new = read_private_key(options["old"]), read_public_key(options["new"])
            self.stdout.write(f"{options['kind']}: from key {key_id(old.public_key)} to key {key_id(new)}")
            end = rotate(
                kind=options["kind"], old=old, new=new, at=timezone.now(), tell=self._tell, batch=options["batch"]
            )
        except (KeyFileBroken, UnknownKey, SealBroken, OSError) as error:
            raise CommandError(str(error)) from error
        if end.done < end.total:
            raise CommandError(
                f"{end.total - end.done} rows were sealed to the old key meanwhile: give the portal the new public "
                "key, then run this again."
            )
        self.stdout.write(f"all {end.total} rows belong to the new key")

    def _tell(self, progress: Progress) -> None:
        self.stdout.write(f"{progress.done} of {progress.total}")
        self.stdout.flush()
