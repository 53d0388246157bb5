"""Who keeps out of a case keeps out of its reports wherever they are moved, until the move is undone."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from accounts.models import AuditEvent, User
from accounts.roles import Role
from cases.actions import Action
from cases.assignment import take
from cases.evidence_access import case_of
from cases.facts import Duplicate
from cases.grouping import attach_report, split_case, undo_regrouping
from cases.leave import plan_leave
from cases.models import Case, CaseReport, ConflictKind, Recusal, Regrouping
from cases.recusals import declare_conflict
from cases.refusals import ActionRefused, NotVisible
from cases.timeline import timeline
from tests.case_factories import MONDAY, make_case, make_evidence, make_report, step
from tests.conftest import make_user

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
LAST = MONDAY + timedelta(hours=2)


@pytest.fixture
def tuti(sari):
    """The colleague who keeps out."""
    return make_user("tuti", sari.role, sari.region_code, sari.office_name)


@pytest.fixture
def source(sari, budi, tuti):
    """A case with two reports that tuti keeps out of."""
    case = make_case(by=sari, second=budi)
    CaseReport.objects.create(case=case, report=make_report(), attached_at=MONDAY)
    return recuse(case, tuti)


@pytest.fixture
def target(sari, budi, tuti):
    """Another case, which tuti holds."""
    return take(case=make_case(by=sari, second=budi), by=tuti, at=MONDAY)


def recuse(case, by, at=MONDAY):
    declare_conflict(case=fresh(case), kind=ConflictKind.INVOLVED, note="", by=by, at=at)
    return fresh(case)


def fresh(case):
    return Case.objects.get(pk=case.pk)


def last_report(case):
    return case.case_reports.order_by("-pk").first().report


def attach(source, target, by, at=LATER):
    report = last_report(source).pk
    return attach_report(case=fresh(source), report_id=report, to=fresh(target), reason="Lain.", by=by, at=at)


def split(source, target, by):
    return split_case(case=source, report_ids=[last_report(source).pk], reason="Lain.", by=by, at=LATER)


def merge(source, target, by):
    step(source, Action.TANDAI_DOBEL, by=by, at=LATER, facts=Duplicate(other=target))
    return Regrouping.objects.newest_first().first()


def undo(row, by, at=LAST):
    return undo_regrouping(regrouping=Regrouping.objects.get(pk=row.pk), reason="Keliru.", by=by, at=at)


def events(case, name):
    return list(AuditEvent.objects.about(case.pk).filter(action=name).to_read())


MOVES = pytest.mark.parametrize("move", [attach, split, merge])


@MOVES
def test_a_report_that_moves_stays_out_of_sight_of_who_keeps_out_of_it(move, source, target, sari, budi, tuti):
    evidence = make_evidence(last_report(source))
    goal = move(source, target, sari).target
    assert evidence.report_id in goal.case_reports.values_list("report_id", flat=True)
    assert not Case.objects.visible_to(tuti).filter(pk__in=[source.pk, goal.pk]).exists()
    with pytest.raises(NotVisible):
        case_of(evidence, tuti)
    with pytest.raises(NotVisible):
        step(fresh(goal), Action.MULAI_KAJIAN_AWAL, by=tuti)
    assert case_of(evidence, budi) == goal


@MOVES
def test_it_is_on_record_who_keeps_out_by_whom_and_from_which_case(move, source, target, sari, tuti, kartika):
    row = move(source, target, sari)
    [event] = events(row.target, "mundur_ikut_laporan")
    assert (event.actor, event.at) == (sari, LATER)
    assert (
        event.details.items()
        >= {
            "regrouping": row.pk,
            "other": str(source.pk),
            "kept_out": tuti.pk,
            "conflict": "involved",
            "was_held": row.target == target,
        }.items()
    )
    for person, reads in ((sari, True), (kartika, False)):
        lines = next(row.lines for row in timeline(row.target, by=person) if row.name == "mundur_ikut_laporan")
        assert ("Petugas yang mundur", "tuti") in lines
        assert (len(lines) == 2) is reads, "why is for Bawaslu alone"


@pytest.mark.parametrize("move", [attach, merge])
def test_who_held_the_other_case_holds_it_no_more_and_gets_it_back(move, source, target, sari, budi, tuti):
    row = move(source, target, sari)
    assert (fresh(target).assigned_to, fresh(target).assigned_at) == (None, None)
    undo(row, budi)
    assert (fresh(target).assigned_to, fresh(target).assigned_at) == (tuti, MONDAY)
    assert list(Case.objects.visible_to(tuti)) == [target]
    assert Recusal.objects.get().case == source
    [event] = events(target, "mundur_ikut_dicabut")
    assert (event.actor, event.details["kept_out"], event.details["was_held"]) == (budi, tuti.pk, True)


def test_a_case_taken_meanwhile_stays_with_who_took_it(source, target, sari, budi):
    row = attach(source, target, sari)
    take(case=fresh(target), by=budi, at=LATER)
    undo(row, sari)
    assert fresh(target).assigned_to == budi


def test_undoing_a_split_leaves_the_person_out_of_both(source, target, sari, tuti):
    row = split(source, target, sari)
    undo(row, sari)
    assert list(Case.objects.visible_to(tuti)) == [target]
    undo(Regrouping.objects.newest_first().first(), sari)
    assert list(Case.objects.visible_to(tuti)) == [target], "and once more alive"


def test_who_keeps_out_of_two_sources_comes_back_when_both_are_undone(source, target, sari, budi, tuti):
    other = make_case(by=sari, second=budi)
    CaseReport.objects.create(case=other, report=make_report(), attached_at=MONDAY)
    recuse(other, tuti)
    first, second = attach(source, target, sari), attach(other, target, sari)
    for row, sees in ((first, False), (second, True)):
        undo(row, sari)
        assert Case.objects.visible_to(tuti).filter(pk=target.pk).exists() is sees
    assert fresh(target).assigned_to == tuti


def test_who_kept_out_of_the_target_already_still_does_after_the_undoing(source, target, sari, tuti):
    recuse(target, tuti)
    undo(attach(source, target, sari), sari)
    assert not Case.objects.visible_to(tuti).exists()
    assert events(target, "mundur_ikut_laporan") == []


@pytest.mark.parametrize("move", [attach, merge])
def test_who_declares_a_conflict_while_the_reports_are_there_keeps_out_of_them_after_the_undoing(
    move, source, target, sari, budi
):
    row = move(source, target, sari)
    recuse(target, budi, at=LATER + timedelta(minutes=1))
    undo(row, sari)
    assert not Case.objects.visible_to(budi).exists()


def test_a_merge_that_moves_no_report_keeps_nobody_out(source, sari, budi, tuti):
    goal = make_case(by=sari, second=budi, status="tindak_lanjut")
    merge(source, goal, sari)
    assert list(Case.objects.visible_to(tuti)) == [goal]


@MOVES
def test_who_declares_a_conflict_after_the_reports_moved_keeps_out_of_where_they_went(move, source, target, sari, budi):
    evidence = make_evidence(last_report(source))
    row = move(source, target, sari)
    take(case=fresh(row.target), by=budi, at=LATER)
    recuse(source, budi, at=LATER)
    assert not Case.objects.visible_to(budi).filter(pk__in=[source.pk, row.target_id]).exists()
    with pytest.raises(NotVisible):
        case_of(evidence, budi)
    assert fresh(row.target).assigned_to is None
    derived = Recusal.objects.get(user=budi, case=row.target_id)
    assert (derived.derived_from, derived.held_since, derived.at) == (row, LATER, LATER)
    event = events(row.target, "mundur_ikut_laporan")[-1]
    assert (event.actor, event.details["kept_out"], event.details["other"]) == (budi, budi.pk, str(source.pk))


def test_undoing_the_move_lets_them_come_back_to_the_other_case(source, target, sari, budi):
    row = attach(source, target, sari)
    recuse(source, budi, at=LATER)
    undo(row, sari)
    assert list(Case.objects.visible_to(budi)) == [target]


@pytest.fixture
def onward(source, target, sari, budi):
    """Reports of the source are in the target, and one the target had before went on from there."""
    last, own = take(case=make_case(by=sari, second=budi), by=budi, at=MONDAY), last_report(target).pk
    CaseReport.objects.create(case=target, report=make_report(), attached_at=MONDAY)
    row = attach(source, target, sari)
    return row, attach_report(case=fresh(target), report_id=own, to=last, reason="Lain.", by=sari, at=LATER)


def test_undoing_a_move_lets_them_come_back_to_where_other_reports_went_on(onward, target, sari, tuti):
    row, further = onward
    version = fresh(further.target).version
    assert not Case.objects.visible_to(tuti).exists()
    undo(row, sari)
    assert set(Case.objects.visible_to(tuti)) == {target, further.target}
    assert fresh(further.target).version == version + 1, "a page of it opened before is no longer current"
    [event] = events(further.target, "mundur_ikut_dicabut")
    assert (event.details["kept_out"], event.details["other"]) == (tuti.pk, str(target.pk))


def test_who_keeps_out_of_where_they_went_on_for_another_reason_stays_out(onward, source, sari, budi, tuti):
    row, further = onward
    other = make_case(by=sari, second=budi)
    CaseReport.objects.create(case=other, report=make_report(), attached_at=MONDAY)
    recuse(other, tuti)
    attach(other, further.target, sari)
    undo(row, sari)
    assert not Case.objects.visible_to(tuti).filter(pk=further.target_id).exists()


def test_a_conflict_follows_a_report_that_moved_on_and_no_other(source, target, sari, budi):
    last, unrelated = make_case(by=sari, second=budi), make_case(by=sari, second=budi)
    CaseReport.objects.create(case=target, report=make_report(), attached_at=MONDAY)
    attach(target, unrelated, sari)
    report = attach(source, target, sari).moved.get().report_id
    attach_report(case=fresh(target), report_id=report, to=last, reason="Lain.", by=sari, at=LATER)
    recuse(source, budi, at=LAST)
    assert set(Case.objects.visible_to(budi)) == {unrelated}


def test_a_move_that_was_undone_carries_no_conflict(source, target, sari, budi):
    undo(attach(source, target, sari), sari)
    recuse(source, budi, at=LAST)
    assert list(Case.objects.visible_to(budi)) == [target]


def test_a_page_of_the_other_case_opened_before_gives_it_to_nobody_who_keeps_out(source, target, sari, budi):
    row = attach(source, target, sari)
    opened = fresh(row.target)
    recuse(source, budi, at=LATER)
    with pytest.raises(ActionRefused):
        take(case=opened, by=sari, at=LATER)
    take(case=fresh(row.target), by=sari, at=LATER)


@MOVES
def test_moves_from_before_there_was_such_a_rule_are_followed_by_the_migration(move, source, target, sari, tuti):
    row = move(source, target, sari)
    # As the rows stood then: the move on record, nobody kept out of where the reports went.
    Recusal.objects.filter(case=row.target_id).delete()
    Case.objects.filter(pk=row.target_id).update(assigned_to=tuti, assigned_at=MONDAY)
    for _ in range(2):
        import_module("cases.migrations.0024_recusals_follow_earlier_moves").follow_earlier_moves(apps, None)
    assert not Case.objects.visible_to(tuti).filter(pk__in=[source.pk, row.target_id]).exists()
    derived = Recusal.objects.get(case=row.target_id)
    assert (derived.user, derived.derived_from, derived.held_since) == (tuti, row, MONDAY)
    assert fresh(row.target).assigned_to is None


def test_the_migration_follows_no_move_that_was_undone(source, target, sari, tuti):
    undo(attach(source, target, sari), sari)
    import_module("cases.migrations.0024_recusals_follow_earlier_moves").follow_earlier_moves(apps, None)
    assert list(Case.objects.visible_to(tuti)) == [target]


def gone(tuti, budi):
    User.objects.filter(pk=tuti.pk).update(is_active=False)


def on_leave(tuti, budi):
    plan_leave(first=LAST.date(), last=LAST.date(), cover=budi, by=tuti, at=MONDAY)


def elsewhere(tuti, budi):
    User.objects.filter(pk=tuti.pk).update(region_code="33.72")


def with_another_role(tuti, budi):
    User.objects.filter(pk=tuti.pk).update(role=Role.AUDITOR)


@pytest.mark.parametrize("what", [gone, on_leave, elsewhere, with_another_role])
def test_a_case_is_not_given_back_to_who_cannot_work_on_it_now(what, source, target, sari, budi, tuti):
    row = attach(source, target, sari)
    what(tuti, budi)
    undo(row, sari)
    assert fresh(target).assigned_to is None
    assert not Recusal.objects.filter(case=target).exists()
    [event] = events(target, "mundur_ikut_dicabut")
    assert event.details["was_held"] is True
