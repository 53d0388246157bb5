"""An integrity pact is recorded with its scan: sealed, rebuilt by a worker, shown to the case team, every look told."""

from datetime import date, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from accounts.models import AuditEvent
from cases.documents import Pact, marked_page, prepare_waiting_pages, record_pact
from cases.models import CaseDocument, DocumentPage
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.timeline import timeline
from evidence import vault
from evidence.digests import sha256_hex
from evidence.sealing import read_private_key, read_public_key
from reports.drafts import drop_expired
from reports.key_rotation import KeyKind, Progress, rotate
from reports.models import PreparationState
from reports.originals import OriginalDamaged, Picture, open_original
from tests.case_factories import MONDAY, make_case
from tests.factories import png
from tests.picture_factories import screenshot
from tests.reports.test_preparation import png_without_pixels

pytestmark = pytest.mark.django_db
SIGNED = MONDAY.date() - timedelta(days=3)


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, employer="33.74")


def pact(**changes):
    return Pact(
        **{
            "signed_date": SIGNED,
            "witness": "Sekretaris BKPSDM",
            "pages": [Picture.of(png())],
            "remark": "Berjanji menghapus unggahan.",
            **changes,
        }
    )


def recorded(case, by, **changes):
    return record_pact(case=case, pact=pact(**changes), by=by, at=MONDAY)


def upload(content=None, name="pakta.png"):
    return SimpleUploadedFile(name, content or png(), "image/png")


def typed(**changes):
    return {"signed_date": SIGNED.isoformat(), "witness": "Sekretaris BKPSDM", "pages": [upload()], **changes}


def test_the_pact_its_pages_and_who_recorded_it_are_kept(case, sari, settings):
    pages = [Picture.of(png()), Picture.of(png())]
    document = recorded(case, sari, pages=pages)
    assert (document.signed_date, document.witness, document.by) == (SIGNED, "Sekretaris BKPSDM", sari)
    kept = document.pages.order_by("position")
    assert [page.sha256 for page in kept] == [sha256_hex(page.data) for page in pages]
    assert all(pages[0].data not in vault.load(settings.SEALED_ROOT, page.sealed_name) for page in kept)
    event = AuditEvent.objects.about(case.pk).get(action="pakta_dicatat")
    assert event.actor == sari
    assert event.details == {"document": document.pk, "signed_date": SIGNED.isoformat(), "pages": 2}
    assert [entry.what for entry in timeline(case, by=sari)][-1] == "Pakta integritas dicatat"


def test_the_sweep_of_lost_files_leaves_the_originals_of_pages_alone(case, sari, settings):
    pages = [Picture.of(png()), Picture.of(png())]
    document = recorded(case, sari, pages=pages)
    vault.store(settings.SEALED_ROOT, f"{uuid4()}.sealed", b"of a transaction that was lost")
    assert drop_expired(at=MONDAY.replace(year=2100)) == 1
    assert [open_original(page) for page in document.pages.order_by("position")] == [page.data for page in pages]


def test_a_new_key_pair_opens_the_pages_too(case, sari, settings, tmp_path):
    page = recorded(case, sari).pages.get()
    private, public = tmp_path / "new.private", tmp_path / "new.public"
    call_command("make_keypair", private, public, stdout=StringIO())
    old = read_private_key(settings.EVIDENCE_PRIVATE_KEY_FILE)
    told = rotate(kind=KeyKind.EVIDENCE, old=old, new=read_public_key(public), at=MONDAY, tell=lambda _: None)
    assert told == Progress(done=1, total=1)
    settings.EVIDENCE_PRIVATE_KEY_FILE = private
    page.refresh_from_db()
    assert sha256_hex(open_original(page)) == page.sha256


def test_a_worker_makes_the_page_viewable_and_each_look_is_on_record(case, sari, aminah):
    page = recorded(case, sari, pages=[Picture.of(screenshot())]).pages.get()
    with pytest.raises(ActionRefused, match="belum siap"):
        marked_page(page=page, by=sari, at=MONDAY)
    assert prepare_waiting_pages(at=MONDAY) == 1
    assert prepare_waiting_pages(at=MONDAY) == 0
    page.refresh_from_db()
    shown = marked_page(page=page, by=aminah, at=MONDAY)
    assert (shown.width, shown.height) == (page.clean_width, page.clean_height)
    assert shown.sha256 != marked_page(page=page, by=sari, at=MONDAY).sha256
    looks = AuditEvent.objects.filter(action="berkas_dilihat").oldest_first()
    assert [(look.actor, look.details["page"]) for look in looks] == [(aminah, 1), (sari, 1)]


def test_nobody_outside_the_case_records_or_looks(case, sari, wayan, dewi, kartika):
    page = recorded(case, sari).pages.get()
    prepare_waiting_pages(at=MONDAY)
    page.refresh_from_db()
    for person in (wayan, dewi, kartika):
        with pytest.raises(NotVisible):
            marked_page(page=page, by=person, at=MONDAY)
        with pytest.raises(NotVisible):
            recorded(case, person)
    assert not AuditEvent.objects.filter(action="berkas_dilihat").exists()


def test_who_only_checks_the_work_records_nothing(case, aminah):
    with pytest.raises(ActionRefused, match="tidak berwenang"):
        recorded(case, aminah)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"signed_date": MONDAY.date() + timedelta(days=1)}, "signed_date"),
        ({"witness": "  "}, "witness"),
        ({"witness": "x" * 151}, "witness"),
        ({"remark": "x" * 1001}, "remark"),
        ({"pages": []}, "pages"),
        ({"pages": [None] * 6}, "pages"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_kept(case, sari, settings, changes, field):
    with pytest.raises(FactsRefused) as refused:
        recorded(case, sari, **changes)
    assert list(refused.value.problems) == [field]
    assert not CaseDocument.objects.exists()
    assert not settings.SEALED_ROOT.exists()


def test_a_page_the_decoder_refuses_needs_a_person_and_is_never_shown(case, sari):
    page = recorded(case, sari, pages=[Picture.of(png_without_pixels())]).pages.get()
    assert prepare_waiting_pages(at=MONDAY) == 0
    page.refresh_from_db()
    assert (page.state, page.clean_sha256) == (PreparationState.NEEDS_PERSON, "")
    assert page.refusal


def test_a_page_nobody_can_open_is_given_up_after_some_attempts_and_holds_up_no_other(case, sari, settings):
    lost = recorded(case, sari).pages.get()
    vault.store(settings.SEALED_ROOT, lost.sealed_name, b"\0" * 100)
    for _attempt in range(DocumentPage.MOST_ATTEMPTS):
        with pytest.raises(OriginalDamaged):
            prepare_waiting_pages(at=MONDAY)
    fine = recorded(case, sari).pages.get()
    assert prepare_waiting_pages(at=MONDAY) == 1
    lost.refresh_from_db()
    fine.refresh_from_db()
    assert (lost.state, fine.state) == (PreparationState.NEEDS_PERSON, PreparationState.READY)


def test_the_form_records_and_the_case_page_shows_it(client, case, sari):
    client.force_login(sari)
    answer = client.post(reverse("cases:write-pact", args=[case.pk]), typed(remark="<b>tebal</b>"))
    assert answer.url == reverse("cases:case", args=[case.pk])
    prepare_waiting_pages(at=MONDAY)
    page = DocumentPage.objects.get()
    shown = client.get(reverse("cases:case", args=[case.pk])).content.decode()
    image = reverse("cases:document-page", args=[case.pk, page.pk])
    assert image in shown
    assert "Sekretaris BKPSDM" in shown
    assert "&lt;b&gt;tebal" in shown
    picture = client.get(image)
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert sha256_hex(picture.content) != page.clean_sha256
    assert picture.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"pages": [upload(b"%PDF-1.7 pakta")]}, "Gambar ke-1"),
        ({"pages": []}, "Lampirkan foto atau pindaian pakta"),
        ({"pages": [upload() for _ in range(6)]}, "Lampirkan 1 sampai 5 gambar"),
        ({"signed_date": date(2099, 1, 1).isoformat()}, "Tanggal ini belum tiba"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(client, case, sari, changes, words):
    client.force_login(sari)
    answer = client.post(reverse("cases:write-pact", args=[case.pk]), typed(witness="Ketikan saya", **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Ketikan saya" in answer.content.decode()
    assert not CaseDocument.objects.exists()


def test_a_page_is_not_reached_through_another_case(client, case, sari, budi):
    page = recorded(case, sari).pages.get()
    prepare_waiting_pages(at=MONDAY)
    other = make_case(by=sari, second=budi, respondent_name="Orang Lain")
    client.force_login(sari)
    assert client.get(reverse("cases:document-page", args=[other.pk, page.pk])).status_code == 404
