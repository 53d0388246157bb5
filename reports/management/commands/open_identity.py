"""manage.py open_identity: two people learn who sent a report, at a console, and the audit says that they did."""

from argparse import ArgumentParser
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from evidence.sealing import KeyFileBroken, read_private_key
from reports.identity import NotOpened, open_identity
from reports.models import Report


class Command(BaseCommand):
    """manage.py open_identity REPORT --key FILE --by USER --second USER --reason TEXT"""

    help = (
        "Print who sent a report. Run it at a console that is not the server's, with the identity key on a medium that "
        "is taken away afterwards. Two different people must be present; the audit names both, not the identity."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("report", type=UUID, help="id of the report")
        parser.add_argument("--key", type=Path, required=True, help="file of the private identity key")
        parser.add_argument("--by", required=True, help="user name of the person who asks")
        parser.add_argument("--second", required=True, help="user name of the person who agrees")
        parser.add_argument("--reason", required=True, help="why it is needed; goes into the audit")

    def handle(self, *args: object, **options: object) -> None:
        try:
            identity = open_identity(
                report=Report.objects.get(pk=str(options["report"])),
                private_key=read_private_key(Path(str(options["key"]))),
                by=User.objects.get(username=options["by"]),
                second=User.objects.get(username=options["second"]),
                reason=str(options["reason"]),
                at=timezone.now(),
            )
        except (Report.DoesNotExist, User.DoesNotExist, KeyFileBroken, NotOpened, OSError) as error:
            raise CommandError(str(error)) from error
        for name, value in identity.lines():
            self.stdout.write(f"{name}: {value}")
