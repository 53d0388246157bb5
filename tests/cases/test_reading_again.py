"""A picture the machine could not read is tried again when a reviewer asks, once at a time."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from cases.custody import custody
from cases.reading_again import read_again
from cases.refusals import ActionRefused, NotVisible
from reports.models import OutboxEntry, PreparationState, ReadingState
from tests.case_factories import MONDAY, make_case, make_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi)


@pytest.fixture
def unread(case):
    picture = make_evidence(case.case_reports.get().report)
    picture.reading_state = ReadingState.FAILED
    picture.save()
    return picture


def owed(picture):
    return OutboxEntry.objects.open().filter(evidence=picture, step="prepare_evidence")


def test_it_is_promised_once_and_on_record(case, unread, sari):
    read_again(case=case, evidence=unread, by=sari, at=MONDAY)
    with pytest.raises(ActionRefused):
        read_again(case=case, evidence=unread, by=sari, at=MONDAY)
    unread.refresh_from_db()
    assert (unread.reading_state, owed(unread).count()) == ("waiting", 1)
    event = AuditEvent.objects.about(unread.pk).get(action="bukti_dibaca_ulang")
    assert event.actor == sari
    assert custody(unread, by=sari)[-1].what == "Pembacaan ulang gambar diminta"


@pytest.mark.parametrize(
    "change",
    [
        {"reading_state": ReadingState.READ},
        {"reading_state": ReadingState.WAITING},
        {"state": PreparationState.WAITING},
    ],
)
def test_only_a_failed_reading_is_tried_again(case, unread, sari, change):
    type(unread).objects.filter(pk=unread.pk).update(**change)
    with pytest.raises(ActionRefused):
        read_again(case=case, evidence=unread, by=sari, at=MONDAY)
    assert not owed(unread).exists()


def test_who_does_not_see_the_case_and_who_may_not_assess_cannot_ask(case, unread, wayan, aminah):
    for person, refusal in ((wayan, NotVisible), (aminah, ActionRefused)):
        with pytest.raises(refusal):
            read_again(case=case, evidence=unread, by=person, at=MONDAY)
    assert not owed(unread).exists()


def test_a_picture_of_another_case_is_not_touched(case, unread, sari, budi):
    with pytest.raises(ActionRefused):
        read_again(case=make_case(by=sari, second=budi), evidence=unread, by=sari, at=MONDAY)


def test_the_button_is_there_while_it_does_something(case, unread, sari, client):
    client.force_login(sari)
    page, button = reverse("cases:evidence", args=[case.pk, unread.pk]), "Baca ulang</button>"
    address = reverse("cases:read-again", args=[case.pk, unread.pk])
    assert button in client.get(page).content.decode()
    answer = client.post(address, follow=True)
    assert "Gambar ini dibaca ulang." in answer.content.decode()
    assert button not in answer.content.decode()
    assert "tidak perlu dibaca ulang" in client.post(address, follow=True).content.decode()
    assert owed(unread).count() == 1
