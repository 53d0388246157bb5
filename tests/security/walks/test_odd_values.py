"""Values no form would send: too large, too long, unprintable, twice. Every answer is one the portal meant to give."""

import time
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from tests.reports.conftest import KEY, laporan_answers
from tests.security import world
from tests.security.access_table import DENIED, read_table
from tests.security.posts import BODIES, OF_THE_FOLLOWER, good_post

ODD = {
    "empty": "",
    "NUL": "a\x00b",
    "a control character": "\x1b[31m\x07",
    "half a character": "\udcff",
    "right to left": "\u202e\u2066" * 50,
    "combining": "a" + "\u0301" * 10_000,
    "zero": "0",
    "negative": "-1",
    "larger than any number of the database": "9" * 40,
    "no number": "NaN",
    "infinite": "1e400",
    "foreign digits": "١٢٣",
    "quotes": "' OR 1=1; --",
    "wildcards": "%_\\%" * 20,
    "a format": "%s%n{0.__class__}",
    "a date that is none": "2024-02-31",
    "the first year": "0001-01-01",
    "the last year": "9999-12-31",
    "a list": "[]",
    "long": "x" * 30_000,
    "many lines": "\r\n" * 5_000,
    "a slow pattern": "a" * 30_000 + "!",
    "a slow code": "0-" * 15_000,
    "a slow name": "dr. " * 5_000,
}
# For forms of staff, field by field: what only differs in being odd text comes together.
TEXTS = ("right to left", "quotes", "wildcards", "a format", "a list")
LONG = ("combining", "long", "many lines", "a slow pattern", "a slow code", "a slow name")
ODD_IN_A_FIELD = {kind: value for kind, value in ODD.items() if kind not in {*TEXTS, *LONG}} | {
    "odd texts": " ".join(ODD[kind] for kind in TEXTS),
    "long texts": " ".join(ODD[kind] for kind in LONG),
}
# Every form that has it is read by the same function.
VERSION, VERSION_OF = "version", "cases:take-step"
QUESTIONS = ("q", "daftar", "page", "region", "kind", "event", "rule", "platform", "free", "first", "last", "next")
# A megabyte of the worst text may not keep the server busy for long.
MOST_SECONDS = 2
# Counting attempts answers first.
NOT_HERE = {"account_login", "account_change_password", "reports:submit"}
FORMS = sorted(name for name in BODIES if name not in NOT_HERE)
_, ROWS = read_table()
MEANT = {200, 302, 400, 403, 404, 405, 409, 413, 422}

pytestmark = pytest.mark.django_db


def send(client, path: str, fields: dict):
    """A form as a browser would encode it, whatever bytes are in it."""
    return client.post(path, urlencode(fields), content_type="application/x-www-form-urlencoded")


def encoded(value: str) -> bytes:
    return value.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("path", ["/kotak-masuk/", "/angka/", "/aturan/", "/akun/login/", "/lacak/", "/laporkan/"])
def test_no_question_in_an_address_breaks_a_page(path, visitors, denpasar):
    visitor = visitors["sari"]()
    for kind, value in ODD.items():
        page = visitor.client.get(path, dict.fromkeys(QUESTIONS, encoded(value)))
        assert page.status_code in MEANT, kind
        assert denpasar.case.reference not in world.body(page), kind


def asker_of(name: str) -> str:
    """Who is let in by the form: Sari, unless only others are."""
    if name in OF_THE_FOLLOWER:
        return "follower"
    answers = ROWS[name, "POST"]
    return next(
        (person for person in ("sari", "budi", "kartika_shared", "nasrul") if answers[person] not in DENIED), "sari"
    )


def oddities_of(name: str, good: dict, asker: str) -> Iterator[tuple[str, dict]]:
    """What makes a good form odd. Those of the national admin are long and odd all over: none stops at one mistake."""
    fields = good.keys() - ({VERSION} if name != VERSION_OF else set())
    parts = [fields] if asker == "nasrul" else [{field} for field in fields]
    for kind, value in ODD_IN_A_FIELD.items():
        yield from ((f"{kind} in {part}", dict.fromkeys(part, encoded(value))) for part in parts if part)


@pytest.mark.parametrize("letter", sorted({name.partition(":")[2][:1] for name in FORMS}))
def test_no_value_breaks_a_form(letter, visitors, semarang, subtests):
    for name in [name for name in FORMS if name.partition(":")[2][:1] == letter]:
        with subtests.test(name), transaction.atomic():
            visitor = visitors[asker := asker_of(name)]()
            good = {field: value for field, value in good_post(name, semarang).items() if field != "pictures"}
            for what, odd in oddities_of(name, good, asker):
                page = send(visitor.client, world.path_of(name, semarang), good | odd)
                assert page.status_code in MEANT, what
            transaction.set_rollback(True)
        semarang.case.refresh_from_db()


def test_most_forms_are_let_in_somewhere():
    """A form that refuses the person reads no value. Nobody made the links of the last two."""
    assert [name for name in FORMS if ROWS[name, "POST"][asker_of(name)] in DENIED] == [
        "cases:delivered",
        "cases:delivered-notice",
    ]


def test_no_value_breaks_the_report_form(client, reference):
    """All fields at once: one page with all its errors is as much as one page with one."""
    key = KEY.search(client.get("/laporkan/").content.decode())[1]
    names = [*laporan_answers(), "reporter_nik", "election_event", "held_pictures"]
    for kind, value in ODD.items():
        fields = dict.fromkeys(names, encoded(value)) | {"lane": "laporan", "key": key}
        before = time.process_time()
        assert send(client, "/laporkan/", fields).status_code in MEANT, kind
        assert time.process_time() - before < MOST_SECONDS, kind


@pytest.mark.parametrize("number", ["9" * 40, "0", "99999999999", "9223372036854775808"])
def test_a_number_no_table_knows_is_not_found(number, visitors, semarang):
    path = reverse("cases:assess-finding", args=[semarang.case.pk, int(number)])
    assert visitors["sari"]().visit("GET", path).status_code == 404


@pytest.mark.parametrize("cookie", ["a" * 5000, "'; DROP TABLE--", "\x00", "../../x", "{}"])
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "django_language"])
def test_no_cookie_breaks_a_page(name, cookie, client, reference):
    for path in ("/", "/laporkan/", "/lacak/", "/kotak-masuk/", "/lacak/laporan/"):
        assert client.get(path, HTTP_COOKIE=f"{name}={cookie}").status_code in {200, 302}
