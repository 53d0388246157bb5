"""What the steps of a clarification write: first and second summons, and what came of the hearing."""

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from cases.facts import ClarificationPlan, ClarificationResult
from cases.hosts import host_refusal
from cases.letters.issuing import bring_up_to_date, invite
from cases.models import Case, Clarification, HeardRole
from cases.recording import Recorded, Step
from cases.refusals import ActionRefused, FactsRefused

# What the row of the first summons says when a second one had to be sent
DID_NOT_COME = "Terlapor tidak hadir pada panggilan pertama; dipanggil untuk kedua kalinya."


def open_summons(case: Case) -> Clarification | None:
    """The summons of the respondent that waits for its hearing."""
    waiting = (row for row in case.clarifications.all() if row.role == HeardRole.RESPONDENT and row.held_date is None)
    return max(waiting, key=lambda row: row.pk, default=None)


def require_host(host: str, by: User) -> None:
    """Raises ActionRefused for a hearing of somebody else's."""
    if why := host_refusal(host, by):
        raise ActionRefused(why)


def inviting_refusal(case: Case, by: User) -> str | None:
    """Why this person cannot speak to the respondent for whoever hears them; None when they can."""
    newest = case.clarifications.of_respondent().newest_first().first()
    return host_refusal(newest.host, by) if newest else None


def hearing_refusal(case: Case, by: User) -> str | None:
    """A guard of the workflow: why this person cannot record what came of the hearing; None when they can."""
    planned = open_summons(case)
    if planned is None:
        return _("Belum ada jadwal klarifikasi. Jadwalkan lebih dulu.")
    return host_refusal(planned.host, by)


def second_summons_refusal(case: Case, by: User) -> str | None:
    """A guard of the workflow: why no further summons can be sent; None when it can."""
    planned = open_summons(case)
    if planned is None:
        return None
    if why := host_refusal(planned.host, by):
        return why
    if planned.number < Clarification.MOST_SUMMONSES:
        return None
    return _(
        "Terlapor sudah dipanggil dua kali. Bila tetap tidak hadir, catat hasilnya; "
        "kajian berjalan tanpa keterangannya."
    )


def plan_first_summons(step: Step) -> Recorded:
    """The first summons of the respondent."""
    return _plan(step, number=1)


def plan_second_summons(step: Step) -> Recorded:
    """The second summons; what came of the first is on record from now on: nobody came.

    Raises ActionRefused before the day of the first: another date is an extension, not a summons.
    """
    first = open_summons(step.case)
    if first is None:
        return _plan(step, number=1)
    if _local_date(step) < first.scheduled_date:
        raise ActionRefused(
            _("Tanggal panggilan pertama belum lewat. Untuk memindahkan tanggal, buka halaman klarifikasi kasus ini.")
        )
    first.held_date, first.attended, first.minutes = first.scheduled_date, False, DID_NOT_COME
    first.recorded_by, first.recorded_at = step.by, step.at
    first.save(update_fields=["held_date", "attended", "minutes", "recorded_by", "recorded_at"])
    return _plan(step, number=Clarification.MOST_SUMMONSES)


def record_hearing(step: Step) -> Recorded:
    """What came of the hearing. One held by Kesbangpol reaches Bawaslu as a proposal beside the study."""
    facts = step.facts(ClarificationResult)
    planned = open_summons(step.case)
    if planned is None:
        raise ActionRefused(_("Belum ada jadwal klarifikasi. Jadwalkan lebih dulu."))
    if problems := facts.problems_of_host(planned.host):
        raise FactsRefused(problems)
    planned.held_date, planned.attended, planned.method = facts.held_date, facts.attended, facts.method
    planned.minutes = facts.minutes.strip()
    planned.ending, planned.ending_text = facts.ending or "", facts.ending_text.strip() if facts.ending else ""
    planned.recorded_by, planned.recorded_at = step.by, step.at
    columns = ["held_date", "attended", "method", "minutes", "ending", "ending_text", "recorded_by", "recorded_at"]
    planned.save(update_fields=columns)
    bring_up_to_date(hearing=planned, at=step.at)
    if planned.ending:
        _propose(step, planned)
    return Recorded(details={"summons": planned.number})


def _plan(step: Step, *, number: int) -> Recorded:
    facts = step.facts(ClarificationPlan)
    if why := host_refusal(facts.host, step.by):
        raise FactsRefused({"host": why})
    summons = step.case.clarifications.create(
        number=number,
        letter_number=facts.letter_number.strip(),
        scheduled_date=facts.scheduled_date,
        starts=facts.starts,
        place=facts.place.strip(),
        method=facts.method,
        host=facts.host,
        scheduled_by=step.by,
        scheduled_at=step.at,
    )
    if not summons.letter_number:
        invite(summons=summons, by=step.by, at=step.at)
    return Recorded(details={"summons": number}, words={"letter_number": summons.letter_number})


def _propose(step: Step, held: Clarification) -> None:
    # In the portal's language, whatever language the reviewer reads.
    with override(settings.LANGUAGE_CODE):
        text = f"{held.get_ending_display()}: {held.ending_text}"
    step.case.notes.create(text=text, is_proposal=True, by=step.by, at=step.at)


def _local_date(step: Step) -> date:
    return step.at.astimezone(ZoneInfo(step.case.region.time_zone)).date()
