"""Whoever writes from outside is noticed: the inbox says so until somebody of the office has looked."""

from datetime import timedelta

import pytest

from cases.answering import answer
from cases.delivery import Receipt, confirm_receipt, issue_link
from cases.evidence_access import record_view
from cases.messages import receive_from_reporter, send_to_reporter
from cases.models import RespondentAccess
from cases.news import cases_with_news
from cases.respondent_access import issue_code, write_allegation
from cases.status import Status
from tests.case_factories import MONDAY, make_case, make_report

pytestmark = pytest.mark.django_db
OFFICER = Receipt(officer_name="Rani", officer_office="Direktorat Pengawasan BKN")


def reporter_writes(case, by):
    receive_from_reporter(report=case.case_reports.first().report, text="Masih ada.", at=MONDAY)


def respondent_answers(case, by):
    words = {"addressed_to": "Lurah", "text": "Diduga memasang poster.", "place": "Semarang"}
    write_allegation(case=case, act_date=MONDAY.date(), by=by, at=MONDAY, **words)
    issue_code(case=case, by=by, at=MONDAY)
    answer(access=RespondentAccess.objects.get(), text="Bukan saya.", at=MONDAY)


def body_confirms(case, by):
    confirm_receipt(
        delivery=issue_link(case=case, sent_to="BKN", by=by, at=MONDAY).delivery, receipt=OFFICER, at=MONDAY
    )


FROM_OUTSIDE = [
    (Status.MASUK, reporter_writes),
    (Status.KLARIFIKASI, respondent_answers),
    (Status.TINDAK_LANJUT, body_confirms),
]


def has_news(case, person) -> bool:
    return cases_with_news([case.pk], by=person) == {case.pk}


@pytest.mark.parametrize(("status", "happen"), FROM_OUTSIDE, ids=["reporter", "respondent", "body"])
def test_what_comes_from_outside_is_news_until_somebody_of_the_office_looks(status, happen, sari, budi, wayan, aminah):
    case, quiet = (make_case(by=sari, second=budi, status=status) for _ in range(2))
    assert not has_news(case, sari), "what the office does itself is no news"
    happen(case, sari)
    assert cases_with_news([case.pk, quiet.pk], by=sari) == {case.pk}
    for stranger in (wayan, aminah):
        record_view(case=case, by=stranger, at=MONDAY)
    assert has_news(case, sari), "the look of another office is none of this one"
    record_view(case=case, by=budi, at=MONDAY)
    assert not has_news(case, sari), "a colleague has seen it"


def test_what_comes_after_a_look_is_news_again(sari, budi):
    case = make_case(by=sari, second=budi)
    record_view(case=case, by=sari, at=MONDAY + timedelta(days=9))
    reporter_writes(case, sari)
    assert has_news(case, sari), "the order counts, not the clock"


def test_an_answer_to_any_report_of_the_case_is_news(sari, budi):
    case = make_case(by=sari, second=budi)
    other = make_report()
    case.case_reports.create(report=other, attached_at=MONDAY)
    receive_from_reporter(report=other, text="Ada lagi.", at=MONDAY)
    assert has_news(case, sari)


def test_an_office_that_does_not_read_reporters_is_not_told_that_one_wrote(sari, budi, kartika):
    case = make_case(by=sari, second=budi)
    send_to_reporter(case=case, text="Masih ada?", by=sari, at=MONDAY)
    reporter_writes(case, sari)
    assert has_news(case, sari)
    assert not has_news(case, kartika)


def test_what_the_respondent_sends_is_news_only_to_who_hears_them(sari, budi, kartika):
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    respondent_answers(case, sari)
    assert has_news(case, sari)
    assert not has_news(case, kartika), "the answer stands on no page of hers"
    case.clarifications.update(host="kesbangpol")
    assert has_news(case, kartika)


def test_the_inbox_says_so(sari, budi, client):
    case = make_case(by=sari, second=budi)
    reporter_writes(case, sari)
    client.force_login(sari)
    assert "ada kabar baru" in client.get("/kotak-masuk/").content.decode()
    client.get(f"/kasus/{case.pk}/")
    assert "ada kabar baru" not in client.get("/kotak-masuk/").content.decode()


def test_nothing_is_asked_for_an_empty_list(sari):
    assert cases_with_news([], by=sari) == set()
