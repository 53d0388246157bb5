"""Pictures of the reporter and of the accused, sent later: one a request or all together, each only by its sender."""

import re
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cases.models import DocumentPage
from cases.status import Status
from evidence.digests import sha256_hex
from reports import receipt
from reports.drafts import drop_expired
from reports.models import Evidence, HeldImage, Report, SealedImage
from tests.case_factories import make_case
from tests.clarification_factories import invite
from tests.factories import AT, png, send_report

REPORTERS_CODE = "ABCDE-FGHJK-MNPQR-STVWX-YZ0123"
OTHER_CODE = "BBCDE-FGHJK-MNPQR-STVWX-YZ0123"
KEY = re.compile(r'name="key" value="([0-9a-f]{32})"')
GIF = b"GIF89a" + bytes(60)
ERASED = dict.fromkeys(
    ("narrative", "link", "link_address", "respondent_name", "respondent_post", "respondent_agency", "candidate"), ""
) | {"erased_at": AT}


@dataclass
class Sender:
    """Somebody let in with a code, at the page where pictures can be sent."""

    client: Client
    page: str
    path: str
    rows: type[SealedImage]

    def __post_init__(self):
        self.key = KEY.search(self.client.get(self.page).content.decode())[1]
        self.before = self.rows.objects.count()

    def send(self, *files, **fields):
        uploads = [SimpleUploadedFile(f"gambar {n}.png", data, "image/png") for n, data in enumerate(files, start=1)]
        answer = self.client.post(self.path, {"key": self.key, "pictures": uploads, **fields}, follow=True)
        return answer.status_code, unescape(answer.content.decode())

    def hold(self, data):
        upload = SimpleUploadedFile("gambar.png", data, "image/png")
        return self.client.post(f"{self.path}simpan/", {"key": self.key, "picture": upload})

    def drop(self, identifier):
        return self.client.post(f"{self.path}hapus/", {"key": self.key, "id": identifier})

    @property
    def taken(self):
        """How many pictures were received since."""
        return self.rows.objects.count() - self.before


@pytest.fixture
def case(sari, budi):
    opened = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    Report.objects.update(receipt_digest=receipt.digest(REPORTERS_CODE))
    return opened


def reporter_of(client, code=REPORTERS_CODE):
    client.post("/lacak/", {"code": code})
    return Sender(client, "/lacak/laporan/", "/lacak/laporan/gambar/", Evidence)


def accused_of(client, case, by):
    client.post("/jawab/", {"code": invite(case, by=by).code})
    return Sender(client, "/jawab/undangan/", "/jawab/undangan/bukti/", DocumentPage)


@pytest.fixture(params=["reporter", "accused"])
def sender(request, case, sari, client):
    return reporter_of(client) if request.param == "reporter" else accused_of(client, case, sari)


def test_fine_pictures_beside_a_refused_one_are_kept_and_need_not_be_chosen_again(sender):
    status, page = sender.send(png(), GIF, png())
    assert status == 422
    assert "Gambar ke-2 (gambar 2.png): ini GIF. Kirim JPEG, PNG, WebP, atau HEIC" in page
    assert "2 gambar sudah tersimpan" in page
    assert sender.taken == 0
    shown = re.findall(r'name="shown_pictures" value="([^"]+)"', page)
    assert sender.send(shown_pictures=shown)[0] == 200
    assert (sender.taken, HeldImage.objects.count()) == (2, 0)


def test_a_kept_picture_can_be_left_out(sender):
    _, page = sender.send(png(), GIF, png())
    shown = re.findall(r'name="shown_pictures" value="([^"]+)"', page)
    sender.send(shown_pictures=shown, held_pictures=shown[:1])
    assert sender.taken == 1


def test_pictures_sent_ahead_one_by_one_are_received_once_however_often_they_are_sent(sender):
    picture = png()
    held = sender.hold(picture).json()
    assert sender.hold(picture).json() == held
    for _ in range(2):
        status, page = sender.send(shown_pictures=["", held["id"]])
        assert (status, "Gambar Anda sudah tersimpan" in page) == (200, True)
    row = sender.rows.objects.get(pk=held["id"])
    assert (sender.taken, row.sha256) == (1, sha256_hex(picture))


def test_what_was_received_before_is_received_no_second_time(sender):
    picture = png()
    sender.send(picture)
    held = sender.hold(picture).json()["id"]
    # The second time because the answer to the first was lost
    for _ in range(2):
        assert sender.send(shown_pictures=["", held])[0] == 200
    assert sender.taken == 1
    drop_expired(at=timezone.now() + timedelta(days=2))
    assert (sender.taken, HeldImage.objects.count()) == (1, 0)


def test_nothing_is_kept_for_a_report_that_was_erased(case, client):
    sender = reporter_of(client)
    Report.objects.filter(receipt_digest=receipt.digest(REPORTERS_CODE)).update(**ERASED)
    sender.send(png())
    refused = sender.hold(png())
    assert (refused.status_code, "sudah dihapus" in refused.json()["fault"]) == (409, True)
    assert (sender.taken, HeldImage.objects.count()) == (0, 0)


def test_a_dropped_picture_is_gone_and_a_refused_one_says_why(sender, settings):
    assert sender.drop(sender.hold(png()).json()["id"]).status_code == 200
    assert HeldImage.objects.count() == 0
    refused = sender.hold(GIF)
    assert (refused.status_code, refused.json()["fault"][:7]) == (422, "ini GIF")


def test_a_picture_no_longer_kept_is_named_and_nothing_is_received(sender):
    held = [sender.hold(png()).json()["id"] for _ in range(2)]
    HeldImage.objects.filter(pk=held[1]).delete()
    status, page = sender.send(shown_pictures=["", *held])
    assert (status, sender.taken) == (422, 0)
    assert "Gambar ke-2 tidak tersimpan lagi" in page


def test_eleven_at_once_are_too_many_and_ten_are_kept(sender):
    status, page = sender.send(*[png() for _ in range(11)])
    assert status == 422
    assert "Semuanya 11 gambar; sekali kirim paling banyak 10" in page
    assert "10 gambar sudah tersimpan" in page
    assert sender.taken == 0


def test_without_any_picture_one_is_asked_for(sender):
    assert "Tambahkan paling sedikit satu" in sender.send()[1]


def test_a_picture_one_holds_is_found_by_nobody_else_in_the_same_browser(case, sari, client):
    """A shared computer: one cookie, and the key of the first form read by the next person."""
    other = send_report(at=AT).report
    Report.objects.filter(pk=other.pk).update(receipt_digest=receipt.digest(OTHER_CODE))
    first = reporter_of(client)
    held = first.hold(png()).json()["id"]
    for let_in in (lambda: reporter_of(client, OTHER_CODE), lambda: accused_of(client, case, sari)):
        visitor = let_in()
        visitor.key = first.key
        visitor.drop(held)
        status, page = visitor.send(shown_pictures=[held])
        assert (status, visitor.taken) == (422, 0)
        assert "Gambar ke-1 tidak tersimpan lagi" in page
    client.post("/laporkan/gambar/hapus/", {"key": first.key, "id": held})
    assert HeldImage.objects.filter(pk=held).exists()
    again = reporter_of(client)
    again.key = first.key
    assert again.send(shown_pictures=[held])[0] == 200
    assert again.taken == 1


def test_nothing_kept_tells_that_one_browser_was_on_both_pages(case, sari, client):
    reporter_of(client).hold(png())
    accused_of(client, case, sari).hold(png())
    assert HeldImage.objects.values("browser_digest").distinct().count() == 2


def test_whoever_is_not_let_in_keeps_nothing(case, client):
    for path in ("/lacak/laporan/gambar/", "/jawab/undangan/bukti/"):
        upload = SimpleUploadedFile("gambar.png", png(), "image/png")
        assert client.post(f"{path}simpan/", {"key": "0" * 32, "picture": upload}).status_code == 302
    assert HeldImage.objects.count() == 0
