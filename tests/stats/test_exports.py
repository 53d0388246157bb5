"""The CSV of a region."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.status import Status
from regions.models import Region
from stats.exports import COLUMNS, csv_lines, safe_cell
from stats.figures import Period, cases_of
from tests.case_factories import make_case


def read(lines) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(lines).removeprefix("\ufeff"))))


@pytest.mark.django_db
def test_each_case_is_one_row(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.SANKSI)
    heading, row = read(csv_lines(cases_of("33.74", Period())))
    assert heading == [str(column.heading) for column in COLUMNS]
    assert row == [
        case.reference,
        "2024-10",
        "33.74",
        "Kota Semarang",
        "belum diketahui",
        "SKB2-II-B-2",
        "Sanksi dijatuhkan",
        "Sanksi dijatuhkan",
        "Badan Kepegawaian Negara (BKN)",
        "hukuman disiplin sedang",
    ]


@pytest.mark.django_db
def test_no_name_and_no_word_of_the_report_is_in_it(sari, budi):
    words = {"respondent_name": "KENARI-NAMA", "narrative": "KENARI-CERITA", "respondent_agency": "KENARI-INSTANSI"}
    make_case(by=sari, second=budi, status=Status.SELESAI, **words)
    assert "KENARI" not in "".join(csv_lines(cases_of("", Period())))


@pytest.mark.django_db
def test_it_starts_with_the_mark_excel_needs(reference):
    assert next(iter(csv_lines(cases_of("", Period())))).startswith("\ufeff")


@pytest.mark.django_db
def test_many_cases_take_few_queries(sari, budi, django_assert_max_num_queries):
    for _ in range(3):
        make_case(by=sari, second=budi)
    with django_assert_max_num_queries(4):
        assert len(list(csv_lines(cases_of("", Period())))) == 4


@pytest.mark.django_db
def test_a_name_that_looks_like_a_formula_is_text(sari, budi):
    make_case(by=sari, second=budi)
    Region.objects.filter(pk="33.74").update(name='=HYPERLINK("http://evil.example")')
    assert read(csv_lines(cases_of("", Period())))[1][3] == '\'=HYPERLINK("http://evil.example")'


STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u200b=", "\uff1d", "\uff0b", "\uff0d", "\uff20"]


@pytest.mark.parametrize("start", STARTS)
def test_a_cell_cannot_begin_a_formula(start):
    assert safe_cell(f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["Kota Semarang", "2024-10", "", "A=B", "'already"])
def test_an_ordinary_cell_stays_as_it_is(text):
    assert safe_cell(text) == text


@given(st.text())
def test_no_text_survives_as_a_formula(text):
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0"))
