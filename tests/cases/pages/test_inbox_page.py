"""The inbox: the right cases, the most urgent first, in words, at a constant cost."""

from datetime import timedelta

import pytest

from cases.assignment import take
from cases.models import Case, CaseReport
from cases.status import Status
from cases.workflow import Action
from reports.models import ClassificationState, Report
from tests.case_factories import MONDAY, make_case, make_evidence, make_finding, make_report, step


@pytest.fixture
def inbox(sari, visit):
    client = visit(sari)

    def page(query=""):
        return client.get(f"/kotak-masuk/{query}")

    return page


def references(answer):
    return [row.case.reference for row in answer.context["rows"]]


def test_a_regional_admin_has_no_inbox(dewi, visit):
    assert visit(dewi).get("/kotak-masuk/").status_code == 403


def test_an_anonymous_visitor_is_asked_to_log_in(client, db):
    assert client.get("/kotak-masuk/").status_code == 302


def test_it_only_answers_to_reading(sari, visit):
    assert visit(sari).post("/kotak-masuk/").status_code == 405


def test_an_empty_list_says_what_comes_next(inbox):
    assert "Tidak ada kasus di daftar ini" in inbox().content.decode()


def test_another_regions_cases_are_not_there(inbox, wayan, budi, case):
    other = make_case(by=wayan, second=budi, region_code="51.71")
    assert references(inbox("?daftar=semua")) == [case.reference]
    assert other.reference not in inbox(f"?daftar=semua&q={other.number}").content.decode()


def test_each_list_holds_its_cases(inbox, case, sari, budi, monday):
    mine = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL)
    take(case=mine, by=sari, at=monday)
    late = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL)
    Case.objects.filter(pk=late.pk).update(due_at=monday - timedelta(days=3))
    done = make_case(by=sari, second=budi, status=Status.SELESAI)
    assert references(inbox()) == [case.reference]
    assert references(inbox("?daftar=saya")) == [mine.reference]
    assert references(inbox("?daftar=lewat")) == [late.reference]
    assert set(references(inbox("?daftar=semua"))) == {case.reference, mine.reference, late.reference}
    assert references(inbox("?daftar=selesai")) == [done.reference]
    assert [tab.count for tab in inbox().context["tabs"]] == [1, 1, 1, 3, 1]
    assert references(inbox("?daftar=zzz")) == [case.reference]


def test_the_most_urgent_case_is_first(inbox, sari, budi, monday):
    later, sooner = (make_case(by=sari, second=budi) for _ in range(2))
    Case.objects.filter(pk=sooner.pk).update(due_at=monday - timedelta(days=3))
    answer = inbox()
    assert references(answer) == [sooner.reference, later.reference]
    assert "lewat 3 hari" in answer.content.decode()


def test_a_row_says_what_the_machine_thinks_and_never_more(inbox, case):
    row = inbox().context["rows"][0]
    assert row.finding == "Kampanye daring untuk calon"
    assert row.finding_word == "sangat mungkin (80 %)"
    assert row.pictures == 1
    assert "terbukti" not in inbox().content.decode().lower()


def test_a_rejected_finding_is_not_shown_as_the_first(inbox, case, sari, visit, address):
    found = case.case_reports.get().report.classifications.get().findings.get()
    visit(sari).post(address("assess-finding", case, found.pk), {"verdict": "reject", "reason": "Akun tiruan."})
    assert inbox().context["rows"][0].finding == ""


def test_a_case_a_person_must_look_at_is_flagged(inbox, case):
    assert "perlu diperiksa petugas" not in inbox().content.decode()
    Report.objects.update(classification_state=ClassificationState.NEEDS_PERSON)
    assert "perlu diperiksa petugas" in inbox().content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bambang", True),
        ("q=TEGALSARI", True),
        ("q=100%25", False),
        ("q=%27%20OR%201=1--", False),
        ("q=%5C", False),
        ("region=33.74", True),
        ("region=51.71", False),
        ("kind=pilkada", True),
        ("kind=pemilu", False),
        ("event=pilkada-2024", True),
        ("rule=SKB2-II-B-2", True),
        ("rule=SKB2-II-B-7", False),
        ("platform=facebook", True),
        ("platform=tiktok", False),
        ("free=on", True),
    ],
)
def test_filters_narrow_the_list(query, found, inbox, sari, budi):
    case = make_case(by=sari, second=budi, event_code="pilkada-2024")
    make_finding(case.case_reports.get().report)
    answer = inbox(f"?{query}")
    # A value that is no choice is said on the form and narrows nothing.
    if query == "region=51.71":
        assert "region" in answer.context["filter"].form.errors
        return
    assert references(answer) == ([case.reference] if found else [])
    if not found:
        assert "Tidak ada kasus yang cocok" in answer.content.decode()


def test_a_case_is_found_by_its_number_in_any_form(inbox, case):
    for written in (case.reference, case.reference.lower(), str(case.number), f"00{case.number}"):
        assert references(inbox(f"?q={written}")) == [case.reference]


def test_only_unassigned_leaves_out_what_somebody_holds(inbox, case, budi, monday):
    take(case=case, by=budi, at=monday)
    assert references(inbox("?free=on")) == []
    assert references(inbox()) == [case.reference]


def test_a_null_byte_narrows_nothing_and_is_refused_politely(inbox, case):
    answer = inbox("?q=%00")
    assert answer.status_code == 200
    assert answer.context["filter"].form.errors


def test_the_cost_does_not_grow_with_the_cases(inbox, sari, budi, django_assert_num_queries):
    def fill(count):
        for _ in range(count):
            case = make_case(by=sari, second=budi)
            make_finding(case.case_reports.get().report)
            make_evidence(case.case_reports.get().report)

    fill(2)
    # What a process reads once and keeps
    inbox()
    with django_assert_num_queries(22):
        inbox()
    fill(10)
    with django_assert_num_queries(22):
        inbox()


def test_long_lists_have_pages_that_keep_the_filters(inbox, sari, budi):
    for _ in range(27):
        make_case(by=sari, second=budi)
    first, last = inbox("?q=bambang"), inbox("?q=bambang&page=999")
    assert (len(first.context["rows"]), len(last.context["rows"])) == (25, 2)
    assert "q=bambang&amp;page=2" in first.content.decode()


def test_a_case_of_several_reports_has_one_row(inbox, case, monday):
    CaseReport.objects.create(case=case, report=make_report(), attached_at=monday)
    assert references(inbox("?platform=facebook")) == [case.reference]


def test_a_case_that_moved_on_leaves_the_new_list(inbox, case, sari):
    step(case, Action.MULAI_KAJIAN_AWAL, by=sari, at=MONDAY, reason="")
    assert references(inbox()) == []
