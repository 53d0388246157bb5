"""A row of the draft edited in a form: only what was changed is written, and the YAML stays the truth."""

import difflib
from datetime import UTC, datetime

import pytest
import yaml
from django.urls import reverse

from accounts.roles import Role
from rules.catalogue import load_catalogue, parse_catalogue, read_files
from rules.catalogue.row_text import RowNotFound, find_row, rows_in, with_fields
from rules.drafting import mistake_in, save_draft, start_draft
from rules.models import CatalogueDraft
from rules.row_editing import option_words
from rules.row_forms import RowForm, typed
from tests.conftest import make_user

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
CODES = list(load_catalogue().rows)
FILES = read_files()


def filled(files, code, /, **changes):
    """A row's form as the browser would send it."""
    place = find_row(files, code)
    data = {"edition": 1, **typed(place.fields), **changes}
    return {name: value for name, value in data.items() if value not in (None, False)}


def form_for(files, code, /, **changes):
    codes = [row.code for row in rows_in(files)]
    return RowForm(filled(files, code, **changes), codes=codes, option_words=option_words(files))


def changed_lines(before, after):
    compared = (difflib.ndiff(before[name].split("\n"), after[name].split("\n")) for name in before)
    return [line for lines in compared for line in lines if line[0] in "+-"]


@pytest.fixture
def draft(db, reference, nasrul):
    return start_draft(by=nasrul, at=NOW)


@pytest.fixture
def admin(client, nasrul):
    client.force_login(nasrul)
    return client


@pytest.mark.parametrize("code", CODES)
def test_a_row_that_nobody_changed_changes_no_line(code):
    form = form_for(FILES, code)
    assert form.is_valid(), form.errors
    assert with_fields(FILES, code, form.row()) == FILES


@pytest.mark.parametrize("code", CODES)
def test_every_field_written_anew_means_the_same(code):
    place = find_row(FILES, code)
    shouted = {name: None for name in place.fields if name != "code"}
    emptied = with_fields(FILES, code, shouted)
    assert list(find_row(emptied, code).fields) == ["code"]
    assert parse_catalogue(with_fields(emptied, code, place.fields)).rows == load_catalogue().rows


def test_only_the_lines_of_the_field_change_and_remarks_stay():
    remarked = FILES["disiplin.yaml"].replace("  plain: Sesudah", "  # dibaca Ani\n  plain: Sesudah", 1)
    files = {**FILES, "disiplin.yaml": remarked}
    changed = with_fields(files, "SKB2-II-B-1", {"plain": "Kalimat baru."})
    assert changed["disiplin.yaml"].count("# dibaca Ani\n  plain: Kalimat baru.\n") == 1
    assert len(changed_lines(files, changed)) == 2


def test_a_row_written_in_one_line_is_left_to_the_text():
    row = yaml.safe_dump(yaml.safe_load(FILES["pp94.yaml"])[:1], default_flow_style=True, width=10_000)
    files = {**FILES, "pp94.yaml": f"- {row.strip()[1:-1]}\n"}
    with pytest.raises(RowNotFound):
        with_fields(files, "PP94-5N-1", {"plain": "x"})


def test_a_file_that_cannot_be_read_hides_its_rows_only():
    rows = rows_in({**FILES, "pp94.yaml": "- a: ["})
    assert {row.file for row in rows} == {"kode_etik.yaml", "disiplin.yaml", "undang_undang.yaml"}


def test_a_saved_row_stands_in_the_yaml_of_the_draft(admin, draft):
    data = filled(draft.files, "SKB2-II-B-1", level="sedang", negating="dipasang tetangga\n\n  dipasang tim  ")
    page = admin.post(reverse("rules:draft-row", args=["SKB2-II-B-1"]), data, follow=True)
    assert "Baris disimpan" in page.content.decode()
    files = CatalogueDraft.objects.get().files
    row = parse_catalogue(files).rows["SKB2-II-B-1"]
    assert (row.sanction.level, row.negating) == ("sedang", ("dipasang tetangga", "dipasang tim"))
    assert len(changed_lines(draft.files, files)) == 5


def test_counterparts_name_one_another_again_after_one_form(admin, draft):
    data = filled(draft.files, "SKB2-II-A-6", counterpart="SKB2-II-B-4")
    admin.post(reverse("rules:draft-row", args=["SKB2-II-A-6"]), data)
    rows = parse_catalogue(CatalogueDraft.objects.get().files).rows
    assert (rows["SKB2-II-A-6"].counterpart, rows["SKB2-II-B-4"].counterpart) == ("SKB2-II-B-4", "SKB2-II-A-6")
    assert rows["SKB2-II-A-3"].counterpart is None


def test_a_renamed_row_takes_its_counterpart_along_and_the_answers_are_named(admin, draft):
    data = filled(draft.files, "SKB2-II-A-1", code="SKB2-II-A-9")
    page = admin.post(reverse("rules:draft-row", args=["SKB2-II-A-1"]), data, follow=True).content.decode()
    files = CatalogueDraft.objects.get().files
    assert find_row(files, "SKB2-II-B-1").fields["counterpart"] == "SKB2-II-A-9"
    assert mistake_in(files).file == "meta.yaml"
    assert "names the row SKB2-II-A-1" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code": "kode kecil"}, ["id_code", "disiplin.yaml baris 2: code must be like"]),
        ({"level": "berat", "conflict": "dua sumber"}, ["id_level", "disiplin.yaml baris 2: a level must not"]),
        ({"as_enacted": "denda Rp1", "warning": ""}, ["id_warning", "disiplin.yaml baris 2: a penalty figure"]),
        ({"legal_basis": "PP 94 | sourced | s03\nPP 94"}, ["id_legal_basis", "Baris 2: tulis pasal"]),
        ({"legal_basis": "PP 94 | sourced | s999"}, ["id_legal_basis", "sources without an address"]),
        ({"near_misses": "NONE_APA | teks"}, ["id_near_misses", "Baris 1: tulis label"]),
        ({"confidence": "satu\n"}, ["id_confidence", "Baris 1: tulis nama"]),
        ({"stage": "nanti"}, ["id_stage"]),
        ({"plain": "  "}, ["id_plain"]),
    ],
)
def test_a_mistake_is_said_at_its_field_with_its_line_and_nothing_is_saved(admin, draft, changes, words):
    path = reverse("rules:draft-row", args=["SKB2-II-B-1"])
    answer = admin.post(path, filled(draft.files, "SKB2-II-B-1", **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{words[0]}"' in page
    assert all(word in page for word in words[1:])
    assert CatalogueDraft.objects.get().files == draft.files


def test_somebody_elses_saving_is_not_overwritten_and_typing_is_kept(admin, draft, nasrul):
    save_draft(files={**draft.files, "pp94.yaml": draft.files["pp94.yaml"] + "# lain\n"}, edition=1, by=nasrul, at=NOW)
    data = filled(draft.files, "SKB2-II-B-1", plain="Ketikan saya")
    page = admin.post(reverse("rules:draft-row", args=["SKB2-II-B-1"]), data).content.decode()
    assert "baru saja diubah" in page
    assert "Ketikan saya" in page
    assert "# lain" in CatalogueDraft.objects.get().files["pp94.yaml"]


def test_the_list_names_every_row_and_an_unknown_one_is_not_found(admin, draft):
    page = admin.get(reverse("rules:draft-rows")).content.decode()
    assert all(code in page for code in CODES)
    assert admin.get(reverse("rules:draft-row", args=["SKB2-II-Z-1"])).status_code == 404
    assert "Unsur" in admin.get(reverse("rules:draft-row", args=["SKB2-II-B-1"])).content.decode()


def test_without_a_draft_there_is_nothing_to_edit(admin, db):
    assert admin.get(reverse("rules:draft-rows")).url == reverse("rules:versions")
    assert admin.get(reverse("rules:draft-row", args=["SKB2-II-B-1"])).status_code == 404


def test_other_roles_are_refused(client, draft):
    client.force_login(make_user("lain", Role.AUDITOR, "", "Kantor"))
    assert client.get(reverse("rules:draft-rows")).status_code == 403
    assert client.post(reverse("rules:draft-row", args=["SKB2-II-B-1"]), {}).status_code == 403
