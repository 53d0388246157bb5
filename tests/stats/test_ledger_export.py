"""The book as a file: of one region, without names, days and formulas."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from cases.models import OversightBody
from cases.status import Status
from stats.ledger_export import ledger_lines, letters_of
from tests.case_factories import MONDAY, make_case

pytestmark = pytest.mark.django_db


def rows(region_code="33", at=MONDAY + timedelta(days=40)):
    lines = list(ledger_lines(letters_of(region_code), at=at))
    return list(csv.reader([lines[0].removeprefix("\ufeff"), *lines[1:]]))


def test_a_row_tells_of_the_letter_in_months_and_weeks_and_of_nobody(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)
    head, row = rows()
    told = dict(zip(head, row, strict=True))
    assert (told["Bulan dikirim"], told["Minggu tanpa hasil"], told["Lewat batas"]) == ("2024-10", "5", "ya")
    assert case.respondent.name not in str(row)
    assert "Unsur terpenuhi" not in str(row)


def test_only_letters_of_the_region_are_in_the_file(sari, budi):
    make_case(by=sari, second=budi, status=Status.SANKSI)
    assert len(rows("51")) == 1
    assert rows("33")[1][9] == "hukuman disiplin sedang"


def test_no_cell_is_a_formula(sari, budi):
    OversightBody.objects.filter(code="bkn").update(name="=HYPERLINK(1)")
    make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)
    assert rows()[1][3] == "'=HYPERLINK(1)"


def test_who_took_the_file_is_written_down(client, sari, budi, dewi):
    make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)
    client.force_login(dewi)
    answer = client.get(reverse("stats:export-ledger"))
    assert b"2024-10" in b"".join(answer.streaming_content)
    event = AuditEvent.objects.order_by("-id").first()
    assert (event.action, event.actor, event.details) == ("ledger_exported", dewi, {"letters": 1})
