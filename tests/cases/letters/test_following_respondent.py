"""Drafts name the respondent as known now; signed letters say what they said."""

import pypdfium2
import pytest

from accounts.models import AuditEvent
from cases.actions import Action
from cases.letters.kinds import LetterKind
from cases.models import AsnStatus, Case
from cases.refusals import SomebodyWasFaster
from cases.respondents import RespondentFacts, edit_respondent
from tests.case_factories import MONDAY, step
from tests.cases.letters.specimens import ADDITIONS, drafted, signed

pytestmark = pytest.mark.django_db
NIP = "199001012015031001"
KNOWN = {"name": "Bambang Sutrisna, S.Pd.", "nip": NIP, "post": "Sekretaris Lurah", "agency": "Kelurahan Tegalrejo"}
ADDRESSED = ["Sdr. Bambang Sutrisna, S.Pd.", "Sekretaris Lurah", "Kelurahan Tegalrejo"]


def correct(case, by):
    facts = RespondentFacts(employer_code="pusat", asn_status=AsnStatus.UNVERIFIED, **KNOWN)
    edit_respondent(case=Case.objects.get(pk=case.pk), facts=facts, by=by, at=MONDAY)


def words_of(pdf):
    pages = pypdfium2.PdfDocument(bytes(pdf))
    return " ".join(page.get_textpage().get_text_range() for page in pages)


def test_a_recommendation_goes_out_with_the_nip_as_corrected_since_its_draft(sari, budi):
    letter = drafted(LetterKind.SURAT_REKOMENDASI, by=sari, second=budi)
    seen = Case.objects.get(pk=letter.case_id)
    correct(letter.case, sari)
    with pytest.raises(SomebodyWasFaster):
        step(Case.objects.get(pk=seen.pk), Action.KIRIM_REKOMENDASI, by=budi, seen_version=seen.version)
    step(Case.objects.get(pk=seen.pk), Action.KIRIM_REKOMENDASI, by=budi)
    letter.refresh_from_db()
    assert letter.data["respondent"] == KNOWN
    assert NIP in words_of(letter.pdf)


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [
        (LetterKind.KAJIAN_AWAL, "respondent", KNOWN),
        (LetterKind.KAJIAN, "respondent", KNOWN),
        (LetterKind.UNDANGAN_KLARIFIKASI, "recipient", ADDRESSED),
        (LetterKind.BERITA_ACARA_KLARIFIKASI, "heard", KNOWN),
    ],
)
def test_each_draft_that_names_the_respondent_follows_and_keeps_the_rest(sari, budi, kind, name, says):
    letter = drafted(kind, by=sari, second=budi)
    before, last = dict(letter.data), AuditEvent.objects.latest("id")
    correct(letter.case, sari)
    letter.refresh_from_db()
    assert letter.data == before | {name: says}
    assert before[name] != says
    told = AuditEvent.objects.about(letter.case_id).filter(action="surat_diperbarui", id__gt=last.pk)
    assert told.get(details__letter=letter.pk).actor == sari
    assert all(text.split("\n")[0] in str(letter.data) for text in ADDITIONS.get(kind, {}).values())


def test_a_witness_stays_the_one_who_is_invited(sari, budi):
    letter = drafted(LetterKind.UNDANGAN_KETERANGAN, by=sari, second=budi)
    correct(letter.case, sari)
    assert letter.data == letter.case.letters.get(pk=letter.pk).data


def test_a_signed_letter_stays_as_signed(sari, budi):
    letter = signed(LetterKind.KAJIAN_AWAL, by=sari, second=budi)
    correct(letter.case, sari)
    assert letter.case.letters.get(pk=letter.pk).data["respondent"]["nip"] == ""
