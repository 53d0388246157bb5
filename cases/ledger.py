"""The book of recommendations: every letter that was sent, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from cases.models import Case, Delivery, NoSanction, OversightBody, Recommendation, Sanction
from cases.querysets import WITH_RESULT, RecommendationQuerySet
from cases.status import Status


@dataclass(frozen=True)
class LedgerRow:
    """A letter. `days` is its age in whole days while it has no result, else None."""

    letter: Recommendation
    received: str
    reminders: int
    last_reminder: str
    result: str
    days: int | None
    is_overdue: bool


@dataclass(frozen=True)
class BodyCounts:
    """How many letters a body got, and how many still wait or are overdue."""

    body: str
    sent: int
    waiting: int
    overdue: int


def letters_for(user: User) -> RecommendationQuerySet:
    """Sent letters of the cases somebody sees; for who may only count, those of the region."""
    sees = user.may(Permission.SEE_CASES)
    cases = Case.objects.visible_to(user) if sees else Case.objects.within(user.region_code)
    return Recommendation.objects.of_cases(cases).sent()


def with_results(letters: RecommendationQuerySet) -> RecommendationQuerySet:
    """The letters with everything a row says of them, in a fixed number of queries."""
    return letters.select_related("body", "case__respondent", "case__region").prefetch_related(
        Prefetch("deliveries", Delivery.objects.exclude(confirmed_at=None).order_by("confirmed_at")),
        "reminders",
        Prefetch("case__sanctions", Sanction.objects.filter(withdrawn_at=None)),
        Prefetch("case__no_sanctions", NoSanction.objects.filter(withdrawn_at=None)),
    )


def ledger_rows(letters: Iterable[Recommendation], *, at: datetime) -> list[LedgerRow]:
    """Rows of letters read by `with_results`."""
    return [_row(letter, at) for letter in letters]


def counts_by_body(letters: RecommendationQuerySet, *, at: datetime) -> list[BodyCounts]:
    """Counts alone, for who may not read cases."""
    return [
        BodyCounts(
            body=body.name,
            sent=letters.filter(body=body).count(),
            waiting=letters.filter(body=body).without_result().count(),
            overdue=letters.filter(body=body).overdue(at).count(),
        )
        for body in OversightBody.objects.order_by("-valid_from")
    ]


def days_waiting(letter: Recommendation, *, at: datetime) -> int | None:
    """Whole days since the letter went out; None once it has a result."""
    if letter.sent_at is None or letter.case.status in WITH_RESULT:
        return None
    return (timezone.localdate(at) - timezone.localdate(letter.sent_at)).days


def is_overdue(letter: Recommendation, *, at: datetime) -> bool:
    """Whether the PPK's time (data/deadlines.yaml) is over without a result."""
    case = letter.case
    return case.status == Status.TINDAK_LANJUT and case.due_at is not None and case.due_at < at


def result_words(letter: Recommendation) -> str:
    """What came of the letter; empty while nothing did. Expects the letter read by `with_results`."""
    case = letter.case
    if case.status not in WITH_RESULT:
        return ""
    for sanction in case.sanctions.all():
        return str(sanction.get_level_display())
    if case.no_sanctions.all():
        return _("Tidak dijatuhi sanksi")
    return str(case.get_outcome_display() or case.get_status_display())


def _row(letter: Recommendation, at: datetime) -> LedgerRow:
    receipts = [row.confirmed_at for row in letter.deliveries.all() if row.confirmed_at]
    reminders = sorted(letter.reminders.all(), key=lambda row: row.letter_date)
    return LedgerRow(
        letter=letter,
        received=date_format(timezone.localdate(receipts[0]), "j M Y") if receipts else "",
        reminders=len(reminders),
        last_reminder=date_format(reminders[-1].letter_date, "j M Y") if reminders else "",
        result=result_words(letter),
        days=days_waiting(letter, at=at),
        is_overdue=is_overdue(letter, at=at),
    )
