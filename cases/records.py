"""What each step writes besides the status. Called by `workflow.perform` inside its transaction, case row locked."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import OperationalError
from django.db.models import Min
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.access import require_visible
from cases.actions import Action
from cases.claim import claim, require_current
from cases.clocks import end_clock, reopen_clock, start_clock
from cases.completeness import lacking_reports
from cases.deadline_rules import clock_for
from cases.deadlines import some_time_on
from cases.events import CaseEvent
from cases.facts import (
    Completion,
    Duplicate,
    RegistrationEntry,
    StatusCorrection,
)
from cases.handover import take_over
from cases.hearings import plan_first_summons, plan_second_summons, record_hearing
from cases.models import AsnStatus, Case, Message, OwnFinding, RegisterKind, Respondent
from cases.moving import merge_into, move_back, standing_merge, tell, undoing_refusal
from cases.outcomes import (
    annul_sanction,
    decide_appeal,
    file_appeal,
    missing_result,
    record_follow_up,
    record_gakkumdu,
    record_no_sanction,
    record_reminder,
    record_sanction,
    reopen,
    withdraw_results,
)
from cases.recommending import draft_letter, send_letter, take_back_draft, withdraw_letter
from cases.recording import Recorded, Step
from cases.refusals import ActionRefused, FactsRefused
from cases.reporter_words import refuse_words_of_others
from cases.reporters import readers
from cases.status import Outcome, Status


def _ask_for_completion(step: Step) -> Recorded:
    facts = step.facts(Completion)
    # In the portal's language, whatever language the reviewer reads.
    with override(settings.LANGUAGE_CODE):
        text = _("Laporan Anda belum lengkap. Mohon lengkapi paling lambat %(due)s: %(missing)s") % {
            "due": date_format(facts.due_date, "j F Y"),
            "missing": facts.missing.strip(),
        }
    # A report that has everything is not told that it lacks something; only a person can see what no answer shows.
    asked = facts.asked or lacking_reports(step.case) or {link.report_id for link in step.case.case_reports.all()}
    picked = [link.report_id for link in readers(step.case, asked, field="asked")]
    refuse_words_of_others(step.case, {"missing": facts.missing}, to=picked)
    Message.objects.bulk_create(Message(report_id=report, text=text, by=step.by, at=step.at) for report in picked)
    return Recorded(details={"reports": [str(report) for report in picked]})


def _register(step: Step) -> Recorded:
    """The entry, and the clock of the handling from its date: the law counts from there, not from the typing in."""
    facts = step.facts(RegistrationEntry)
    zone = step.case.region.time_zone
    _check_came_before(facts.registered_date, step.case, zone)
    is_finding = OwnFinding.objects.filter(case=step.case).exists()
    step.case.registrations.create(
        kind=RegisterKind.TEMUAN if is_finding else RegisterKind.LAPORAN,
        number=facts.number.strip(),
        registered_date=facts.registered_date,
        by=step.by,
        at=step.at,
    )
    is_today = facts.registered_date == step.at.astimezone(ZoneInfo(zone)).date()
    clock = clock_for(step.case.election_kind, Status.DIREGISTRASI)
    if clock is None or is_today:
        return Recorded()
    end_clock(case=step.case, at=step.at)
    start = some_time_on(facts.registered_date, zone)
    run = start_clock(case=step.case, clock=clock, start=start, at=step.at, time_zone=zone)
    return Recorded(changes={"due_at": run.due_at})


def _check_came_before(registered_date: date, case: Case, zone: str) -> None:
    """Raises FactsRefused for a registration older than the first report of the case."""
    first = case.case_reports.aggregate(first=Min("report__received_at"))["first"]
    came = first.astimezone(ZoneInfo(zone)).date()
    if registered_date < came:
        problem = _("Tanggal ini mendahului laporannya, yang masuk %(came)s. Isi tanggal itu atau sesudahnya.")
        raise FactsRefused({"registered_date": problem % {"came": date_format(came, "j F Y")}})


def _mark_as_duplicate(step: Step) -> Recorded:
    other = step.facts(Duplicate).other
    if other.pk == step.case.pk:
        raise FactsRefused({"other": _("Kasus tidak bisa menjadi dobel dari dirinya sendiri. Pilih kasus lain.")})
    # Locked, so that two people cannot mark two cases as duplicates of one another at the same moment.
    visible = Case.objects.visible_to(step.by).filter(pk=other.pk).values("pk")
    try:
        rows = Case.objects.select_related("respondent", "region").filter(pk__in=visible)
        found = rows.select_for_update(nowait=True, no_key=True, of=("self",)).first()
    except OperationalError as error:
        raise ActionRefused(_("Kasus yang Anda pilih sedang diubah orang lain. Coba lagi sebentar lagi.")) from error
    if found is None:
        raise FactsRefused({"other": _("Kasus yang dipilih tidak ditemukan. Periksa nomornya.")})
    # What is written about an erased case would never be erased.
    if found.erased_at is not None:
        raise FactsRefused({"other": _("Isi kasus itu sudah dihapus sesuai aturan penyimpanan. Pilih kasus lain.")})
    if found.duplicate_of_id:
        raise FactsRefused({"other": _("Kasus itu sendiri dobel. Pilih kasus induknya.")})
    require_current(found, step.facts(Duplicate).other_version)
    merge_into(step.case, found, reason=step.reason, by=step.by, at=step.at)
    return Recorded(changes={"duplicate_of": found})


def _undo_merge(step: Step) -> Recorded:
    """The case goes on where it stood, with the deadline it had. The other keeps at least one report of its own."""
    merge = standing_merge(step.case)
    if merge is None:
        raise ActionRefused(_("Penggabungan ini sudah dibatalkan."))
    require_visible(merge.target, step.by)
    if why := undoing_refusal(merge):
        raise ActionRefused(why)
    version = claim(merge.target)
    count = move_back(merge, by=step.by, at=step.at)
    # Its clock goes on too: it ended only because the merge finished the case.
    run = reopen_clock(case=step.case, ended_at=merge.at, at=step.at)
    # While it stands still, the day the reporter was given is the deadline.
    due_at = run.due_at if run and run.paused_at is None else merge.source_due_at
    merge.refresh_from_db()
    tell(merge.target, version, CaseEvent.PINDAH_DIBATALKAN, merge, count=count, reason=step.reason)
    return Recorded(
        changes={"outcome": "", "duplicate_of": None, "due_at": due_at},
        details={"regrouping": merge.pk},
    )


def _declare_not_asn(step: Step) -> Recorded:
    respondent = step.case.respondent
    respondent.asn_status, respondent.asn_kind = AsnStatus.NOT_ASN, ""
    respondent.asn_status_source = step.case.reference
    respondent.asn_status_date = step.at.astimezone(ZoneInfo(step.case.region.time_zone)).date()
    respondent.asn_status_by = step.by
    respondent.save(update_fields=["asn_status", "asn_kind", "asn_status_source", "asn_status_date", "asn_status_by"])
    return Recorded(changes={"closed_as_not_asn": True})


def _correct_status(step: Step) -> Recorded:
    """What the corrected status no longer rests on stays on record as withdrawn; a finished case is open again."""
    target = step.facts(StatusCorrection).target
    if target == step.case.status:
        raise FactsRefused({"target": _("Kasus sudah berstatus itu. Pilih status lain.")})
    if target == Status.SELESAI and (why := missing_result(step.case)):
        raise FactsRefused({"target": why})
    # A case sent back to the result it ended with keeps that result.
    if target not in (Status.SELESAI, step.case.outcome):
        withdraw_results(step)
    withdraw_letter(step)
    if step.case.status != Status.SELESAI:
        return Recorded()
    _take_back_not_asn(step.case)
    return Recorded(changes={"outcome": "", "closed_as_not_asn": False})


def _take_back_not_asn(case: Case) -> None:
    """What this case said of the respondent is no longer known; what an officer found elsewhere since stays."""
    said_here = Respondent.objects.filter(
        pk=case.respondent_id, asn_status=AsnStatus.NOT_ASN, asn_status_source=case.reference
    )
    said_here.update(asn_status=AsnStatus.UNVERIFIED, asn_status_source="", asn_status_date=None, asn_status_by=None)


def outcome_of(action: Action, source: Status) -> Outcome:
    """How a case ends when this step finishes it."""
    if action is Action.TANDAI_DOBEL:
        return Outcome.DOBEL
    if action is Action.NYATAKAN_BUKAN_ASN:
        return Outcome.BUKAN_ASN
    return Outcome(source) if source in Outcome.values else Outcome.DITUTUP_ADMIN


RECORDERS: dict[Action, Callable[[Step], Recorded]] = {
    Action.MINTA_PERBAIKAN: _ask_for_completion,
    Action.DAFTARKAN: _register,
    Action.TANDAI_DOBEL: _mark_as_duplicate,
    Action.BATALKAN_DOBEL: _undo_merge,
    Action.ALIHKAN: take_over,
    Action.NYATAKAN_BUKAN_ASN: _declare_not_asn,
    Action.JADWALKAN_KLARIFIKASI: plan_first_summons,
    Action.JADWALKAN_ULANG: plan_second_summons,
    Action.CATAT_KLARIFIKASI: record_hearing,
    Action.SUSUN_REKOMENDASI: draft_letter,
    Action.SUSUN_ULANG: draft_letter,
    Action.KIRIM_REKOMENDASI: send_letter,
    Action.KEMBALIKAN_REKOMENDASI: take_back_draft,
    Action.CATAT_TINDAK_LANJUT: record_follow_up,
    Action.CATAT_PENGINGAT: record_reminder,
    Action.CATAT_SANKSI: record_sanction,
    Action.PERBAIKI_SANKSI: record_sanction,
    Action.CATAT_TIDAK_TERBUKTI: record_no_sanction,
    Action.CATAT_KEBERATAN: file_appeal,
    Action.CATAT_HASIL_KEBERATAN: decide_appeal,
    Action.CATAT_PEMBATALAN: annul_sanction,
    Action.BUKA_KEMBALI: reopen,
    Action.CATAT_GAKKUMDU: record_gakkumdu,
    Action.KOREKSI_STATUS: _correct_status,
}
