"""Each letter as it lies on the table: its words, its look, and who is not in it.

A letter that was changed on purpose: look at test-results/letters/<name>.png and, when it is right, copy it to
tests/cases/letters/pictures/.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from cases.actions import Action
from cases.letters.kinds import LetterKind
from cases.letters.writing import letter_pdf, sign_off
from cases.minutes import write_minutes
from cases.models import ClarificationMethod, Letter
from cases.status import Status
from cases.summons import summon_other
from tests.case_factories import MONDAY, facts_for, make_case, step
from tests.cases.letters.specimens import drafted, signed, signed_minutes, witness
from tests.clarification_factories import allege

pytestmark = pytest.mark.django_db
PICTURES = Path(__file__).parent / "pictures"
NEW = Path("test-results") / "letters"
# The running number of a case differs from run to run: a few strokes at three places.
MOST_DIFFERENT = 0.003
INVITATION = LetterKind.UNDANGAN_KLARIFIKASI
INVITATIONS = (INVITATION, LetterKind.UNDANGAN_KETERANGAN)

WORDS = {
    LetterKind.TANDA_TERIMA: ["TANDA TERIMA LAPORAN", "001/TT/BWS.33.74/X/2024", "3f3f3f3f", "14 Oktober 2024"],
    LetterKind.KAJIAN_AWAL: ["KAJIAN AWAL", "Syarat formal", "Diusulkan untuk diregistrasi", "Bambang Sutrisno"],
    LetterKind.UNDANGAN_KLARIFIKASI: [
        "Undangan Klarifikasi",
        "Yth. Sdr. Bambang Sutrisno, S.Pd.",
        "Sifat",
        "Lampiran",
        "Senin, 14 Oktober 2024",
        "09.00 WIB",
        "Jalan Taman Sari 12",
        "Diduga memasang poster calon wali kota",
        "Sabtu, 12 Oktober 2024",
        "Saudara dianggap tidak bersalah",
    ],
    LetterKind.UNDANGAN_KETERANGAN: [
        "Undangan Memberi Keterangan",
        "Yth. Sdr. Siti Aminah",
        "Ketua RW 05",
        "sebagai saksi",
        "Rabu, 16 Oktober 2024",
        "13.30 WIB",
    ],
    LetterKind.BERITA_ACARA_KLARIFIKASI: [
        "BERITA ACARA KLARIFIKASI",
        "Apakah akun itu milik Saudara?",
        "Ya, akun itu milik saya.",
        "Sari Wulandari, petugas",
        "telah dibacakan kembali",
        "Terlapor mengakui unggahan.",
    ],
    LetterKind.KAJIAN: ["KAJIAN DUGAAN PELANGGARAN", "SKB2-II-B-2", "PP 94/2021", "Unggahan dibuat sesudah penetapan"],
    LetterKind.SURAT_REKOMENDASI: [
        "Yth. Badan Kepegawaian Negara",
        "SKB2-II-B-2",
        "Unsur terpenuhi.",
        "Tingkat sanksi kami serahkan kepada badan yang berwenang",
        "Tembusan:",
    ],
    LetterKind.PEMBERITAHUAN_STATUS: [
        "Yth. Saudara Pelapor",
        "Petugas sedang mengkaji",
        "Petugas tidak pernah meminta kode",
    ],
}
FRAME = [
    "BADAN PENGAWAS PEMILIHAN UMUM",
    "KOTA SEMARANG",
    "Semarang, 14 Oktober 2024",
    "a.n. Ketua,",
    "budi",
    "Halaman 1 dari",
]


def words_of(letter: Letter) -> str:
    document = pypdfium2.PdfDocument(letter_pdf(letter))
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())


def picture_of(letter: Letter) -> Image.Image:
    """All pages below one another, small and grey."""
    pages = [page.render(scale=0.8, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(letter_pdf(letter))]
    sheet = Image.new("L", (pages[0].width, sum(page.height for page in pages)))
    for place, page in enumerate(pages):
        sheet.paste(page, (0, place * page.height))
    return sheet


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels (0..1) whose grey differs by more than an eighth, both a little blurred."""
    if one.size != other.size:
        return 1.0
    grey = [np.asarray(picture.filter(ImageFilter.GaussianBlur(1.5)), dtype=float) for picture in (one, other)]
    return float((abs(grey[0] - grey[1]) > 32).mean())


def assert_looks_as_before(letter: Letter, name: str) -> None:
    now = picture_of(letter)
    NEW.mkdir(parents=True, exist_ok=True)
    now.save(NEW / f"{name}.png", optimize=True)
    assert difference(now, Image.open(PICTURES / f"{name}.png")) <= MOST_DIFFERENT, f"look at {NEW / name}.png"


@pytest.mark.parametrize("kind", LetterKind)
def test_a_signed_letter_says_and_looks_what_it_should(kind, sari, budi):
    letter = signed(kind, by=sari, second=budi)
    text = words_of(letter)
    assert [words for words in FRAME + WORDS[kind] if words not in text] == []
    assert letter.number in text
    assert "KONSEP" not in text
    assert_looks_as_before(letter, kind)


ABOUT_COMING = ["tanda pengenal", "tidak hadir", "hari klarifikasi", "hari tersebut", "pada saat itu"]


def test_who_is_asked_for_a_written_answer_reads_nothing_of_coming(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI)
    plan = replace(facts_for(Action.JADWALKAN_KLARIFIKASI, MONDAY), method=ClarificationMethod.WRITTEN)
    step(case, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=plan)
    allege(case, by=sari)
    summon_other(case=case, summons=witness(method=ClarificationMethod.WRITTEN), by=sari, at=MONDAY)
    to_respondent, to_witness = (words_of(case.letters.get(kind=kind)) for kind in INVITATIONS)
    for text in (to_respondent, to_witness):
        assert "secara tertulis kepada Bawaslu, paling lambat" in text
        assert [words for words in ABOUT_COMING if words in text] == []
    assert "Bila jawaban Saudara tidak kami terima sampai batas waktu itu tanpa alasan" in to_respondent


def test_who_is_asked_to_come_reads_what_to_bring(sari, budi):
    to_respondent, to_witness = (words_of(drafted(kind, by=sari, second=budi)) for kind in INVITATIONS)
    for text in (to_respondent, to_witness):
        assert "Mohon membawa tanda pengenal dan surat ini." in text
    assert "Bila Saudara tidak hadir tanpa alasan" in to_respondent


@pytest.mark.parametrize("kind", LetterKind)
def test_a_draft_is_marked_on_every_page(kind, sari, budi):
    letter = drafted(kind, by=sari, second=budi)
    for page in pypdfium2.PdfDocument(letter_pdf(letter)):
        assert "KONSEP" in page.get_textpage().get_text_bounded()
    assert (letter.number == "") == ("(diberi saat ditandatangani)" in words_of(letter))


def test_a_draft_that_came_with_a_step_shows_its_number_under_the_mark(sari, budi):
    letter = drafted(INVITATION, by=sari, second=budi)
    assert letter.number in words_of(letter)
    assert_looks_as_before(letter, "konsep")


def test_pictures_that_differ_are_told_apart(sari, budi):
    """The comparison would notice a lost watermark, head or signature."""
    kept = Image.open(PICTURES / "undangan_klarifikasi.png")
    assert difference(picture_of(drafted(INVITATION, by=sari, second=budi)), kept) > MOST_DIFFERENT
    for box in [(0, 0, kept.width, 80), (250, 480, kept.width, 620)]:
        cut = kept.copy()
        cut.paste(255, box)
        assert difference(cut, kept) > MOST_DIFFERENT


def test_a_long_hearing_takes_pages_that_are_counted(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN)
    conversation = [(f"Pertanyaan nomor {number}?", f"Jawaban nomor {number}.") for number in range(1, 81)]
    minutes = signed_minutes(conversation=conversation)
    write_minutes(clarification=case.clarifications.get(), minutes=minutes, by=sari, at=MONDAY)
    letter = sign_off(letter=case.letters.get(kind="berita_acara_klarifikasi"), by=budi, at=MONDAY)
    pages = len(pypdfium2.PdfDocument(letter_pdf(letter)))
    text = words_of(letter)
    assert pages > 2
    assert f"Halaman {pages} dari {pages}" in text
    assert text.count("Jawaban nomor") == 80
