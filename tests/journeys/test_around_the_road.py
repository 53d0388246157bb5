"""What happens around the steps of a case, by the words on the portal's own buttons: letters, minutes, moved reports,
people who keep out or are away, other offices, and the end of keeping."""

import zipfile
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pypdfium2
import pytest
from django.utils import timezone

from accounts.roles import Role
from cases.models import Case, CaseReport, ClarificationEnding, ClarificationHost, Letter
from cases.original_packing import pack_agreed
from cases.status import Outcome, Status
from tests.case_factories import MONDAY, make_case, make_report
from tests.clarification_factories import allege
from tests.conftest import make_user
from tests.factories import png
from tests.journeys.doors import AROUND
from tests.journeys.officers import REASON, Officer, today
from tests.journeys.outsiders import picture
from tests.picture_factories import make_picture, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DRAFT_MARK = "KONSEP"


@pytest.fixture
def people(visitor, sari, budi, kartika, nasrul):
    """Two of Bawaslu, one of Kesbangpol, one of another office, two national admins, each at their own browser."""
    surya = make_user("surya", Role.REVIEWER_BAWASLU, "33.72", "Bawaslu Kota Surakarta")
    nur = make_user("nur", Role.NATIONAL_ADMIN, "", "Bawaslu RI")
    staff = (sari, budi, kartika, surya, nasrul, nur)
    return SimpleNamespace(**{user.username: Officer(visitor(), user, set()) for user in staff})


def test_what_happens_around_the_road_is_done_in_a_browser(people):
    letters_wait_for_a_signature(people)
    a_hearing_is_moved_written_down_and_signed(people)
    pictures_leave_the_house_looked_at(people)
    papers_and_rules_are_put_right(people)
    kesbangpol_guides_and_bawaslu_decides(people)
    reports_move_and_come_back(people)
    the_same_person_is_linked(people)
    an_officer_keeps_out(people)
    colleagues_share_the_work(people)
    an_office_says_no(people)
    two_people_erase(people)
    assert {door for one in vars(people).values() for door in one.visitor.doors} == AROUND


def new_case(people, status=Status.MASUK, **fields):
    """A case of Sari's office."""
    return make_case(by=people.sari.user, second=people.budi.user, status=status, **fields)


def says(officer, *words):
    """The page says all this."""
    told = officer.visitor.read()
    assert [one for one in words if one not in told] == [], told


def paper(officer, name):
    """The words of a letter somebody downloads from the page."""
    with officer.page.expect_download() as download:
        officer.visitor.named(name).click()
    pages = pypdfium2.PdfDocument(BytesIO(download.value.path().read_bytes()))
    return "".join(page.get_textpage().get_text_range() for page in pages)


def letters_wait_for_a_signature(people):
    """A draft bears its mark until somebody signs; a study takes a second person; a letter out of use says why."""
    sari, budi, case = people.sari, people.budi, new_case(people, Status.BUKAN_PELANGGARAN)
    sari.opens(case)
    sari.visitor.presses("Kajian")
    study = {
        "Uraian kejadian": "Terlapor membagikan poster.",
        "Analisis": "Bukan ajakan.",
        "Simpulan dan usul": "Tutup.",
    }
    sari.visitor.answers(study, "Simpan konsep")
    says(sari, "Surat ini harus ditandatangani orang lain")
    sari.visitor.keep("surat-konsep")
    assert DRAFT_MARK in paper(sari, "Kajian (PDF)")
    budi.opens(case)
    budi.visitor.opens_fold("Tandatangani")
    budi.visitor.keep("surat-tandatangan")
    budi.visitor.presses("Ya, tandatangani")
    signed = Letter.objects.get(case=case, kind="kajian")
    says(budi, signed.number, "Ditandatangani budi")
    final = paper(budi, "Kajian (PDF)")
    assert DRAFT_MARK not in final
    assert signed.number in final
    budi.visitor.opens_fold("Tarik surat")
    budi.visitor.answers({"Alasan": "Salah ketik nama kelurahan."}, "Ya, tarik")
    says(budi, "Salah ketik nama kelurahan.")


def a_hearing_is_moved_written_down_and_signed(people):
    """The invitation is made anew, the day moved, a witness called, the minutes written, signed, and put on paper."""
    sari, case = people.sari, new_case(people, Status.KLARIFIKASI)
    visitor = sari.visitor
    sari.opens(case)
    visitor.opens_fold("Tarik surat")
    visitor.answers({"Alasan": "Salah ruang."}, "Ya, tarik")
    visitor.presses("Undangan, jawaban terlapor, dan berita acara")
    visitor.presses("Buat surat undangan")
    sari.opens(case, page="klarifikasi/")
    visitor.presses("Tulis ringkasan dugaan")
    alleged = {"Kepada": "Bambang Sutrisno, Lurah", "Dugaan": "Diduga memasang poster di balai kelurahan."}
    visitor.answers(alleged, "Simpan ringkasan")
    visitor.presses("Buat kode")
    sari.opens(case, page="klarifikasi/")
    visitor.presses("Cabut kode")
    says(sari, "Kode terlapor tidak berlaku lagi.")
    visitor.presses("Pindahkan tanggal")
    visitor.answers({"Tanggal baru": today(1), "Alasan": "Saksi sakit."}, "Pindahkan tanggal")
    says(sari, "Saksi sakit.")
    visitor.presses("Undang saksi atau atasan")
    witness = {"Sebagai": "saksi", "Nama": "Tuti Wahyuni", "Tanggal klarifikasi": today(), "Pukul": "10:00"}
    visitor.answers(witness | {"Tempat atau tautan": "Aula"}, "Simpan undangan")
    says(sari, "Tuti Wahyuni")
    visitor.presses("Catat penyampaian")
    sari.page.set_input_files("[name=photos]", [picture(png(), "tanda-terima.png")])
    visitor.answers({"Tanggal disampaikan": today(), "Disampaikan oleh": "Staf kantor"}, "Simpan bukti penyampaian")
    says(sari, "oleh Staf kantor")
    visitor.keep("klarifikasi-saksi")
    minutes_are_written(sari)
    sari.opens(case)
    visitor.opens_fold("Tandatangani")
    visitor.presses("Ya, tandatangani")


def minutes_are_written(sari):
    """Who was there, what was asked; more rows; read back and signed; then nothing changes any more."""
    visitor = sari.visitor
    visitor.presses("Berita acara")
    visitor.presses("Tambah baris")
    hearing = {"Nama peserta": "Bambang Sutrisno", "Hadir sebagai": "terlapor"}
    said = {"Pertanyaan": "Apakah akun itu milik Saudara?", "Jawaban": "Ya, milik saya."}
    visitor.keep("berita-acara")
    visitor.answers(hearing | said, "Simpan berita acara")
    says(sari, "1 peserta, 1 tanya jawab")
    visitor.presses("Berita acara")
    visitor.answers({"Tanggal ditandatangani": today()}, "Simpan berita acara")
    says(sari, "Berita acara ditandatangani sesudah dibacakan kembali.")
    visitor.answers({"sudah dibacakan kembali": True}, "Simpan berita acara")
    says(sari, "ditandatangani")
    visitor.presses("Berita acara")
    says(sari, "sudah ditandatangani")
    visitor.keep("berita-acara-ditandatangani")
    visitor.presses("Kembali")


def pictures_leave_the_house_looked_at(people):
    """What others must not read is blackened, shown to the accused and hidden again; the original takes two people."""
    sari, budi, case = people.sari, people.budi, new_case(people, Status.KLARIFIKASI)
    shown, visitor = make_picture(case), sari.visitor
    allege(case, by=sari.user)
    sari.opens(case, page=f"gambar/{shown.pk}/")
    visitor.presses("Periksa")
    visitor.send(verdict="correct")
    visitor.presses("Samarkan bagian")
    visitor.presses("Pilih semua saran")
    visitor.keep("samarkan")
    visitor.presses("Buat salinan tersamar")
    visitor.presses("Salinan untuk pihak luar")
    visitor.answers({"Saya sudah memeriksa": True}, "Perlihatkan kepada terlapor")
    visitor.presses("Gambar 1")
    visitor.presses("Berhenti memperlihatkan")
    the_original_takes_two(sari, budi, case, f"gambar/{shown.pk}/asli/")
    sari.opens(case, page="berkas/")
    with sari.page.expect_download() as bundle:
        visitor.named("Unduh berkas kasus").click()
    assert zipfile.is_zipfile(bundle.value.path())
    visitor.go("/cocokkan/")
    sari.page.set_input_files("[name=file]", [picture(screenshot())])
    visitor.presses("Cocokkan")
    says(sari, "Berkas ini sama persis", case.reference)


def the_original_takes_two(asks, agrees, case, page):
    """Asked for with a reason, agreed to by a colleague, taken once."""
    asks.opens(case, page=page)
    asks.visitor.send(reason="Penyidik meminta berkas seperti diterima.")
    agrees.opens(case, page=page)
    agrees.visitor.keep("berkas-asli")
    agrees.visitor.presses("Setujui sebagai orang kedua")
    assert pack_agreed(at=timezone.now()) == 1
    asks.opens(case, page=page)
    with asks.page.expect_download() as original:
        asks.visitor.named("Unduh berkas asli").click()
    assert original.value.path().read_bytes() == screenshot()


def papers_and_rules_are_put_right(people):
    """More time, the election it is about, a rule that does not count after all, a pact on paper, a link that ends."""
    sari, case = people.sari, new_case(people, Status.KAJIAN)
    visitor = sari.visitor
    sari.opens(case)
    visitor.presses("Perpanjang batas waktu")
    visitor.send(reason="Menunggu keterangan saksi.")
    says(sari, "Diperpanjang")
    visitor.presses("Ubah jenis pemilihan")
    visitor.send(kind="pemilu", reason="Unggahan menyebut calon presiden.")
    says(sari, "Jenis pemilihan disimpan.", "Unggahan menyebut calon presiden.")
    visitor.presses("Cabut aturan ini")
    visitor.send(reason="Unggahan sebelum penetapan calon.")
    visitor.presses("Catat pakta integritas")
    sari.page.set_input_files("[name=pages]", [picture(png(), "pakta.png")])
    visitor.send(signed_date=today(), witness="Sekretaris Daerah")
    says(sari, "Sekretaris Daerah")
    sent = new_case(people, Status.TINDAK_LANJUT)
    sari.makes_link(sent)
    sari.opens(sent, page="tautan-lembaga/")
    visitor.presses("Cabut tautan")


def kesbangpol_guides_and_bawaslu_decides(people):
    """Guidance does not close a case: Bawaslu reads of it and decides."""
    kartika, sari, case = people.kartika, people.sari, new_case(people, Status.DIREGISTRASI)
    kartika.summons(case, host=ClarificationHost.KESBANGPOL)
    guidance = {"ending": ClarificationEnding.GUIDANCE, "ending_text": "Diminta menghapus unggahan; bersedia."}
    kartika.records_hearing(case, picture="langkah-pembinaan", **guidance)
    kartika.visitor.keep("kasus-pembinaan")
    sari.opens(case)
    says(sari, "Pembinaan", "Diminta menghapus unggahan; bersedia.")
    sari.opens(case, page="langkah/putuskan_bukan_pelanggaran/")
    sari.visitor.answers({"Alasan": REASON}, "Putuskan bukan pelanggaran")
    assert Case.objects.get(pk=case.pk).status == Status.BUKAN_PELANGGARAN


def two_reports(people):
    """A case of two reports."""
    case = new_case(people)
    CaseReport.objects.create(case=case, report=make_report(respondent_name="Joko Susilo"), attached_at=MONDAY)
    return case


def reports_move_and_come_back(people):
    """Moved to another case, made a case of their own, joined to a look-alike; each taken back."""
    sari, case, other = people.sari, two_reports(people), new_case(people)
    visitor = sari.visitor
    sari.opens(case)
    visitor.presses("Gabungkan, pindahkan, pisahkan")
    visitor.keep("susunan-kasus")
    visitor.presses("Pindahkan ke kasus lain")
    visitor.answers({"Kasus tujuan": other.reference, "Alasan": "Perbuatan lain."}, "Pindahkan")
    assert (case.case_reports.count(), other.case_reports.count()) == (1, 2)
    takes_back(sari)
    visitor.presses("Pisahkan menjadi kasus sendiri")
    visitor.answers({"Joko Susilo": True, "Alasan": "Orang lain."}, "Pisahkan")
    assert case.case_reports.count() == 1
    takes_back(sari)
    visitor.follow(f"a[href$='/gabung/{other.pk}/']")
    visitor.keep("gabung")
    visitor.answers({"Alasan": "Perbuatan yang sama."}, "Ya, gabungkan")
    assert Case.objects.get(pk=case.pk).outcome == Outcome.DOBEL
    visitor.presses("Gabungkan, pindahkan, pisahkan")
    takes_back(sari)
    assert Case.objects.get(pk=case.pk).status == Status.MASUK
    visitor.presses("Jadikan temuan")
    visitor.answers({"Diketahui kantor sejak": today(), "Dasar temuan": "Terlihat saat patroli."}, "Jadikan temuan")
    says(sari, "Temuan sari")


def takes_back(officer):
    """Undo the latest move on the page about them."""
    officer.visitor.presses("Batalkan")
    officer.visitor.answers({"Alasan": "Keliru."}, "Ya, batalkan")
    says(officer, "Dibatalkan sari")


def the_same_person_is_linked(people):
    """What is known of the accused is corrected; two cases of one person are linked and let go."""
    sari, case, other = people.sari, new_case(people), new_case(people)
    visitor = sari.visitor
    sari.opens(case)
    visitor.presses("Ubah data terlapor")
    visitor.answers({"NIP": "198001012005011001"}, "Simpan data terlapor")
    says(sari, "198001012005011001")
    visitor.presses("Semua kasus orang ini")
    visitor.keep("orang")
    visitor.follow(f"a[href$='/orang/{other.pk}/']")
    visitor.answers({"Alasan": "Nama, jabatan, dan instansi sama."}, "Ya, orang yang sama")
    sari.opens(case, page="orang/")
    visitor.presses("Lepas tautan")
    visitor.answers({"Alasan": "Orang lain."}, "Ya, lepas tautan")


def an_officer_keeps_out(people):
    """A note reaches the colleague it names; who knows the accused hands back the case and sees it no more."""
    sari, budi, case = people.sari, people.budi, new_case(people)
    sari.takes_over(case)
    sari.visitor.presses("Tulis catatan")
    sari.visitor.answers({"Catatan": "Terlapor tetangga saya.", "budi": True}, "Simpan catatan")
    sari.visitor.presses("Mundur karena benturan kepentingan")
    sari.visitor.keep("mundur")
    sari.visitor.answers({"hubungan dekat": True}, "Mundur dari kasus ini")
    assert not sari.sees(case)
    budi.visitor.go("/kotak-masuk/")
    budi.visitor.keep("kotak-masuk-disebut")
    budi.visitor.presses("Sudah saya lihat")
    budi.opens(case)
    says(budi, "Belum dipegang siapa pun.", "Terlapor tetangga saya.")


def colleagues_share_the_work(people):
    """Cases nobody has are shared out; who is away is covered; a case is given on, and let go."""
    sari, budi = people.sari, people.budi
    sari.visitor.go("/kotak-masuk/")
    sari.visitor.presses("Beban kerja dan cuti")
    sari.visitor.presses("Bagi rata")
    says(sari, "kasus dibagikan.")
    sari.visitor.opens_fold("Catat cuti")
    sari.visitor.answers(
        {"Hari pertama": today(), "Hari terakhir": today(3), "Pengganti": str(budi.user)}, "Catat cuti"
    )
    says(sari, "digantikan budi")
    sari.visitor.keep("beban-kerja")
    own = Case.objects.filter(assigned_to=sari.user).first()
    budi.visitor.go("/kotak-masuk/?daftar=saya")
    says(budi, own.reference)
    sari.visitor.presses("Akhiri")
    says(sari, "Cuti diakhiri.")
    sari.opens(own)
    sari.visitor.presses("Serahkan kepada rekan")
    sari.visitor.answers({"budi": True}, "Serahkan")
    budi.opens(own)
    says(budi, "Anda memegang kasus ini.")
    budi.visitor.presses("Lepas kasus")
    says(budi, "Belum dipegang siapa pun.")


def an_office_says_no(people):
    """The other office declines, and reads nothing of the case; the next proposal is taken back."""
    sari, surya, case = people.sari, people.surya, new_case(people)
    proposes(sari, case)
    surya.visitor.go("/kotak-masuk/")
    surya.visitor.presses("Baca dan jawab usulan")
    surya.visitor.keep("alih")
    assert "Bambang" not in surya.visitor.read()
    surya.visitor.opens_fold("Tolak usulan")
    surya.visitor.answers({"Alasan menolak": "Kejadiannya di Semarang."}, "Tolak, kasus tetap di sana")
    assert not surya.sees(case)
    proposes(sari, case)
    sari.visitor.presses("Buka usulan")
    sari.visitor.presses("Tarik kembali usulan")
    surya.visitor.go("/kotak-masuk/")
    assert case.reference not in surya.visitor.read()


def proposes(officer, case):
    """To the office of Surakarta."""
    officer.opens(case)
    officer.visitor.presses("Usulkan alih ke wilayah lain")
    officer.visitor.send(region="33.72", reason="Kejadiannya di Surakarta.")


def two_people_erase(people):
    """A hold stops it; one proposes and cannot approve; a second refuses, then agrees; what is left says so."""
    sari, nasrul, nur = people.sari, people.nasrul, people.nur
    case = new_case(people, Status.TIDAK_DIREGISTRASI)
    sari.closes(case)
    Case.objects.filter(pk=case.pk).update(status_since=timezone.now() - timedelta(days=366 * 12))
    sari.opens(case)
    sari.visitor.presses("Tahan penghapusan")
    sari.visitor.answers({"Alasan": "Gugatan di PTUN."}, "Tahan penghapusan")
    nasrul.opens(case)
    nasrul.visitor.presses("Cabut penahanan")
    nasrul.visitor.go("/masa-simpan/")
    nasrul.visitor.keep("masa-simpan")
    nasrul.visitor.presses(case.reference)
    nasrul.visitor.presses("Usulkan penghapusan")
    says(nasrul, "Orang lain harus menyetujui.")
    assert nasrul.visitor.named("Setujui penghapusan", "summary").count() == 0
    nur.opens(case)
    nur.visitor.presses("Tolak usulan")
    nasrul.opens(case)
    nasrul.visitor.presses("Usulkan penghapusan")
    nur.opens(case)
    nur.visitor.opens_fold("Setujui penghapusan")
    nur.visitor.keep("hapus-setujui")
    nur.visitor.presses("Ya, hapus isi kasus")
    says(nur, "sudah dihapus")
    nur.visitor.keep("kasus-dihapus")
    sari.opens(case)
    assert "Bambang" not in sari.visitor.read()
