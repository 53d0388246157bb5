"""Opening an original: two people, one hour, one download, and no key where the network is."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from accounts.roles import Role
from cases import original_packing
from cases.models import OriginalOpening
from cases.original_opening import agree_to_original, ask_for_original, state_of, take_original
from cases.original_packing import drop_lapsed, pack_agreed
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.sharing import share_with_kesbangpol
from cases.tasks import pack_originals
from tests.case_factories import MONDAY, make_case
from tests.conftest import make_user
from tests.picture_factories import make_picture, screenshot

pytestmark = pytest.mark.django_db
REASON = "Penyidik meminta berkas seperti diterima."
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, employer="33.74")


@pytest.fixture
def picture(case):
    return make_picture(case, data=screenshot())


def ask(picture, by, at=MONDAY):
    return ask_for_original(original=picture, reason=REASON, by=by, at=at)


@pytest.fixture
def agreed(picture, sari, budi):
    return agree_to_original(opening=ask(picture, sari), by=budi, at=MONDAY + MINUTE)


@pytest.fixture
def packed(agreed):
    assert pack_agreed(at=MONDAY + 2 * MINUTE) == 1
    return OriginalOpening.objects.get(pk=agreed.pk)


def parcels(settings):
    return list(settings.SEALED_ROOT.glob("*.parcel"))


def test_two_people_and_the_worker_hand_over_the_exact_bytes(packed, picture, sari, settings):
    assert screenshot() not in parcels(settings)[0].read_bytes()
    assert take_original(opening=packed, by=sari, at=MONDAY + 3 * MINUTE) == screenshot()
    assert parcels(settings) == []
    told = AuditEvent.objects.about(picture.pk).filter(action__startswith="asli_").oldest_first()
    assert list(told.values_list("action", "actor__username")) == [
        ("asli_diminta", "sari"),
        ("asli_disetujui", "budi"),
        ("asli_disiapkan", None),
        ("asli_dibuka", "sari"),
    ]
    assert told.first().told["reason"] == REASON


def test_it_is_handed_over_once(packed, sari):
    take_original(opening=packed, by=sari, at=MONDAY + 3 * MINUTE)
    with pytest.raises(ActionRefused, match="tidak siap"):
        take_original(opening=packed, by=sari, at=MONDAY + 4 * MINUTE)
    packed.refresh_from_db()
    assert (packed.parcel_key, packed.parcel_sealed_key) == (None, None)


def test_only_who_asked_may_take_it(packed, budi, wayan):
    with pytest.raises(ActionRefused):
        take_original(opening=packed, by=budi, at=MONDAY + 3 * MINUTE)
    with pytest.raises(NotVisible):
        take_original(opening=packed, by=wayan, at=MONDAY + 3 * MINUTE)


def test_after_an_hour_it_is_gone(packed, sari, settings):
    late = packed.packed_at + HOUR
    with pytest.raises(ActionRefused):
        take_original(opening=packed, by=sari, at=late)
    assert drop_lapsed(at=late + MINUTE) == 1
    assert parcels(settings) == []
    packed.refresh_from_db()
    assert packed.parcel_key is None
    assert state_of(packed, at=late) == "lapsed"
    assert drop_lapsed(at=late + MINUTE) == 0


def test_nobody_agrees_to_the_own_request(picture, sari):
    with pytest.raises(ActionRefused, match="orang lain"):
        agree_to_original(opening=ask(picture, sari), by=sari, at=MONDAY)


def test_the_database_itself_wants_two_people(picture, sari):
    opening = ask(picture, sari)
    with pytest.raises(IntegrityError, match="opening_takes_two_people"), transaction.atomic():
        OriginalOpening.objects.filter(pk=opening.pk).update(agreed_by=sari, agreed_at=MONDAY)


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("opening_agreement_has_who_and_when", {"agreed_at": MONDAY}),
        ("opening_is_packed_once_agreed", {"packed_at": MONDAY}),
        ("opening_taken_leaves_no_key", {"taken_at": MONDAY}),
        ("opening_has_a_reason", {"reason": ""}),
    ],
)
def test_the_database_refuses_an_impossible_opening(constraint, change, picture, sari):
    opening = ask(picture, sari)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        OriginalOpening.objects.filter(pk=opening.pk).update(**change)


def test_somebody_of_another_office_cannot_agree(picture, sari):
    province = make_user("citra", Role.REVIEWER_BAWASLU, "33", "Bawaslu Jawa Tengah")
    with pytest.raises(ActionRefused, match="sekantor"):
        agree_to_original(opening=ask(picture, sari), by=province, at=MONDAY)


def test_after_a_day_nobody_can_agree_any_more(picture, sari, budi):
    opening = ask(picture, sari)
    with pytest.raises(ActionRefused, match="tidak lagi menunggu"):
        agree_to_original(opening=opening, by=budi, at=MONDAY + DAY)
    assert ask(picture, sari, at=MONDAY + DAY).pk != opening.pk


def test_asking_twice_is_asking_once(picture, sari, budi):
    assert ask(picture, sari).pk == ask(picture, sari).pk
    assert ask(picture, budi).pk != ask(picture, sari).pk


@pytest.mark.parametrize("reason", ["", "   ", "perlu sekali", "x" * 1001])
def test_a_reason_that_says_nothing_is_refused(reason, picture, sari):
    with pytest.raises(FactsRefused):
        ask_for_original(original=picture, reason=reason, by=sari, at=MONDAY)


def test_only_reviewers_of_bawaslu_ask(case, picture, sari, kartika, wayan, aminah, nasrul):
    share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    for person, refusal in [(kartika, ActionRefused), (aminah, ActionRefused), (nasrul, ActionRefused)]:
        with pytest.raises(refusal, match="tidak berwenang"):
            ask(picture, person)
    with pytest.raises(NotVisible):
        ask(picture, wayan)
    assert not OriginalOpening.objects.exists()


def test_the_web_process_can_open_nothing(agreed, settings):
    settings.EVIDENCE_PRIVATE_KEY_FILE = None
    with pytest.raises(ImproperlyConfigured):
        pack_agreed(at=MONDAY + 2 * MINUTE)


def test_the_worker_judges_again(agreed, budi, picture):
    budi.is_active = False
    budi.save()
    assert pack_agreed(at=MONDAY + 2 * MINUTE) == 0
    agreed.refresh_from_db()
    assert state_of(agreed, at=MONDAY) == "failed"
    assert AuditEvent.objects.about(picture.pk).get(action="asli_gagal").details["error"] == "not_allowed"


def test_what_is_only_asked_for_is_never_packed(picture, sari, settings):
    ask(picture, sari)
    assert pack_agreed(at=MONDAY + MINUTE) == 0
    assert parcels(settings) == []


def test_packing_twice_packs_once(packed, settings):
    assert pack_agreed(at=MONDAY + 3 * MINUTE) == 0
    assert len(parcels(settings)) == 1


def test_a_damaged_original_ends_as_failed(agreed, picture, settings):
    (settings.SEALED_ROOT / picture.sealed_name).write_bytes(b"\x01" * 100)
    assert pack_agreed(at=MONDAY + 2 * MINUTE) == 0
    agreed.refresh_from_db()
    assert agreed.failed_at


def test_no_more_than_so_many_originals_leave_in_a_day(packed, picture, budi, sari, monkeypatch):
    monkeypatch.setattr(original_packing, "MOST_A_DAY", 1)
    agree_to_original(opening=ask(picture, budi), by=sari, at=MONDAY + 3 * MINUTE)
    assert pack_agreed(at=MONDAY + 4 * MINUTE) == 0
    assert pack_agreed(at=MONDAY + 2.5 * MINUTE + DAY) == 1


def test_a_parcel_of_one_opening_does_not_open_another(packed, picture, budi, sari, settings):
    other = agree_to_original(opening=ask(picture, budi), by=sari, at=MONDAY + 3 * MINUTE)
    pack_agreed(at=MONDAY + 4 * MINUTE)
    first = settings.SEALED_ROOT / packed.parcel_name
    first.write_bytes((settings.SEALED_ROOT / other.parcel_name).read_bytes())
    with pytest.raises(ActionRefused, match="tidak dapat dibuka"):
        take_original(opening=packed, by=sari, at=MONDAY + 5 * MINUTE)


def test_the_task_packs_and_sweeps(agreed):
    OriginalOpening.objects.filter(pk=agreed.pk).update(asked_at=MONDAY, agreed_at=MONDAY)
    pack_originals()
    # Months later by the real clock: long lapsed, so nothing was opened.
    agreed.refresh_from_db()
    assert agreed.packed_at is None
