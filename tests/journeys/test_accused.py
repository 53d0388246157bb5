"""The accused in a real browser as wide as a phone: what the office chose to show is there, and can be answered."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from accounts.models import AuditEvent
from cases.assessment import add_rule
from cases.status import Status
from reports.models import HeldImage
from tests.case_factories import MONDAY, RULE, make_case
from tests.clarification_factories import ALLEGED, allege
from tests.journeys.doors import SHOWN
from tests.picture_factories import make_picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def post_on_a_phone() -> bytes:
    """A screenshot as tall as a phone, with words to read."""
    image = Image.new("RGB", (540, 960), "white")
    pen = ImageDraw.Draw(image)
    for line, text in enumerate(["Mari dukung nomor 2", "Hubungi 0812 3456 7890", "oleh @bambang.lurah"]):
        pen.text((30, 60 + 90 * line), text, fill="black", font=ImageFont.load_default(34))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def test_what_the_office_shows_is_what_the_accused_sees_and_answers(visitor, reference, sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    picture = make_picture(case, data=post_on_a_phone())
    add_rule(case=case, rule_code=RULE, reason="Jelas.", by=sari, at=MONDAY)
    allege(case, by=sari)
    office = visitor()
    office.log_in(sari)
    office.go(f"/kasus/{case.pk}/gambar/{picture.pk}/perlihatkan/")
    office.keep("perlihatkan-belum-diperiksa")
    office.page.click("text=Tidak ada yang perlu disamarkan")
    office.page.check("[name=is_checked]")
    office.keep("perlihatkan")
    office.page.click("main button:has-text('Perlihatkan kepada terlapor')")
    office.page.wait_for_url("**/klarifikasi/")
    office.keep("klarifikasi-dengan-bukti")
    office.page.click("button:has-text('Buat kode')")
    code = office.page.locator("[data-copy-source]").inner_text()
    accused = visitor(360)
    accused.go("/jawab/")
    accused.keep("kode-terlapor")
    accused.page.fill("[name=code]", code)
    accused.page.click("main button[type=submit], main form button")
    accused.page.wait_for_selector(f"text={ALLEGED}")
    accused.keep("halaman-terlapor")
    assert accused.page.locator("text=Hak Anda").count() == 1
    looks = AuditEvent.objects.filter(action="bukti_dilihat_terlapor")
    assert not looks.exists(), "what is folded is not fetched"
    with accused.page.expect_response(lambda answer: "/gambar/" in answer.url and "kecil" not in answer.url) as opened:
        accused.page.click("summary:has-text('Buka bukti 1')")
    assert opened.value.status == 200
    assert looks.count() == 1
    accused.page.wait_for_function("[...document.images].every(image => image.naturalWidth)")
    accused.keep("halaman-terlapor-bukti")
    accused.page.click("summary:has-text('Tulis penjelasan')")
    accused.page.fill("[name=text]", "Tentang bukti 1: akun itu bukan milik saya.")
    accused.page.click("button:has-text('Kirim penjelasan')")
    accused.page.wait_for_selector("text=Tentang bukti 1")
    assert case.respondent_answers.get().text == "Tentang bukti 1: akun itu bukan milik saya."
    accused.page.click("summary:has-text('Kirim bukti')")
    accused.page.set_input_files(
        "[name=pictures]", {"name": "balasan.png", "mimeType": "image/png", "buffer": post_on_a_phone()}
    )
    accused.page.wait_for_selector("text=1 dari 1 gambar sudah sampai. Belum selesai")
    accused.keep("halaman-terlapor-mengirim")
    held = HeldImage.objects.get()
    accused.page.click("button:has-text('Kirim gambar')")
    accused.page.wait_for_selector("text=Gambar Anda sudah tersimpan dan disegel.")
    assert [page.pk for page in case.documents.get().pages.all()] == [held.pk]
    assert HeldImage.objects.count() == 0
    assert office.doors | accused.doors >= SHOWN
