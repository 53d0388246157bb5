"""Pictures of a form that came back with errors."""

from datetime import timedelta

import pytest

from evidence.limits import MAX_TOTAL_BYTES
from reports import drafts
from reports.models import HeldImage
from reports.models_keys import DataKey
from reports.originals import Picture, open_original
from tests.factories import AT, new_draft, png, send_report


def pictures(number):
    return [Picture.of(png()) for _ in range(number)]


@pytest.mark.django_db
def test_only_the_same_form_in_the_same_browser_finds_its_pictures(reference):
    draft = new_draft()
    assert len(drafts.hold(draft=draft, pictures=pictures(2), at=AT)) == 2
    for other in (
        drafts.Draft(key=draft.key, browser_secret="another"),
        drafts.Draft(key=drafts.new_key(), browser_secret=draft.browser_secret),
    ):
        assert drafts.hold(draft=other, pictures=[], at=AT) == []


@pytest.mark.django_db
def test_pictures_are_held_in_their_order_and_once(reference):
    draft, chosen = new_draft(), pictures(3)
    drafts.hold(draft=draft, pictures=chosen[:2], at=AT)
    held = drafts.hold(draft=draft, pictures=chosen, at=AT)
    assert [image.sha256 for image in held] == [picture.sha256 for picture in chosen]


@pytest.mark.django_db
def test_no_more_than_ten_are_held(reference):
    draft = new_draft()
    drafts.hold(draft=draft, pictures=pictures(4), at=AT)
    assert len(drafts.hold(draft=draft, pictures=pictures(9), at=AT)) == 10


@pytest.mark.django_db
def test_no_more_than_40_megabytes_are_held(reference):
    draft = new_draft()
    (held,) = drafts.hold(draft=draft, pictures=pictures(1), at=AT)
    HeldImage.objects.filter(pk=held.pk).update(byte_size=MAX_TOTAL_BYTES - 10)
    assert len(drafts.hold(draft=draft, pictures=pictures(1), at=AT)) == 1


@pytest.mark.django_db
def test_letting_go_removes_row_and_file_but_nothing_of_another_form(reference, settings):
    draft, other = new_draft(), new_draft()
    (mine,) = drafts.hold(draft=draft, pictures=pictures(1), at=AT)
    (theirs,) = drafts.hold(draft=other, pictures=pictures(1), at=AT)
    drafts.let_go(draft=draft, identifiers=[mine.id, theirs.id])
    assert list(HeldImage.objects.all()) == [theirs]
    assert [path.name for path in settings.SEALED_ROOT.glob("*.sealed")] == [theirs.sealed_name]


@pytest.mark.django_db
def test_after_a_day_held_pictures_go_and_evidence_stays(reference, settings):
    evidence = send_report().report.evidence.get()
    drafts.hold(draft=new_draft(), pictures=pictures(2), at=AT)
    assert drafts.drop_expired(at=AT + timedelta(hours=23)) == 0
    assert drafts.drop_expired(at=AT + timedelta(hours=25)) == 2
    assert [path.name for path in settings.SEALED_ROOT.glob("*.sealed")] == [evidence.sealed_name]


@pytest.mark.django_db
def test_files_stay_while_their_keys_are_still_to_be_restored(reference, settings):
    evidence = send_report().report.evidence.get()
    keys = list(DataKey.objects.all())
    DataKey.objects.all().delete()
    assert drafts.drop_expired(at=AT.replace(year=2100)) == 0
    DataKey.objects.bulk_create(keys)
    assert open_original(evidence)


@pytest.mark.parametrize("key", ["", "short", "G" * 32, "0" * 33, "0" * 31 + "\n"])
def test_a_key_that_was_not_made_here_is_replaced(key):
    assert drafts.draft_of(key=key, browser_secret="s").key != key
