"""Summonses: the second and last one, delivery, another date, witnesses, and what Kesbangpol's hearing ends in."""

from datetime import date, time, timedelta

import pytest

from accounts.models import AuditEvent
from cases.documents import prepare_waiting_pages
from cases.facts import ClarificationPlan, ClarificationResult, StatusCorrection
from cases.models import (
    ClarificationEnding,
    ClarificationHost,
    ClarificationMethod,
    HeardRole,
    ServiceWay,
    SummonsService,
)
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.status import Status
from cases.summons import OtherSummons, Service, move_hearing, record_service, refuse_date, summon_other
from cases.workflow import Action, refusal
from reports.originals import Picture
from tests.case_factories import MONDAY, ROOM, make_case, step
from tests.clarification_factories import deliver
from tests.factories import png

TODAY = MONDAY.date()


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KLARIFIKASI)


@pytest.fixture
def summons(case):
    return case.clarifications.get()


def held(**changes) -> ClarificationResult:
    facts = {
        "held_date": TODAY,
        "attended": True,
        "method": ClarificationMethod.IN_PERSON,
        "minutes": "Terlapor menjelaskan.",
    }
    return ClarificationResult(**(facts | changes))


def plan(host=ClarificationHost.BAWASLU, day=TODAY) -> ClarificationPlan:
    return ClarificationPlan(
        scheduled_date=day, starts=time(9), place=ROOM, method=ClarificationMethod.IN_PERSON, host=host
    )


def service(**changes) -> Service:
    facts = {"way": ServiceWay.SUPERIOR, "served_date": TODAY, "served_by": "Sekretaris camat"}
    return Service(**(facts | changes))


def other(**changes) -> OtherSummons:
    facts = {
        "role": HeardRole.SUPERIOR,
        "person_name": "Camat Tembalang",
        "person_post": "Camat",
        "scheduled_date": TODAY,
        "starts": time(9),
        "place": ROOM,
        "method": ClarificationMethod.IN_PERSON,
        "host": ClarificationHost.INSPEKTORAT,
    }
    return OtherSummons(**(facts | changes))


def kesbangpol_case(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI)
    return step(case, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=plan(ClarificationHost.KESBANGPOL))


def last_event(case):
    return AuditEvent.objects.about(case.pk).order_by("id").last()


def test_who_does_not_come_is_summoned_once_more_and_the_first_is_on_record(case, summons, budi):
    step(deliver(case, by=budi), Action.JADWALKAN_ULANG, by=budi)
    summons.refresh_from_db()
    second = case.clarifications.order_by("id").last()
    assert (summons.number, summons.attended, summons.recorded_by) == (1, False, budi)
    assert (second.number, second.is_open) == (2, True)
    assert last_event(case).told["summons"] == 2


def test_there_is_no_third_summons_and_the_study_goes_on_without(case, sari):
    step(deliver(case, by=sari), Action.JADWALKAN_ULANG, by=sari, facts=plan())
    deliver(case, by=sari)
    assert "dua kali" in refusal(case, Action.JADWALKAN_ULANG, sari)
    with pytest.raises(ActionRefused, match="dua kali"):
        step(case, Action.JADWALKAN_ULANG, by=sari)
    case = step(case, Action.CATAT_KLARIFIKASI, by=sari, facts=held(attended=False))
    assert case.status == Status.KAJIAN
    assert [row.attended for row in case.clarifications.order_by("id")] == [False, False]
    assert last_event(case).told["attended"] is False


@pytest.mark.parametrize(
    ("target", "action"),
    [(Status.KLARIFIKASI, Action.JADWALKAN_ULANG), (Status.DIREGISTRASI, Action.JADWALKAN_KLARIFIKASI)],
)
def test_who_stayed_away_before_a_correction_has_the_last_summons_after_it(target, action, case, sari, nasrul):
    step(deliver(case, by=sari), Action.JADWALKAN_ULANG, by=sari, facts=plan())
    step(deliver(case, by=sari), Action.CATAT_KLARIFIKASI, by=sari, facts=held(attended=False))
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=target))
    step(case, action, by=sari, facts=plan())
    assert [row.number for row in case.clarifications.order_by("id")] == [1, 2, 2]
    assert "dua kali" in refusal(case, Action.JADWALKAN_ULANG, sari)
    case = step(deliver(case, by=sari), Action.CATAT_KLARIFIKASI, by=sari, facts=held(attended=False))
    assert case.status == Status.KAJIAN


def test_who_came_before_a_correction_is_summoned_twice_all_the_same(case, sari, nasrul):
    summon_other(case=case, summons=other(), by=sari, at=MONDAY)
    step(case, Action.CATAT_KLARIFIKASI, by=sari, facts=held())
    case.clarifications.exclude(role=HeardRole.RESPONDENT).update(
        held_date=TODAY, attended=False, recorded_by=sari, recorded_at=MONDAY
    )
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.KLARIFIKASI))
    step(case, Action.JADWALKAN_ULANG, by=sari, facts=plan())
    assert case.clarifications.of_respondent().open().get().number == 1


def test_before_the_day_of_the_first_summons_there_is_no_second(case, summons, sari):
    move_hearing(clarification=summons, new_date=TODAY + timedelta(days=2), reason="Dinas.", by=sari, at=MONDAY)
    with pytest.raises(ActionRefused, match="belum lewat"):
        step(case, Action.JADWALKAN_ULANG, by=sari)
    assert case.clarifications.count() == 1


def test_a_hearing_is_moved_and_the_old_date_stays_on_record(case, summons, sari):
    for days in (2, 5):
        move_hearing(clarification=summons, new_date=TODAY + timedelta(days=days), reason="Dinas.", by=sari, at=MONDAY)
    summons.refresh_from_db()
    assert summons.scheduled_date == TODAY + timedelta(days=5)
    assert [row.old_date for row in summons.schedule_changes.order_by("id")] == [TODAY, TODAY + timedelta(days=2)]
    assert case.clarifications.get().number == 1
    assert last_event(case).action == "jadwal_dipindahkan"


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
def test_a_hearing_is_not_moved_into_the_past(day, summons, sari):
    with pytest.raises(FactsRefused) as refused:
        move_hearing(clarification=summons, new_date=day, reason="Dinas.", by=sari, at=MONDAY)
    assert list(refused.value.problems) == ["new_date"]


def test_a_held_hearing_is_not_moved(case, summons, sari):
    step(case, Action.CATAT_KLARIFIKASI, by=sari)
    with pytest.raises(ActionRefused, match="sudah dicatat"):
        move_hearing(clarification=summons, new_date=date(2024, 10, 20), reason="Dinas.", by=sari, at=MONDAY)


def test_moving_grants_the_wish_and_refusing_answers_it_once(summons, sari):
    wish = summons.schedule_requests.create(wanted_date=date(2024, 10, 20), reason="Sakit.", at=MONDAY)
    move_hearing(clarification=summons, new_date=date(2024, 10, 20), reason="Sakit.", by=sari, at=MONDAY)
    wish.refresh_from_db()
    assert (wish.is_granted, wish.decided_by) == (True, sari)
    with pytest.raises(ActionRefused, match="sudah dijawab"):
        refuse_date(request=wish, remark="Tidak bisa.", by=sari, at=MONDAY)
    later = summons.schedule_requests.create(wanted_date=date(2024, 10, 25), reason="Lagi.", at=MONDAY)
    refuse_date(request=later, remark="Batas waktu sudah dekat.", by=sari, at=MONDAY)
    assert (later.is_granted, later.remark) == (False, "Batas waktu sudah dekat.")


def test_each_way_of_delivery_is_kept_with_its_sealed_photo(case, summons, sari, budi):
    first = record_service(clarification=summons, service=service(), by=sari, at=MONDAY)
    second = record_service(
        clarification=summons, service=service(way=ServiceWay.POST, photos=[Picture.of(png())]), by=budi, at=MONDAY
    )
    assert first.document is None
    assert prepare_waiting_pages(at=MONDAY) == 1
    assert second.document.pages.get().is_viewable
    assert last_event(case).action == "berkas_diolah"
    assert AuditEvent.objects.filter(action="panggilan_disampaikan").count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"served_date": TODAY + timedelta(days=1)}, "served_date"),
        ({"served_by": "  "}, "served_by"),
        ({"note": "x" * 1001}, "note"),
        ({"photos": [None] * 6}, "photos"),
    ],
)
def test_a_delivery_that_cannot_be_is_said_at_its_field(changes, field, summons, sari):
    with pytest.raises(FactsRefused) as refused:
        record_service(clarification=summons, service=service(**changes), by=sari, at=MONDAY)
    assert list(refused.value.problems) == [field]
    assert not SummonsService.objects.exists()


def test_witnesses_and_superiors_are_rows_of_their_own_and_leave_the_road_alone(case, summons, sari):
    row = summon_other(case=case, summons=other(), by=sari, at=MONDAY)
    assert (row.role, row.host, row.number) == ("atasan", "inspektorat", 1)
    case = step(case, Action.CATAT_KLARIFIKASI, by=sari)
    row.refresh_from_db()
    summons.refresh_from_db()
    assert (row.is_open, summons.is_open) == (True, False)


def test_a_witness_alone_is_no_hearing_of_the_respondent(case, summons, sari):
    summon_other(case=case, summons=other(), by=sari, at=MONDAY)
    held = {"held_date": TODAY, "attended": False, "recorded_by": sari, "recorded_at": MONDAY}
    case.clarifications.filter(pk=summons.pk).update(**held)
    assert "Belum ada jadwal" in refusal(case, Action.CATAT_KLARIFIKASI, sari)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": HeardRole.RESPONDENT}, "role"),
        ({"person_name": ""}, "person_name"),
        ({"scheduled_date": TODAY - timedelta(days=1)}, "scheduled_date"),
    ],
)
def test_an_invitation_that_cannot_be_is_said_at_its_field(changes, field, case, sari):
    with pytest.raises(FactsRefused) as refused:
        summon_other(case=case, summons=other(**changes), by=sari, at=MONDAY)
    assert list(refused.value.problems) == [field]


def test_nobody_outside_the_case_and_nobody_who_only_checks_does_any_of_it(case, summons, wayan, aminah):
    for person, why in ((wayan, NotVisible), (aminah, ActionRefused)):
        with pytest.raises(why):
            record_service(clarification=summons, service=service(), by=person, at=MONDAY)
        with pytest.raises(why):
            move_hearing(clarification=summons, new_date=date(2024, 10, 20), reason="x", by=person, at=MONDAY)
        with pytest.raises(why):
            summon_other(case=case, summons=other(), by=person, at=MONDAY)


@pytest.mark.parametrize("ending", ClarificationEnding)
def test_a_hearing_by_kesbangpol_reaches_bawaslus_study_as_a_proposal(ending, sari, budi, kartika):
    case = kesbangpol_case(sari, budi)
    facts = held(ending=ending, ending_text="Diingatkan lisan.")
    case = step(case, Action.CATAT_KLARIFIKASI, by=kartika, facts=facts)
    assert (case.status, case.outcome) == (Status.KAJIAN, "")
    row, note = case.clarifications.get(), case.notes.get()
    assert (row.ending, row.ending_text) == (ending, "Diingatkan lisan.")
    assert (note.is_proposal, note.by) == (True, kartika)
    assert "Diingatkan lisan." in note.text
    details = last_event(case).told
    assert details["ending"] == ending
    assert "Diingatkan" not in str(details)
    assert all(refusal(case, action, kartika) for action in Action), "Kesbangpol ends nothing"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "ending"),
        ({"ending": ClarificationEnding.PROPOSAL}, "ending_text"),
        ({"ending": ClarificationEnding.GUIDANCE, "ending_text": "x", "attended": False}, "ending"),
    ],
)
def test_a_hearing_by_kesbangpol_needs_its_ending(changes, field, sari, budi, kartika):
    case = kesbangpol_case(sari, budi)
    with pytest.raises(FactsRefused) as refused:
        step(case, Action.CATAT_KLARIFIKASI, by=kartika, facts=held(**changes))
    assert list(refused.value.problems) == [field]
    case.refresh_from_db()
    assert case.status == Status.KLARIFIKASI
    assert not case.notes.exists()


def test_no_other_hearing_ends_that_way(case, sari):
    facts = held(ending=ClarificationEnding.PROPOSAL, ending_text="x")
    with pytest.raises(FactsRefused, match="Hanya klarifikasi oleh Kesbangpol"):
        step(case, Action.CATAT_KLARIFIKASI, by=sari, facts=facts)


def test_the_number_of_the_invitation_is_kept(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI)
    facts = ClarificationPlan(
        scheduled_date=TODAY,
        method=ClarificationMethod.ONLINE,
        host=ClarificationHost.BKN,
        letter_number=" 45/PM.06.02/X/2024 ",
    )
    step(case, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=facts)
    assert case.clarifications.get().letter_number == "45/PM.06.02/X/2024"
    assert last_event(case).told["letter_number"] == "45/PM.06.02/X/2024"
