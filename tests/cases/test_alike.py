"""What a case is like in others: counted for those who may see them, never as votes."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cases.alike import Likeness, clusters, likenesses, surge_of
from cases.models import Case
from cases.sharing import share_with_kesbangpol
from reports import likeness
from reports.likeness import compare_evidence, compare_report
from reports.models import Finding
from reports.models_likeness import SenderMark
from tests.case_factories import MONDAY, make_case, make_evidence, make_finding

pytestmark = pytest.mark.django_db
FILE = "c" * 64


@pytest.fixture
def build(sari, budi):
    """A case with the picture that goes around, and the mark of the browser it came from."""

    def build(mark="", at=MONDAY, sha256=FILE, **fields):
        case = make_case(by=sari, second=budi, at=at, **fields)
        report = case.case_reports.get().report
        evidence = make_evidence(report, sha256=sha256)
        if mark:
            SenderMark.objects.create(evidence=evidence, mark=mark)
        compare_evidence(evidence=evidence, at=at)
        compare_report(report=report, at=at)
        return case

    return build


def evidence_of(case):
    return case.case_reports.get().report.evidence.get()


def cluster(case, person):
    return clusters(likenesses([case.pk], seen_by=person)[case.pk]).get(evidence_of(case).pk)


@pytest.mark.parametrize(
    ("marks", "senders"), [(["a", "a", "b"], 2), (["a", "a", "a"], 1), (["", "", ""], 3), (["a", "a", ""], 2)]
)
def test_senders_are_counted_once_each(build, budi, marks, senders):
    cases = [build(mark) for mark in marks]
    found = cluster(cases[0], budi)
    assert (found.reports, found.senders, found.is_same_file) == (3, senders, True)


def test_a_picture_of_its_own_is_in_no_cluster(build, budi):
    case = build()
    build(sha256="d" * 64)
    assert cluster(case, budi) is None


def test_a_campaign_too_big_to_count_is_at_least_so_big(build, budi, monkeypatch):
    """Only the nearest are kept as pairs; then the count says so, however often pictures are compared again."""
    monkeypatch.setattr(likeness, "MOST_ALIKE", 3)
    cases = [build() for _ in range(4)]
    assert [(cluster(case, budi).reports, cluster(case, budi).is_at_least) for case in cases] == [(4, True)] * 4
    cases += [build() for _ in range(3)]
    for case in sorted(cases, key=lambda case: evidence_of(case).pk, reverse=True):
        compare_evidence(evidence=evidence_of(case), at=MONDAY)
        compare_report(report=case.case_reports.get().report, at=MONDAY)
    for case in cases:
        found = likenesses([case.pk], seen_by=budi)[case.pk]
        assert cluster(case, budi).reports >= 4
        assert cluster(case, budi).is_at_least
        assert surge_of(found) is None or surge_of(found).is_at_least


def test_a_few_are_counted_exactly(build, budi, monkeypatch):
    monkeypatch.setattr(likeness, "MOST_ALIKE", 4)
    case, *_ = [build() for _ in range(4)]
    assert (cluster(case, budi).reports, cluster(case, budi).is_at_least) == (4, False)


def test_outside_the_team_too_many_elsewhere_are_not_hinted_at(build, kartika, sari, monkeypatch):
    """That a count is cut short would tell an accused's house of reports it may not see."""
    monkeypatch.setattr(likeness, "MOST_ALIKE", 3)
    cases = [build(employer="33.74") for _ in range(5)]
    for case in cases[:2]:
        share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    for found in filter(None, (cluster(case, kartika) for case in cases[:2])):
        assert (found.reports, found.is_at_least) == (2, False)


def test_cases_the_person_may_not_see_are_not_even_counted(build, budi, kartika):
    case = build()
    build(employer="33.74")
    assert cluster(case, budi).reports == 2
    assert cluster(case, kartika) is None


def test_a_surge_counts_only_cases_the_person_may_see(build, budi, kartika):
    case = build(sha256="1" * 64)
    for number in range(2, 6):
        build(sha256=f"{number}" * 64, employer="33.74", at=MONDAY + timedelta(hours=number))
    assert surge_of(likenesses([case.pk], seen_by=budi)[case.pk]).same_person == 5
    assert surge_of(likenesses([case.pk], seen_by=kartika)[case.pk]) is None


@pytest.mark.parametrize(
    ("kinds", "counts"),
    [
        (["person"], (5, 0, 0)),
        (["person", "text"], (5, 5, 0)),
        (["person", "picture"], (5, 0, 5)),
        # The reports of a case were put together by people, who hold them to be about one person.
        (["text"], (5, 5, 0)),
    ],
)
def test_witnesses_in_one_case_are_alike_in_nothing_but_what_was_found(kinds, counts):
    found = surge_of(among_themselves(5, kinds))
    assert (found.same_person, found.same_text, found.same_picture) == counts


def test_one_copied_text_does_not_make_the_whole_case_a_copy():
    found = surge_of(among_themselves(5, ["person"]) + among_themselves(2, ["text"]))
    assert (found.same_person, found.same_text, found.same_picture) == (7, 2, 0)


def among_themselves(number, kinds):
    """What is found between so many merged reports of one case, each like each other."""
    reports, case = [uuid4() for _ in range(number)], uuid4()
    pairs = [(one, other, kind) for one in reports for other in reports for kind in kinds if one != other]
    return [
        Likeness(case, one, MONDAY, other, MONDAY, case, kind, None, False, None, None) for one, other, kind in pairs
    ]


def test_a_surge_neither_drops_nor_reorders_nor_raises_anything(build, budi):
    first = build(respondent_nip="199001012015031001")
    make_finding(first.case_reports.get().report)
    before = list(Finding.objects.values_list("probability", flat=True)), Case.objects.get(pk=first.pk).due_at
    cases = [build(respondent_nip="199001012015031001") for _ in range(6)]
    assert surge_of(likenesses([first.pk], seen_by=budi)[first.pk]).reports == 7
    assert (list(Finding.objects.values_list("probability", flat=True)), Case.objects.get(pk=first.pk).due_at) == before
    assert set(Case.objects.new()) == {first, *cases}


def test_many_cases_take_two_queries(build, budi, django_assert_num_queries):
    cases = [build() for _ in range(4)]
    with django_assert_num_queries(2):
        found = likenesses([case.pk for case in cases], seen_by=budi)
    assert all(len(found[case.pk]) >= 3 for case in cases)
