"""A recommendation on its way to the body: a signed link for one letter, its receipt, and what the body says of it.

The link is the key, so it is shown once and only a digest of it is kept. It opens no name: the body has the letter.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.events import CaseEvent
from cases.facts import text_problem
from cases.models import Case, Delivery, DeliveryNotice, NoticeKind, Recommendation
from cases.refusals import ActionRefused, FactsRefused

SALT = "cases.delivery"
SECRET_BYTES = 24
DAYS_VALID = 30
LONGEST_NAME = 150
LONGEST_LETTER_NUMBER = 80
LONGEST_REMARK = 500
MOST_NOTICES = 20


@dataclass(frozen=True)
class Link:
    """A delivery and the token that opens it, which nobody can read again."""

    delivery: Delivery
    token: str


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Who received the letter, in the body's own words."""

    officer_name: str
    officer_office: str
    own_letter_number: str = ""

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = {
            name: problem
            for name in ("officer_name", "officer_office")
            if (problem := text_problem(getattr(self, name), LONGEST_NAME))
        }
        number = self.own_letter_number.strip()
        if number and (problem := text_problem(number, LONGEST_LETTER_NUMBER)):
            found["own_letter_number"] = problem
        return found


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What became of the letter at the body."""

    kind: NoticeKind
    happened_date: date
    remark: str = ""

    def problems(self, *, sent: date, today: date) -> dict[str, str]:
        """What is wrong, by field. The letter cannot have been studied before it was sent."""
        found = {}
        if not sent <= self.happened_date <= today:
            found["happened_date"] = _("Isi tanggal antara pengiriman surat dan hari ini.")
        if self.remark.strip() and (problem := text_problem(self.remark, LONGEST_REMARK)):
            found["remark"] = problem
        return found


def issue_link(*, case: Case, sent_to: str, by: User, at: datetime) -> Link:
    """A new link for the letter that was sent last; every older link of the case stops working.

    Raises ActionRefused where no letter was sent, FactsRefused when the addressee is missing.
    """
    require(case, Permission.RECOMMEND, by)
    office = required_text("sent_to", sent_to, LONGEST_NAME)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        _hold_letters(case)
        letter = Recommendation.objects.of_cases(Case.objects.filter(pk=case.pk)).sent().first()
        if letter is None:
            raise ActionRefused(_("Belum ada rekomendasi yang dikirim. Tautan dibuat sesudahnya."))
        # Also the links of a letter that this one replaced: its receipts and notices would go to the old one.
        Delivery.objects.filter(recommendation__case=case, revoked_at=None).update(revoked_at=at)
        delivery = Delivery.objects.create(
            recommendation=letter,
            token_digest=_digest(secret),
            sent_to=office,
            created_by=by,
            created_at=at,
            expires_at=at + timedelta(days=DAYS_VALID),
        )
        _tell(CaseEvent.TAUTAN_DIBUAT, delivery, by, at, words={"sent_to": office})
    return Link(delivery, signing.dumps(secret, salt=SALT))


def revoke_link(*, case: Case, by: User, at: datetime) -> None:
    """Stop every link that works. Raises ActionRefused where none does."""
    require(case, Permission.RECOMMEND, by)
    with transaction.atomic():
        _hold_letters(case)
        deliveries = _working(at).filter(recommendation__case=case).order_by("pk")
        working = list(deliveries.select_for_update(no_key=True, of=("self",)))
        if not working:
            raise ActionRefused(_("Tidak ada tautan yang berlaku."))
        for delivery in working:
            delivery.revoked_at = at
            delivery.save(update_fields=["revoked_at"])
            _tell(CaseEvent.TAUTAN_DICABUT, delivery, by, at, words={"sent_to": delivery.sent_to})


def delivery_of(token: str, *, at: datetime) -> Delivery | None:
    """The delivery a token opens now; None for a forged, expired or revoked one, which all look the same."""
    try:
        secret = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return _working(at).filter(token_digest=_digest(str(secret))).first()


def working_delivery(delivery_id: int, *, at: datetime) -> Delivery | None:
    """The delivery, while its link works."""
    return _working(at).filter(pk=delivery_id).first()


def working_link(case: Case, *, at: datetime) -> Delivery | None:
    """The newest link somebody can still open, if any."""
    return _working(at).filter(recommendation__case=case).order_by("-pk").first()


def confirm_receipt(*, delivery: Delivery, receipt: Receipt, at: datetime) -> Delivery:
    """The body has the letter. The first receipt stands. Raises FactsRefused or ActionRefused."""
    if problems := receipt.problems():
        raise FactsRefused(problems)
    with transaction.atomic():
        held = _held(delivery, at)
        if held.confirmed_at:
            raise ActionRefused(_("Penerimaan surat ini sudah dicatat."))
        held.confirmed_at = at
        held.officer_name = receipt.officer_name.strip()
        held.officer_office = receipt.officer_office.strip()
        held.own_letter_number = receipt.own_letter_number.strip()
        held.save(update_fields=["confirmed_at", "officer_name", "officer_office", "own_letter_number"])
        _tell(CaseEvent.TANDA_TERIMA, held, None, at)
    return held


def add_notice(*, delivery: Delivery, notice: Notice, at: datetime) -> DeliveryNotice:
    """What became of the letter, told by the body after its receipt. Raises FactsRefused or ActionRefused."""
    sent_at = delivery.recommendation.sent_at or delivery.created_at
    if problems := notice.problems(sent=timezone.localdate(sent_at), today=timezone.localdate(at)):
        raise FactsRefused(problems)
    with transaction.atomic():
        held = _held(delivery, at)
        if held.confirmed_at is None:
            raise ActionRefused(_("Catat penerimaan suratnya lebih dulu."))
        if held.notices.count() >= MOST_NOTICES:
            raise ActionRefused(_("Kabar lewat tautan ini sudah penuh. Hubungi Bawaslu untuk kabar berikutnya."))
        row: DeliveryNotice = held.notices.create(
            kind=notice.kind, happened_date=notice.happened_date, remark=notice.remark.strip(), at=at
        )
        details = {"notice": str(notice.kind), "happened_date": notice.happened_date.isoformat()}
        _tell(CaseEvent.KABAR_LEMBAGA, held, None, at, details=details)
    return row


def _working(at: datetime) -> "QuerySet[Delivery]":
    rows = Delivery.objects.filter(revoked_at=None, expires_at__gt=at)
    return rows.filter(recommendation__withdrawn_at=None).select_related("recommendation__body")


def _hold_letters(case: Case) -> None:
    """Nobody else makes or stops a link of the case until the transaction ends."""
    list(case.recommendations.select_for_update(no_key=True).order_by("pk"))


def _held(delivery: Delivery, at: datetime) -> Delivery:
    """The row, nobody else's until the transaction ends. Raises ActionRefused once the link stopped working."""
    held = _working(at).select_for_update(no_key=True, of=("self",)).filter(pk=delivery.pk).first()
    if held is None:
        raise ActionRefused(_("Tautan ini tidak berlaku lagi. Minta tautan baru kepada Bawaslu."))
    return held


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _tell(
    event: CaseEvent,
    delivery: Delivery,
    by: User | None,
    at: datetime,
    *,
    details: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
) -> None:
    letter = delivery.recommendation
    record(
        action=event,
        by=by,
        at=at,
        subject_kind="case",
        subject_id=letter.case_id,
        details=details,
        words={"letter_number": letter.letter_number} | dict(words or {}),
    )
