"""Naming colleagues on a note and finding it in the inbox."""

import pytest
from django.urls import reverse

from cases.models import Mention, Note

INBOX = reverse("cases:inbox")


def test_the_note_offers_colleagues_of_the_case_only(case, sari, budi, kartika, wayan, visit, address):
    text = visit(sari).get(address("write-note", case)).content.decode()
    for person in (budi, kartika):
        assert f"{person} · {person.office_name}" in text
    assert "wayan" not in text
    assert "Denpasar" not in text


def test_the_mentioned_are_told_in_the_inbox_and_tick_it_off(case, sari, budi, kartika, visit, address):
    visit(sari).post(address("write-note", case), {"text": "Tolong dibaca.", "mentioned": [budi.pk]})
    reader = visit(budi)
    text = reader.get(INBOX).content.decode()
    assert "Anda disebut" in text
    assert f"{address('case', case)}#catatan" in text
    assert "Tolong dibaca." not in text
    assert "@budi" in reader.get(address("case", case)).content.decode()
    assert "Anda disebut" not in visit(kartika).get(INBOX).content.decode()
    seen = reverse("cases:see-mention", args=[Mention.objects.get().pk])
    assert visit(kartika).post(seen).status_code == 404
    assert "Anda disebut" not in reader.post(seen, follow=True).content.decode()


@pytest.mark.parametrize("made_up", ["999999", "abc", "wayan", ""])
def test_who_cannot_be_picked_is_refused_alike_whether_there_is_such_a_person_or_not(
    made_up, case, sari, budi, wayan, visit, address
):
    given = {"text": "Tolong dibaca.", "mentioned": [wayan.pk if made_up == "wayan" else made_up]}
    answer = visit(sari).post(address("write-note", case), given)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Hanya rekan yang dapat melihat kasus ini" in text
    assert "Tolong dibaca." in text
    assert not Note.objects.exists()


def test_who_works_alone_is_offered_nobody(case, sari, budi, visit, address):
    budi.is_active = False
    budi.save()
    assert "Sebut rekan" not in visit(sari).get(address("write-note", case)).content.decode()
