"""Giving cases to colleagues by load, and covering for who is away."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from cases import assignment, messages
from cases.inbox import Tab, cases_in
from cases.leave import end_leave, leave_rows, plan_leave
from cases.models import Case, ConflictKind, Leave
from cases.recusals import declare_conflict
from cases.refusals import ActionRefused, FactsRefused
from cases.status import Status
from cases.workload import loads, share_out
from tests.case_factories import MONDAY, make_case
from tests.conftest import make_user

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()


@pytest.fixture
def citra(reference):
    """The third reviewer at Bawaslu Kota Semarang."""
    return make_user("citra", Role.REVIEWER_BAWASLU, "33.74", "Bawaslu Kota Semarang")


def away(user, cover, days=5):
    return plan_leave(first=TODAY, last=TODAY + timedelta(days=days), cover=cover, by=user, at=MONDAY)


def held():
    return {
        name: Case.objects.filter(assigned_to__username=name).count() for name in ("budi", "citra", "sari", "wayan")
    }


def test_cases_go_to_the_least_loaded_and_the_order_never_changes(sari, budi, citra, wayan):
    cases = [make_case(by=sari, second=budi, at=MONDAY + timedelta(minutes=n)) for n in range(7)]
    assignment.take(case=cases[6], by=budi, at=MONDAY)
    assert share_out(by=sari, at=MONDAY).given == 6
    assert held() == {"budi": 3, "citra": 2, "sari": 2, "wayan": 0}
    assert [Case.objects.get(pk=case.pk).assigned_to.username for case in cases[:3]] == ["citra", "sari", "budi"]
    assert share_out(by=sari, at=MONDAY).given == 0


def test_cases_of_other_regions_and_finished_ones_are_not_shared_out(sari, budi, wayan):
    make_case(by=wayan, second=wayan, region_code="51.71")
    make_case(by=sari, second=budi, status=Status.SELESAI)
    assert share_out(by=sari, at=MONDAY).given == 0


def test_who_is_away_gets_no_case(sari, budi, citra):
    away(citra, budi)
    case = make_case(by=sari, second=budi)
    with pytest.raises(ActionRefused, match="citra sedang cuti"):
        assignment.give(case=case, to=citra, by=sari, at=MONDAY)
    make_case(by=sari, second=budi)
    assert share_out(by=sari, at=MONDAY).given == 2
    assert held()["citra"] == 0
    assert [load.is_away for load in loads(sari, at=MONDAY) if load.person == citra] == [True]


def test_cases_of_who_is_away_show_at_the_cover_for_those_days(sari, budi, citra):
    case = make_case(by=sari, second=budi)
    assignment.take(case=case, by=sari, at=MONDAY)
    away(sari, budi)
    assert list(cases_in(Tab.MINE, by=budi, at=MONDAY)) == [case]
    assert list(cases_in(Tab.MINE, by=citra, at=MONDAY)) == []
    assert list(cases_in(Tab.MINE, by=budi, at=MONDAY + timedelta(days=6))) == []
    end_leave(leave_id=Leave.objects.get().pk, by=sari, at=MONDAY)
    assert list(cases_in(Tab.MINE, by=budi, at=MONDAY)) == []
    assert list(AuditEvent.objects.filter(subject_kind="leave").oldest_first().values_list("action", flat=True)) == [
        "cuti_dicatat",
        "cuti_diakhiri",
    ]


def test_a_colleague_who_is_ill_is_put_on_leave_by_another_and_comes_back(sari, budi, citra, kartika):
    leave = plan_leave(first=TODAY, last=TODAY, cover=sari, by=budi, at=MONDAY, who=citra)
    assert (leave.user, leave.by, leave.cover) == (citra, budi, sari)
    assert [load.is_away for load in loads(sari, at=MONDAY) if load.person == citra] == [True]
    with pytest.raises(ActionRefused, match="bukan milik"):
        end_leave(leave_id=leave.pk, by=sari, at=MONDAY)
    end_leave(leave_id=leave.pk, by=citra, at=MONDAY)
    with pytest.raises(FactsRefused) as refused:
        plan_leave(first=TODAY, last=TODAY, cover=sari, by=budi, at=MONDAY, who=kartika)
    assert set(refused.value.problems) == {"who"}


def test_a_case_goes_past_who_keeps_out_of_it_to_the_next(sari, budi, citra):
    case, other = make_case(by=sari, second=budi), make_case(by=sari, second=budi, at=MONDAY + timedelta(hours=1))
    declare_conflict(case=case, kind=ConflictKind.FAMILY, note="", by=budi, at=MONDAY)
    assert share_out(by=sari, at=MONDAY).given == 2
    assert [Case.objects.get(pk=row.pk).assigned_to.username for row in (case, other)] == ["citra", "budi"]


def test_a_case_everybody_keeps_out_of_waits_without_stopping_the_others(sari, budi, wayan):
    case, other = make_case(by=sari, second=budi), make_case(by=sari, second=budi)
    declare_conflict(case=case, kind=ConflictKind.WORK, note="", by=budi, at=MONDAY)
    away(sari, budi)
    assert share_out(by=sari, at=MONDAY).given == 1
    assert [Case.objects.get(pk=row.pk).assigned_to for row in (case, other)] == [None, budi]


def leaving_meanwhile(person, cover):
    """`give` with a leave that is recorded after the list of who is present was read."""

    def give(**given):
        if not Leave.objects.exists():
            away(person, cover)
        return assignment.give(**given)

    return give


def test_who_goes_on_leave_meanwhile_is_passed_over_and_the_sharing_goes_on(sari, budi, citra, monkeypatch):
    for _number in range(4):
        make_case(by=sari, second=budi)
    monkeypatch.setattr("cases.workload.give", leaving_meanwhile(budi, sari))
    shared = share_out(by=sari, at=MONDAY)
    assert (shared.given, shared.refused, held()) == (4, [], {"budi": 0, "citra": 2, "sari": 2, "wayan": 0})


def test_the_page_says_how_many_cases_could_not_be_given_and_why(client, sari, budi, monkeypatch):
    case, other = make_case(by=sari, second=budi), make_case(by=sari, second=budi)
    declare_conflict(case=case, kind=ConflictKind.WORK, note="", by=budi, at=MONDAY)
    declare_conflict(case=case, kind=ConflictKind.WORK, note="", by=sari, at=MONDAY)
    chief = make_user("doni", Role.REVIEWER_BAWASLU, "33.74", "Bawaslu Kota Semarang")
    plan_leave(first=date(2024, 1, 1), last=date(2099, 1, 1), cover=budi, by=chief, at=MONDAY)
    client.force_login(chief)
    text = client.post(reverse("cases:share-out"), follow=True).content.decode()
    assert "1 kasus dibagikan" in text
    assert "1 kasus belum diberikan. Semua petugas yang hadir mundur dari kasus itu." in text
    assert [Case.objects.get(pk=row.pk).assigned_to for row in (case, other)] == [None, budi]


@pytest.mark.parametrize("change", [{"is_active": False}, {"region_code": "51.71"}])
def test_cases_of_who_left_the_office_are_shared_out_too(change, sari, budi, citra):
    case = make_case(by=sari, second=budi)
    assignment.take(case=case, by=citra, at=MONDAY)
    assert share_out(by=sari, at=MONDAY).given == 0
    type(citra).objects.filter(pk=citra.pk).update(**change)
    assert share_out(by=sari, at=MONDAY).given == 1
    assert Case.objects.get(pk=case.pk).assigned_to == budi


def test_kesbangpol_takes_single_cases_and_does_not_share_out_bawaslus(sari, budi, kartika):
    case = make_case(by=sari, second=budi)
    with pytest.raises(ActionRefused, match="tidak berwenang"):
        share_out(by=kartika, at=MONDAY)
    assert assignment.take(case=case, by=kartika, at=MONDAY).assigned_to == kartika


def test_the_office_sees_who_is_late_and_with_what(client, sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL)
    assignment.take(case=case, by=budi, at=MONDAY)
    later = MONDAY + timedelta(days=30)
    found = {load.person.username: (load.open_cases, load.overdue) for load in loads(sari, at=later)}
    assert found == {"budi": (1, 1), "sari": (0, 0)}
    client.force_login(sari)
    link = f"{reverse('cases:inbox')}?daftar=semua&amp;holder={budi.pk}"
    assert link in client.get(reverse("cases:workload")).content.decode()
    assert case.reference in client.get(link.replace("&amp;", "&")).content.decode()
    assert case.reference not in client.get(f"{reverse('cases:inbox')}?daftar=semua&holder={sari.pk}").content.decode()


def test_only_who_is_away_or_recorded_it_is_offered_to_end_a_leave(client, sari, budi, citra):
    plan_leave(first=TODAY, last=TODAY, cover=sari, by=budi, at=MONDAY, who=citra)
    assert [(row.leave.user, row.may_end) for row in leave_rows(citra, day=TODAY)] == [(citra, True)]
    assert [row.may_end for row in leave_rows(budi, day=TODAY)] == [True]
    assert [row.may_end for row in leave_rows(sari, day=TODAY)] == [False]
    assert leave_rows(sari, day=TODAY + timedelta(days=1)) == []


@pytest.mark.parametrize(("who", "field"), [("sari", "cover"), ("wayan", "cover"), ("kartika", "cover")])
def test_only_a_colleague_covers(sari, who, field, request):
    with pytest.raises(FactsRefused) as refused:
        away(sari, request.getfixturevalue(who))
    assert set(refused.value.problems) == {field}


def test_nobody_is_away_and_covers_at_once(sari, budi, citra):
    away(sari, budi)
    with pytest.raises(FactsRefused, match="menggantikan"):
        away(budi, citra)
    with pytest.raises(FactsRefused, match="juga cuti"):
        away(citra, sari)
    with pytest.raises(FactsRefused, match="sudah dicatat"):
        away(sari, citra)


def test_days_in_the_wrong_order_are_refused(sari, budi):
    with pytest.raises(FactsRefused, match="mendahului"):
        plan_leave(first=date(2024, 10, 20), last=date(2024, 10, 19), cover=budi, by=sari, at=MONDAY)


def test_the_page_gives_shares_out_and_records_leave(client, sari, budi):
    case = make_case(by=sari, second=budi)
    client.force_login(sari)
    address = reverse("cases:give-case", args=[case.pk])
    assert "0 kasus terbuka" in client.get(address).content.decode()
    assert client.post(address, {"to": budi.pk, "version": case.version}).status_code == 302
    assert Case.objects.get().assigned_to == budi
    make_case(by=sari, second=budi)
    client.post(reverse("cases:share-out"))
    assert held()["sari"] == 1
    days = {"first": "2030-01-01", "last": "2030-01-05", "cover": budi.pk}
    assert client.post(reverse("cases:add-leave"), days | {"last": "2029-01-01"}).status_code == 422
    assert client.post(reverse("cases:add-leave"), days).status_code == 302
    client.post(reverse("cases:stop-leave"), {"leave": Leave.objects.get().pk})
    assert Leave.objects.get().ended_at


def test_no_mail_is_sent_in_the_whole_life_of_a_case(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.SELESAI)
    report = case.case_reports.get().report
    messages.send_to_reporter(case=case, text="Terima kasih.", by=sari, at=MONDAY)
    messages.receive_from_reporter(report=report, text="Sama-sama.", at=MONDAY)
    assert mail.outbox == []
