"""The English of the catalogue: complete in the release, kept by the text, and honest where it is missing."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from rules.catalogue import CatalogueError, in_english, load_catalogue, parse_catalogue, read_files
from rules.catalogue.english import FILE, shown_texts
from rules.catalogue.parser import digest_of
from rules.drafting import missing_english, mistake_in, start_draft
from rules.models import CatalogueVersion

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
PLAIN = "Sesudah penetapan calon, ASN tidak boleh memasang atau menyuruh memasang alat peraga calon."


def with_changed_row():
    """The files of the release with one text of SKB2-II-B-1 rewritten."""
    files = read_files()
    return {**files, "disiplin.yaml": files["disiplin.yaml"].replace(PLAIN, "ASN jangan memasang alat peraga.")}


def test_every_text_a_page_shows_has_its_english():
    assert load_catalogue().untranslated == ()


def test_no_english_is_left_without_its_text():
    catalogue = load_catalogue()
    shown = {text for row in catalogue.rows.values() for text in shown_texts(row)}
    assert set(catalogue.english) == shown | {catalogue.caution, *catalogue.sanction_words.values()}


def test_a_row_in_english_keeps_its_code_its_law_and_its_examples():
    catalogue = load_catalogue()
    for row in catalogue.rows.values():
        said = in_english(row, catalogue.english)
        assert (said.code, said.stage, said.sanction.kind, said.sanction.options) == (
            row.code,
            row.stage,
            row.sanction.kind,
            row.sanction.options,
        )
        assert (said.matches, said.near_misses, said.phrases) == (row.matches, row.near_misses, row.phrases)
        assert said.plain != row.plain


def test_english_is_part_of_what_a_version_is():
    files = read_files()
    other = {**files, FILE: files[FILE].replace("an open moral statement", "an open statement")}
    assert digest_of(other) != digest_of(files)
    assert parse_catalogue(files).content["english"]["pernyataan moral terbuka"] == "an open moral statement"


def test_a_version_from_before_there_was_english_is_read_as_it_was():
    files = read_files()
    del files[FILE]
    old = parse_catalogue(files)
    assert old.version == digest_of(files) != load_catalogue().version
    assert old.english == {}
    assert len(old.untranslated) == len(load_catalogue().english)


def test_a_rewritten_text_lacks_english_and_is_named_with_file_and_line():
    files = with_changed_row()
    line = 1 + files["disiplin.yaml"].split("\n").index("  plain: ASN jangan memasang alat peraga.")
    assert missing_english(files) == (
        f"disiplin.yaml:{line}: English missing in SKB2-II-B-1: ASN jangan memasang alat peraga.",
    )
    assert mistake_in(files) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: b\n", "english.yaml:1: must be a list"),
        ("- satu\n", "english.yaml:1: entry 1 must be a text"),
        ("- id: satu\n", "english.yaml:1: an entry holds two texts"),
        ("- id: satu\n  en: ''\n", "english.yaml:1: an entry holds two texts"),
        ("- id: satu\n  en: one\n- id: satu\n  en: uno\n", "english.yaml:3: this text is given twice: satu"),
    ],
)
def test_a_bad_english_file_is_refused_naming_file_and_line(text, reason):
    with pytest.raises(CatalogueError) as refused:
        parse_catalogue({**read_files(), FILE: text})
    assert reason in str(refused.value)


@pytest.fixture
def english(client, db):
    client.cookies["django_language"] = "en"
    return client


def publish(files):
    catalogue = parse_catalogue(files)
    return CatalogueVersion.objects.create(
        digest=catalogue.version,
        label="uji",
        effective_date="2026-11-01",
        content=dict(catalogue.content),
        files=files,
        loaded_at=NOW,
    )


@pytest.mark.parametrize("code", load_catalogue().rows)
def test_the_english_page_of_a_row_is_in_english(english, code):
    row = in_english(load_catalogue().rows[code], load_catalogue().english)
    page = english.get(reverse("rules:rule", args=[code])).content.decode().replace("&#x27;", "'")
    for text in (row.plain, row.elements.act, row.notes, row.sanction.as_enacted, row.sanction.warning):
        assert text in page
    assert load_catalogue().rows[code].plain not in page


def test_a_row_without_its_english_is_shown_in_indonesian_and_says_so(english):
    publish(with_changed_row())
    page = english.get(reverse("rules:rule", args=["SKB2-II-B-1"])).content.decode()
    assert '<p class="lead" lang="id">ASN jangan memasang alat peraga.</p>' in page
    assert page.count('class="notice"') == 1
    other = english.get(reverse("rules:rule", args=["SKB2-II-B-2"])).content.decode()
    assert '<p class="lead" lang="en">' in other


@pytest.mark.usefixtures("reference")
def test_cek_aturan_answers_with_the_english_of_the_row(english):
    act = {"act": "PNS memasang spanduk calon bupati di pagar rumahnya", "act_date": "2024-10-10"}
    page = english.post(reverse("rules:check"), act).content.decode().replace("&#x27;", "'")
    assert "After candidates are official, a civil servant may not put up" in page
    assert "Putting up a candidate's display material anywhere." in page
    assert "22 September 2024" in page


def test_a_draft_of_an_older_version_begins_with_the_english_of_the_release(nasrul):
    files = read_files()
    del files[FILE]
    publish(files)
    assert start_draft(by=nasrul, at=NOW).files == read_files()


def test_the_draft_page_lists_what_lacks_english(client, nasrul):
    draft = start_draft(by=nasrul, at=NOW)
    draft.files = with_changed_row()
    draft.save()
    client.force_login(nasrul)
    page = client.get(reverse("rules:draft")).content.decode()
    assert "English missing in SKB2-II-B-1" in page
    assert "Tidak ada kesalahan" in page
