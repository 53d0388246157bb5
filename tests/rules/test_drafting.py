"""The next catalogue: written, checked, published for good, in force from its day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import yaml
from django.db import InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from rules.catalogue import load_catalogue, parse_catalogue, read_files
from rules.comparing import differences
from rules.current import catalogue_in_force
from rules.drafting import DraftRefused, discard_draft, mistake_in, save_draft, start_draft
from rules.models import CatalogueDraft, CatalogueVersion
from rules.publishing import publish, record_trial
from tests.conftest import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
META = "meta.yaml"
ADDRESSES = ["versions", "start-draft", "draft", "discard-draft", "publish-draft"]


def next_files(day="2026-12-01", label="2026.2"):
    """The files of the release with a label and a date of their own."""
    files = read_files()
    meta = files[META].replace("label: '2026.1'", f"label: '{label}'")
    meta = meta.replace("effective_date: '2022-09-22'", f"effective_date: '{day}'")
    return {**files, META: meta}


def drafted(by, files=None):
    draft = start_draft(by=by, at=NOW)
    return save_draft(files=files or next_files(), edition=draft.edition, by=by, at=NOW)


def tried(draft, by):
    """The draft, tried out as it stands."""
    record_trial(draft=draft, counts={}, by=by, at=NOW)
    return draft


def form_data(draft, **changes):
    return {"edition": draft.edition, **draft.files, **changes}


def test_a_draft_begins_as_the_version_that_takes_effect_last(nasrul):
    draft = start_draft(by=nasrul, at=NOW)
    assert draft.files == read_files()
    assert start_draft(by=nasrul, at=NOW + timedelta(hours=1)).changed_at == NOW
    assert AuditEvent.objects.filter(action="catalogue.draft_started").count() == 1


def test_a_draft_keeps_mistakes_and_names_file_and_line(nasrul):
    files = read_files()
    broken = files["disiplin.yaml"].replace("stage: calon", "stage: nanti", 1)
    draft = drafted(nasrul, {**files, "disiplin.yaml": broken})
    mistake = mistake_in(draft.files)
    assert (mistake.file, mistake.line) == ("disiplin.yaml", 2)
    assert "nanti" in mistake.words
    assert mistake.text == "- code: SKB2-II-B-1"


def test_windows_line_ends_are_no_change(nasrul):
    draft = start_draft(by=nasrul, at=NOW)
    same = {name: text.replace("\n", "\r\n") for name, text in draft.files.items()}
    assert save_draft(files=same, edition=1, by=nasrul, at=NOW).edition == 1


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        (META, "", 1),
        (META, "- a\n", 1),
        (META, "label: 'x", 1),
        (META, "a: \x07", 1),
        ("pp94.yaml", "code: A", 1),
        ("pp94.yaml", "- A\n", 1),
        ("pp94.yaml", "- code: A-1\n  stage: calon\n  stage: any\n", 3),
        ("pp94.yaml", "- a: &x [1]\n- b: *x\n", 2),
        ("pp94.yaml", "- a: 2024-13-45\n", 1),
        ("pp94.yaml", "- a: !!python/object:os.system {}\n", 1),
        ("pp94.yaml", "[" * 5000, 1),
        ("pp94.yaml", "- a: 1\n- " + "[" * 100_000, 2),
    ],
)
def test_no_text_breaks_the_check(name, text, line):
    mistake = mistake_in({**read_files(), name: text})
    assert (mistake.file, mistake.line) == (name, line)


@pytest.mark.parametrize("field", ["labels", "phrases", "sources", "examples", "sanction", "elements", "title", "code"])
@pytest.mark.parametrize("value", ["x y", None, 3, [{"a": 1}]])
def test_a_field_of_the_wrong_kind_is_a_mistake_with_its_line(field, value):
    files = read_files()
    first, *rest = yaml.safe_load(files["pp94.yaml"])
    text = yaml.safe_dump([*rest, first | {field: value}], sort_keys=False, allow_unicode=True)
    mistake = mistake_in({**files, "pp94.yaml": text})
    assert mistake.file == "pp94.yaml"
    assert mistake.text.startswith("- code")


def test_a_bad_date_of_effect_names_its_line():
    mistake = mistake_in(next_files(day="2026-13-01"))
    assert mistake.text.startswith("effective_date")


def test_who_saves_an_older_edition_is_told_who_was_faster(nasrul):
    draft = drafted(nasrul)
    with pytest.raises(DraftRefused, match="nasrul"):
        save_draft(files=read_files(), edition=draft.edition - 1, by=nasrul, at=NOW)
    with pytest.raises(DraftRefused):
        discard_draft(edition=draft.edition - 1, by=nasrul, at=NOW)
    with pytest.raises(DraftRefused):
        publish(edition=draft.edition - 1, by=nasrul, at=NOW)
    assert CatalogueDraft.objects.get().files == draft.files


def test_a_discarded_draft_changes_nothing(nasrul):
    draft = drafted(nasrul)
    discard_draft(edition=draft.edition, by=nasrul, at=NOW)
    assert not CatalogueDraft.objects.exists()
    assert CatalogueVersion.objects.count() == 1
    with pytest.raises(DraftRefused, match="sudah tidak ada"):
        discard_draft(edition=draft.edition, by=nasrul, at=NOW)


def test_a_published_version_is_in_force_from_its_day_on(nasrul):
    version = publish(edition=tried(drafted(nasrul), nasrul).edition, by=nasrul, at=NOW)
    assert catalogue_in_force(date(2026, 11, 30)).version == load_catalogue().version
    assert catalogue_in_force(date(2026, 12, 1)).version == version.digest
    assert catalogue_in_force(date(2026, 12, 1)).label == "2026.2"
    assert not CatalogueDraft.objects.exists()
    event = AuditEvent.objects.get(action="catalogue.published")
    assert event.actor == nasrul
    assert event.told == {"label": "2026.2", "effective_date": "2026-12-01"}


def test_before_any_version_the_files_of_the_release_count():
    assert catalogue_in_force(date(2000, 1, 1)).version == load_catalogue().version


def test_of_two_versions_with_one_day_the_later_published_counts(nasrul):
    publish(edition=tried(drafted(nasrul), nasrul).edition, by=nasrul, at=NOW)
    second = tried(drafted(nasrul, next_files(label="2026.3")), nasrul)
    publish(edition=second.edition, by=nasrul, at=NOW)
    assert catalogue_in_force(date(2027, 1, 1)).label == "2026.3"


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (next_files(day="2026-11-20"), "sudah lewat"),
        (next_files(label="2026.1"), "sudah dipakai"),
        (next_files(label="x" * 41), "40 huruf"),
        (next_files(day="besok"), "baris"),
    ],
)
def test_what_may_not_be_published_says_why(nasrul, files, words):
    with pytest.raises(DraftRefused, match=words):
        publish(edition=drafted(nasrul, files).edition, by=nasrul, at=NOW)
    assert CatalogueVersion.objects.count() == 1


def test_a_text_that_was_not_tried_out_is_not_published(client, nasrul):
    draft = tried(drafted(nasrul), nasrul)
    changed = {**draft.files, META: draft.files[META] + "# satu huruf lagi\n"}
    draft = save_draft(files=changed, edition=draft.edition, by=nasrul, at=NOW)
    client.force_login(nasrul)
    page = client.post(reverse("rules:publish-draft"), {"edition": draft.edition}, follow=True).content.decode()
    assert "belum diuji" in page
    assert "Uji draf yang tersimpan" in page
    assert CatalogueVersion.objects.count() == 1
    assert publish(edition=tried(draft, nasrul).edition, by=nasrul, at=NOW).label == "2026.2"


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_published(change):
    version = CatalogueVersion.objects.get()
    version.label = "lain"
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        version.save() if change == "update" else version.delete()


def test_differences_name_rows_and_answers():
    files = next_files()
    files["kode_etik.yaml"] = files["kode_etik.yaml"].replace("tempel poster cabup", "tempel poster", 1)
    files[META] = files[META].replace("APPEAL: {bakal_calon: [SKB2-II-B-8, UU7-283]", "APPEAL: {bakal_calon: [UU7-283]")
    found = differences(load_catalogue(), parse_catalogue(files))
    assert (found.added, found.removed, found.changed) == ((), (), ("SKB2-II-A-1",))
    assert found.answers == ("APPEAL",)
    assert not differences(load_catalogue(), load_catalogue())


def test_the_admin_writes_and_publishes_on_the_pages(client, nasrul):
    client.force_login(nasrul)
    assert client.post(reverse("rules:start-draft"), follow=True).status_code == 200
    tomorrow = timezone.localdate() + timedelta(days=1)
    draft = CatalogueDraft.objects.get()
    page = client.post(reverse("rules:draft"), form_data(draft, **next_files(day=tomorrow.isoformat())), follow=True)
    assert "Tidak ada kesalahan" in page.content.decode()
    edition = CatalogueDraft.objects.get().edition
    assert "Terbitkan versi ini" in client.get(reverse("reports:simulation")).content.decode()
    page = client.post(reverse("rules:publish-draft"), {"edition": edition}, follow=True).content.decode()
    assert "Versi 2026.2 terbit" in page
    assert "belum berlaku" in page
    assert "berlaku hari ini" in page


def test_the_page_of_a_draft_shows_the_line_that_is_wrong(client, nasrul):
    draft = drafted(nasrul, next_files(day="<b>"))
    client.force_login(nasrul)
    page = client.get(reverse("rules:draft")).content.decode()
    assert "meta.yaml baris" in page
    assert "&#x27;&lt;b&gt;&#x27;" in page
    assert client.get(reverse("reports:simulation")).url == reverse("rules:draft")
    answer = client.post(reverse("rules:publish-draft"), {"edition": draft.edition}, follow=True)
    assert "Perbaiki dulu" in answer.content.decode()


def test_a_page_that_is_behind_keeps_what_was_typed(client, nasrul):
    draft = drafted(nasrul)
    client.force_login(nasrul)
    answer = client.post(reverse("rules:draft"), form_data(draft, edition=1, **{META: "label: ketikan saya"}))
    assert answer.status_code == 409
    assert "label: ketikan saya" in answer.content.decode()
    assert "baru saja diubah" in answer.content.decode()


@pytest.mark.parametrize("edition", ["", "x", "-1", "9" * 30])
def test_a_nonsense_edition_publishes_and_discards_nothing(client, nasrul, edition):
    drafted(nasrul)
    client.force_login(nasrul)
    for name in ("publish-draft", "discard-draft"):
        assert client.post(reverse(f"rules:{name}"), {"edition": edition}).status_code == 302
    assert CatalogueDraft.objects.exists()
    assert CatalogueVersion.objects.count() == 1


def test_a_file_left_empty_is_named(client, nasrul):
    draft = drafted(nasrul)
    client.force_login(nasrul)
    answer = client.post(reverse("rules:draft"), form_data(draft, **{META: ""}))
    assert answer.status_code == 422
    assert "Berkas ini kosong" in answer.content.decode()


def test_without_a_draft_the_pages_lead_back_to_the_versions(client, nasrul):
    client.force_login(nasrul)
    assert client.get(reverse("rules:draft")).url == reverse("rules:versions")
    assert "Mulai draf" in client.get(reverse("rules:versions")).content.decode()
    page = client.post(reverse("rules:discard-draft"), {"edition": 1}, follow=True).content.decode()
    assert "sudah tidak ada" in page


@pytest.mark.parametrize("role", [role for role in Role if role != Role.NATIONAL_ADMIN])
def test_other_roles_are_refused(client, db, role):
    client.force_login(make_user("lain", role, "", "Kantor"))
    for name in ADDRESSES:
        send = client.get if name in ("versions", "draft") else client.post
        assert send(reverse(f"rules:{name}")).status_code == 403, name
    assert client.get(reverse("reports:simulation")).status_code == 403


@pytest.mark.parametrize("name", ["start-draft", "discard-draft", "publish-draft"])
def test_nothing_is_written_by_looking(client, nasrul, name):
    client.force_login(nasrul)
    assert client.get(reverse(f"rules:{name}")).status_code == 405
