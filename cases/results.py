"""What came of a letter, as titles and facts: receipt, reminders, the PPK's decision, appeals, the criminal route."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cases.clocks import GAKKUMDU
from cases.letters.wording import clock
from cases.models import (
    Appeal,
    Case,
    ClockRun,
    Delivery,
    DeliveryNotice,
    GakkumduKind,
    GakkumduStep,
    Recommendation,
    Respondent,
    Sanction,
)
from cases.sanction_forms import form_title, remark_on

Facts = list[tuple[str, str]]


@dataclass(frozen=True)
class Decision:
    """One record as the page shows it; facts are (label, value) pairs."""

    title: str
    facts: Facts


def day_words(day: date | None) -> str:
    """A day as people write it; empty where there is none."""
    return date_format(day, "j F Y") if day else ""


def letter_road(letter: Recommendation) -> Facts:
    """What happened to a sent letter."""
    if letter.sent_at is None:
        return []
    deliveries = list(letter.deliveries.all())
    receipts = [(_("Diterima"), _receipt(row)) for row in deliveries if row.confirmed_at]
    notices = [(_("Kabar lembaga"), _notice(notice)) for row in deliveries for notice in row.notices.all()]
    reminders = [
        (_("Surat pengingat"), f"{row.letter_number}, {day_words(row.letter_date)}") for row in letter.reminders.all()
    ]
    return [*(receipts or [(_("Diterima"), _("Belum ada tanda terima"))]), *notices, *reminders]


def results(case: Case) -> Iterator[Decision]:
    """What the PPK decided and what became of it; a row that no longer counts says so."""
    for row in sorted(case.no_sanctions.all(), key=lambda row: row.pk):
        yield Decision(
            _("Tidak dijatuhi sanksi"),
            [
                (_("Diputuskan oleh"), row.decided_by),
                (_("Surat"), f"{row.letter_number}, {day_words(row.letter_date)}"),
                (_("Alasan"), row.reason),
                *_withdrawn(row.withdrawn_at),
            ],
        )
    for sanction in sorted(case.sanctions.all(), key=lambda row: row.pk):
        yield Decision(_("Sanksi"), _sanction(sanction, case.respondent))
        for appeal in sanction.appeals.all():
            yield Decision(_("Upaya administratif"), _appeal(appeal, sanction))


def gakkumdu_steps(case: Case) -> Iterator[Decision]:
    """The criminal route."""
    steps, zone = case.gakkumdu_steps.all(), case.region.time_zone
    for row in sorted(steps, key=lambda row: (row.happened_date, row.happened_time or time.max, row.pk)):
        hour = clock(row.happened_time, zone)
        facts = [
            (_("Tanggal"), ", ".join(text for text in (day_words(row.happened_date), hour) if text)),
            (_("Perkembangan"), row.get_kind_display()),
            *_within_the_day(case, row),
            (_("Surat atau putusan"), row.letter_number),
            (_("Isi"), row.text),
        ]
        yield Decision(_("Gakkumdu"), facts)


def _within_the_day(case: Case, row: GakkumduStep) -> Facts:
    """Whether the file was there within its 24 hours; of old rows nobody knows the hour."""
    if row.kind != GakkumduKind.FORWARDED:
        return []
    run = _day_of_the_visit(case, row)
    earlier = (step for step in case.gakkumdu_steps.all() if step.kind == row.kind and step.pk < row.pk)
    # The first file is what the day was for; one that follows was never late.
    if run is None or any(_day_of_the_visit(case, step) == run for step in earlier):
        return []
    moment, zone = row.moment(case.region.time_zone), case.region.time_zone
    due = run.due_at.astimezone(ZoneInfo(zone))
    until = f"{day_words(due.date())}, {clock(due.time(), zone)}"
    kept = _("dipenuhi") if moment and moment <= due else _("dilampaui")
    said = kept if moment else _("tidak diketahui, pukulnya tidak tercatat")
    return [(_("Batas 24 jam"), f"{until}: {said}")]


def _day_of_the_visit(case: Case, row: GakkumduStep) -> ClockRun | None:
    """The clock of 24 hours that had begun when the row was recorded."""
    runs = [run for run in case.clock_runs.all() if run.name == GAKKUMDU and run.started_at <= row.at]
    return max(runs, key=lambda run: run.pk, default=None)


def sanction_words(sanction: Sanction) -> str:
    """Form and the decree's own words, whichever there are."""
    return "; ".join(text for text in (form_title(sanction.form_code), sanction.form) if text)


def _sanction(sanction: Sanction, respondent: Respondent) -> Facts:
    remark = remark_on(sanction.form_code, respondent.asn_kind)
    return [
        (_("Tingkat"), sanction.get_level_display()),
        (_("Bentuk"), sanction_words(sanction)),
        *([(_("Perlu diperiksa"), remark)] if remark else []),
        (_("Keputusan"), f"{sanction.decree_number}, {day_words(sanction.decree_date)}"),
        (_("Dijatuhkan oleh"), sanction.imposed_by),
        *_withdrawn(sanction.withdrawn_at),
    ]


def _appeal(appeal: Appeal, sanction: Sanction) -> Facts:
    undecided = _("Tidak diputus: sanksinya ditarik") if sanction.withdrawn_at else _("Belum diputus")
    ruling = appeal.get_ruling_display() or undecided
    decided = f", {appeal.decision_number}, {day_words(appeal.decided_date)}" if appeal.ruling else ""
    return [
        (_("Diajukan sebagai"), appeal.get_body_display()),
        (_("Tanggal diajukan"), day_words(appeal.filed_date)),
        (_("Hasil"), f"{ruling}{decided}"),
    ]


def _receipt(row: Delivery) -> str:
    day = day_words(timezone.localdate(row.confirmed_at)) if row.confirmed_at else ""
    number = _(", nomor %(number)s") % {"number": row.own_letter_number} if row.own_letter_number else ""
    return f"{day}, {row.officer_name}, {row.officer_office}{number}"


def _notice(row: DeliveryNotice) -> str:
    said = f"{row.get_kind_display()}, {day_words(row.happened_date)}"
    return f"{said}. {row.remark}" if row.remark else said


def _withdrawn(at: object) -> Facts:
    return [(_("Keadaan"), _("Tidak berlaku lagi"))] if at else []
