"""Requests no browser sends, at the form and at the addresses for single pictures: refused, nothing kept or broken.

Each is a good one of this browser (its token, its key, answers nothing is wrong with, a picture) with one thing wrong.
Numbers are those of the list of bad inputs; tests/security/test_bad_inputs.py prints the score of all of them.
"""

import gzip
import re
from functools import partial
from urllib.parse import quote

import pytest
from django.test import Client

from evidence.digests import sha256_hex
from reports.drafts import new_key
from reports.models import Evidence, HeldImage, Report
from tests.factories import png
from tests.reports.conftest import KEY, good_answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

EDGE = "garis"
MULTIPART = f"multipart/form-data; boundary={EDGE}"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FORM, HOLD, DROP = "/laporkan/", "/laporkan/gambar/", "/laporkan/gambar/hapus/"


def part(name, content=b"x", more=""):
    return f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"


def whole(*parts):
    return b"".join(parts) + f"--{EDGE}--\r\n".encode()


def file(name, data, filename="a.png", kind="image/png"):
    return part(name, data, f'; filename="{filename}"\r\nContent-Type: {kind}')


def words_of(page):
    """The parts of a good form, as this page asks for them, without its picture."""
    answers = {"csrfmiddlewaretoken": TOKEN.search(page)[1], "key": KEY.search(page)[1]} | good_answers()
    return [part(name, value.encode()) for name, value in answers.items()]


class Sender:
    """A browser that sends bytes it made itself, with a token that is asked for."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)
        self.page = self.client.get(FORM).text
        self.words = words_of(self.page)

    def start_anew(self):
        """Another form of the same browser."""
        self.words = words_of(KEY.sub(f'name="key" value="{new_key()}"', self.page))

    def send(self, address, body, kind=MULTIPART, **headers):
        return self.client.generic("POST", address, body, content_type=kind, headers=headers)

    def good(self, data=None, **about):
        return whole(*self.words, *[file(name, data or png(), **about) for name in ("pictures", "picture")])


@pytest.fixture
def sender():
    return Sender()


NESTED = b"--dalam\r\nContent-Disposition: file; filename=a.png\r\n\r\n" + b"x" * 100 + b"\r\n--dalam--"
MIXED = "multipart/mixed; boundary=dalam"
PACKED = {"Content-Encoding": "gzip"}
ANYWHERE = dict.fromkeys((FORM, HOLD, DROP), 400)
NO_TOKEN = dict.fromkeys((FORM, HOLD, DROP), 403)


def request(build, expected, kind=MULTIPART, **headers):
    return build, expected, kind, headers


# Of the sender: what it sends, and the status at each address
REQUESTS = {
    "37 26 MB": request(lambda own: own.good(b"\xff\xd8" + bytes(26_000_000)), {FORM: 413, HOLD: 413}),
    "37 50 MB": request(lambda own: own.good(b"\xff\xd8" + bytes(25_000_000)), {FORM: 413, HOLD: 413}),
    "42 multipart without boundary": request(lambda own: own.good(), ANYWHERE, "multipart/form-data"),
    "42 5000 fields": request(lambda own: whole(*own.words, *[part(f"n{n}") for n in range(5_000)]), ANYWHERE),
    "42 5000 files": request(lambda own: whole(*own.words, *[file("pictures", b"x")] * 5_000), ANYWHERE),
    "42 multipart in multipart": request(lambda own: own.good(NESTED, kind=MIXED), {FORM: 200, HOLD: 422}),
    "42 part's header of 1 MB": request(
        lambda own: whole(*own.words, part("candidate", more=f'; x="{"a" * 1_000_000}"'), file("pictures", png())),
        ANYWHERE,
    ),
    "42 field of 2 MB": request(lambda own: whole(*own.words, part("candidate", b"a" * 2_000_000)), ANYWHERE),
    "43 gzip": request(lambda own: gzip.compress(own.good()), ANYWHERE, **PACKED),
    "43 said to be gzip": request(lambda own: own.good(), ANYWHERE, **PACKED),
    "43 unknown coding": request(lambda own: own.good(), ANYWHERE, **{"Content-Encoding": "identity, br"}),
    "43 gzip unsaid": request(lambda own: gzip.compress(own.good()), NO_TOKEN),
    "44 half a picture": request(lambda own: own.good().partition(b"IDAT")[0], {FORM: 200, HOLD: 422}),
    "44 half the words": request(lambda own: own.good()[:700], {FORM: 200, HOLD: 422, DROP: 200}),
    "JSON": request(lambda own: b'{"narrative": 1e400}', NO_TOKEN, "application/json"),
    "unknown kind": request(lambda own: b"halo", NO_TOKEN, "text/plain"),
    "no file where files go": request(
        lambda own: whole(*own.words, part("pictures"), part("picture")), {FORM: 200, HOLD: 422}
    ),
}


def ask_all(sender):
    """Yield name, address, the status that is due and what sends it, of every one."""
    for name, (build, expected, kind, headers) in REQUESTS.items():
        for address, status in expected.items():
            yield name, address, status, partial(sender.send, address, build(sender), kind, **headers)


def test_odd_requests_are_refused_and_nothing_is_kept(sender, tmp_path):
    seen = [(name, address, due, send().status_code) for name, address, due, send in ask_all(sender)]
    assert [row for row in seen if row[2] != row[3]] == []
    assert (Report.objects.count(), HeldImage.objects.count()) == (0, 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_same_requests_with_nothing_wrong_are_taken(sender):
    assert sender.send(HOLD, sender.good()).status_code == 200
    assert "receipt__code" in sender.send(FORM, sender.good()).text
    assert Evidence.objects.count() == 2


NAMES = {
    "up and out": "../../etc/passwd.jpg",
    "NUL in percent": "a.php%00.jpg",
    "NUL": "a.php\0.jpg",
    "line break": "a\r\nContent-Type: text/html\r\nX: b.jpg",
    "line break in percent": "a%0d%0ab.jpg",
    "300 characters": "a" * 296 + ".jpg",
    "right to left": "gambar\u202egpj.exe",
    "markup": "<img onerror=alert(1)>",
    "emoji": "🙈.jpg",
    "quotation mark": quote('a".jpg', safe='"'),
    "none": "",
}


@pytest.mark.parametrize("name", NAMES)
def test_40_a_name_as_it_is_sent_leads_nowhere(name, sender, tmp_path):
    """Byte for byte: Django's own client and upload class would mend it first."""
    answer = sender.send(FORM, sender.good(filename=NAMES[name]))
    assert "alert(1)" not in answer.text
    kept = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert kept == {f"sealed/{evidence.sealed_name}" for evidence in Evidence.objects.all()}
    assert (Evidence.objects.count(), "receipt__code" in answer.text) == ((0, False) if name == "none" else (1, True))


def test_38_more_pictures_than_a_report_takes_are_refused_with_the_limit(sender):
    assert "batasnya 10" in sender.send(FORM, whole(*sender.words, *[file("pictures", png()) for _ in range(11)])).text
    assert Report.objects.count() == 0


def test_39_the_same_picture_twice_in_one_report_is_taken_with_both_hashes(sender):
    data = png()
    sender.send(FORM, whole(*sender.words, *[file("pictures", data)] * 2))
    assert list(Evidence.objects.values_list("sha256", flat=True)) == [sha256_hex(data)] * 2


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/pdf", "image/png\r\nX: y", ""])
def test_41_a_lying_content_type_changes_nothing(kind, sender):
    assert "receipt__code" in sender.send(FORM, sender.good(kind=kind)).text
    assert Evidence.objects.get().image_format == "PNG"
