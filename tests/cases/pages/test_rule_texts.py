"""A rule in words: the table's maximum is no forecast, a disputed level is not named."""

import pytest
from django.utils.translation import override

from cases.rule_texts import rows_by_code, rule_text
from rules.models import CatalogueVersion


def row(**sanction):
    return {
        "code": "X",
        "title": {"id": "Judul", "en": "Title"},
        "stage": "calon",
        "legal_basis": [{"ref": "PP 1"}],
        "sanction": sanction,
    }


@pytest.mark.parametrize(
    ("sanction", "words"),
    [
        ({"level": "berat"}, "Hukuman disiplin berat, paling berat menurut tabel, bukan ramalan"),
        ({"level": "moral"}, "Sanksi moral, paling berat menurut tabel, bukan ramalan"),
        ({"level": None}, "Tingkat ditentukan oleh badan yang berwenang"),
        ({"level": "sedang", "conflict": "berat"}, "Tingkat sanksi tidak ditampilkan"),
        (
            {"level": "pidana_pemilu", "as_enacted": "kurungan"},
            "Jalur pidana, ancaman sebagaimana diundangkan: kurungan",
        ),
    ],
)
def test_what_is_said_of_a_sanction(sanction, words):
    assert rule_text("X", row(**sanction)).sanction == words


CAUTIOUS = [
    {"conflict": "berat", "level": "sedang"},
    {"as_enacted": "x"},
    {"level": "berat", "conflict_note": "Belum pasti."},
]


@pytest.mark.parametrize("sanction", CAUTIOUS)
def test_what_needs_a_caution_has_one(sanction):
    assert rule_text("X", row(**sanction)).caution


def test_a_rule_that_is_gone_is_named_by_its_code():
    text = rule_text("SKB9", None)
    assert (text.code, text.sanction) == ("SKB9", "")
    assert "tidak ada" in text.title


def test_a_title_follows_the_language_of_the_page():
    with override("en"):
        assert rule_text("X", row(level="berat")).title == "Title"
    with override("id"):
        assert rule_text("X", row(level="berat")).title == "Judul"


@pytest.mark.parametrize("content", [None, [], {}, {"rows": None}])
def test_a_catalogue_without_rows_has_none(content):
    assert rows_by_code(content) == {}


def test_every_rule_in_force_has_a_title_and_no_bare_level(reference):
    rows = rows_by_code(CatalogueVersion.objects.latest("pk").content)
    assert len(rows) >= 20
    for code, entry in rows.items():
        text = rule_text(code, entry)
        assert text.title
        assert text.sanction
        if "berat" in text.sanction.lower() or "sedang" in text.sanction.lower():
            assert "bukan ramalan" in text.sanction
