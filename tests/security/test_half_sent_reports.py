"""Good reports over the wire to the real web server: by half, too slowly, packed, too large, and at last whole."""

import time

import pytest

from portal.opening import GUNICORN
from reports.models import Evidence, HeldImage, Report
from tests.factories import png
from tests.processes import database_url
from tests.security.test_hostile_requests import FORM, MULTIPART, file, whole, words_of
from tests.security.web import answer_of, ask, connected, running

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def port(reference, key_files, settings, tmp_path):
    options = GUNICORN.replace("portal.web_worker.PatientWorker", "tests.security.impatient.ImpatientWorker")
    own = {
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(tmp_path / "data"),
        # Nobody listens there: reports are taken without a broker, too.
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "EVIDENCE_PUBLIC_KEY_FILE": str(key_files / "evidence.public"),
        "IDENTITY_PUBLIC_KEY_FILE": str(key_files / "identity.public"),
    }
    with running(options, tmp_path, **own) as (started, _):
        yield started


@pytest.fixture
def request_of(port):
    """Makes a request of a browser that has the form before it, of the parts of its body."""
    head, _, page = ask(port, f"GET {FORM} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode()).decode().partition("\r\n\r\n")
    cookie = next(line.partition(":")[2].partition(";")[0] for line in head.split("\r\n") if "csrftoken" in line)
    words = words_of(page)

    def made(data, more=""):
        body = whole(*words, file("pictures", data))
        lines = f"POST {FORM} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie:{cookie}\r\n{more}"
        return f"{lines}Content-Type: {MULTIPART}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body

    return made


def is_cut_off(connection, request):
    """Whether the server closes before a byte now and then has brought the whole request."""
    connection.settimeout(0.2)
    for byte in request:
        try:
            return connection.recv(1) == b""
        except TimeoutError:
            connection.sendall(bytes([byte]))
        except ConnectionError:
            return True
    return False


def test_only_a_whole_report_that_is_said_plainly_becomes_one(port, request_of):
    good = request_of(png())
    start, body = good.index(b"\r\n\r\n") + 4, len(good)
    for end in (start, (start + body) // 2, good.index(b"IDAT"), body - 1):
        with connected(port) as connection:
            connection.sendall(good[:end])
    with connected(port) as connection:
        connection.sendall(good[: (start + body) // 2])
        assert is_cut_off(connection, good[(start + body) // 2 :])
    answers = {
        "43 gzip": (request_of(png(), "Content-Encoding: gzip\r\n"), b"400"),
        "37 26 MB": (request_of(b"\xff\xd8" + bytes(26_000_000)), b"413"),
        "37 50 MB": (request_of(b"\xff\xd8" + bytes(50_000_000)), b"413"),
    }
    assert {name: ask(port, request).split(b" ")[1] for name, (request, _) in answers.items()} == {
        name: status for name, (_, status) in answers.items()
    }
    time.sleep(1)
    assert (Report.objects.count(), HeldImage.objects.count()) == (0, 0)
    with connected(port) as connection:
        connection.sendall(good)
        assert b"receipt__code" in answer_of(connection)
    assert Evidence.objects.get().image_format == "PNG"
