"""Nobody is said not to have come before the hour, to a summons that never reached them, or without a second one."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from cases.clarification_room import clarification_room
from cases.facts import ClarificationPlan, ClarificationResult
from cases.models import ClarificationHost, ClarificationMethod, ServiceWay
from cases.refusals import ActionRefused, FactsRefused
from cases.respondent_access import current_access, record_entry
from cases.status import Status
from cases.summons import Service, move_hearing, record_service
from cases.workflow import Action
from tests.case_factories import MONDAY, ROOM, make_case, step
from tests.clarification_factories import deliver, invite
from tests.conftest import make_user
from tests.hearing_factories import summon_witness

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SET_FOR = TODAY + 3 * DAY
WIT = ZoneInfo("Asia/Jayapura")


def plan(day=SET_FOR, **changes) -> ClarificationPlan:
    facts = {
        "scheduled_date": day,
        "starts": time(9),
        "place": ROOM,
        "method": ClarificationMethod.IN_PERSON,
        "host": ClarificationHost.BAWASLU,
    }
    return ClarificationPlan(**(facts | changes))


def held(day, *, attended) -> ClarificationResult:
    minutes = "Menjelaskan." if attended else "Ditunggu sampai sore."
    return ClarificationResult(held_date=day, attended=attended, method=ClarificationMethod.IN_PERSON, minutes=minutes)


def nine(day, zone=MONDAY.tzinfo) -> datetime:
    return datetime.combine(day, time(9), zone)


@pytest.fixture
def registered(sari, budi):
    return make_case(by=sari, second=budi, status=Status.DIREGISTRASI)


@pytest.fixture
def case(registered, sari):
    """Summoned on Monday to come on Thursday at nine; nothing is delivered yet."""
    return step(registered, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=plan())


@pytest.fixture
def summoned_twice(case, sari):
    """Summoned again to come a week later, with the first summons delivered and the second not yet."""
    deliver(case, by=sari)
    return step(case, Action.JADWALKAN_ULANG, by=sari, at=nine(SET_FOR), facts=plan(SET_FOR + 7 * DAY))


def summon_again(case, by, at, **changes):
    return step(case, Action.JADWALKAN_ULANG, by=by, at=at, facts=plan(at.date() + 7 * DAY, **changes))


def stayed_away(case, by, at, day=None):
    return step(case, Action.CATAT_KLARIFIKASI, by=by, at=at, facts=held(day or at.date(), attended=False))


def untouched(case):
    case.refresh_from_db()
    waiting = case.clarifications.get(held_date=None)
    return case.status == Status.KLARIFIKASI and waiting.attended is None


@pytest.mark.parametrize("at", [MONDAY, nine(SET_FOR) - MINUTE, nine(SET_FOR), nine(SET_FOR + 30 * DAY)])
def test_after_the_first_summons_no_absence_ends_the_hearing_whenever_it_is_tried(at, case, sari):
    deliver(case, by=sari)
    with pytest.raises(FactsRefused, match=r"berhak atas panggilan kedua. Pilih langkah «Panggil") as refused:
        stayed_away(case, sari, at)
    assert list(refused.value.problems) == ["attended"]
    assert untouched(case)


@pytest.mark.parametrize("at", [MONDAY, nine(SET_FOR) - MINUTE])
def test_before_the_hour_nobody_is_summoned_again_for_not_coming(at, case, sari):
    deliver(case, by=sari)
    with pytest.raises(ActionRefused, match=r"17 Oktober 2024 pukul 09.00, belum lewat.*memindahkan tanggal"):
        summon_again(case, sari, at)
    assert untouched(case)
    assert summon_again(case, sari, nine(SET_FOR)).clarifications.count() == 2


def test_the_hour_is_that_of_the_office(reference):
    by = make_user("yosina", Role.REVIEWER_BAWASLU, "91.71", "Bawaslu Kota Jayapura")
    case = make_case(by=by, second=by, status=Status.DIREGISTRASI, region_code="91.71")
    step(case, Action.JADWALKAN_KLARIFIKASI, by=by, facts=plan())
    deliver(case, by=by)
    with pytest.raises(ActionRefused, match="belum lewat"):
        summon_again(case, by, nine(SET_FOR, WIT) - MINUTE)
    assert summon_again(case, by, nine(SET_FOR, WIT)).clarifications.count() == 2


@pytest.mark.parametrize("method", [ClarificationMethod.WRITTEN, ClarificationMethod.ONLINE])
def test_without_an_hour_the_whole_day_is_theirs(method, registered, sari):
    facts = plan(starts=None, method=method, letter_number="45/X/2024")
    case = deliver(step(registered, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=facts), by=sari)
    midnight = datetime.combine(SET_FOR + DAY, time.min, MONDAY.tzinfo)
    with pytest.raises(ActionRefused, match="17 Oktober 2024, belum lewat"):
        summon_again(case, sari, midnight - MINUTE)
    assert summon_again(case, sari, midnight).clarifications.count() == 2


def test_a_summons_nobody_delivered_was_not_missed(case, sari):
    late = nine(SET_FOR + DAY)
    with pytest.raises(ActionRefused, match=r"Belum tercatat.*Catat penyampaiannya"):
        summon_again(case, sari, late)
    assert untouched(case)
    deliver(case, by=sari, at=late)
    with pytest.raises(ActionRefused, match="Belum tercatat"):
        summon_again(case, sari, late)
    in_time = Service(way=ServiceWay.POST, served_date=SET_FOR, served_by="Kurir")
    record_service(clarification=case.clarifications.get(), service=in_time, by=sari, at=late)
    assert summon_again(case, sari, late).clarifications.count() == 2


def test_a_summons_made_after_its_own_hour_cannot_be_missed(registered, sari):
    facts = plan(TODAY, starts=time(8, 59))
    case = deliver(step(registered, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=facts), by=sari)
    with pytest.raises(ActionRefused, match=r"sesudah jadwalnya sendiri lewat.*Pindahkan tanggalnya"):
        summon_again(case, sari, MONDAY)
    moved, hearing = TODAY + DAY, case.clarifications.get()
    move_hearing(clarification=hearing, new_date=moved, reason="Keliru.", by=sari, at=MONDAY)
    deliver(case, by=sari)
    assert summon_again(case, sari, nine(moved)).clarifications.count() == 2


def test_a_hearing_that_was_moved_is_told_anew(case, sari):
    deliver(case, by=sari)
    hearing, moved = case.clarifications.get(), SET_FOR + 2 * DAY
    move_hearing(clarification=hearing, new_date=moved, reason="Dinas.", by=sari, at=MONDAY + MINUTE)
    with pytest.raises(ActionRefused, match=r"19 Oktober 2024 pukul 09.00, belum lewat"):
        summon_again(case, sari, nine(SET_FOR))
    with pytest.raises(ActionRefused, match="Belum tercatat"):
        summon_again(case, sari, nine(moved))
    deliver(case, by=sari, at=MONDAY + 2 * MINUTE)
    assert summon_again(case, sari, nine(moved)).clarifications.count() == 2


def came_in(case, by, at):
    """Opens their page with a code, made at that moment where there is none that works."""
    access = current_access(case) or invite(case, by=by, at=at).access
    record_entry(access=access, by=None, at=at)


def test_who_came_in_with_the_code_before_the_hour_knew_of_the_date(case, sari):
    came_in(case, sari, nine(SET_FOR) - MINUTE)
    assert summon_again(case, sari, nine(SET_FOR)).clarifications.count() == 2


def test_an_officer_who_tries_the_code_proves_no_delivery(case, sari, client):
    access = invite(case, by=sari, at=timezone.now())
    client.force_login(sari)
    assert client.post(reverse("cases:respondent-code"), {"code": access.code}).status_code == 302
    (entry,) = AuditEvent.objects.about(case.pk).filter(action="terlapor_masuk")
    assert entry.actor == sari
    record_entry(access=access.access, by=sari, at=nine(SET_FOR) - MINUTE)
    with pytest.raises(ActionRefused, match="Belum tercatat"):
        summon_again(case, sari, nine(SET_FOR))


def test_who_came_in_only_after_the_hour_did_not_know_of_it_in_time(case, sari):
    came_in(case, sari, nine(SET_FOR))
    with pytest.raises(ActionRefused, match="Belum tercatat"):
        summon_again(case, sari, nine(SET_FOR))


def test_who_came_in_before_the_hearing_was_moved_knew_of_another_date(case, sari):
    came_in(case, sari, MONDAY)
    moved = SET_FOR + 2 * DAY
    move_hearing(clarification=case.clarifications.get(), new_date=moved, reason="x", by=sari, at=MONDAY + MINUTE)
    with pytest.raises(ActionRefused, match="Belum tercatat"):
        summon_again(case, sari, nine(moved))
    came_in(case, sari, MONDAY + 2 * MINUTE)
    assert summon_again(case, sari, nine(moved)).clarifications.count() == 2


def test_an_entry_before_the_second_summons_tells_nothing_of_it(summoned_twice, case, sari, budi):
    second = SET_FOR + 7 * DAY
    came_in(summoned_twice, sari, nine(SET_FOR) - MINUTE)
    another = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    came_in(another, sari, nine(SET_FOR) + DAY)
    with pytest.raises(FactsRefused, match="Belum tercatat"):
        stayed_away(summoned_twice, sari, nine(second))
    came_in(summoned_twice, sari, nine(SET_FOR) + DAY)
    assert stayed_away(summoned_twice, sari, nine(second)).status == Status.KAJIAN


def test_the_page_of_the_hearing_warns_of_what_will_be_refused(case, sari):
    def warning(at):
        return clarification_room(case, by=sari, at=at).summonses[0].warning

    assert warning(MONDAY).startswith("Belum ada catatan penyampaian untuk jadwal ini, 17 Oktober 2024 pukul 09.00.")
    with pytest.raises(ActionRefused) as refused:
        summon_again(case, sari, nine(SET_FOR))
    assert warning(nine(SET_FOR)) == str(refused.value)
    deliver(case, by=sari)
    assert warning(MONDAY) == warning(nine(SET_FOR)) == ""
    moved = SET_FOR + 2 * DAY
    move_hearing(clarification=case.clarifications.get(), new_date=moved, reason="x", by=sari, at=MONDAY + MINUTE)
    assert "19 Oktober 2024" in warning(MONDAY + MINUTE), "the delivery told another date"
    came_in(case, sari, MONDAY + 2 * MINUTE)
    assert warning(MONDAY + 2 * MINUTE) == ""


def test_nothing_is_warned_of_once_a_hearing_was_recorded_or_for_witnesses(case, sari):
    step(case, Action.CATAT_KLARIFIKASI, by=sari, facts=held(TODAY, attended=True))
    summon_witness(case, "Siti", sari)
    assert [row.warning for row in clarification_room(case, by=sari, at=MONDAY).summonses] == ["", ""]


def test_the_second_summons_is_awaited_and_delivered_like_the_first(summoned_twice, sari):
    case, second = summoned_twice, SET_FOR + 7 * DAY
    with pytest.raises(FactsRefused, match="belum lewat") as refused:
        stayed_away(case, sari, nine(second) - MINUTE)
    assert list(refused.value.problems) == ["attended"]
    with pytest.raises(FactsRefused, match="Belum tercatat"):
        stayed_away(case, sari, nine(second))
    deliver(case, by=sari, at=nine(SET_FOR))
    with pytest.raises(FactsRefused, match="sebelum jadwal") as refused:
        stayed_away(case, sari, nine(second), day=second - DAY)
    assert list(refused.value.problems) == ["held_date"]
    assert untouched(case)
    assert stayed_away(case, sari, nine(second)).status == Status.KAJIAN
    assert [row.attended for row in case.clarifications.order_by("id")] == [False, False]


@pytest.mark.parametrize("times", [1, 2])
def test_who_comes_early_by_agreement_is_heard_without_more_ado(times, request, sari):
    case = request.getfixturevalue("case" if times == 1 else "summoned_twice")
    at = MONDAY if times == 1 else nine(SET_FOR + DAY)
    facts = held(at.date(), attended=True)
    assert step(case, Action.CATAT_KLARIFIKASI, by=sari, at=at, facts=facts).status == Status.KAJIAN


def test_a_date_moved_since_the_page_was_opened_counts(case, sari):
    deliver(case, by=sari)
    opened = type(case).objects.prefetch_related("clarifications").get(pk=case.pk)
    assert opened.clarifications.all()[0].scheduled_date == SET_FOR
    moved = SET_FOR + 2 * DAY
    move_hearing(clarification=case.clarifications.get(), new_date=moved, reason="Dinas.", by=sari, at=MONDAY)
    with pytest.raises(ActionRefused, match="19 Oktober 2024"):
        summon_again(opened, sari, nine(SET_FOR))
    assert untouched(case)
