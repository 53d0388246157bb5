"""Create a member of staff."""

import getpass
from argparse import ArgumentParser

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.roles import Role


class Command(BaseCommand):
    """manage.py add_user NAME --role reviewer_bawaslu [--region 33.74] [--office "Bawaslu Kota Semarang"]"""

    help = "Create a member of staff. The password is asked for, never given on the command line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--region", default="", help="Kemendagri code; empty means the whole country")
        parser.add_argument("--office", default="")

    def handle(self, *args: object, **options: str) -> None:
        user = User(
            username=options["username"],
            role=options["role"],
            region_code=options["region"],
            office_name=options["office"],
        )
        password = getpass.getpass("Password: ")
        try:
            validate_password(password, user)
            user.set_password(password)
            user.full_clean()
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        user.save()
        self.stdout.write(f"{user.username} can log in now.")
