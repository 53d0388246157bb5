"""Check the audit trail."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.chain import Broken, check_trail
from accounts.heads import NotAHead, known_digests, parse_head_file
from accounts.models import AuditEvent


class Command(BaseCommand):
    """manage.py verify_audit [--head FILE ...]"""

    help = "Recompute the hash chain of the audit trail; names the first row that is not what it was and exits with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", action="append", default=[], metavar="FILE", help="a daily head kept outside this installation"
        )

    def handle(self, *args: object, **options: list[str]) -> None:
        known = known_digests()
        for name in options["head"]:
            position, digest = _read(Path(name))
            if known.setdefault(position, digest) != digest:
                raise CommandError(f"{name}: this installation keeps another digest at position {position}")
        found = check_trail(known)
        if isinstance(found, Broken):
            raise CommandError(f"Broken at position {found.position}, event {found.event_id}: {found.why}")
        self.stdout.write(f"Sound: {found.events} events, head {found.digest.hex()}")
        rules = AuditEvent.objects.filter(pk__in=found.erased).values_list("pk", "details__retention_rule")
        for event_id, rule in rules.order_by("pk"):
            count = found.erased[event_id]
            self.stdout.write(f"Words of {count} events were erased under rule {rule} by event {event_id}")


def _read(path: Path) -> tuple[int, bytes]:
    try:
        position, digest, _, _ = parse_head_file(path.read_text(encoding="ascii"))
    except (OSError, NotAHead, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error
    return position, digest
