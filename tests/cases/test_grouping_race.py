"""Sixteen people move the same reports at once: one wins, and every report is in exactly one case afterwards."""

import pytest

from accounts.models import AuditEvent
from cases.actions import Action
from cases.facts import Duplicate
from cases.grouping import attach_report, split_case, undo_regrouping
from cases.masking import confirm_nothing_to_hide
from cases.models import Case, CaseReport, Regrouping, Release
from cases.refusals import ActionRefused
from cases.releases import release_copy, withdraw_release
from cases.status import Status
from reports.models import Report
from tests.case_factories import MONDAY, make_case, make_report, step
from tests.cases.at_once import CROWD, all_at_once, make_crowd
from tests.picture_factories import make_picture

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "Perbuatan yang sama."


@pytest.fixture
def crowd(reference):
    return make_crowd()


@pytest.fixture
def build(crowd):
    def build(status=Status.MASUK, reports=1):
        case = make_case(by=crowd[0], second=crowd[1], status=status)
        for _ in range(reports - 1):
            CaseReport.objects.create(case=case, report=make_report(), attached_at=MONDAY)
        return case

    return build


def read(case):
    """The case as each person read it just before acting."""
    return Case.objects.get(pk=case.pk)


def reports(case):
    return list(case.case_reports.order_by("pk").values_list("report_id", flat=True))


def attach(case, report_id, to, by):
    source, target = read(case), read(to)
    return lambda: attach_report(case=source, report_id=report_id, to=target, reason=WHY, by=by, at=MONDAY)


def split(case, report_id, by):
    source = read(case)
    return lambda: split_case(case=source, report_ids=[report_id], reason=WHY, by=by, at=MONDAY)


def merge(case, other, by):
    source, facts = read(case), Duplicate(other=read(other))
    return lambda: step(source, Action.TANDAI_DOBEL, by=by, reason=WHY, facts=facts)


def undo(row, by):
    mine = Regrouping.objects.select_related("source", "target").get(pk=row.pk)
    return lambda: undo_regrouping(regrouping=mine, reason=WHY, by=by, at=MONDAY)


def winners(tasks):
    """What came of those that were not refused; a refusal is in words, anything else fails the test."""
    results = all_at_once(tasks)
    refused = [result for result in results if isinstance(result, ActionRefused)]
    assert all(str(why).strip() for why in refused)
    return [result for result in results if not isinstance(result, ActionRefused)]


def sound():
    """No report in two cases or in none; no open case without a report, no merged case with one."""
    links = list(CaseReport.objects.values_list("report_id", flat=True))
    assert sorted(links) == sorted(Report.objects.values_list("pk", flat=True))
    for case in Case.objects.all():
        assert case.case_reports.exists() is (case.duplicate_of_id is None)
        assert (case.status == Status.SELESAI) is (case.duplicate_of_id is not None)
        told = AuditEvent.objects.about(case.pk).values_list("details__version", flat=True)
        versions = sorted(version for version in told if version is not None)
        assert versions == list(range(1, case.version + 1)), "each version was reached by one step that is on record"


def test_attaching_one_report_to_one_case(crowd, build):
    case, other = build(reports=2), build()
    won = winners([attach(case, reports(case)[1], other, by) for by in crowd])
    assert len(won) == Regrouping.objects.count() == 1
    assert (len(reports(case)), len(reports(other))) == (1, 2)
    sound()


def test_attaching_one_report_to_as_many_cases_as_there_are_people(crowd, build):
    case, others = build(reports=2), [build() for _ in crowd]
    won = winners([attach(case, reports(case)[1], other, by) for other, by in zip(others, crowd, strict=True)])
    assert len(won) == 1
    assert sorted(len(reports(other)) for other in others) == [1] * (CROWD - 1) + [2]
    sound()


def test_taking_both_reports_of_a_case_leaves_one(crowd, build):
    case, other = build(reports=2), build()
    both = reports(case)
    won = winners([attach(case, both[number % 2], other, by) for number, by in enumerate(crowd)])
    assert (len(won), len(reports(case))) == (1, 1)
    sound()


def test_splitting(crowd, build):
    case = build(reports=2)
    won = winners([split(case, reports(case)[1], by) for by in crowd])
    assert (len(won), Case.objects.count()) == (1, 2)
    sound()


def test_merging_into_two_cases(crowd, build):
    case, others = build(reports=2), [build(), build()]
    won = winners([merge(case, others[number % 2], by) for number, by in enumerate(crowd)])
    assert len(won) == Regrouping.objects.count() == 1
    assert read(case).outcome == "dobel"
    sound()


@pytest.mark.parametrize("kind", ["attach", "split", "merge"])
def test_undoing(kind, crowd, build):
    case, other = build(reports=2), build()
    one = reports(case)[1]
    ways = {"attach": (attach, case, one, other), "split": (split, case, one), "merge": (merge, case, other)}
    act, *about = ways[kind]
    act(*about, crowd[0])()
    row = Regrouping.objects.get()
    won = winners([undo(row, by) for by in crowd])
    row.refresh_from_db()
    assert len(won) == 1
    assert row.undone_by == won[0].undone_by
    assert len(reports(case)) == 2
    sound()


def test_everything_at_once(crowd, build):
    """Attach, split and merge from the same pages: whoever comes first, nothing is lost and nothing is doubled."""
    case, other, third = build(reports=3), build(reports=2), build()
    one, two = reports(case)[1:]
    tasks = [
        task
        for number in range(0, CROWD, 4)
        for task in (
            attach(case, one, other, crowd[number]),
            split(case, two, crowd[number + 1]),
            merge(other, case, crowd[number + 2]),
            attach(other, reports(other)[0], third, crowd[number + 3]),
        )
    ]
    assert 1 <= len(winners(tasks)) <= 2, "from pages of one moment a case is changed once, and there are three cases"
    sound()


def test_releasing_and_withdrawing_a_copy(crowd, build):
    case = build(Status.KLARIFIKASI)
    picture = make_picture(case)
    cleared = winners([lambda by=by: confirm_nothing_to_hide(evidence=picture, by=by, at=MONDAY) for by in crowd])
    seen = cleared[0].sha256
    won = winners([lambda by=by: release_copy(evidence=picture, seen_sha256=seen, by=by, at=MONDAY) for by in crowd])
    assert len(won) == Release.objects.standing().count() == Release.objects.count() == 1
    copies = [Release.objects.select_related("case", "copy").get() for _ in crowd]
    gone = winners(
        [
            lambda by=by, row=row: withdraw_release(release=row, by=by, at=MONDAY)
            for by, row in zip(crowd, copies, strict=True)
        ]
    )
    assert (len(cleared), len(won), len(gone)) == (1, 1, 1)
    told = list(AuditEvent.objects.about(picture.pk).oldest_first().values_list("action", flat=True))
    assert told[-3:] == ["bukti_tanpa_samaran", "bukti_diserahkan", "bukti_ditarik"]
