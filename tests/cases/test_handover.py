"""A case changes office when the receiving one accepts; until then the giver has it, and Kesbangpol hears nothing."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from accounts.roles import Role
from cases.actions import Action
from cases.handover import (
    decline_handover,
    propose_handover,
    proposing_refusal,
    withdraw_handover,
)
from cases.handover_page import handover_sheet, handovers_waiting
from cases.models import Case, ConflictKind, Handover
from cases.recusals import declare_conflict
from cases.refusals import ActionRefused, FactsRefused, NotVisible, SomebodyWasFaster
from cases.status import Status
from cases.timeline import timeline
from cases.workflow import perform
from regions.models import Region
from tests.case_factories import MONDAY, make_case, other_region, receiver_in, step
from tests.conftest import make_user

pytestmark = pytest.mark.django_db
DENPASAR, JAYAPURA = "51.71", "91.71"
WHY = "Kejadiannya di sana, menurut unggahan."


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL)


@pytest.fixture
def offer(sari):
    def build(case, region=DENPASAR):
        return propose_handover(case=case, region=Region.objects.get(pk=region), reason=WHY, by=sari, at=MONDAY)

    return build


def accept(case, by, at=MONDAY):
    return perform(case=Case.objects.get(pk=case.pk), action=Action.ALIHKAN, by=by, at=at)


def events(case, *names):
    return AuditEvent.objects.about(case.pk).filter(action__in=names).order_by("id")


def test_the_giver_keeps_the_case_until_the_receiver_accepts(case, offer, sari, wayan):
    row = offer(case)
    assert Case.objects.get(pk=case.pk).region_id == "33.74"
    assert not Case.objects.visible_to(wayan).exists()
    moved = accept(case, wayan)
    row.refresh_from_db()
    assert (moved.region_id, moved.status, moved.assigned_to) == (DENPASAR, Status.MASUK, None)
    assert (row.answer, row.answered_by, row.from_region_id) == ("accepted", wayan, "33.74")
    assert not Case.objects.visible_to(sari).exists()
    assert events(case, "alihkan").get().details["to_region"] == DENPASAR


def test_the_giver_works_on_meanwhile_and_may_register_so_that_the_proposal_lapses(case, offer, sari, wayan):
    offer(case)
    step(case, Action.DAFTARKAN, by=sari)
    assert handovers_waiting(wayan, at=MONDAY) == []
    with pytest.raises(ActionRefused):
        accept(case, wayan)
    assert Case.objects.get(pk=case.pk).region_id == "33.74"


def test_declining_leaves_the_case_and_says_why_to_the_giver(case, offer, sari, wayan):
    row = offer(case)
    decline_handover(handover=row, reason="Pelakunya pegawai Semarang.", by=wayan, at=MONDAY)
    told = timeline(case, by=sari)[-1]
    assert (told.what, told.who) == ("Usulan alih ditolak kantor tujuan", "wayan")
    assert ("Alasan", "Pelakunya pegawai Semarang.") in told.lines
    with pytest.raises(ActionRefused, match="sudah dijawab"):
        decline_handover(handover=row, reason="Lagi.", by=wayan, at=MONDAY)
    assert offer(case).pk != row.pk, "another try is another proposal"


def test_declining_needs_a_reason_and_proposing_too(case, offer, sari, wayan):
    with pytest.raises(FactsRefused) as refused:
        propose_handover(case=case, region=other_region(), reason=" ", by=sari, at=MONDAY)
    assert set(refused.value.problems) == {"reason"}
    with pytest.raises(FactsRefused) as refused:
        propose_handover(case=case, region=case.region, reason=WHY, by=sari, at=MONDAY)
    assert set(refused.value.problems) == {"region"}
    with pytest.raises(FactsRefused) as refused:
        decline_handover(handover=offer(case), reason="", by=wayan, at=MONDAY)
    assert set(refused.value.problems) == {"reason"}


def test_a_withdrawn_proposal_cannot_be_accepted(case, offer, budi, wayan):
    withdraw_handover(handover=offer(case), by=budi, at=MONDAY)
    with pytest.raises(NotVisible):
        accept(case, wayan)
    assert [event.action for event in events(case, "alih_diusulkan", "alih_ditarik")] == [
        "alih_diusulkan",
        "alih_ditarik",
    ]


def test_one_proposal_waits_at_a_time(case, offer):
    row = offer(case)
    with pytest.raises(ActionRefused, match="sudah diusulkan"):
        offer(case, "33.72")
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(
            case=case, from_region_id="33.74", to_region_id="33.72", reason="x", proposed_by=row.proposed_by,
            proposed_at=MONDAY,
        )  # fmt: skip


def test_a_proposal_from_an_old_page_is_refused(case, sari, budi):
    old = Case.objects.get(pk=case.pk)
    step(case, Action.MINTA_PERBAIKAN, by=budi)
    with pytest.raises(SomebodyWasFaster):
        propose_handover(case=old, region=other_region(), reason=WHY, by=sari, at=MONDAY)


@pytest.mark.parametrize("status", [status for status in Status if status not in {Status.MASUK, Status.KAJIAN_AWAL}])
def test_a_case_beyond_the_preliminary_study_is_not_handed_over(status, sari, budi):
    case = make_case(by=sari, second=budi, status=status)
    assert "tidak dapat dialihkan" in proposing_refusal(case, sari)
    with pytest.raises(ActionRefused, match="tidak dapat dialihkan"):
        propose_handover(case=case, region=other_region(), reason=WHY, by=sari, at=MONDAY)


# Who may do what with a proposal of Semarang to Denpasar: propose, read, accept, decline, withdraw
CAST = {
    "sari": (True, True, False, False, True),
    "budi": (True, True, False, False, True),
    "wayan": (False, True, True, True, False),
    "kartika": (False, False, False, False, False),
    "kesbangpol_denpasar": (False, False, False, False, False),
    "bawaslu_jateng": (True, True, False, False, True),
    "bawaslu_bali": (False, True, True, True, False),
    "bawaslu_surakarta": (False, False, False, False, False),
    "dewi": (False, False, False, False, False),
    "nasrul": (False, True, False, False, False),
    "aminah": (False, True, False, False, False),
}
OTHERS = {
    "kesbangpol_denpasar": (Role.REVIEWER_KESBANGPOL, DENPASAR),
    "bawaslu_jateng": (Role.REVIEWER_BAWASLU, "33"),
    "bawaslu_bali": (Role.REVIEWER_BAWASLU, "51"),
    "bawaslu_surakarta": (Role.REVIEWER_BAWASLU, "33.72"),
}


def happens(do):
    """Whether it was done; taken back at once."""
    with transaction.atomic():
        try:
            do()
        except ActionRefused:
            return False
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.parametrize("name", CAST)
def test_each_office_may_do_with_a_proposal_what_is_its_own(name, case, offer, request):
    person = make_user(name, *OTHERS[name], "Kantor") if name in OTHERS else request.getfixturevalue(name)
    region = Region.objects.get(pk=DENPASAR)
    may_propose = happens(lambda: propose_handover(case=case, region=region, reason=WHY, by=person, at=MONDAY))
    row = offer(case)
    found = (
        may_propose,
        Handover.objects.visible_to(person).filter(pk=row.pk).exists(),
        happens(lambda: accept(case, person)),
        happens(lambda: decline_handover(handover=row, reason="Bukan kami.", by=person, at=MONDAY)),
        happens(lambda: withdraw_handover(handover=row, by=person, at=MONDAY)),
    )
    assert found == CAST[name]


def test_an_office_does_not_accept_its_own_proposal_for_another(case, budi):
    province, colleague = (make_user(name, Role.REVIEWER_BAWASLU, "33", "Bawaslu Jateng") for name in ("tono", "tini"))
    row = propose_handover(case=case, region=other_region(), reason=WHY, by=province, at=MONDAY)
    for person in (province, colleague):
        with pytest.raises(ActionRefused, match="tidak dapat menjawab usulannya sendiri"):
            accept(case, person)
    assert row.answer == ""
    assert accept(case, receiver_in("33.72")).region_id == "33.72"


def test_who_keeps_out_of_the_case_does_not_take_it_for_another_office(case, offer, wayan):
    national = make_user("nina", Role.REVIEWER_BAWASLU, "", "Bawaslu RI")
    declare_conflict(case=case, kind=ConflictKind.FAMILY, note="", by=national, at=MONDAY)
    case.refresh_from_db()
    row = offer(case)
    assert not Handover.objects.visible_to(national).exists()
    with pytest.raises(NotVisible):
        accept(case, national)
    with pytest.raises(NotVisible):
        decline_handover(handover=row, reason="Bukan kami.", by=national, at=MONDAY)


@pytest.mark.parametrize("region", ["33.72", DENPASAR, JAYAPURA])
@pytest.mark.parametrize("event_code", ["pilkada-2024", "pemilu-2024-legislatif"])
def test_the_receivers_clock_is_told_beforehand_as_it_will_be(region, event_code, sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL, event_code=event_code)
    place = Region.objects.get(pk=region)
    row = propose_handover(case=case, region=place, reason=WHY, by=sari, at=MONDAY)
    sheet = handover_sheet(row, by=sari, at=MONDAY)
    assert sheet.giver.due == case.due_at
    moved = accept(case, receiver_in(region), at=MONDAY + timedelta(days=1))
    assert sheet.receiver.due == moved.due_at, "days that are gone stay gone"
    assert (sheet.receiver.due.tzinfo, sheet.receiver.clock_time) == (ZoneInfo(place.time_zone), "23.59")


@pytest.mark.parametrize(
    ("region", "zone", "words"),
    [("33.72", "WIB", "saat yang sama"), (DENPASAR, "WITA", "1 jam lebih awal"), (JAYAPURA, "WIT", "2 jam lebih awal")],
)
def test_both_offices_read_both_clocks_and_how_far_they_are_apart(region, zone, words, case, offer, sari):
    offer(case, region)
    for person in (sari, receiver_in(region)):
        [sheet] = handovers_waiting(person, at=MONDAY)
        assert (sheet.giver.zone, sheet.receiver.zone) == ("WIB", zone)
        assert words in sheet.difference
        assert sheet.sees_case is (person == sari)


def test_reading_many_proposals_costs_no_query_each(offer, sari, budi, django_assert_num_queries):
    def fill(count):
        for _ in range(count):
            offer(make_case(by=sari, second=budi), JAYAPURA)

    fill(1)
    with CaptureQueriesContext(connection) as of_one:
        assert len(handovers_waiting(sari, at=MONDAY)) == 1
    fill(4)
    with django_assert_num_queries(len(of_one)):
        assert len(handovers_waiting(sari, at=MONDAY)) == 5


def test_kesbangpol_reads_nothing_of_a_handover(case, offer, sari, wayan, kartika):
    before = timeline(case, by=kartika)
    row = offer(case)
    stale = Case.objects.get(pk=case.pk)
    decline_handover(handover=row, reason="Bukan kami.", by=wayan, at=MONDAY)
    offer(case)
    assert timeline(case, by=kartika) == before
    assert handovers_waiting(kartika, at=MONDAY) == []
    assert step(stale, Action.MINTA_PERBAIKAN, by=kartika).status == Status.PERBAIKAN, "no refusal names it either"


def test_kesbangpol_of_the_new_place_is_not_told_where_the_case_came_from(case, offer, wayan):
    there = make_user("ketut", Role.REVIEWER_KESBANGPOL, DENPASAR, "Kesbangpol Kota Denpasar")
    offer(case)
    moved = accept(case, wayan)
    assert Case.objects.visible_to(there).contains(moved)
    assert "Alihkan ke wilayah lain" not in {entry.what for entry in timeline(moved, by=there)}
    assert "Alihkan ke wilayah lain" in {entry.what for entry in timeline(moved, by=wayan)}
    stale = Case.objects.get(pk=case.pk)
    stale.version -= 1
    with pytest.raises(SomebodyWasFaster) as refused:
        step(stale, Action.MULAI_KAJIAN_AWAL, by=there)
    assert "wayan" not in str(refused.value)
