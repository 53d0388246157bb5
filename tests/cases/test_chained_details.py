"""Nothing a person typed is chained for good: every step, with a planted word wherever something can be typed.

`accounts.audit.record` refuses prose in every test of this repository; this table says what form each detail has.
"""

import re
from datetime import date, timedelta

import pytest

from accounts.models import AuditEvent, AuditWords
from cases import assessment, holidays, messages, notes, persons
from cases.assignment import give
from cases.clocks import extend
from cases.delivery import Notice, Receipt, add_notice, confirm_receipt, issue_link, revoke_link
from cases.election_kind import choose_election_kind
from cases.facts import Duplicate, RecommendationDraft, StatusCorrection
from cases.grouping import attach_report, undo_regrouping
from cases.handover import propose_handover
from cases.letters.kinds import LetterKind
from cases.letters.letterheads import save_letterhead
from cases.models import AsnStatus, CaseReport, ConflictKind, NoticeKind
from cases.original_opening import ask_for_original
from cases.recusals import declare_conflict
from cases.respondents import RespondentFacts, edit_respondent
from cases.status import Status
from cases.summons import move_hearing
from cases.workflow import Action
from regions.models import HolidayKind
from rules.models import ElectionKind
from tests.case_factories import (
    MONDAY,
    RULE,
    facts_for,
    make_case,
    make_report,
    other_region,
    planted,
    receiver_in,
    step,
)
from tests.cases.letters.specimens import signed
from tests.clarification_factories import deliver
from tests.delivery_factories import ask_for_more
from tests.factories import finish_work, send_report

CANARY = "KenariRantai"
NIP = "199001012015031001"
pytestmark = pytest.mark.django_db

ID, UUID = r"\d{1,9}", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
DAY, MOMENT = r"\d{4}-\d\d-\d\d", r"\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)"
CODE, SHA256 = r"[a-z][a-z0-9_]{1,40}", r"[0-9a-f]{64}"
REGION, RULES = r"\d\d(\.\d\d)?", r"SKB2?-[A-Z0-9-]+"
# What each detail looks like, as text; lists element by element. A new one is named here or passed as words.
FORMS = {
    ID: {
        "version", "messages", "message", "note", "request", "answer", "document", "page", "pages", "summons", "letter",
        "sanction", "withdrawn_sanction", "reminders", "regrouping", "report_count", "from_user", "to_user", "pictures",
        "classification", "byte_size", "deadlines_moved", "access", "clarification", "handover",
        "allegation", "moved_appeal", "kept_out",
    },
    UUID: {"case", "report", "reports", "other", "opening"},
    DAY: {
        "registered_date", "due_date", "scheduled_date", "held_date", "letter_date", "happened_date", "decree_date",
        "filed_date", "decided_date", "new_date", "known_since", "served_date",
    },
    MOMENT: {"old_due", "new_due"},
    CODE: {
        "from", "to", "method", "host", "level", "form_code", "appeal_body", "ruling", "gakkumdu", "verdict", "clock",
        "conflict", "kind", "notice", "body", "lane", "stage", "state", "ending", "reading", "way",
    },
    SHA256: {"sha256", "words_sha256", "clean_sha256"},
    REGION: {"region", "from_region", "to_region"},
    RULES: {"rule_code", "rule_codes"},
    r"\d\d:\d\d": {"happened_time"},
    r"True|False": {"attended", "was_held", "abstained"},
    r"LN-\d{4}-\d{6}": {"other_reference"},
    r"[a-z_]*": {"proposed_level", "old_kind", "new_kind"},
    r"[0-9a-f]{8,64}": {"key"},
    r"\{[^ ]*\}": {"similar_levels"},
    r"\d+(\.\d+)*": {"reading_engine"},
}  # fmt: skip
FORM_OF = {name: form for form, names in FORMS.items() for name in names}

SOURCES = {
    Action.TERIMA_PERBAIKAN: Status.PERBAIKAN,
    Action.ALIHKAN: Status.MASUK,
    Action.CATAT_KLARIFIKASI: Status.KLARIFIKASI,
    Action.NYATAKAN_BUKAN_ASN: Status.KAJIAN,
    Action.TANDAI_DOBEL: Status.MASUK,
    Action.TUTUP: Status.SANKSI,
    Action.KOREKSI_STATUS: Status.KAJIAN,
}
# Steps that stand on another one taken before
FIRST = {
    Action.CATAT_HASIL_KEBERATAN: (Status.SANKSI, Action.CATAT_KEBERATAN),
    Action.CATAT_PEMBATALAN: (Status.SANKSI, Action.CATAT_KEBERATAN),
    Action.BATALKAN_DOBEL: (Status.MASUK, Action.TANDAI_DOBEL),
}


def chained():
    """Each detail of each event of the trail, lists element by element: (action, name, text)."""
    return [
        (event.action, name, str(text))
        for event in AuditEvent.objects.all()
        for name, value in event.details.items()
        for text in (value if isinstance(value, list) else [value])
        if text is not None
    ]


def check_the_trail():
    found = chained()
    unknown = [row for row in found if not re.fullmatch(FORM_OF.get(row[1], "(?!)"), row[2])]
    assert unknown == []
    assert not [row for row in found if CANARY in row[2] or NIP in row[2]]


def words_of(event) -> str:
    return str(AuditWords.objects.get(event=event).told)


@pytest.fixture
def make(sari, budi):
    def make(status=Status.MASUK, **fields):
        return make_case(by=sari, second=budi, status=status, **fields)

    return make


@pytest.mark.parametrize("action", Action)
def test_a_step_of_the_workflow_chains_no_word(action, make, budi, nasrul):
    draft = RecommendationDraft(reasons=CANARY, letter_number=CANARY, letter_date=MONDAY.date())
    own = {
        Action.TANDAI_DOBEL: lambda: Duplicate(other=make()),
        Action.KOREKSI_STATUS: lambda: StatusCorrection(target=Status.DIREGISTRASI),
        Action.SUSUN_REKOMENDASI: lambda: draft,
        Action.SUSUN_ULANG: lambda: draft,
    }

    def facts(step_to_take):
        return own[step_to_take]() if step_to_take in own else planted(facts_for(step_to_take, MONDAY), CANARY)

    status, before = FIRST.get(action) or (SOURCES.get(action) or source_of(action), None)
    case = make(status)
    if before:
        case = step(case, before, by=budi, facts=facts(before))
    if action is Action.ALIHKAN:
        propose_handover(case=case, region=other_region(), reason=f"{CANARY} {NIP}", by=budi, at=MONDAY)
    if action is Action.JADWALKAN_ULANG:
        deliver(case, by=budi)
    if action is Action.SUSUN_ULANG:
        ask_for_more(case, by=budi, remark=CANARY)
    own_actors = {Action.KOREKSI_STATUS: nasrul, Action.ALIHKAN: receiver_in(other_region().code)}
    by = own_actors.get(action, budi)
    step(case, action, by=by, reason=f"{CANARY} {NIP}", facts=facts(action))
    check_the_trail()
    assert CANARY in words_of(AuditEvent.objects.filter(action=action, subject_id=case.pk).last())


def source_of(action):
    """A status the step can be taken in."""
    by_status = {
        Status.MASUK: {Action.MULAI_KAJIAN_AWAL},
        Status.KAJIAN_AWAL: {Action.DAFTARKAN, Action.MINTA_PERBAIKAN, Action.TOLAK_REGISTRASI},
        Status.DIREGISTRASI: {Action.JADWALKAN_KLARIFIKASI},
        Status.KLARIFIKASI: {Action.JADWALKAN_ULANG},
        Status.KAJIAN: {Action.PUTUSKAN_BUKAN_PELANGGARAN, Action.TERUSKAN_GAKKUMDU, Action.SUSUN_REKOMENDASI},
        Status.REKOMENDASI: {Action.KIRIM_REKOMENDASI, Action.KEMBALIKAN_REKOMENDASI},
        Status.GAKKUMDU: {Action.KEMBALI_KE_KAJIAN, Action.CATAT_GAKKUMDU},
        Status.SANKSI: {Action.CATAT_KEBERATAN, Action.PERBAIKI_SANKSI},
        Status.SELESAI: {Action.BUKA_KEMBALI},
    }
    return next((status for status, actions in by_status.items() if action in actions), Status.TINDAK_LANJUT)


def test_casework_beside_the_workflow_chains_no_word(make, sari, budi):
    case, other = make(Status.KLARIFIKASI), make()
    facts = RespondentFacts(employer_code="33.74", nip=NIP, asn_status=AsnStatus.UNVERIFIED, name=CANARY)
    edit_respondent(case=case, facts=facts, by=sari, at=MONDAY)
    give(case=case, to=budi, by=sari, at=MONDAY)
    extend(case=case, reason=CANARY, by=budi, at=MONDAY)
    choose_election_kind(case=case, kind=ElectionKind.PEMILU, reason=CANARY, by=budi, at=MONDAY)
    notes.add_note(case=case, text=CANARY, by=sari, at=MONDAY)
    messages.send_to_reporter(case=case, text=CANARY, by=sari, at=MONDAY)
    assessment.add_rule(case=case, rule_code=RULE, reason=CANARY, by=sari, at=MONDAY)
    hearing = case.clarifications.get()
    later = hearing.scheduled_date + timedelta(days=2)
    move_hearing(clarification=hearing, new_date=later, reason=CANARY, by=sari, at=MONDAY)
    persons.link_person(case=case, other=other, reason=CANARY, by=sari, at=MONDAY)
    persons.unlink_person(case=case, other=other, reason=CANARY, by=sari, at=MONDAY)
    declare_conflict(case=other, kind=ConflictKind.FAMILY, note=CANARY, by=budi, at=MONDAY)
    check_the_trail()
    moved = ["batas_diperpanjang", "jenis_pemilihan_dipilih"]
    named = ["terlapor_diubah", "kasus_diserahkan", "terlapor_ditautkan", *moved]
    assert AuditWords.objects.filter(event__action__in=named).count() == len(named) + 1


def test_moving_reports_chains_no_word(make, sari):
    case, other = make(), make()
    link = CaseReport.objects.create(case=case, report=make_report(), attached_at=MONDAY)
    moved = attach_report(case=case, report_id=link.report_id, to=other, reason=CANARY, by=sari, at=MONDAY)
    undo_regrouping(regrouping=moved, reason=CANARY, by=sari, at=MONDAY)
    check_the_trail()


def test_letters_and_links_chain_no_word(make, sari, budi):
    signed(LetterKind.UNDANGAN_KLARIFIKASI, by=sari, second=budi)
    case = make(Status.TINDAK_LANJUT)
    delivery = issue_link(case=case, sent_to=CANARY, by=sari, at=MONDAY).delivery
    receipt = Receipt(officer_name=CANARY, officer_office=CANARY, own_letter_number=CANARY)
    confirm_receipt(delivery=delivery, receipt=receipt, at=MONDAY)
    notice = Notice(kind=NoticeKind.values[0], happened_date=MONDAY.date(), remark=CANARY)
    add_notice(delivery=delivery, notice=notice, at=MONDAY)
    revoke_link(case=case, by=sari, at=MONDAY)
    check_the_trail()


def test_a_report_and_its_pictures_chain_no_word(make, sari, reference):
    report = send_report(pictures=1, at=MONDAY, narrative=f"{CANARY} membagikan poster calon di grup warga.").report
    finish_work(report, text=CANARY, at=MONDAY)
    case = make()
    CaseReport.objects.filter(report=report).delete()
    CaseReport.objects.create(case=case, report=report, attached_at=MONDAY)
    ask_for_original(original=report.evidence.get(), reason=f"{CANARY} diminta penyidik.", by=sari, at=MONDAY)
    check_the_trail()


def test_settings_of_the_office_chain_no_word(nasrul):
    holidays.add_holiday(day=date(2024, 11, 4), name=CANARY, kind=HolidayKind.values[0], by=nasrul, at=MONDAY)
    words = {"name": CANARY, "place": CANARY, "address": CANARY, "number_format": f"{{number}}/{CANARY}"}
    save_letterhead(office_code="33.74", words=words, by=nasrul, at=MONDAY)
    check_the_trail()
