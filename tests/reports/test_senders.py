"""One browser sending one file twice on one day can be told; nothing else about a sender can."""

from datetime import timedelta
from secrets import token_hex

import pytest
from django.core.cache import cache
from django.db import connection

from reports import drafts, intake
from reports.models_likeness import SenderMark
from reports.originals import Picture
from tests.factories import AT, png, report_facts

pytestmark = pytest.mark.django_db
PHONE = "a secret in the cookie of a phone"


@pytest.fixture
def send(reference):
    def send(data, *, browser=PHONE, at=AT, **facts):
        draft = drafts.Draft(key=token_hex(16), browser_secret=browser)
        intake.submit(facts=report_facts(**facts), pictures=[Picture.of(data)], draft=draft, at=at)
        return SenderMark.objects.filter(evidence__report__idempotency_digest=draft.idempotency_digest).first()

    return send


def test_the_same_file_from_the_same_browser_is_told(send):
    file = png()
    assert send(file).mark == send(file).mark


def test_another_file_browser_or_day_is_told_apart(send):
    file = png()
    marks = {
        send(file).mark,
        send(file, browser="another phone").mark,
        send(png()).mark,
        send(file, at=AT + timedelta(days=1)).mark,
    }
    assert len(marks) == 4


def test_an_identified_report_is_never_marked(send):
    assert send(png(), lane="laporan") is None


def test_without_the_salt_of_the_day_a_mark_cannot_be_made_again(send):
    file = png()
    before = send(file).mark
    cache.clear()
    assert send(file).mark != before


def test_no_report_is_lost_because_the_cache_is(send):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cache_entry RENAME TO gone")
    file = png()
    assert send(file).mark != send(file).mark
