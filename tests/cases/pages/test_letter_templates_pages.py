"""Pages of the national admin: templates of letters, heads of offices."""

import pytest

from cases.letters.kinds import LetterKind
from cases.models import Letterhead, LetterTemplate
from tests.cases.letters.specimens import signed

pytestmark = pytest.mark.django_db
HEAD = {
    "office_code": "bws.33.74",
    "name": "Bawaslu Kota Semarang",
    "place": "Semarang",
    "address": "Jalan Taman Sari 12",
    "signer_title": "Ketua",
    "signer_name": "Arif Rahman",
    "number_format": "{sequence:04d}/{kind}/{office}/{year}",
}


@pytest.fixture
def admin(nasrul, visit):
    return visit(nasrul)


def test_a_template_is_written_looked_at_and_published(admin):
    admin.post("/kelola/surat/kajian/mulai/")
    page = admin.post("/kelola/surat/kajian/", {"source": "#judul()\n#salah", "edition": 1}, follow=True)
    text = page.content.decode()
    assert "Baris 2" in text
    assert "#salah" in text
    assert "Unduh contoh PDF" not in text
    fixed = admin.post("/kelola/surat/kajian/", {"source": "#judul()\nBenar", "edition": 2}, follow=True)
    assert "Unduh contoh PDF" in fixed.content.decode()
    sample = admin.get("/kelola/surat/kajian/contoh/")
    assert (sample.headers["Content-Type"], sample.content[:4]) == ("application/pdf", b"%PDF")
    done = admin.post("/kelola/surat/kajian/terbitkan/", {"edition": 3}, follow=True).content.decode()
    assert "Versi 2 terbit" in done
    assert LetterTemplate.objects.in_force(LetterKind.KAJIAN).source == "#judul()\nBenar\n"


def test_who_saves_an_old_edition_keeps_the_words_and_is_told_why(admin):
    admin.post("/kelola/surat/kajian/mulai/")
    admin.post("/kelola/surat/kajian/", {"source": "= Satu", "edition": 1})
    answer = admin.post("/kelola/surat/kajian/", {"source": "= Kata saya", "edition": 1})
    assert answer.status_code == 409
    assert "= Kata saya" in answer.content.decode()


def test_the_head_of_an_office_stands_on_its_next_letter(admin, sari, budi):
    assert admin.post("/kelola/surat/kop/", HEAD).status_code == 302
    letter = signed(LetterKind.UNDANGAN_KLARIFIKASI, by=sari, second=budi)
    assert letter.number == "0001/UND.KLARIF/BWS.33.74/2024"
    page = admin.get("/kelola/surat/kop/BWS.33.74/").content.decode()
    assert "Jalan Taman Sari 12" in page
    changed = HEAD | {"office_code": "BWS.51.71", "name": "Bawaslu"}
    admin.post("/kelola/surat/kop/BWS.33.74/", changed)
    assert Letterhead.objects.get().name == "Bawaslu"


@pytest.mark.parametrize(
    ("change", "words"),
    [({"office_code": "XYZ.33"}, "tidak dikenal"), ({"number_format": "{year}"}, "{sequence:03d}")],
)
def test_a_head_that_would_spoil_numbers_is_refused(change, words, admin):
    answer = admin.post("/kelola/surat/kop/", HEAD | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Letterhead.objects.exists()


@pytest.mark.parametrize("path", ["surat_cinta/", "kajian/", "kop/BWS.99/"])
def test_what_does_not_exist_is_not_there(path, admin):
    assert admin.get(f"/kelola/surat/{path}").status_code == 404
