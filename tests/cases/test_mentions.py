"""Colleagues named on a note: only who sees the case, told in the inbox, refused in words that tell nothing."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from accounts.roles import Role
from cases.mentions import mark_seen, mentionable
from cases.models import Case, ConflictKind, Mention, Note, Respondent
from cases.notes import add_note
from cases.recusals import declare_conflict
from cases.refusals import FactsRefused, NotVisible
from cases.sharing import share_with_kesbangpol
from cases.timeline import timeline
from tests.case_factories import MONDAY, hand_over, make_case, other_region
from tests.conftest import make_user

pytestmark = pytest.mark.django_db
OFFICES = {
    "jateng": (Role.REVIEWER_BAWASLU, "33"),
    "pusat": (Role.REVIEWER_BAWASLU, ""),
    "bali": (Role.REVIEWER_BAWASLU, "51"),
    "surakarta": (Role.REVIEWER_BAWASLU, "33.72"),
    "kesbangpol_jateng": (Role.REVIEWER_KESBANGPOL, "33"),
}


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi)


@pytest.fixture
def everybody(sari, budi, kartika, wayan, dewi, nasrul, aminah):
    for name, (role, region) in OFFICES.items():
        make_user(name, role, region, f"Kantor {name}")


def note_on(case, by, *people):
    return add_note(case=case, text="Tolong dibaca.", by=by, at=MONDAY, mentioned=people)


def names(case, by):
    return {person.username for person in mentionable(case, by=by)}


def test_those_who_write_notes_on_the_case_can_be_picked_and_nobody_else(case, sari, everybody):
    assert names(case, sari) == {"budi", "kartika", "jateng", "pusat", "kesbangpol_jateng"}
    for person in mentionable(case, by=sari):
        assert Case.objects.visible_to(person).contains(case)


def test_kesbangpol_of_the_accuseds_house_can_be_picked_only_after_sharing(case, sari, everybody):
    Respondent.objects.filter(pk=case.respondent_id).update(employer_code="33.74")
    assert names(case, sari) == {"budi", "jateng", "pusat", "kesbangpol_jateng"}
    share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    assert "kartika" in names(case, sari)


@pytest.mark.parametrize("who", ["wayan", "dewi", "nasrul", "aminah", "sari", "recused", "inactive"])
def test_a_mention_of_anybody_else_is_refused_in_the_same_words_and_nothing_is_written(who, case, sari, request):
    if who in {"recused", "inactive"}:
        person = make_user(who, Role.REVIEWER_BAWASLU, "33.74", "Bawaslu Kota Semarang")
    else:
        person = request.getfixturevalue(who)
    if who == "recused":
        declare_conflict(case=case, kind=ConflictKind.FAMILY, note="", by=person, at=MONDAY)
    if who == "inactive":
        person.is_active = False
        person.save()
    with pytest.raises(FactsRefused) as refused:
        note_on(case, sari, person)
    assert refused.value.problems == {
        "mentioned": "Hanya rekan yang dapat melihat kasus ini yang dapat disebut. Pilih dari daftar."
    }
    assert not Note.objects.filter(by=sari).exists()


def test_a_note_says_whom_it_is_for_and_the_mentioned_find_it_until_they_tick_it_off(case, sari, budi, kartika):
    note = note_on(case, sari, budi, kartika)
    assert note.text == "@budi @kartika\nTolong dibaca."
    [waiting] = Mention.objects.waiting_for(budi)
    assert waiting.note == note
    mark_seen(mention_id=waiting.pk, by=budi, at=MONDAY)
    mark_seen(mention_id=waiting.pk, by=budi, at=MONDAY.replace(year=2025))
    waiting.refresh_from_db()
    assert waiting.seen_at == MONDAY
    assert not Mention.objects.waiting_for(budi).exists()
    assert Mention.objects.waiting_for(kartika).count() == 1


def test_nobody_ticks_off_for_somebody_else(case, sari, budi, kartika):
    note_on(case, sari, budi)
    for person in (sari, kartika):
        with pytest.raises(NotVisible):
            mark_seen(mention_id=Mention.objects.get().pk, by=person, at=MONDAY)


def test_who_no_longer_sees_the_case_is_not_reminded_of_it(case, sari, budi, kartika):
    note_on(case, sari, budi, kartika)
    declare_conflict(case=case, kind=ConflictKind.FAMILY, note="", by=budi, at=MONDAY)
    assert not Mention.objects.waiting_for(budi).exists()
    with pytest.raises(NotVisible):
        mark_seen(mention_id=Mention.objects.get(user=budi).pk, by=budi, at=MONDAY)
    hand_over(Case.objects.get(pk=case.pk), other_region(), by=sari)
    assert not Mention.objects.waiting_for(kartika).exists()


def test_the_audit_tells_who_was_named_and_who_looked_and_the_timeline_only_the_note(case, sari, budi):
    note = note_on(case, sari, budi)
    mark_seen(mention_id=Mention.objects.get().pk, by=budi, at=MONDAY)
    written, seen = AuditEvent.objects.about(case.pk).order_by("-id")[:2][::-1]
    assert written.details == {"note": note.pk, "mentioned": [budi.pk]}
    assert (seen.action, seen.actor, seen.details) == ("sebutan_dilihat", budi, {"note": note.pk})
    assert timeline(case, by=sari)[-1].what == "Catatan ditulis"


def test_a_note_names_a_person_once(case, sari, budi):
    note = note_on(case, sari, budi)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mention.objects.create(note=note, user=budi)


def test_an_account_in_the_text_names_nobody(case, sari, budi):
    note = add_note(case=case, text="Akun @budi dan @lurah_tegalsari sama.", by=sari, at=MONDAY)
    assert (note.text, Mention.objects.exists()) == ("Akun @budi dan @lurah_tegalsari sama.", False)
