"""manage.py make_keypair: a new pair of key files, for a rotation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from evidence.sealing import generate_keypair, key_id
from portal.keys import write_secret


class Command(BaseCommand):
    """manage.py make_keypair PRIVATE PUBLIC"""

    help = "Write a new key pair into two new files, readable by their owner only. Existing files are never touched."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("private", type=Path)
        parser.add_argument("public", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        pair = generate_keypair()
        try:
            for file, text in ((options["private"], pair.private_text), (options["public"], pair.public_text)):
                write_secret(file, text)
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"key {key_id(pair.public)}")
