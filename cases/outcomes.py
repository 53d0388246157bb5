"""What became of a case: reminders, the PPK's decision, its correction, appeals, the criminal route.

Called by `workflow.perform` inside its transaction, case row locked. A row that no longer counts stays, with the time
it was withdrawn.
"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from cases.clocks import end_clock
from cases.facts import FollowUpEntry, SanctionDecree
from cases.models import Appeal, AsnKind, Case, GakkumduKind, Respondent, Ruling, Sanction
from cases.outcome_facts import (
    AppealAnnulment,
    AppealFiling,
    AppealResult,
    GakkumduEntry,
    NoSanctionLetter,
    ReminderEntry,
)
from cases.recording import Recorded, Step
from cases.refusals import ActionRefused, FactsRefused
from cases.sanction_forms import Others, misfit
from cases.status import Outcome, Status


def record_follow_up(step: Step) -> Recorded:
    """What the body or the PPK answered or did."""
    facts = step.facts(FollowUpEntry)
    step.case.follow_ups.create(
        happened_date=facts.happened_date,
        actor=facts.actor.strip(),
        text=facts.text.strip(),
        by=step.by,
        at=step.at,
    )
    return Recorded()


def record_reminder(step: Step) -> Recorded:
    """A reminder about the letter that counts; the deadline runs on."""
    facts = step.facts(ReminderEntry)
    letter = step.case.recommendations.sent().first()
    if letter is None:
        raise ActionRefused(_("Belum ada rekomendasi yang dikirim, jadi tidak ada yang diingatkan."))
    letter.reminders.create(
        letter_number=facts.letter_number.strip(), letter_date=facts.letter_date, by=step.by, at=step.at
    )
    return Recorded(details={"reminders": letter.reminders.count()})


def record_sanction(step: Step) -> Recorded:
    """The decree of the PPK. A row that counted is withdrawn; both stay, and the event names both.

    An appeal nobody has decided goes on against the new one, also where a correction of the status withdrew the row in
    between. Raises FactsRefused for a decree younger than an appeal against the row that counted, and for a form the
    respondent's kind of ASN cannot get.
    """
    withdrawn = list(step.case.sanctions.filter(withdrawn_at=None).values_list("pk", "decree_number"))
    decree_date = step.facts(SanctionDecree).decree_date
    _check_form_is_for(step.case, step.facts(SanctionDecree).form_code)
    _check_appeal_is_about(_waiting_appeal(step.case), decree_date)
    waiting = _appeal_to_carry(step.case, decree_date)
    withdraw_results(step)
    sanction = _write_sanction(step)
    details: dict[str, object] = {"sanction": sanction.pk}
    words: dict[str, object] = {}
    if waiting:
        waiting.sanction = sanction
        waiting.save(update_fields=["sanction"])
        details |= {"moved_appeal": waiting.pk}
    for identifier, decree_number in withdrawn:
        details |= {"withdrawn_sanction": identifier}
        words |= {"withdrawn_decree": decree_number}
    return Recorded(details=details, words=words)


def record_no_sanction(step: Step) -> Recorded:
    """The PPK's letter, with the reason of the step."""
    facts = step.facts(NoSanctionLetter)
    step.case.no_sanctions.create(
        decided_by=facts.decided_by.strip(),
        letter_number=facts.letter_number.strip(),
        letter_date=facts.letter_date,
        reason=step.reason,
        recorded_by=step.by,
        recorded_at=step.at,
    )
    return Recorded()


def file_appeal(step: Step) -> Recorded:
    """An appeal against the sanction that counts."""
    facts = step.facts(AppealFiling)
    sanction = step.case.sanction
    if sanction is None:
        raise ActionRefused(_("Belum ada sanksi yang berlaku. Catat sanksinya lebih dulu."))
    if facts.filed_date < sanction.decree_date:
        raise FactsRefused({"filed_date": _("Tanggal ini mendahului keputusan sanksi. Periksa tanggalnya.")})
    sanction.appeals.create(body=facts.appeal_body, filed_date=facts.filed_date, filed_by=step.by, filed_at=step.at)
    return Recorded()


def decide_appeal(step: Step) -> Recorded:
    """The sanction was upheld or changed. After a change the new decree is recorded as a correction."""
    facts = step.facts(AppealResult)
    _decide(step, facts, facts.ruling)
    return Recorded()


def annul_sanction(step: Step) -> Recorded:
    """The sanction no longer counts."""
    _decide(step, step.facts(AppealAnnulment), Ruling.ANNULLED)
    withdraw_results(step)
    return Recorded()


def record_gakkumdu(step: Step) -> Recorded:
    """A step on the criminal route. Once the file is there nobody's 24 hours run: they ended at the hour told.

    Raises FactsRefused for an hour that lies ahead.
    """
    facts = step.facts(GakkumduEntry)
    row = step.case.gakkumdu_steps.create(
        kind=facts.kind,
        happened_date=facts.happened_date,
        happened_time=facts.happened_time,
        letter_number=facts.letter_number.strip(),
        text=facts.text.strip(),
        by=step.by,
        at=step.at,
    )
    moment = row.moment(step.case.region.time_zone)
    if moment and moment > step.at:
        raise FactsRefused({"happened_time": _("Pukul itu belum lewat. Isi pukul sekarang atau sebelumnya.")})
    end_clock(case=step.case, at=moment or step.at)
    return Recorded(changes={"due_at": None})


def reopen(step: Step) -> Recorded:
    """A finished case takes up what happens after its sanction."""
    return Recorded(changes={"outcome": ""})


def withdraw_results(step: Step) -> None:
    """What the PPK decided no longer counts; the rows stay."""
    step.case.sanctions.filter(withdrawn_at=None).update(withdrawn_at=step.at)
    step.case.no_sanctions.filter(withdrawn_at=None).update(withdrawn_at=step.at)


def appeal_refusal(case: Case, by: User) -> str | None:
    """Why no appeal can be filed now."""
    if case.sanction is None:
        return _("Belum ada sanksi yang berlaku. Catat sanksinya lebih dulu.")
    if _waiting_appeal(case):
        return _("Upaya administratif yang tercatat belum diputus. Catat hasilnya lebih dulu.")
    return None


def ruling_refusal(case: Case, by: User) -> str | None:
    """Why no result of an appeal can be recorded now."""
    return None if _waiting_appeal(case) else _("Tidak ada keberatan atau banding yang menunggu hasil.")


def reopening_refusal(case: Case, by: User) -> str | None:
    """Only a case that ended with a sanction has something that can still change."""
    return (
        None if case.outcome == Outcome.SANKSI else _("Hanya kasus yang berakhir dengan sanksi dapat dibuka kembali.")
    )


def closing_refusal(case: Case, by: User) -> str | None:
    """Why the file cannot be closed yet."""
    if case.status == Status.GAKKUMDU and not _has_gakkumdu_result(case):
        return _("Catat dulu hasil jalur pidana: dihentikan, penyidikan atau putusan pengadilan.")
    if why := missing_result(case):
        return why
    if case.status != Status.SANKSI:
        return None
    if _waiting_appeal(case):
        return _("Keberatan atau banding atas sanksi ini belum diputus. Catat hasilnya lebih dulu.")
    if any(appeal.ruling == Ruling.CHANGED for appeal in _appeals(case)):
        return _("Sanksi diubah dalam upaya administratif. Catat keputusan yang baru lewat «Perbaiki data sanksi».")
    return None


def missing_result(case: Case) -> str | None:
    """Why the result the case is in rests on nothing; a correction of the status brings no decree along."""
    if case.status == Status.SANKSI and case.sanction is None:
        return _("Keputusan sanksinya belum tercatat. Catat dulu lewat «Perbaiki data sanksi».")
    if case.status == Status.TIDAK_TERBUKTI and not _is_cleared(case):
        return _(
            "Surat PPK bahwa tidak ada sanksi belum tercatat. Minta admin nasional mengoreksi status ke «Tindak "
            "lanjut», lalu catat suratnya lewat «Catat tidak terbukti»."
        )
    return None


def _is_cleared(case: Case) -> bool:
    """By the PPK's letter, or because the last sanction was annulled."""
    if any(row.withdrawn_at is None for row in case.no_sanctions.all()):
        return True
    last = max(case.sanctions.all(), key=lambda row: row.pk, default=None)
    return last is not None and any(appeal.ruling == Ruling.ANNULLED for appeal in last.appeals.all())


def _write_sanction(step: Step) -> Sanction:
    facts = step.facts(SanctionDecree)
    sanction: Sanction = step.case.sanctions.create(
        level=facts.level,
        form_code=facts.form_code,
        form=facts.form.strip(),
        decree_number=facts.decree_number.strip(),
        decree_date=facts.decree_date,
        imposed_by=facts.imposed_by.strip(),
        recorded_by=step.by,
        recorded_at=step.at,
    )
    return sanction


def _check_form_is_for(case: Case, form_code: str) -> None:
    """As known now: the respondent may have been verified from another case."""
    kind = Respondent.objects.values_list("asn_kind", flat=True).get(pk=case.respondent_id)
    if misfit(form_code, kind) is Others.REFUSED:
        raise FactsRefused(
            {
                "form_code": _(
                    "Bentuk ini tidak ada untuk %(kind)s. Periksa keputusannya dan data terlapor; bila bunyinya memang "
                    "begitu, pilih «Lain, menurut bunyi keputusan» dan salin bunyinya."
                )
                % {"kind": AsnKind(kind).label}
            }
        )


def _check_appeal_is_about(waiting: Appeal | None, decree_date: date) -> None:
    if waiting and decree_date > waiting.filed_date:
        raise FactsRefused(
            {
                "decree_date": _(
                    "Keberatan atau banding yang diajukan %(filed)s belum diputus, dan keputusan ini lebih baru. "
                    "Periksa tanggalnya, atau catat dulu hasil upaya itu."
                )
                % {"filed": date_format(waiting.filed_date, "j F Y")}
            }
        )


def _decide(step: Step, facts: AppealResult | AppealAnnulment, ruling: Ruling) -> None:
    appeal = _waiting_appeal(step.case)
    if appeal is None:
        raise ActionRefused(_("Tidak ada keberatan atau banding yang menunggu hasil."))
    if facts.decided_date < appeal.filed_date:
        raise FactsRefused({"decided_date": _("Tanggal ini mendahului pengajuannya. Periksa tanggalnya.")})
    appeal.ruling = ruling
    appeal.decision_number = facts.decision_number.strip()
    appeal.decided_date = facts.decided_date
    appeal.decided_by = step.by
    appeal.decided_at = step.at
    appeal.save(update_fields=["ruling", "decision_number", "decided_date", "decided_by", "decided_at"])


def _waiting_appeal(case: Case) -> Appeal | None:
    return next((appeal for appeal in _appeals(case) if not appeal.ruling), None)


def _appeal_to_carry(case: Case, decree_date: date) -> Appeal | None:
    """The appeal that waits against the latest sanction; a decree younger than it is another sanction's."""
    latest = max(case.sanctions.all(), key=lambda row: row.pk, default=None)
    waiting = latest.appeals.filter(ruling="", filed_date__gte=decree_date) if latest else None
    return waiting.first() if waiting is not None else None


def _appeals(case: Case) -> list[Appeal]:
    """Those against the sanction that counts."""
    return list(case.sanction.appeals.all()) if case.sanction else []


def _has_gakkumdu_result(case: Case) -> bool:
    """Of this time on the criminal route; a case may take it twice."""
    since = [row for row in case.gakkumdu_steps.all() if row.at >= case.status_since]
    return any(row.kind != GakkumduKind.FORWARDED for row in since)
