"""Reports move between cases, cases merge and split, and all of it can be taken back."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import AuditEvent
from accounts.roles import Role
from cases.actions import Action
from cases.clocks import running
from cases.facts import Duplicate
from cases.follow_up import status_for_reporter
from cases.grouping import attach_report, split_case, undo_regrouping
from cases.holidays import add_holiday
from cases.models import Case, CaseReport, ClockRun, Regrouping, Respondent
from cases.moving import BEFORE_RECOMMENDATION
from cases.refusals import ActionRefused, FactsRefused, NotVisible, SomebodyWasFaster
from cases.sharing import share_with_kesbangpol
from cases.status import Outcome, Status
from regions.models import HolidayKind
from tests.case_factories import MONDAY, WIB, make_case, make_report, step
from tests.conftest import make_user

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def build(sari, budi):
    def build(status=Status.MASUK, **fields):
        return make_case(by=sari, second=budi, status=status, **fields)

    return build


@pytest.fixture
def full(build):
    """A case with two reports."""
    case = build()
    CaseReport.objects.create(case=case, report=make_report(respondent_name="Joko Susilo"), attached_at=MONDAY)
    return case


def reports(case):
    return set(case.case_reports.values_list("report_id", flat=True))


def one_of(case):
    return case.case_reports.order_by("-pk").first().report


def events(case):
    return [event.action for event in AuditEvent.objects.about(case.pk).oldest_first()]


def attach(case, to, by, **more):
    report = one_of(case)
    return attach_report(case=case, report_id=report.pk, to=to, reason="Perbuatan lain.", by=by, at=LATER, **more)


def merge(case, other, by, at=LATER, **more):
    step(case, Action.TANDAI_DOBEL, by=by, at=at, reason="Unggahan sama.", facts=Duplicate(other=other, **more))
    return Regrouping.objects.newest_first().first()


def undo(row, by):
    return undo_regrouping(regrouping=Regrouping.objects.get(pk=row.pk), reason="Keliru.", by=by, at=LATER)


def test_a_report_goes_to_the_case_it_belongs_to_and_both_say_so(full, build, sari):
    other, report = build(), one_of(full)
    attach(full, other, sari)
    assert report.pk in reports(other)
    assert len(reports(full)) == 1
    assert (events(full)[-1], events(other)[-1]) == ("laporan_keluar", "laporan_masuk_kasus")
    assert AuditEvent.objects.about(full.pk).last().told["reason"] == "Perbuatan lain."
    assert {Case.objects.get(pk=case.pk).version for case in (full, other)} == {2}


def test_attaching_is_undone_and_stays_on_record(full, build, sari, budi):
    other, before = build(), reports(full)
    attached_before = one_of(full).case_link.attached_at
    row = undo(attach(full, other, sari), budi)
    assert reports(full) == before
    assert one_of(full).case_link.attached_at == attached_before
    assert (row.undone_by, row.by) == (budi, sari)
    assert events(full)[-1] == events(other)[-1] == "pindah_dibatalkan"
    with pytest.raises(ActionRefused, match="sudah dibatalkan"):
        undo(row, sari)


def test_a_merged_case_gives_all_its_reports_and_ends(full, build, sari):
    original = build(Status.KLARIFIKASI)
    moved = reports(full)
    merge(full, original, sari)
    assert moved < reports(original)
    assert not reports(full)
    assert (full.status, full.outcome, full.duplicate_of) == (Status.SELESAI, Outcome.DOBEL, original)
    assert (events(full)[-1], events(original)[-1]) == ("tandai_dobel", "kasus_digabung_ke_sini")


def clocks(case):
    return list(ClockRun.objects.filter(case=case).order_by("pk").values())


@pytest.mark.parametrize("status", sorted(BEFORE_RECOMMENDATION))
def test_undoing_a_merge_brings_the_case_back_where_it_stood(status, build, sari, budi):
    case, original = build(status), build()
    before = Case.objects.values("status", "due_at", "outcome", "duplicate_of").get(pk=case.pk)
    had, ran = reports(case), clocks(case)
    undo(merge(case, original, sari), budi)
    assert clocks(case) == ran
    assert Case.objects.values("status", "due_at", "outcome", "duplicate_of").get(pk=case.pk) == before
    assert reports(case) == had
    assert events(case)[-1] == "batalkan_dobel"
    assert events(original)[-1] == "pindah_dibatalkan"
    merge(Case.objects.get(pk=case.pk), Case.objects.get(pk=original.pk), sari)


def test_a_clock_that_stood_still_at_the_merge_goes_on_with_what_was_left(build, sari, budi):
    case = build(Status.KAJIAN_AWAL, event_code="pemilu-2024-legislatif")
    step(case, Action.MINTA_PERBAIKAN, by=sari, at=MONDAY + DAY)
    undo(merge(case, build(), sari, at=MONDAY + 2 * DAY), budi)
    case.refresh_from_db()
    step(case, Action.TERIMA_PERBAIKAN, by=sari, at=MONDAY + 3 * DAY)
    # One of two working days was gone on Tuesday; Friday is the other.
    assert case.due_at == datetime(2024, 10, 18, 23, 59, 59, tzinfo=WIB)
    assert clocks(case)[-1]["pauses"] == [["2024-10-15", "2024-10-17"]]


def test_a_holiday_added_while_a_case_was_merged_counts_when_it_is_undone(build, sari, budi, nasrul):
    case = build(Status.KAJIAN_AWAL, event_code="pemilu-2024-legislatif")
    row = merge(case, build(), sari)
    add_holiday(day=date(2024, 10, 15), name="Cuti daerah", kind=HolidayKind.LIBUR, by=nasrul, at=LATER)
    undo(row, budi)
    case.refresh_from_db()
    assert case.due_at == running(case).due_at == datetime(2024, 10, 17, 23, 59, 59, tzinfo=WIB)


def test_a_case_that_is_beyond_its_study_gets_no_reports_but_the_duplicate_follows_it(build, sari, budi):
    original, case = build(Status.TINDAK_LANJUT), build()
    row = merge(case, original, sari)
    assert len(reports(original)) == len(reports(case)) == 1
    assert status_for_reporter(one_of(case), LATER).state == status_for_reporter(one_of(original), LATER).state
    undo(row, budi)
    assert Case.objects.get(pk=case.pk).status == Status.MASUK


def test_reports_that_are_about_something_else_become_a_case_of_their_own(full, sari):
    report = one_of(full)
    row = split_case(case=full, report_ids=[report.pk], reason="Orang lain.", by=sari, at=LATER)
    fresh = row.target
    assert (reports(fresh), fresh.status, fresh.respondent.name) == ({report.pk}, Status.MASUK, "Joko Susilo")
    assert (fresh.region, fresh.respondent.employer_code) == (full.region, ""), "hidden from Kesbangpol until known"
    assert (events(full)[-1], events(fresh)) == ("laporan_keluar", ["kasus_dipisahkan"])


def test_undoing_a_split_merges_the_new_case_back(full, sari):
    before = reports(full)
    row = split_case(case=full, report_ids=[one_of(full).pk], reason="Orang lain.", by=sari, at=LATER)
    undo(row, sari)
    fresh = Case.objects.get(pk=row.target_id)
    assert reports(full) == before
    assert (fresh.outcome, fresh.duplicate_of) == (Outcome.DOBEL, full)


def test_the_reporter_follows_the_report_wherever_it_goes(full, build, sari):
    original, report = build(Status.KLARIFIKASI), one_of(full)
    assert not status_for_reporter(report, LATER).is_merged
    row = attach(full, original, sari)
    seen = status_for_reporter(report, LATER)
    assert seen.is_merged
    assert seen.state == status_for_reporter(one_of(build(Status.KLARIFIKASI)), LATER).state
    undo(row, sari)
    assert not status_for_reporter(report, LATER).is_merged
    split_case(case=Case.objects.get(pk=full.pk), report_ids=[report.pk], reason="Lain.", by=sari, at=LATER)
    assert not status_for_reporter(report, LATER).is_merged


@pytest.mark.parametrize("status", [Status.REKOMENDASI, Status.TINDAK_LANJUT, Status.SELESAI, Status.GAKKUMDU])
def test_nothing_moves_once_a_letter_rests_on_the_reports(status, full, build, sari):
    late = build(status)
    CaseReport.objects.create(case=late, report=make_report(), attached_at=MONDAY)
    for source, target in ((full, late), (late, full)):
        with pytest.raises(ActionRefused, match="belum sampai rekomendasi"):
            attach(source, target, sari)
    with pytest.raises(ActionRefused, match="belum sampai rekomendasi"):
        split_case(case=late, report_ids=[one_of(late).pk], reason="Lain.", by=sari, at=LATER)


def test_a_case_keeps_a_report(full, build, sari):
    alone = build()
    with pytest.raises(FactsRefused, match="Gabungkan"):
        attach(alone, full, sari)
    with pytest.raises(FactsRefused, match="Sisakan satu"):
        split_case(case=full, report_ids=reports(full), reason="Lain.", by=sari, at=LATER)
    with pytest.raises(FactsRefused):
        split_case(case=full, report_ids=[one_of(alone).pk], reason="Lain.", by=sari, at=LATER)


def test_only_bawaslu_of_the_place_moves_reports_and_says_why(full, build, sari, kartika, wayan, nasrul):
    other = build()
    for person, refusal in ((kartika, ActionRefused), (nasrul, ActionRefused), (wayan, NotVisible)):
        with pytest.raises(refusal):
            attach(full, other, person)
    with pytest.raises(FactsRefused):
        attach_report(case=full, report_id=one_of(full).pk, to=other, reason=" ", by=sari, at=LATER)
    assert not Regrouping.objects.exists()


def test_who_acts_on_an_old_page_of_either_case_is_told(full, build, sari, budi):
    other, stale = build(), build()
    step(Case.objects.get(pk=stale.pk), Action.MULAI_KAJIAN_AWAL, by=budi)
    with pytest.raises(SomebodyWasFaster):
        attach(full, stale, sari)
    with pytest.raises(SomebodyWasFaster):
        attach(full, other, sari, seen_other_version=9)
    with pytest.raises(SomebodyWasFaster):
        merge(full, other, sari, other_version=9)
    assert not Regrouping.objects.exists()
    assert Case.objects.get(pk=full.pk).version == 1


def test_a_report_that_was_moved_on_does_not_jump_back(full, build, sari):
    other, third = build(), build()
    first = attach(full, other, sari)
    report = first.moved.get().report_id
    attach_report(case=other, report_id=report, to=third, reason="Lebih tepat.", by=sari, at=LATER)
    with pytest.raises(ActionRefused, match="dipindahkan lagi"):
        undo(first, sari)
    assert Regrouping.objects.standing().count() == 2


# Employer and sharing of the case reports leave, then of the one they come to -> may they come?
TOGETHER = [
    ("pusat", False, "pusat", False, True),
    ("33.74", False, "33.74", False, True),
    ("33.74", True, "33.74", True, True),
    ("33.74", False, "33.74", True, False),
    ("33.74", True, "33.74", False, False),
    ("pusat", True, "pusat", False, True),
    ("33.72", False, "33.72", True, True),
    ("", False, "", False, True),
    ("", False, "pusat", False, True),
    ("", False, "33.74", False, True),
    ("", False, "33.74", True, False),
    ("", True, "", False, False),
    ("33.74", False, "pusat", False, False),
    ("33.74", False, "", False, False),
    ("pusat", False, "33.74", False, False),
    ("33", False, "33.74", False, False),
]


@pytest.mark.parametrize(("employer", "shared", "other_employer", "other_shared", "may"), TOGETHER)
def test_no_report_is_shown_to_kesbangpol_by_moving_it(
    employer, shared, other_employer, other_shared, may, build, sari, kartika
):
    case, other = build(), build()
    CaseReport.objects.create(case=case, report=make_report(), attached_at=MONDAY)
    for one, code, is_shared in ((case, employer, shared), (other, other_employer, other_shared)):
        Respondent.objects.filter(pk=one.respondent_id).update(employer_code=code)
        one.refresh_from_db()
        if is_shared:
            share_with_kesbangpol(case=one, by=sari, at=MONDAY)
    if may:
        merge(case, other, sari)
        assert one_of(other).case_link.case == other
    else:
        for way in (attach, merge):
            with pytest.raises(FactsRefused) as refused:
                way(case, other, sari)
            assert set(refused.value.problems) == {"other"}


def test_cases_of_different_regions_are_not_mixed(full, nasrul):
    far = make_case(by=nasrul, second=nasrul, region_code="33.72")
    province = make_user("provinsi", Role.REVIEWER_BAWASLU, "33", "Bawaslu Jawa Tengah")
    with pytest.raises(FactsRefused, match="wilayah yang berbeda"):
        attach(full, far, province)
