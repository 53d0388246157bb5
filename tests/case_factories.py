"""Cases in any status, reached by performing the steps."""

import itertools
from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from accounts.roles import Role
from cases import assessment, opening
from cases.facts import (
    ClarificationPlan,
    ClarificationResult,
    Completion,
    FollowUpEntry,
    RecommendationDraft,
    RegistrationEntry,
    SanctionDecree,
)
from cases.handover import propose_handover
from cases.models import (
    AppealBody,
    Case,
    ClarificationHost,
    ClarificationMethod,
    DisciplineLevel,
    GakkumduKind,
    Respondent,
    Ruling,
)
from cases.outcome_facts import (
    AppealAnnulment,
    AppealFiling,
    AppealResult,
    GakkumduEntry,
    NoSanctionLetter,
    ReminderEntry,
)
from cases.status import Status
from cases.workflow import Action, perform
from regions.models import Region
from reports.models import Classification, Evidence, Finding, Lane, Platform, PreparationState, Report
from rules.models import CatalogueVersion, ElectionEvent, Stage

WIB = ZoneInfo("Asia/Jakarta")
# A Monday in the weeks of the Pilkada 2024 campaign: recommendations go to BKN.
MONDAY = datetime(2024, 10, 14, 9, 0, tzinfo=WIB)
RULE = "SKB2-II-B-2"
ROOM = "Ruang Klarifikasi, Kantor Bawaslu Kota Semarang\nJalan Taman Sari 12, Semarang"

_numbers = itertools.count(1)

PATHS: dict[Status, tuple[Action, ...]] = {
    Status.MASUK: (),
    Status.KAJIAN_AWAL: (Action.MULAI_KAJIAN_AWAL,),
    Status.PERBAIKAN: (Action.MULAI_KAJIAN_AWAL, Action.MINTA_PERBAIKAN),
    Status.TIDAK_DIREGISTRASI: (Action.MULAI_KAJIAN_AWAL, Action.TOLAK_REGISTRASI),
}
PATHS[Status.DIREGISTRASI] = (*PATHS[Status.KAJIAN_AWAL], Action.DAFTARKAN)
PATHS[Status.KLARIFIKASI] = (*PATHS[Status.DIREGISTRASI], Action.JADWALKAN_KLARIFIKASI)
PATHS[Status.KAJIAN] = (*PATHS[Status.KLARIFIKASI], Action.CATAT_KLARIFIKASI)
PATHS[Status.BUKAN_PELANGGARAN] = (*PATHS[Status.KAJIAN], Action.PUTUSKAN_BUKAN_PELANGGARAN)
PATHS[Status.GAKKUMDU] = (*PATHS[Status.KAJIAN], Action.TERUSKAN_GAKKUMDU)
PATHS[Status.REKOMENDASI] = (*PATHS[Status.KAJIAN], Action.SUSUN_REKOMENDASI)
PATHS[Status.TINDAK_LANJUT] = (*PATHS[Status.REKOMENDASI], Action.KIRIM_REKOMENDASI)
PATHS[Status.SANKSI] = (*PATHS[Status.TINDAK_LANJUT], Action.CATAT_SANKSI)
PATHS[Status.TIDAK_TERBUKTI] = (*PATHS[Status.TINDAK_LANJUT], Action.CATAT_TIDAK_TERBUKTI)
PATHS[Status.SELESAI] = (*PATHS[Status.SANKSI], Action.TUTUP)


def make_report(*, region_code="33.74", received_at=MONDAY, state="classified", event_code=None, **fields) -> Report:
    number = next(_numbers)
    return Report.objects.create(
        receipt_digest=f"{number:064x}",
        idempotency_digest=f"{number:064x}",
        received_at=received_at,
        region_id=region_code,
        platform=Platform.FACEBOOK,
        classification_state=state,
        election_event=ElectionEvent.objects.get(code=event_code) if event_code else None,
        **{
            "lane": Lane.INFORMASI_AWAL,
            "narrative": "Lurah membagikan poster calon wali kota di grup warga.",
            "act_date": received_at.date() - timedelta(days=2),
            "respondent_name": "Bambang Sutrisno, S.Pd.",
            "respondent_post": "Lurah",
            "respondent_agency": "Kelurahan Tegalsari",
            "candidate": "Calon wali kota nomor 2",
            **fields,
        },
    )


def make_finding(report: Report, rule_code: str = RULE) -> Finding:
    run = Classification.objects.create(
        report=report,
        made_at=report.received_at,
        catalogue_version_id=CatalogueVersion.objects.values_list("pk", flat=True).latest("pk"),
        engine_version="test",
        stage=Stage.CALON,
        abstained=False,
    )
    return Finding.objects.create(classification=run, rank=1, label=rule_code, rule_code=rule_code, probability=0.8)


def make_evidence(report: Report, sha256: str = "a" * 64, state=PreparationState.READY) -> Evidence:
    return Evidence.objects.create(
        report=report,
        position=report.evidence.count() + 1,
        sha256=sha256,
        byte_size=1,
        image_format="png",
        width=1,
        height=1,
        received_at=report.received_at,
        state=state,
        clean_sha256="b" * 64 if state == PreparationState.READY else "",
        clean_media_type="image/png",
    )


def facts_for(action: Action, at: datetime):
    """What a person would fill in for a step; None where the step records nothing."""
    today = at.astimezone(WIB).date()
    return {
        Action.MINTA_PERBAIKAN: Completion(missing="Tautan unggahan", due_date=today + timedelta(days=2)),
        Action.DAFTARKAN: RegistrationEntry(number="001/LP/PW/Kota/14.01/X/2024", registered_date=today),
        Action.JADWALKAN_KLARIFIKASI: _plan(at),
        Action.JADWALKAN_ULANG: _plan(at + timedelta(days=1)),
        Action.CATAT_KLARIFIKASI: ClarificationResult(
            held_date=today, attended=True, method=ClarificationMethod.ONLINE, minutes="Terlapor mengakui unggahan."
        ),
        Action.SUSUN_REKOMENDASI: RecommendationDraft(reasons="Unsur terpenuhi."),
        Action.SUSUN_ULANG: RecommendationDraft(reasons="Unsur terpenuhi; lampiran dilengkapi."),
        Action.CATAT_TINDAK_LANJUT: FollowUpEntry(happened_date=today, actor="BKN", text="Surat diterima."),
        Action.CATAT_PENGINGAT: ReminderEntry(letter_number="140/PM.00.02/K.JT-33/10/2024", letter_date=today),
        Action.CATAT_SANKSI: decree(today),
        Action.PERBAIKI_SANKSI: decree(today, decree_number="800/124/2024"),
        Action.CATAT_TIDAK_TERBUKTI: NoSanctionLetter(
            decided_by="Wali Kota Semarang", letter_number="800/311/2024", letter_date=today
        ),
        Action.CATAT_KEBERATAN: AppealFiling(appeal_body=AppealBody.BPASN, filed_date=today),
        Action.CATAT_HASIL_KEBERATAN: AppealResult(
            ruling=Ruling.UPHELD, decision_number="7/BPASN/2024", decided_date=today
        ),
        Action.CATAT_PEMBATALAN: AppealAnnulment(decision_number="7/BPASN/2024", decided_date=today),
        Action.CATAT_GAKKUMDU: GakkumduEntry(
            kind=GakkumduKind.STOPPED, happened_date=today, letter_number="19/GAKKUMDU/2024", text="Unsur tidak cukup."
        ),
    }.get(action)


def planted(facts, word: str, *, but: Collection[str] = ()):
    """The facts with a word before every text somebody types; `but` names those left alone."""
    texts = {
        field.name: f"{word} {value}".strip()
        for field in (fields(facts) if facts else ())
        if type(value := getattr(facts, field.name)) is str and field.name not in {"form_code", *but}
    }
    return replace(facts, **texts) if facts else None


def decree(day: date, **fields) -> SanctionDecree:
    """A decree of a medium sanction, unless said otherwise."""
    return SanctionDecree(
        **{
            "level": DisciplineLevel.MEDIUM,
            "form_code": "potong_tukin_6",
            "form": "pemotongan tukin 25 % selama 6 bulan",
            "decree_number": "800/123/2024",
            "decree_date": day,
            "imposed_by": "Wali Kota Semarang",
            **fields,
        }
    )


def _plan(at: datetime) -> ClarificationPlan:
    local = at.astimezone(WIB)
    return ClarificationPlan(
        scheduled_date=local.date(),
        starts=local.time(),
        place=ROOM,
        method=ClarificationMethod.IN_PERSON,
        host=ClarificationHost.BAWASLU,
    )


def make_case(
    *, by, second, status: Status = Status.MASUK, region_code="33.74", employer="pusat", at=MONDAY, **fields
) -> Case:
    """A case in a status. `by` takes every step but the sending of the letter, which `second` does.

    The employer is a ministry unless said otherwise, so that Kesbangpol sees the case at once.
    """
    case = opening.open_case(report=make_report(region_code=region_code, received_at=at, **fields), at=at)
    Respondent.objects.filter(pk=case.respondent_id).update(employer_code=employer)
    for action in PATHS[status]:
        step(case, action, by=second if action is Action.KIRIM_REKOMENDASI else by, at=at)
        if case.status == Status.KAJIAN:
            assessment.add_rule(case=case, rule_code=RULE, reason="Unggahan jelas.", by=by, at=at)
    return Case.objects.get(pk=case.pk)


def step(case: Case, action: Action, *, by, at=MONDAY, reason="Sesuai hasil pemeriksaan.", facts=None, **more) -> Case:
    """Take a step with what a person would fill in."""
    return perform(case=case, action=action, by=by, at=at, reason=reason, facts=facts or facts_for(action, at), **more)


def other_region() -> Region:
    return Region.objects.get(pk="33.72")


def hand_over(case: Case, region: Region, *, by, at=MONDAY) -> Case:
    """Propose the case to the office of a region, whose reviewer accepts it."""
    propose_handover(case=case, region=region, reason="Kejadiannya di sana.", by=by, at=at)
    return perform(case=case, action=Action.ALIHKAN, by=receiver_in(region.code), at=at)


def receiver_in(region_code: str) -> User:
    """A reviewer at Bawaslu of a region."""
    names = {"username": f"penerima-{region_code}", "role": Role.REVIEWER_BAWASLU, "region_code": region_code}
    return User.objects.get_or_create(**names, defaults={"office_name": "Bawaslu"})[0]
