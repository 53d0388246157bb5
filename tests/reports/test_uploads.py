"""Bytes of a form's files, from the request to the picture."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from evidence.arriving import Arrival
from evidence.digests import sha256_hex
from reports.originals import Picture
from tests.factories import png


def received(*files):
    uploads = [SimpleUploadedFile("1.png", data, "image/png") for data in files]
    return RequestFactory().post("/", {"pictures": uploads}).FILES.getlist("pictures")


def test_each_part_is_hashed_as_it_comes_and_the_bytes_kept_are_those(monkeypatch):
    parts = []
    add = Arrival.add
    monkeypatch.setattr(Arrival, "add", lambda self, part: (parts.append(part), add(self, part)))
    files = [png() + bytes(200_000), png()]
    came = received(*files)
    assert len(parts) > 3
    assert max(map(len, parts)) <= 64 * 1024
    for upload, data in zip(came, files, strict=True):
        picture = Picture.arrived(upload.arrival)
        assert (picture.data, picture.sha256, upload.size) == (data, sha256_hex(data), len(data))


def test_a_file_can_be_had_only_with_its_hash():
    (upload,) = received(png())
    with pytest.raises(AttributeError):
        upload.read()


def test_a_body_above_the_limit_is_left_unread(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert received(png() + bytes(2000)) == []
