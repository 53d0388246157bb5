"""The form page and its receipt, as a browser sees them."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Evidence, HeldImage, Report
from tests.factories import png
from tests.reports.conftest import KEY, Citizen, good_answers, laporan_answers

CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{6}")


def code_on(response):
    found = CODE.search(response.content.decode())
    return found and found[0]


@pytest.mark.django_db
def test_the_form_offers_every_place_in_two_lists(citizen):
    page = citizen.client.get(citizen.url).content.decode()
    assert len(re.findall(r"<optgroup", page)) == 38
    assert len(re.findall(r'data-parent="[0-9]{2}"', page)) == 514
    assert "<script>" not in page
    assert "style=" not in page


@pytest.mark.django_db
def test_each_form_has_a_key_of_its_own(citizen):
    other = KEY.search(citizen.client.get(citizen.url).content.decode())[1]
    assert other != citizen.key


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(reverse("reports:submit")).status_code == 405


@pytest.mark.django_db
def test_a_post_without_the_csrf_token_changes_nothing(reference):
    client = Client(enforce_csrf_checks=True)
    assert Citizen(client).send(png()).status_code == 403
    assert Report.objects.count() == 0


@pytest.mark.django_db
def test_a_good_report_is_answered_with_a_code_that_is_nowhere_else(citizen, picture):
    response = citizen.send(picture)
    code = code_on(response)
    assert Report.objects.with_receipt(code).count() == 1
    assert response.headers["Cache-Control"] == "no-store"
    assert code not in str(response.headers)
    assert code not in str(citizen.client.cookies)
    assert code not in re.search(r"<title>.*?</title>", response.content.decode())[0]
    assert not citizen.client.session.keys()


@pytest.mark.django_db
def test_a_double_submit_makes_one_report_and_shows_one_code(citizen, picture):
    first, second = citizen.send(picture), citizen.send(picture)
    assert code_on(first) == code_on(second)
    assert Report.objects.count() == 1


@pytest.mark.django_db
def test_sending_again_with_other_words_changes_nothing(citizen, picture):
    citizen.send(picture)
    again = citizen.send(png(), narrative="")
    assert code_on(again)
    assert Report.objects.get().narrative == good_answers()["narrative"]


@pytest.mark.django_db
def test_another_browser_with_the_same_form_learns_no_code(citizen, picture):
    citizen.send(picture)
    stranger = Citizen(Client())
    stranger.key = citizen.key
    response = stranger.send(picture)
    assert code_on(response) is None
    assert "sudah pernah dikirim dari peramban lain" in response.content.decode()


@pytest.mark.django_db
def test_the_identified_lane_is_taken(citizen, picture):
    assert code_on(citizen.send(picture, answers=laporan_answers(reporter_nik="3374 0101 0180 0001")))
    assert Report.objects.get().identity_box


@pytest.mark.django_db
def test_pictures_of_a_failed_form_need_not_be_chosen_again(citizen):
    page = citizen.send(png(), png(), png(), platform="").content.decode()
    assert "3 gambar sudah tersimpan" in page
    assert "24 × 32 piksel" in page
    assert code_on(citizen.send())
    assert [row.position for row in Evidence.objects.in_order()] == [1, 2, 3]


@pytest.mark.django_db
def test_a_held_picture_can_be_left_out(citizen):
    citizen.send(png(), png(), platform="")
    unwanted = HeldImage.objects.last()
    assert "1 gambar sudah tersimpan" in citizen.send(platform="", held_pictures=[str(unwanted.id)]).content.decode()
    citizen.send(png(), held_pictures=[str(unwanted.id), "nonsense"])
    assert Evidence.objects.count() == 2
    assert not Evidence.objects.filter(id=unwanted.id).exists()


@pytest.mark.django_db
def test_leaving_every_picture_out_asks_for_one(citizen):
    citizen.send(png(), platform="")
    response = citizen.send(held_pictures=[str(HeldImage.objects.get().id)])
    assert "Tambahkan paling sedikit satu" in response.content.decode()
    assert HeldImage.objects.count() == 0


@pytest.mark.django_db
def test_the_held_pictures_of_another_browser_are_not_there(citizen):
    citizen.send(png(), platform="")
    stranger = Citizen(Client())
    stranger.key = citizen.key
    assert "Tambahkan paling sedikit satu" in stranger.send().content.decode()


@pytest.mark.django_db
def test_held_and_new_pictures_count_together(citizen):
    citizen.send(*[png() for _ in range(6)], platform="")
    page = unescape(citizen.send(*[png() for _ in range(5)]).content.decode())
    assert "Semuanya 11 gambar; batasnya 10" in page
    assert "10 gambar sudah tersimpan" in page


@pytest.mark.django_db
@pytest.mark.parametrize("count", [21, 150])
def test_far_too_many_pictures_at_once_are_counted_and_the_words_and_the_first_ten_stay(citizen, count):
    data = [png() for _ in range(12)]
    page = unescape(citizen.send(*(data * count)[:count]).content.decode())
    assert f"Semuanya {count} gambar; batasnya 10" in page
    assert good_answers()["narrative"] in page
    assert "10 gambar sudah tersimpan" in page
    assert Report.objects.count() == 0


@pytest.mark.django_db
def test_more_files_than_are_counted_name_the_limit_the_remedy_and_what_became_of_the_words(citizen):
    answer = citizen.send(*[b"x"] * 201)
    page = unescape(answer.content.decode())
    assert answer.status_code == 400
    for said in ("paling banyak 10 gambar", "40 MB untuk semuanya", "tulisannya juga tidak", "tombol Kembali"):
        assert said in page
    assert "Keluar cepat" in page
    assert (Report.objects.count(), HeldImage.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_however_many_files_come_more_bytes_than_the_limit_are_not_read(citizen, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = citizen.send(*[png()] * 21)
    assert (answer.status_code, answer.wsgi_request.FILES) == (413, {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"hello", "ini bukan gambar"),
        (b"GIF89a" + bytes(100), "ini GIF"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "Kirim JPEG, PNG, WebP, atau HEIC",
        ),
        (b"%PDF-1.7 " + bytes(100), "ini PDF"),
        (b"\xff\xd8\xff\xe0" + bytes(11 * 1024 * 1024), "ukurannya 11"),
    ],
    ids=["text", "gif", "svg", "pdf", "large"],
)
def test_a_refused_file_is_named_and_the_fine_ones_are_kept(citizen, picture, data, reason):
    page = unescape(citizen.send(picture, data).content.decode())
    assert "Gambar ke-2 (gambar 2.png):" in page
    assert reason in page
    assert "1 gambar sudah tersimpan" in page
    assert Report.objects.count() == 0


@pytest.mark.django_db
def test_too_large_a_body_says_so_and_keeps_the_words(citizen, picture, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    response = citizen.send(picture, png(600, 600))
    page = response.content.decode()
    assert response.status_code == 413
    assert "batasnya 40" in page
    assert good_answers()["narrative"] in page


@pytest.mark.django_db
def test_more_text_than_a_form_can_hold_is_a_plain_400(citizen, picture):
    response = citizen.send(picture, narrative="a" * 2_000_000)
    assert response.status_code == 400
    assert "<html" in response.content.decode()


@pytest.mark.django_db
def test_when_pictures_cannot_be_stored_the_words_stay_and_nothing_is_half_done(citizen, picture, settings):
    settings.SEALED_ROOT.write_text("in the way")
    response = citizen.send(picture)
    page = response.content.decode()
    assert response.status_code == 507
    assert "Laporan belum terkirim" in page
    assert good_answers()["narrative"] in page
    assert code_on(response) is None
    assert Report.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "canary",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</textarea><svg onload=alert(1)>",
        "{{ 7|add:7 }}{% debug %}",
        "' OR 1=1; --",
        "javascript:alert(1)",
        "%00%0d%0aSet-Cookie: a=b",
    ],
)
def test_markup_in_any_field_stays_text(citizen, picture, canary):
    fields = ("narrative", "link", "respondent_name", "respondent_post", "respondent_agency", "candidate")
    answers = laporan_answers(**dict.fromkeys((*fields, "reporter_name", "reporter_address"), canary))
    page = citizen.send(picture, answers=answers, platform="", act_date=canary).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    assert unescape(page).count(canary) >= len(fields)
