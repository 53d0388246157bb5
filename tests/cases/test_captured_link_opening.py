"""What the machine captured of a link leaves the vault as an original does: two people, one hour, one download."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from cases.custody import custody_of_link
from cases.models import OriginalOpening
from cases.original_opening import agree_to_original, ask_for_original, take_original
from cases.original_packing import pack_agreed
from cases.refusals import ActionRefused, NotVisible
from evidence import vault
from evidence.digests import sha256_hex
from evidence.sealing import read_public_key, seal
from reports.link_capture import Visit, store_visit
from reports.link_fetching import Fetched
from reports.models import Report
from reports.models_capture import LinkCapture
from tests.case_factories import MONDAY, make_case

pytestmark = pytest.mark.django_db
PAGE = b"<title>Ayo pilih nomor 2</title><script>alert(1)</script>"
URL = "https://contoh.id/unggahan"
REASON = "Unggahan sudah dihapus dari situsnya."
MINUTE = timedelta(minutes=1)


def make_capture(case):
    """The page at the link of the case's report, sealed as a visit seals it."""
    report = case.case_reports.get().report
    Report.objects.filter(pk=report.pk).update(link=URL, link_address=URL)
    report.refresh_from_db()
    row = LinkCapture(report=report)
    sealed = seal(PAGE, read_public_key(settings.EVIDENCE_PUBLIC_KEY_FILE), row.context)
    vault.store(settings.SEALED_ROOT, row.sealed_name, sealed.ciphertext)
    return store_visit(report=report, visit=Visit(Fetched(URL, 200, "text/html", PAGE), sealed), at=MONDAY)


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, employer="33.74")


@pytest.fixture
def capture(case):
    return make_capture(case)


@pytest.fixture
def packed(capture, sari, budi):
    asked = ask_for_original(original=capture, reason=REASON, by=sari, at=MONDAY)
    agree_to_original(opening=asked, by=budi, at=MONDAY + MINUTE)
    assert pack_agreed(at=MONDAY + 2 * MINUTE) == 1
    return OriginalOpening.objects.get(pk=asked.pk)


def test_two_people_and_the_worker_hand_over_what_the_site_answered(packed, capture, sari):
    data = take_original(opening=packed, by=sari, at=MONDAY + 3 * MINUTE)
    assert data == PAGE
    assert sha256_hex(data) == capture.sha256
    steps = [step.name for step in custody_of_link(capture)]
    assert steps == ["link.visited", "asli_diminta", "asli_disetujui", "asli_disiapkan", "asli_dibuka"]


def test_it_is_handed_over_once_and_to_nobody_else(packed, sari, budi):
    with pytest.raises(ActionRefused):
        take_original(opening=packed, by=budi, at=MONDAY + 3 * MINUTE)
    take_original(opening=packed, by=sari, at=MONDAY + 3 * MINUTE)
    with pytest.raises(ActionRefused):
        take_original(opening=packed, by=sari, at=MONDAY + 4 * MINUTE)


def test_who_asked_cannot_agree(capture, sari):
    asked = ask_for_original(original=capture, reason=REASON, by=sari, at=MONDAY)
    with pytest.raises(ActionRefused):
        agree_to_original(opening=asked, by=sari, at=MONDAY)


def test_another_region_cannot_ask(capture, wayan):
    with pytest.raises(NotVisible):
        ask_for_original(original=capture, reason=REASON, by=wayan, at=MONDAY)


def test_a_file_exchanged_in_the_vault_fails(capture, sari, budi):
    asked = ask_for_original(original=capture, reason=REASON, by=sari, at=MONDAY)
    agree_to_original(opening=asked, by=budi, at=MONDAY)
    vault.store(settings.SEALED_ROOT, capture.sealed_name, b"another file, longer than any key")
    assert pack_agreed(at=MONDAY) == 0
    asked.refresh_from_db()
    assert asked.failed_at == MONDAY


def test_an_opening_is_of_one_thing(capture, case, sari):
    with pytest.raises(IntegrityError), transaction.atomic():
        OriginalOpening.objects.create(case=case, reason=REASON, asked_by=sari, asked_at=MONDAY)
