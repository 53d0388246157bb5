"""Notes, proposals, messages and facts of the respondent: who writes, what is kept, what the audit says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from cases.messages import LONGEST_MESSAGE, MOST_A_DAY, receive_from_reporter, send_to_reporter
from cases.models import AsnStatus, Case, Message, Note
from cases.notes import add_note, propose
from cases.respondents import RespondentFacts, edit_respondent
from cases.workflow import ActionRefused, FactsRefused, NotVisible, SomebodyWasFaster
from tests.case_factories import MONDAY, make_case, make_report

pytestmark = pytest.mark.django_db
SECRET = "Saksi bernama Ratna."


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi)


def last_event(subject):
    return AuditEvent.objects.about(subject.pk).order_by("-id").first()


def test_the_case_team_of_both_offices_writes_notes(case, sari, kartika):
    for person in (sari, kartika):
        note = add_note(case=case, text=f" {SECRET} ", by=person, at=MONDAY)
        assert (note.text, note.is_proposal, note.by) == (SECRET, False, person)
    assert last_event(case).told == {"note": note.pk}


def test_only_kesbangpol_proposes_to_bawaslu(case, sari, kartika):
    assert propose(case=case, text="Usul: registrasi.", by=kartika, at=MONDAY).is_proposal
    with pytest.raises(ActionRefused, match="tidak berwenang"):
        propose(case=case, text="Usul.", by=sari, at=MONDAY)


def test_watchers_and_strangers_write_nothing(case, nasrul, aminah, dewi, wayan):
    for person, refusal in ((nasrul, ActionRefused), (aminah, ActionRefused), (dewi, NotVisible), (wayan, NotVisible)):
        with pytest.raises(refusal):
            add_note(case=case, text="Halo", by=person, at=MONDAY)
        with pytest.raises(refusal):
            send_to_reporter(case=case, text="Halo", by=person, at=MONDAY)
    assert not Note.objects.exists()
    assert not Message.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n", "a" * (LONGEST_MESSAGE + 1)])
def test_an_unusable_text_is_refused_with_its_field(case, sari, text):
    with pytest.raises(FactsRefused) as refused:
        send_to_reporter(case=case, text=text, by=sari, at=MONDAY)
    assert set(refused.value.problems) == {"text"}
    with pytest.raises(FactsRefused):
        receive_from_reporter(report=case.case_reports.get().report, text=text, at=MONDAY)


def test_a_message_reaches_the_reporter_and_not_the_audit(case, sari):
    sent = send_to_reporter(case=case, text=SECRET, by=sari, at=MONDAY)
    assert [message.report_id for message in sent] == [case.case_reports.get().report_id]
    assert SECRET not in str(last_event(case).told)


def test_kesbangpol_does_not_write_to_reporters(case, kartika):
    with pytest.raises(ActionRefused, match="tidak berwenang"):
        send_to_reporter(case=case, text="Halo", by=kartika, at=MONDAY)


def test_the_reporter_writes_without_a_name_even_before_a_case_exists(reference):
    report = make_report(state="waiting")
    message = receive_from_reporter(report=report, text=f" {SECRET}", at=MONDAY)
    assert (message.by, message.text) == (None, SECRET)
    event = last_event(report)
    assert (event.actor, event.subject_kind, event.details) == (None, "report", {"message": message.pk})


def facts(**changed):
    known = {"employer_code": "33.74", "nip": "", "asn_status": AsnStatus.UNVERIFIED, "asn_status_source": ""}
    return RespondentFacts(**{**known, "asn_status_date": MONDAY.date(), **changed})


def test_what_is_known_of_the_respondent_is_corrected_with_old_and_new_on_record(case, sari):
    new = facts(nip="199001012015031001", asn_status=AsnStatus.VERIFIED, asn_status_source="SIASN, 14-10-2024")
    respondent = edit_respondent(case=case, facts=new, by=sari, at=MONDAY)
    assert (respondent.employer_code, respondent.asn_status) == ("33.74", AsnStatus.VERIFIED)
    details = last_event(case).told
    assert details["old"]["employer_code"] == "pusat"
    assert details["new"]["nip"] == "199001012015031001"
    with pytest.raises(ActionRefused, match="Tidak ada yang berubah"):
        edit_respondent(case=case, facts=new, by=sari, at=MONDAY)


def test_two_who_correct_the_respondent_at_once_do_not_overwrite_each_other(case, sari, budi):
    old = Case.objects.get(pk=case.pk)
    edit_respondent(case=case, facts=facts(), by=sari, at=MONDAY)
    with pytest.raises(SomebodyWasFaster):
        edit_respondent(case=old, facts=facts(employer_code="33"), by=budi, at=MONDAY)
    with pytest.raises(SomebodyWasFaster):
        edit_respondent(case=case, facts=facts(employer_code="33"), by=budi, at=MONDAY, seen_version=1)
    assert case.respondent.employer_code == "33.74"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"employer_code": "99.99"}, "employer_code"),
        ({"nip": "1234"}, "nip"),
        ({"nip": "١" * 18}, "nip"),
        ({"asn_status": AsnStatus.VERIFIED}, "asn_status_source"),
        ({"asn_status": AsnStatus.VERIFIED, "asn_status_source": "SIASN", "asn_status_date": None}, "asn_status_date"),
        (
            {
                "asn_status": AsnStatus.NOT_ASN,
                "asn_status_source": "BKPSDM",
                "asn_status_date": MONDAY.date() + timedelta(days=1),
            },
            "asn_status_date",
        ),
        ({"name": " ", "post": ""}, "name"),
        ({"name": "x" * 151}, "name"),
    ],
)
def test_unusable_facts_of_the_respondent_name_their_field(case, sari, changed, field):
    with pytest.raises(FactsRefused) as refused:
        edit_respondent(case=case, facts=facts(**changed), by=sari, at=MONDAY)
    assert set(refused.value.problems) == {field}


def test_a_verification_says_when_it_was_asked_and_by_whom_and_goes_with_it(case, sari, budi):
    verified = facts(asn_status=AsnStatus.VERIFIED, asn_status_source="SIASN")
    respondent = edit_respondent(case=case, facts=verified, by=sari, at=MONDAY)
    assert (respondent.asn_status_date, respondent.asn_status_by) == (MONDAY.date(), sari)
    respondent = edit_respondent(case=case, facts=replace(verified, employer_code="33"), by=budi, at=MONDAY)
    assert respondent.asn_status_by == sari, "who changed something else did not verify"
    respondent = edit_respondent(case=case, facts=facts(), by=budi, at=MONDAY)
    assert (respondent.asn_status_date, respondent.asn_status_by) == (None, None)


def test_name_post_and_agency_are_corrected_with_old_and_new_on_record(case, sari):
    new = facts(employer_code="pusat", name="Bambang Sutrisno", post="Camat", agency="Kecamatan Candisari")
    respondent = edit_respondent(case=case, facts=new, by=sari, at=MONDAY)
    assert (respondent.name, respondent.post, respondent.agency) == (new.name, new.post, new.agency)
    assert last_event(case).told["old"]["name"] == "Bambang Sutrisno, S.Pd."
    assert case.case_reports.get().report.respondent_name == "Bambang Sutrisno, S.Pd.", "what was reported stays"


def test_kesbangpol_cannot_name_the_employer_that_decides_what_it_sees(case, kartika):
    with pytest.raises(ActionRefused, match="tidak berwenang"):
        edit_respondent(case=case, facts=facts(), by=kartika, at=MONDAY)


def test_a_reporter_writes_thirty_messages_a_day_and_then_waits(case):
    report = case.case_reports.get().report
    for number in range(MOST_A_DAY):
        receive_from_reporter(report=report, text=f"Pesan {number}", at=MONDAY)
    with pytest.raises(FactsRefused) as refused:
        receive_from_reporter(report=report, text="Satu lagi", at=MONDAY + timedelta(hours=23))
    assert "30 pesan" in refused.value.problems["text"]
    receive_from_reporter(report=report, text="Satu lagi", at=MONDAY + timedelta(hours=25))
