"""Requests no browser sends, at the form and at the address for single pictures: refused, nothing kept, nothing broken.

Numbers are those of the list of bad inputs; files themselves are in tests/evidence/test_hostile_files.py.
"""

import gzip
import sys

import pytest
from django.urls import reverse

from evidence.digests import sha256_hex
from reports.models import Evidence, HeldImage, Report
from tests.factories import png
from tests.reports.conftest import Citizen, good_answers
from tests.security.test_uploads import upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

EDGE = "garis"
MULTIPART = f"multipart/form-data; boundary={EDGE}"


@pytest.fixture
def citizen(client):
    """Somebody who has the form before them."""
    return Citizen(client)


def part(name, content=b"x", more=""):
    return f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + content + b"\r\n"


def whole(*parts):
    return b"".join(parts) + f"--{EDGE}--\r\n".encode()


NESTED = b"--dalam\r\nContent-Disposition: file; filename=a.png\r\n\r\n" + b"x" * 100 + b"\r\n--dalam--"
REQUESTS = {
    "42 multipart without boundary": ("multipart/form-data", whole(part("key")), {400}),
    "42 5000 fields": (MULTIPART, whole(*[part(f"n{number}") for number in range(5_000)]), {400}),
    "42 5000 files": (MULTIPART, whole(*[part("pictures", more='; filename="a"')] * 5_000), {400}),
    "42 multipart in multipart": (
        MULTIPART,
        whole(part("pictures", NESTED, '; filename="a"\r\nContent-Type: multipart/mixed; boundary=dalam')),
        {200, 400, 422},
    ),
    "42 header of 1 MB": (MULTIPART, whole(part("key", more=f'; x="{"a" * 1_000_000}"')), {200, 400}),
    "42 field of 2 MB": (MULTIPART, whole(part("narrative", b"a" * 2_000_000)), {400}),
    "43 gzip": (MULTIPART, gzip.compress(whole(part("key"))), {200, 400}),
    "44 half a body": (MULTIPART, whole(part("pictures", png(), '; filename="a.png"'))[:120], {200, 400, 422}),
    "JSON": ("application/json", b'{"narrative": 1e400}', {200, 400}),
    "unknown kind": ("text/plain", b"halo", {200, 400}),
    "no file where files go": (MULTIPART, whole(part("pictures", b"text")), {200, 400, 422}),
}


@pytest.mark.parametrize("address", ["reports:submit", "reports:hold-picture", "reports:drop-picture"])
def test_odd_requests_are_refused_and_nothing_is_kept(address, citizen, capsys, tmp_path):
    wrong = {}
    for name, (kind, body, expected) in REQUESTS.items():
        answer = citizen.client.generic("POST", reverse(address), body, content_type=kind)
        if answer.status_code not in expected:
            wrong[name] = answer.status_code
    with capsys.disabled():
        sys.stdout.write(
            f"\nodd requests to {address}: tried {len(REQUESTS)}, crashed 0, kept {Report.objects.count()}\n"
        )
    assert wrong == {}
    assert (Report.objects.count(), HeldImage.objects.count()) == (0, 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_38_more_pictures_than_a_report_takes_are_refused_with_the_limit(citizen):
    assert "batasnya 10" in citizen.send(*[png() for _ in range(11)]).text
    assert Report.objects.count() == 0


def test_39_the_same_picture_twice_in_one_report_is_taken_with_both_hashes(citizen):
    data = png()
    citizen.send(data, data)
    assert list(Evidence.objects.values_list("sha256", flat=True)) == [sha256_hex(data)] * 2


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/pdf", "image/png\r\nX: y", ""])
def test_41_a_lying_content_type_changes_nothing(kind, citizen):
    answer = citizen.client.post(
        citizen.url, {**good_answers(), "key": citizen.key, "pictures": [upload(png(), kind=kind)]}
    )
    assert "receipt__code" in answer.text
    assert Evidence.objects.get().image_format == "PNG"
