"""Nothing of a reporter is in any letter, no respondent in what others receive; planted words would show it."""

import json
import re

import pypdfium2
import pytest

from accounts.models import AuditEvent
from cases import assessment
from cases.letters.kinds import RULES, LetterKind
from cases.letters.writing import draft_letter, letter_pdf, sign_off
from cases.minutes import write_minutes
from cases.models import HeardRole, Letter
from cases.status import Status
from cases.summons import summon_other
from cases.workflow import Action
from reports.models import Lane
from tests.case_factories import MONDAY, RULE, make_case, make_evidence, step
from tests.cases.letters.specimens import ADDITIONS, signed_minutes, witness
from tests.clarification_factories import allege

pytestmark = pytest.mark.django_db
# One word each, so that no line break hides them.
NARRATIVE, LINK, CANDIDATE, MESSAGE, WITNESS, ANSWER, KNOWS = (
    "Kabarzirah",
    "tautanzirah.example",
    "Calonzirah",
    "Pesanzirah",
    "Saksizirah",
    "Jawabzirah",
    "Tahuzirah",
)
IDENTITY, DIGEST = "Pelaporzirah", "c0ffee" * 10 + "beef"
OF_THE_REPORTER = [NARRATIVE, LINK, CANDIDATE, MESSAGE, IDENTITY, DIGEST]
NAME, POST = "Terlaporzirah", "Lurahzirah"
TO_REPORTER = [kind for kind in LetterKind if RULES[kind].goes_to_reporter]


@pytest.fixture
def case(sari, budi):
    """Every letter there is on one case, with planted words wherever a person of the case has a say."""
    planted = {
        "lane": Lane.LAPORAN,
        "identity_key": b"k",
        "identity_box": IDENTITY.encode(),
        "narrative": f"{NARRATIVE} saya melihat sendiri.",
        "link": f"https://{LINK}/unggahan",
        "candidate": CANDIDATE,
        "respondent_name": NAME,
        "respondent_post": POST,
    }
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI, **planted)
    report = case.case_reports.get().report
    report.receipt_digest = DIGEST
    report.save()
    report.messages.create(text=f"{MESSAGE} dari saya.", at=MONDAY)
    make_evidence(report, sha256="3f" * 32)
    case.respondent_answers.create(text=ANSWER, at=MONDAY)
    case.named_people.create(role="saksi", name=WITNESS, contact="0800", knows=KNOWS, at=MONDAY)
    allege(case, by=sari)
    write_everything(case, report, by=sari, second=budi)
    return case


def write_everything(case, report, *, by, second):
    for role in (HeardRole.WITNESS, HeardRole.SUPERIOR):
        summon_other(case=case, summons=witness(role=role, person_name=f"{WITNESS}-{role}"), by=by, at=MONDAY)
    write_minutes(clarification=case.clarifications.get(role="terlapor"), minutes=signed_minutes(), by=by, at=MONDAY)
    for kind in LetterKind:
        if not RULES[kind].comes_with_step:
            about = report if RULES[kind].goes_to_reporter else None
            draft_letter(case=case, kind=kind, extra=ADDITIONS.get(kind, {}), report=about, by=by, at=MONDAY)
    for action, actor in [
        (Action.CATAT_KLARIFIKASI, by),
        (Action.SUSUN_REKOMENDASI, by),
        (Action.KIRIM_REKOMENDASI, second),
    ]:
        if action is Action.SUSUN_REKOMENDASI:
            assessment.add_rule(case=case, rule_code=RULE, reason="Jelas.", by=by, at=MONDAY)
        step(case, action, by=actor)
    for letter in Letter.objects.filter(case=case, signed_off_at=None):
        sign_off(letter=letter, by=second, at=MONDAY)


def everything_in(letter: Letter) -> str:
    """The words of the pages, the names and properties of the file, and the facts in the row."""
    pdf = letter_pdf(letter)
    document = pypdfium2.PdfDocument(pdf)
    pages = " ".join(page.get_textpage().get_text_bounded() for page in document)
    told = [pages, pdf.decode("latin-1"), json.dumps(letter.data), str(document.get_metadata_dict())]
    return re.sub(r"\s", "", "".join(told))


def letters_of(case, kinds) -> list[Letter]:
    found = list(Letter.objects.filter(case=case, kind__in=kinds).select_related("case__region", "drafted_by"))
    assert {letter.kind for letter in found} == set(kinds)
    return found


def test_no_letter_knows_who_reported_with_which_words_or_link(case):
    for letter in letters_of(case, list(LetterKind)):
        told = everything_in(letter)
        report = case.case_reports.get().report
        assert [word for word in [*OF_THE_REPORTER, str(report.pk)] if word in told] == [], letter.kind


def test_what_lies_on_a_reporters_table_names_nobody_and_no_case(case):
    for letter in letters_of(case, TO_REPORTER):
        told = everything_in(letter)
        hidden = [NAME, POST, WITNESS, ANSWER, KNOWS, case.reference, "Tegalsari", "sari", "SKB2"]
        assert [word for word in hidden if word in told] == [], letter.kind


def test_who_else_is_heard_learns_of_no_respondent_and_of_nothing_alleged(case):
    letters = letters_of(case, [LetterKind.UNDANGAN_KETERANGAN])
    assert len(letters) == 2
    for letter in letters:
        told = everything_in(letter)
        hidden = [NAME, POST, "Tegalsari", "poster", "SKB2", ANSWER, KNOWS, "Oktober2024)"]
        assert [word for word in hidden if word in told] == []
        other = {"saksi": "atasan", "atasan": "saksi"}[letter.data["role"]]
        assert f"{WITNESS}-{other}" not in told


def test_what_the_respondent_receives_names_no_witness(case):
    own = case.clarifications.get(role="terlapor")
    letters = letters_of(case, [LetterKind.UNDANGAN_KLARIFIKASI, LetterKind.BERITA_ACARA_KLARIFIKASI])
    assert {letter.clarification_id for letter in letters} == {own.pk}
    for letter in letters:
        assert WITNESS not in everything_in(letter)


def test_the_record_of_a_letter_holds_numbers_and_no_words(case):
    planted = [*OF_THE_REPORTER, NAME, POST, WITNESS, ANSWER, KNOWS]
    for event in AuditEvent.objects.filter(action__startswith="surat_"):
        assert [word for word in planted if word in str(event.details)] == []
