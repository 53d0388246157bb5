"""A planted identity, code and key are looked for everywhere they must not be."""

import logging

import pytest
from django.db import connection
from psycopg2 import sql

from tests.factories import png
from tests.reports.conftest import laporan_answers

SECRETS = {
    "reporter_name": "Kanarimerah Pelapor",
    "reporter_address": "Gang Kanaribiru 77",
    "reporter_contact": "kanarihijau@contoh.id",
    "reporter_nik": "3374019901800042",
}


def every_row_as_text():
    """All columns of all tables, as PostgreSQL writes them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        for table in tables:
            name = sql.Identifier(table)
            cursor.execute(sql.SQL("SELECT {}::text FROM {}").format(name, name))
            yield from (text for (text,) in cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_nobody_can_read_who_sent_a_report(citizen, broker, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    # One try with an error, so that the way back is searched too
    citizen.send(png(), answers=laporan_answers(**SECRETS, platform=""))
    code = citizen.send(png(), answers=laporan_answers(**SECRETS)).context["receipt"].code
    secrets = [*SECRETS.values(), code, code.replace("-", ""), citizen.key]
    database = "\n".join(every_row_as_text())
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    places = {"database": database.encode(), "broker": broker.everything(), "log": caplog.text.encode(), "files": files}
    assert "Slamet Riyadi" in database
    for secret in secrets:
        encoded = (secret.encode(), secret.encode().hex().encode())
        assert not [place for place, content in places.items() if any(form in content for form in encoded)]
