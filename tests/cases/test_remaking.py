"""After a restore there are sealed originals and no copies: every copy comes back as the very bytes it was."""

from io import StringIO
from shutil import rmtree

import pytest
from django.core.management import CommandError, call_command

from cases.documents import Pact, prepare_waiting_pages, record_pact
from cases.masking import confirm_nothing_to_hide, mask_picture
from cases.models import DocumentPage
from evidence import vault
from reports.models import Evidence
from reports.models_keys import DataKey
from reports.originals import Picture
from tests.case_factories import MONDAY, make_case
from tests.factories import png
from tests.picture_factories import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def pictures(sari, budi):
    """Two pictures, the first with a mask; a paper with one page."""
    case = make_case(by=sari, second=budi, employer="33.74")
    Evidence.objects.all().delete()
    masked, seen = make_picture(case), make_picture(case)
    mask_picture(evidence=masked, boxes=[(0, 45, 240, 75)], by=sari, at=MONDAY)
    confirm_nothing_to_hide(evidence=seen, by=sari, at=MONDAY)
    pact = Pact(signed_date=MONDAY.date(), witness="Sekretaris BKPSDM", pages=[Picture.of(png())])
    record_pact(case=case, pact=pact, by=sari, at=MONDAY)
    prepare_waiting_pages(at=MONDAY)
    return masked, seen


@pytest.fixture
def lost(pictures, settings):
    """The copies by name, which are no longer there."""
    copies = {path.name: path.read_bytes() for path in settings.CLEAN_ROOT.iterdir() if path.is_file()}
    rmtree(settings.CLEAN_ROOT)
    return copies


def remake():
    out = StringIO()
    call_command("remake_copies", stdout=out, stderr=out)
    return out.getvalue().strip()


def there(settings):
    return {path.name: path.read_bytes() for path in settings.CLEAN_ROOT.glob("*.*") if path.is_file()}


def test_every_copy_comes_back_byte_for_byte_and_only_once(lost, settings):
    assert len(lost) == 4
    assert remake() == "4 made, 0 already there, 0 without key (erased), 0 differs, 0 failed"
    assert there(settings) == lost
    assert remake() == "0 made, 4 already there, 0 without key (erased), 0 differs, 0 failed"


def test_what_was_erased_does_not_come_back(lost, pictures, settings):
    masked, _ = pictures
    DataKey.objects.filter(pk=masked.pk).delete()
    assert remake() == "2 made, 0 already there, 2 without key (erased), 0 differs, 0 failed"
    assert not [name for name in there(settings) if name.startswith(str(masked.pk))]


def test_a_copy_unlike_the_one_on_record_is_not_stored_and_not_passed_over(lost, pictures, settings):
    Evidence.objects.filter(pk=pictures[1].pk).update(clean_sha256="0" * 64)
    with pytest.raises(CommandError, match="1 copies are still missing"):
        remake()
    assert pictures[1].clean_name not in there(settings)
    assert len(there(settings)) == 3


def test_a_lost_original_is_named_and_holds_up_no_other(lost, settings):
    page = DocumentPage.objects.get()
    vault.discard(settings.SEALED_ROOT, page.sealed_name)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("remake_copies", stdout=out, stderr=out)
    assert f"{page.clean_name}: failed NotInVault" in out.getvalue()
    assert len(there(settings)) == 3


def test_without_the_private_key_it_says_so(lost, settings):
    settings.EVIDENCE_PRIVATE_KEY_FILE = None
    with pytest.raises(CommandError, match="EVIDENCE_PRIVATE_KEY_FILE"):
        remake()
