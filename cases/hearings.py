"""What the steps of a clarification write: first and second summons, and what came of the hearing."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from cases.absence import absence_refusal
from cases.facts import ClarificationPlan, ClarificationResult, Problems
from cases.hosts import host_refusal
from cases.letters.issuing import bring_up_to_date, invite
from cases.models import Case, Clarification, HeardRole
from cases.recording import Recorded, Step
from cases.refusals import ActionRefused, FactsRefused
from cases.reporter_words import refuse_reporter_words

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
    """The first summons of the respondent, or the second where the case was corrected back after they stayed away."""
    return _plan(step, number=_next_number(step.case))


def plan_second_summons(step: Step) -> Recorded:
    """The second summons; what came of the first is on record from now on: nobody came.

    Raises ActionRefused where the respondent cannot be said yet not to have come to the first.
    """
    first = _held(step)
    if first is None:
        return plan_first_summons(step)
    if why := absence_refusal(first, zone=_zone(step), at=step.at):
        raise ActionRefused(why)
    first.held_date, first.attended, first.minutes = first.scheduled_date, False, DID_NOT_COME
    first.recorded_by, first.recorded_at = step.by, step.at
    first.save(update_fields=["held_date", "attended", "minutes", "recorded_by", "recorded_at"])
    return _plan(step, number=Clarification.MOST_SUMMONSES)


def record_hearing(step: Step) -> Recorded:
    """What came of the hearing. One held by Kesbangpol reaches Bawaslu as a proposal beside the study.

    Raises FactsRefused for an absence before the second summons, or from a hearing nobody could have come to yet.
    """
    facts = step.facts(ClarificationResult)
    planned = _held(step)
    if planned is None:
        raise ActionRefused(_("Belum ada jadwal klarifikasi. Jadwalkan lebih dulu."))
    if problems := facts.problems_of_host(planned.host) | _problems_of_absence(step, planned, facts):
        raise FactsRefused(problems)
    # Printed in the minutes the respondent signs
    refuse_reporter_words(step.case, {"minutes": facts.minutes})
    planned.held_date, planned.attended, planned.method = facts.held_date, facts.attended, facts.method
    planned.minutes = facts.minutes.strip()
    planned.ending, planned.ending_text = facts.ending or "", facts.ending_text.strip() if facts.ending else ""
    planned.recorded_by, planned.recorded_at = step.by, step.at
    columns = ["held_date", "attended", "method", "minutes", "ending", "ending_text", "recorded_by", "recorded_at"]
    planned.save(update_fields=columns)
    bring_up_to_date(hearing=planned, by=step.by, at=step.at)
    if planned.ending:
        _propose(step, planned)
    return Recorded(details={"summons": planned.number})


def _plan(step: Step, *, number: int) -> Recorded:
    facts = step.facts(ClarificationPlan)
    if why := host_refusal(facts.host, step.by):
        raise FactsRefused({"host": why})
    refuse_reporter_words(step.case, {"place": facts.place, "letter_number": facts.letter_number})
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


def _next_number(case: Case) -> int:
    """A summons the respondent is on record not to have come to counts, also after a correction of the status."""
    return Clarification.MOST_SUMMONSES if case.clarifications.of_respondent().filter(attended=False).exists() else 1


def _propose(step: Step, held: Clarification) -> None:
    # In the portal's language, whatever language the reviewer reads.
    with override(settings.LANGUAGE_CODE):
        text = f"{held.get_ending_display()}: {held.ending_text}"
    step.case.notes.create(text=text, is_proposal=True, by=step.by, at=step.at)


def _problems_of_absence(step: Step, planned: Clarification, facts: ClarificationResult) -> Problems:
    """Who came may have come early; who did not is summoned twice, and was awaited until the hour."""
    if facts.attended:
        return {}
    if planned.number < Clarification.MOST_SUMMONSES:
        return {
            "attended": _(
                "Terlapor baru dipanggil satu kali dan berhak atas panggilan kedua. "
                "Pilih langkah «Panggil untuk kedua kalinya»."
            )
        }
    if why := absence_refusal(planned, zone=_zone(step), at=step.at):
        return {"attended": why}
    if facts.held_date < planned.scheduled_date:
        return {"held_date": _("Tanggal ini sebelum jadwal klarifikasi. Isi tanggal terlapor ditunggu.")}
    return {}


def _held(step: Step) -> Clarification | None:
    """The summons that waits for its hearing, as it is now and held against being moved at this moment."""
    waiting = open_summons(step.case)
    if waiting is None:
        return None
    summons = Clarification.objects.select_for_update(no_key=True).get(pk=waiting.pk)
    summons.case = step.case
    return summons


def _zone(step: Step) -> ZoneInfo:
    return ZoneInfo(step.case.region.time_zone)
