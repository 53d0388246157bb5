"""The life of a case as one table: which step leads from where to where, who may take it, what it records."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from cases.actions import Action
from cases.assessment import confirmed_rules
from cases.facts import (
    ClarificationPlan,
    ClarificationResult,
    Completion,
    Duplicate,
    Facts,
    FollowUpEntry,
    RecommendationDraft,
    RegistrationEntry,
    SanctionDecree,
    StatusCorrection,
)
from cases.handover import accepting_refusal, is_offered_to
from cases.hearings import hearing_refusal, second_summons_refusal
from cases.models import MOVABLE, Case
from cases.moving import BEFORE_RECOMMENDATION, standing_merge, undoing_refusal
from cases.outcome_facts import (
    AppealAnnulment,
    AppealFiling,
    AppealResult,
    GakkumduEntry,
    NoSanctionLetter,
    ReminderEntry,
)
from cases.outcomes import appeal_refusal, closing_refusal, reopening_refusal, ruling_refusal
from cases.recommendation_guards import redrafting_refusal, sending_refusal, sent_last
from cases.status import Outcome, Status

Guard = Callable[[Case, User], str | None]


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One row of the table. `guard` says in plain words why a step cannot be taken though role and status fit."""

    sources: frozenset[Status]
    # None: the facts say where to (the national admin's correction).
    target: Status | None
    permission: Permission
    needs_reason: bool = False
    facts: type[Facts] | None = None
    guard: Guard | None = None
    # Who takes the step though the case is not theirs to see yet; everybody else has to see it.
    is_offered_to: Callable[[Case, User], bool] | None = None
    # Where a step leads that takes another one back; `target` is where it does so for the most part, if anywhere.
    returns_to: Callable[[Case], Status] | None = None


def _some_rule_is_confirmed(case: Case, by: User) -> str | None:
    if confirmed_rules(case):
        return None
    return _("Belum ada aturan yang dinyatakan sesuai. Nilai temuan atau tambahkan aturan lebih dulu.")


def _was_merged(case: Case, by: User) -> str | None:
    if case.outcome == Outcome.DOBEL and standing_merge(case):
        return None
    return _("Kasus ini tidak berakhir dengan penggabungan, jadi tidak ada yang dapat dibatalkan.")


def _ended_by_a_merge(case: Case, by: User) -> str | None:
    if case.outcome != Outcome.DOBEL:
        return None
    merge = standing_merge(case)
    why_it_stays = undoing_refusal(merge) if merge else None
    return why_it_stays or _("Kasus ini berakhir karena digabungkan. Batalkan penggabungannya.")


def _before_the_merge(case: Case) -> Status:
    merge = standing_merge(case)
    return Status(merge.source_status if merge else case.status)


def _before_the_draft(case: Case) -> Status:
    """Where a letter was sent, the draft replaced it: what two people sent, one does not take back to the study."""
    return Status.TINDAK_LANJUT if sent_last(case) else Status.KAJIAN


def _from(*sources: Status) -> frozenset[Status]:
    return frozenset(sources)


TRANSITIONS: dict[Action, Transition] = {
    Action.MULAI_KAJIAN_AWAL: Transition(
        sources=_from(Status.MASUK), target=Status.KAJIAN_AWAL, permission=Permission.TRIAGE
    ),
    Action.DAFTARKAN: Transition(
        sources=_from(Status.KAJIAN_AWAL),
        target=Status.DIREGISTRASI,
        permission=Permission.REGISTER,
        facts=RegistrationEntry,
    ),
    Action.MINTA_PERBAIKAN: Transition(
        sources=_from(Status.KAJIAN_AWAL), target=Status.PERBAIKAN, permission=Permission.TRIAGE, facts=Completion
    ),
    Action.TERIMA_PERBAIKAN: Transition(
        sources=_from(Status.PERBAIKAN), target=Status.KAJIAN_AWAL, permission=Permission.TRIAGE
    ),
    Action.JADWALKAN_KLARIFIKASI: Transition(
        sources=_from(Status.DIREGISTRASI),
        target=Status.KLARIFIKASI,
        permission=Permission.CLARIFY,
        facts=ClarificationPlan,
    ),
    Action.CATAT_KLARIFIKASI: Transition(
        sources=_from(Status.KLARIFIKASI),
        target=Status.KAJIAN,
        permission=Permission.CLARIFY,
        facts=ClarificationResult,
        guard=hearing_refusal,
    ),
    Action.JADWALKAN_ULANG: Transition(
        sources=_from(Status.KLARIFIKASI),
        target=Status.KLARIFIKASI,
        permission=Permission.CLARIFY,
        facts=ClarificationPlan,
        guard=second_summons_refusal,
    ),
    Action.SUSUN_REKOMENDASI: Transition(
        sources=_from(Status.KAJIAN),
        target=Status.REKOMENDASI,
        permission=Permission.RECOMMEND,
        facts=RecommendationDraft,
        guard=_some_rule_is_confirmed,
    ),
    Action.KIRIM_REKOMENDASI: Transition(
        sources=_from(Status.REKOMENDASI),
        target=Status.TINDAK_LANJUT,
        permission=Permission.RECOMMEND,
        guard=sending_refusal,
    ),
    Action.CATAT_TINDAK_LANJUT: Transition(
        sources=_from(Status.TINDAK_LANJUT),
        target=Status.TINDAK_LANJUT,
        permission=Permission.RECORD_OUTCOME,
        facts=FollowUpEntry,
    ),
    Action.CATAT_PENGINGAT: Transition(
        sources=_from(Status.TINDAK_LANJUT),
        target=Status.TINDAK_LANJUT,
        permission=Permission.RECORD_OUTCOME,
        facts=ReminderEntry,
    ),
    Action.CATAT_SANKSI: Transition(
        sources=_from(Status.TINDAK_LANJUT),
        target=Status.SANKSI,
        permission=Permission.RECORD_OUTCOME,
        facts=SanctionDecree,
    ),
    Action.TUTUP: Transition(
        sources=_from(
            Status.SANKSI,
            Status.TIDAK_TERBUKTI,
            Status.BUKAN_PELANGGARAN,
            Status.TIDAK_DIREGISTRASI,
            Status.GAKKUMDU,
        ),
        target=Status.SELESAI,
        permission=Permission.STUDY,
        guard=closing_refusal,
    ),
    Action.CATAT_KEBERATAN: Transition(
        sources=_from(Status.SANKSI),
        target=Status.SANKSI,
        permission=Permission.RECORD_OUTCOME,
        facts=AppealFiling,
        guard=appeal_refusal,
    ),
    Action.CATAT_HASIL_KEBERATAN: Transition(
        sources=_from(Status.SANKSI),
        target=Status.SANKSI,
        permission=Permission.RECORD_OUTCOME,
        facts=AppealResult,
        guard=ruling_refusal,
    ),
    Action.CATAT_PEMBATALAN: Transition(
        sources=_from(Status.SANKSI),
        target=Status.TIDAK_TERBUKTI,
        permission=Permission.RECORD_OUTCOME,
        needs_reason=True,
        facts=AppealAnnulment,
        guard=ruling_refusal,
    ),
    Action.PERBAIKI_SANKSI: Transition(
        sources=_from(Status.SANKSI),
        target=Status.SANKSI,
        permission=Permission.RECORD_OUTCOME,
        needs_reason=True,
        facts=SanctionDecree,
    ),
    # What comes after a sanction needs the case back where its sanction can be contested, changed or taken away.
    Action.BUKA_KEMBALI: Transition(
        sources=_from(Status.SELESAI),
        target=Status.SANKSI,
        permission=Permission.RECORD_OUTCOME,
        needs_reason=True,
        guard=reopening_refusal,
    ),
    Action.CATAT_GAKKUMDU: Transition(
        sources=_from(Status.GAKKUMDU),
        target=Status.GAKKUMDU,
        permission=Permission.STUDY,
        facts=GakkumduEntry,
    ),
    Action.KEMBALIKAN_REKOMENDASI: Transition(
        sources=_from(Status.REKOMENDASI),
        target=Status.KAJIAN,
        returns_to=_before_the_draft,
        permission=Permission.RECOMMEND,
        needs_reason=True,
    ),
    # Two people again: a letter that was sent is replaced by one that a second person sends.
    Action.SUSUN_ULANG: Transition(
        sources=_from(Status.TINDAK_LANJUT),
        target=Status.REKOMENDASI,
        permission=Permission.RECOMMEND,
        needs_reason=True,
        facts=RecommendationDraft,
        guard=redrafting_refusal,
    ),
    Action.KEMBALI_KE_KAJIAN: Transition(
        sources=_from(Status.GAKKUMDU), target=Status.KAJIAN, permission=Permission.STUDY, needs_reason=True
    ),
    Action.TERUSKAN_GAKKUMDU: Transition(
        sources=_from(Status.KAJIAN), target=Status.GAKKUMDU, permission=Permission.STUDY, needs_reason=True
    ),
    Action.CATAT_TIDAK_TERBUKTI: Transition(
        sources=_from(Status.TINDAK_LANJUT),
        target=Status.TIDAK_TERBUKTI,
        permission=Permission.RECORD_OUTCOME,
        needs_reason=True,
        facts=NoSanctionLetter,
    ),
    Action.PUTUSKAN_BUKAN_PELANGGARAN: Transition(
        sources=_from(Status.KAJIAN),
        target=Status.BUKAN_PELANGGARAN,
        permission=Permission.STUDY,
        needs_reason=True,
    ),
    Action.TOLAK_REGISTRASI: Transition(
        sources=_from(Status.KAJIAN_AWAL, Status.PERBAIKAN),
        target=Status.TIDAK_DIREGISTRASI,
        permission=Permission.REGISTER,
        needs_reason=True,
    ),
    Action.NYATAKAN_BUKAN_ASN: Transition(
        sources=_from(Status.KAJIAN_AWAL, Status.DIREGISTRASI, Status.KLARIFIKASI, Status.KAJIAN),
        target=Status.SELESAI,
        permission=Permission.REGISTER,
        needs_reason=True,
    ),
    # Ends a case, so not Kesbangpol's: an office of the accused's government must not be able to make one vanish.
    Action.TANDAI_DOBEL: Transition(
        sources=BEFORE_RECOMMENDATION,
        target=Status.SELESAI,
        permission=Permission.REGISTER,
        facts=Duplicate,
    ),
    Action.BATALKAN_DOBEL: Transition(
        sources=_from(Status.SELESAI),
        target=None,
        returns_to=_before_the_merge,
        permission=Permission.REGISTER,
        needs_reason=True,
        guard=_was_merged,
    ),
    # Taken by the receiving office: docs/adr/0020.
    Action.ALIHKAN: Transition(
        sources=_from(*MOVABLE),
        target=Status.MASUK,
        permission=Permission.REGISTER,
        guard=accepting_refusal,
        is_offered_to=is_offered_to,
    ),
    # From the end too: a case finished by a slip of the hand would otherwise stay finished.
    Action.KOREKSI_STATUS: Transition(
        sources=frozenset(Status),
        target=None,
        permission=Permission.OVERRIDE,
        needs_reason=True,
        facts=StatusCorrection,
        guard=_ended_by_a_merge,
    ),
}

# The steps that start in a status, in the order of the buttons
STARTING_IN = {status: [action for action in Action if status in TRANSITIONS[action].sources] for status in Status}
