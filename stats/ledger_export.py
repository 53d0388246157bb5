"""The book of recommendations as CSV: streamed, of one region only, without names, days and free text."""

import csv
from collections.abc import Iterator
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from cases.ledger import days_waiting, is_overdue, result_words, with_results
from cases.models import Case, Recommendation
from cases.querysets import RecommendationQuerySet
from stats.exports import CHUNK, Echo, safe_cell

DAYS_OF_A_WEEK = 7


def letters_of(region_code: str) -> RecommendationQuerySet:
    """The sent letters of a region and everything below it."""
    return Recommendation.objects.of_cases(Case.objects.within(region_code)).sent()


def ledger_lines(letters: RecommendationQuerySet, *, at: datetime) -> Iterator[str]:
    """The file line by line, oldest letter first. Begins with a byte order mark; every cell is quoted.

    Who opens the file may know the people, so there are months and whole weeks instead of days.
    """
    writer = csv.writer(Echo(), quoting=csv.QUOTE_ALL)
    yield "\ufeff" + writer.writerow(_headings())
    for letter in with_results(letters.order_by("sent_at", "pk")).iterator(chunk_size=CHUNK):
        yield writer.writerow([safe_cell(cell) for cell in _cells(letter, at)])


def record_ledger_export(*, by: User, at: datetime, count: int) -> None:
    """Note in the audit trail who took the book out of the house."""
    record(
        action="ledger_exported",
        by=by,
        at=at,
        subject_kind="region",
        subject_id=by.region_code or "nasional",
        details={"letters": count},
    )


def _headings() -> list[str]:
    return [
        _("Nomor kasus"),
        _("Kode wilayah"),
        _("Wilayah"),
        _("Lembaga"),
        _("Bulan dikirim"),
        _("Aturan"),
        _("Usul tingkat"),
        _("Tanda terima"),
        _("Jumlah pengingat"),
        _("Hasil"),
        _("Minggu tanpa hasil"),
        _("Lewat batas"),
    ]


def _cells(letter: Recommendation, at: datetime) -> list[object]:
    case, days = letter.case, days_waiting(letter, at=at)
    return [
        case.reference,
        case.region_id,
        case.region.name,
        letter.body.name,
        f"{localtime(letter.sent_at):%Y-%m}",
        " ".join(letter.rule_codes),
        letter.get_proposed_level_display(),
        _("ada") if letter.deliveries.all() else _("belum"),
        len(letter.reminders.all()),
        result_words(letter),
        "" if days is None else days // DAYS_OF_A_WEEK,
        _("ya") if is_overdue(letter, at=at) else "",
    ]
