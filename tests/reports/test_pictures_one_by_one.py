"""Pictures sent one a request while the form is still being filled in."""

from concurrent.futures import ThreadPoolExecutor
from html import unescape
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse

from evidence.digests import sha256_hex
from evidence.limits import MAX_FILES, MAX_TOTAL_BYTES
from reports import drafts
from reports.models import Evidence, HeldImage
from reports.originals import Picture
from tests.factories import AT, NARRATIVE, new_draft, png


def hold(citizen, data, **changes):
    upload = SimpleUploadedFile("gambar.png", data, "image/png") if data is not None else ""
    return citizen.client.post(reverse("reports:hold-picture"), {"key": citizen.key, "picture": upload} | changes)


def drop(citizen, identifier, **changes):
    return citizen.client.post(reverse("reports:drop-picture"), {"key": citizen.key, "id": identifier} | changes)


def fault(response):
    return response.status_code, response.json()["fault"]


def test_a_picture_is_kept_and_named_by_its_hash_and_nothing_else(citizen, picture):
    response = hold(citizen, picture)
    held = HeldImage.objects.get()
    assert response.json() == {"id": str(held.id), "sha256": sha256_hex(picture), "bytes": len(picture)}


def test_the_same_picture_sent_again_after_a_lost_answer_is_one_row(citizen, picture, settings):
    assert hold(citizen, picture).json() == hold(citizen, picture).json()
    assert len(list(settings.SEALED_ROOT.glob("*.sealed"))) == 1


def test_the_report_takes_what_was_held_and_what_comes_with_it(citizen):
    pictures = [png(), png(), png()]
    for data in pictures[:2]:
        hold(citizen, data)
    assert b"receipt__code" in citizen.send(pictures[2]).content
    assert list(Evidence.objects.in_order().values_list("sha256", flat=True)) == [sha256_hex(data) for data in pictures]


def test_a_picture_the_page_does_not_show_is_not_sent(citizen):
    shown = hold(citizen, png()).json()
    hold(citizen, png())
    citizen.send(shown_pictures=["", shown["id"]])
    assert Evidence.objects.get().sha256 == shown["sha256"]


def test_a_dropped_picture_is_gone_with_its_file(citizen, picture, settings):
    assert drop(citizen, hold(citizen, picture).json()["id"]).status_code == 200
    assert (HeldImage.objects.count(), list(settings.SEALED_ROOT.glob("*.sealed"))) == (0, [])


def test_a_shown_picture_that_is_gone_stops_the_form_and_is_named(citizen):
    kept, gone = hold(citizen, png()).json()["id"], hold(citizen, png()).json()["id"]
    HeldImage.objects.filter(id=gone).delete()
    page = unescape(citizen.send(shown_pictures=["", kept, gone]).content.decode())
    assert "Gambar ke-2 tidak tersimpan lagi" in page
    assert "Gambar ke-1" not in page
    assert NARRATIVE in page
    assert "1 gambar sudah tersimpan" in page
    assert list(HeldImage.objects.values_list("id", flat=True)) == [UUID(kept)]
    assert b"receipt__code" in citizen.send(png(), shown_pictures=["", kept]).content
    assert Evidence.objects.count() == 2


def test_a_gone_picture_nobody_wants_any_more_stops_nothing(citizen):
    gone = hold(citizen, png()).json()["id"]
    HeldImage.objects.all().delete()
    answer = citizen.send(png(), shown_pictures=["", gone], held_pictures=[gone])
    assert b"receipt__code" in answer.content


def test_without_javascript_too_the_page_names_what_it_shows(citizen):
    citizen.send(png(), png(), platform="")
    first, last = HeldImage.objects.order_by("position")
    page = citizen.send(platform="").content.decode()
    assert [f'name="shown_pictures" value="{image.id}"' in page for image in (first, last)] == [True, True]
    HeldImage.objects.filter(id=first.id).delete()
    answer = citizen.send(png(), shown_pictures=[str(first.id), str(last.id)])
    assert "Gambar ke-1 tidak tersimpan lagi" in answer.content.decode()
    assert Evidence.objects.count() == 0


def test_a_picture_ticked_away_and_chosen_again_is_sent(citizen, picture):
    held = hold(citizen, picture).json()["id"]
    citizen.send(shown_pictures=["", held, held], held_pictures=[held])
    assert Evidence.objects.get().sha256 == sha256_hex(picture)


@pytest.mark.parametrize("changes", [{"key": "0" * 32}, {"key": "nonsense"}, {"id": "nonsense"}])
def test_nobody_drops_a_picture_of_another_form(citizen, picture, changes):
    held = hold(citizen, picture).json()["id"]
    assert drop(citizen, held, **changes).status_code == 200
    assert HeldImage.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", 422, "kosong"),
        (None, 422, "kosong"),
        (b"bukan gambar", 422, "bukan gambar"),
        (b"%PDF-1.7", 422, "ini PDF"),
        (b"\xff\xd8" + bytes(11 * 1024 * 1024), 413, "10,0\xa0MB"),
        (b"\xff\xd8" + bytes(46 * 1024 * 1024), 413, "10,0\xa0MB"),
    ],
)
def test_a_bad_file_is_refused_with_the_remedy_and_nothing_is_kept(citizen, data, code, words):
    status, text = fault(hold(citizen, data))
    assert status == code
    assert words in text
    assert HeldImage.objects.count() == 0


def test_a_form_that_was_not_made_here_holds_nothing(citizen, picture):
    assert fault(hold(citizen, picture, key="nonsense"))[0] == 400
    assert HeldImage.objects.count() == 0


def test_the_eleventh_picture_is_refused_with_the_limit(citizen):
    for _ in range(MAX_FILES):
        assert hold(citizen, png()).status_code == 200
    status, text = fault(hold(citizen, png()))
    assert (status, "10 gambar" in text) == (409, True)


@pytest.mark.parametrize(
    ("bound", "value"),
    [
        ("MAX_HELD_BYTES_OF_BROWSER", 100),
        ("MAX_HELD_BYTES", 100),
        ("MAX_HELD_IMAGES", 1),
        ("FREE_BYTES_FLOOR", 2**60),
    ],
)
def test_beyond_each_bound_pictures_still_come_with_the_form(citizen, bound, value, monkeypatch):
    hold(citizen, png())
    monkeypatch.setattr(drafts, bound, value)
    assert fault(hold(citizen, png()))[0] == 507
    assert HeldImage.objects.count() == 1
    assert b"receipt__code" in citizen.send(png()).content
    assert Evidence.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_pass_the_limit_of_the_form(reference):
    draft = new_draft()
    HeldImage.objects.all().delete()

    def one(picture):
        try:
            return drafts.hold_one(draft=draft, picture=picture, at=AT).sha256
        except drafts.FormFull:
            return None
        finally:
            connections.close_all()

    pictures = [Picture.of(png()) for _ in range(14)]
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(one, [*pictures, *pictures[:4]]))
    assert HeldImage.objects.count() == MAX_FILES == len({sha256 for sha256 in kept if sha256})


@pytest.mark.django_db
def test_what_is_too_heavy_together_is_refused(reference):
    draft = new_draft()
    held = drafts.hold_one(draft=draft, picture=Picture.of(png()), at=AT)
    HeldImage.objects.filter(pk=held.pk).update(byte_size=MAX_TOTAL_BYTES - 10)
    with pytest.raises(drafts.FormFull):
        drafts.hold_one(draft=draft, picture=Picture.of(png()), at=AT)
