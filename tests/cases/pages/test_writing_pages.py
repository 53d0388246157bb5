"""Notes, proposals, messages, verdicts and the respondent's facts, as pages."""

import pytest

from cases.models import AsnStatus, Assessment, Message, Note
from cases.status import Status
from reports.models import Finding
from tests.case_factories import RULE, make_case, make_finding, make_report


@pytest.mark.parametrize(
    ("name", "model", "who"),
    [("write-note", Note, "sari"), ("write-proposal", Note, "kartika"), ("write-message", Message, "sari")],
)
def test_words_are_kept_and_shown(name, model, who, case, visit, address, request):
    client = visit(request.getfixturevalue(who))
    answer = client.post(address(name, case), {"text": "Akun sudah diperiksa."}, follow=True)
    assert answer.redirect_chain == [(address("case", case), 302)]
    assert "Akun sudah diperiksa." in answer.content.decode()
    assert model.objects.get().by.username == who


@pytest.mark.parametrize("name", ["write-note", "write-message"])
@pytest.mark.parametrize("text", ["", "   ", "a" * 10_001])
def test_no_words_or_too_many_are_sent_back(name, text, case, sari, visit, address):
    answer = visit(sari).post(address(name, case), {"text": text})
    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()
    assert text[:50] in answer.content.decode()
    assert not Note.objects.exists()
    assert not Message.objects.exists()


def test_a_proposal_is_not_bawaslus_to_write(case, sari, visit, address):
    assert visit(sari).post(address("write-proposal", case), {"text": "x"}).status_code == 403


def test_a_proposal_stands_apart_from_the_notes(case, sari, kartika, visit, address):
    visit(kartika).post(address("write-proposal", case), {"text": "Usul: panggil atasan."})
    text = visit(sari).get(address("case", case)).content.decode()
    assert "Usulan Kesbangpol" in text
    assert "Belum ada catatan." in text


@pytest.mark.parametrize(("verdict", "kept"), [("confirm", "confirmed"), ("reject", "rejected")])
def test_a_finding_is_assessed_with_a_reason(verdict, kept, case, sari, visit, address):
    url = address("assess-finding", case, Finding.objects.get().pk)
    assert visit(sari).post(url, {"verdict": verdict, "reason": ""}).status_code == 422
    assert visit(sari).post(url, {"verdict": "sure", "reason": "x"}).status_code == 422
    visit(sari).post(url, {"verdict": verdict, "reason": "Dilihat sendiri."})
    assert Assessment.objects.get().verdict == kept


def test_another_cases_finding_is_not_found(case, sari, budi, visit, address):
    other = make_case(by=sari, second=budi)
    finding = make_finding(other.case_reports.get().report)
    url = address("assess-finding", case, finding.pk)
    assert visit(sari).post(url, {"verdict": "confirm", "reason": "x"}).status_code == 404
    assert visit(sari).get(address("assess-finding", case, make_finding(make_report()).pk)).status_code == 404


def test_a_rule_is_added_and_taken_back(case, sari, visit, address):
    client = visit(sari)
    added = client.post(address("add-rule", case), {"rule_code": "SKB2-II-B-7", "reason": "Foto."}, follow=True)
    assert "Ditambahkan petugas" in added.content.decode()
    url = address("withdraw-rule", case, "SKB2-II-B-7")
    gone = client.post(url, {"reason": "Foto lama."}, follow=True)
    assert "Ditambahkan petugas" not in gone.content.decode()
    assert client.post(url, {"reason": "Sekali lagi."}).status_code == 422


def test_a_rule_the_catalogue_lacks_is_refused(case, sari, visit, address):
    answer = visit(sari).post(address("add-rule", case), {"rule_code": "SKB9-X", "reason": "x"})
    assert answer.status_code == 422
    assert not Assessment.objects.exists()


def test_verdicts_stand_once_a_letter_rests_on_them(sari, budi, visit, address):
    case = make_case(by=sari, second=budi, status=Status.REKOMENDASI)
    answer = visit(sari).post(address("add-rule", case), {"rule_code": RULE, "reason": "Terlambat."})
    assert answer.status_code == 409
    assert "Penilaian aturan sudah ditutup" in answer.content.decode()
    assert "Terlambat." in answer.content.decode()


def test_the_respondents_facts_are_corrected(case, sari, visit, address):
    facts = {
        "version": case.version,
        "asn_status": "verified",
        "asn_status_source": "SIASN",
        "asn_status_date": "2024-10-14",
        "name": "Bambang Soetrisno",
        "post": "Lurah",
        "nip": "19800101 200501 1 001",
        "employer_code": "33.74",
    }
    answer = visit(sari).post(address("change-respondent", case), facts, follow=True)
    assert "198001012005011001" in answer.content.decode()
    case.respondent.refresh_from_db()
    assert case.respondent.asn_status == AsnStatus.VERIFIED
    assert case.respondent.name == "Bambang Soetrisno"
    assert "Kesbangpol belum melihat kasus ini" in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"nip": "123"}, "18 angka"),
        ({"name": "", "post": ""}, "salah satu sudah cukup"),
        ({"asn_status": "verified", "asn_status_source": "SIASN", "asn_status_date": "2024-10-15"}, "belum terjadi"),
        ({"asn_status": "verified", "asn_status_source": ""}, "sumber verifikasi"),
        ({"employer_code": "99"}, "99"),
    ],
)
def test_facts_that_cannot_be_are_refused_beside_their_field(changes, said, case, sari, visit, address):
    known = {"asn_status": "unverified", "asn_status_source": "", "nip": "", "employer_code": "", "post": "Lurah"}
    facts = known | {"version": case.version} | changes
    answer = visit(sari).post(address("change-respondent", case), facts)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    case.respondent.refresh_from_db()
    assert case.respondent.asn_status == AsnStatus.UNVERIFIED


def typed(page) -> dict[str, object]:
    """What a browser sends back of a form nobody changed."""
    form = page.context["page"].form
    return {field.html_name: field.value() or "" for field in form}


def test_who_saves_the_respondent_over_a_colleagues_words_is_told_and_nothing_is_lost(case, sari, budi, visit, address):
    url, one, other = address("change-respondent", case), visit(sari), visit(budi)
    before, meanwhile = typed(one.get(url)), typed(other.get(url))
    verified = {"asn_status": "verified", "asn_status_source": "SIASN", "asn_status_date": "2024-10-14"}
    kept = meanwhile | verified | {"employer_code": "33.74", "nip": "198001012005011001"}
    assert other.post(url, kept).status_code == 302
    answer = one.post(url, before | {"name": "Bambang Soetrisno"})
    assert answer.status_code == 409
    assert "198001012005011001" in answer.content.decode(), "the page says what the other person wrote"
    case.respondent.refresh_from_db()
    assert (case.respondent.employer_code, case.respondent.asn_status) == ("33.74", AsnStatus.VERIFIED)
