"""Who sent a report: sealed at once to a key that no running process holds, opened by two people."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from nacl.public import PrivateKey

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from evidence.sealing import KeyFileBroken, SealBroken, Sealed, read_public_key, seal, unseal
from reports.models import Report
from reports.originals import StorageFailed

SHORTEST_REASON = 10


class NotOpened(ValueError):
    """The identity stays sealed; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Identity:
    """A reporter of the laporan lane. Its repr shows nothing, so that no log can."""

    name: str
    address: str
    contact: str
    nik: str = ""

    def __repr__(self) -> str:
        return "Identity(…)"

    def lines(self) -> list[tuple[str, str]]:
        """The answers by name, for the console of two people."""
        return list(asdict(self).items())


def seal_identity(identity: Identity, *, report_id: UUID) -> Sealed:
    """Lock the identity to the identity key, tied to the report. Raises StorageFailed without a usable key."""
    if not settings.IDENTITY_PUBLIC_KEY_FILE:
        raise StorageFailed("IDENTITY_PUBLIC_KEY_FILE is not set")
    try:
        public_key = read_public_key(settings.IDENTITY_PUBLIC_KEY_FILE)
    except (OSError, KeyFileBroken) as error:
        raise StorageFailed(type(error).__name__) from error
    return seal(json.dumps(asdict(identity)).encode(), public_key, _context(report_id))


def open_identity(
    *, report: Report, private_key: PrivateKey, by: User, second: User, reason: str, at: datetime
) -> Identity:
    """Unlock who sent a report. Two different people who see its case are named in the audit, the identity is not.

    Raises NotOpened.
    """
    if by.pk == second.pk:
        raise NotOpened("Two different people are needed; --by and --second name the same one.")
    for person in (by, second):
        _check_person(person, report)
    if len(reason.strip()) < SHORTEST_REASON:
        raise NotOpened(f"Give the reason in at least {SHORTEST_REASON} characters.")
    if report.identity_key is None or report.identity_box is None:
        raise NotOpened("This report came without an identity (lane informasi awal).")
    try:
        sealed = unseal(bytes(report.identity_key), bytes(report.identity_box), private_key, _context(report.id))
    except SealBroken as error:
        raise NotOpened(f"The identity does not open with this key: {error}") from error
    audit.record(
        action="identity.opened",
        by=by,
        at=at,
        subject_kind="report",
        subject_id=report.id,
        details={"second": second.pk},
        words={"second_name": second.username, "reason": reason.strip()},
    )
    return Identity(**json.loads(sealed))


def _check_person(person: User, report: Report) -> None:
    # Kesbangpol belongs to the local government, so it never takes part.
    if not person.may(Permission.SEE_CASES) or person.powers.needs_sharing or not person.works_in(report.region_id):
        raise NotOpened(f"{person.username} may not open identities of this region.")


def _context(report_id: UUID) -> str:
    return f"identity|{report_id}|v1"
