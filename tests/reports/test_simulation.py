"""A draft tried out on reports that have come in, and acts that move to the counterpart row by their date alone."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from reports.classification import classify
from reports.models import Classification
from reports.simulation import simulate
from rules.catalogue import load_catalogue, parse_catalogue
from rules.catalogue.parser import digest_of
from rules.drafting import save_draft, start_draft
from rules.election_editing import change_election, create_election, facts_of
from rules.models import CatalogueVersion, ElectionEvent
from rules.publishing import publish, record_trial, was_tried
from tests.factories import AT, make_report
from tests.rules.test_drafting import META, next_files

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
LIKES = "Guru PNS di SMP negeri kami menyukai dan berkomentar mendukung di unggahan Instagram paslon bupati nomor 1."
BEFORE, AFTER = date(2024, 9, 21), date(2024, 9, 22)
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)


def moved_likes():
    """A draft in which liking before penetapan falls under another row."""
    files = next_files()
    old = "SOCMED_ENGAGE: {bakal_calon: [SKB2-II-A-4]"
    assert old in files[META]
    files[META] = files[META].replace(old, "SOCMED_ENGAGE: {bakal_calon: [SKB2-II-A-2]")
    return files


def first_rule(report):
    return report.classifications.order_by("-id").first().findings.get(rank=1).rule_code


def test_the_reports_that_change_are_named_with_before_and_after():
    report = make_report(narrative=LIKES, act_date=BEFORE)
    make_report(narrative=LIKES, act_date=AFTER)
    found = simulate(before=load_catalogue(), after=parse_catalogue(moved_likes()))
    assert (found.judged, found.known) == (2, 2)
    (change,) = found.foremost
    assert change.report_id == str(report.id)
    assert (change.before.rule, change.after.rule) == ("SKB2-II-A-4", "SKB2-II-A-2")
    assert found.beside == ()


def test_rows_named_beside_are_counted_apart():
    make_report(narrative=LIKES, act_date=BEFORE)
    files = next_files()
    files[META] = files[META].replace("bakal_calon: [SKB2-II-A-4]", "bakal_calon: [SKB2-II-A-4, SKB2-II-A-2]")
    found = simulate(before=load_catalogue(), after=parse_catalogue(files))
    assert (len(found.foremost), len(found.beside)) == (0, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pernyataan_terbuka]", "potong_tukin_25_6bln]"),
        ("stage: bakal_calon", "stage: any"),
    ],
)
def test_a_row_that_stays_foremost_with_another_sanction_or_stage_is_shown(old, new):
    make_report(narrative=LIKES, act_date=BEFORE)
    before = load_catalogue()
    files = next_files()
    head, row = files["kode_etik.yaml"].split("- code: SKB2-II-A-4\n")
    assert old in row
    after = parse_catalogue({**files, "kode_etik.yaml": f"{head}- code: SKB2-II-A-4\n{row.replace(old, new, 1)}"})
    found = simulate(before=before, after=after)
    assert (len(found.foremost), len(found.relevelled), len(found.beside)) == (0, 1, 0)
    assert found.relevelled[0].before.rule == "SKB2-II-A-4"


def test_a_row_of_one_kind_of_election_only_leaves_the_answers_of_others():
    make_report(narrative=LIKES, act_date=BEFORE)
    files = moved_likes()
    head, row = files["kode_etik.yaml"].split("- code: SKB2-II-A-2\n")
    files["kode_etik.yaml"] = f"{head}- code: SKB2-II-A-2\n  event_kind: pemilu\n{row}"
    (change,) = simulate(before=load_catalogue(), after=parse_catalogue(files)).foremost
    assert (change.before.rule, change.after.rule) == ("SKB2-II-A-4", "")


def test_trying_out_a_draft_is_recorded_with_the_hash_of_its_text(client, nasrul):
    make_report(narrative=LIKES, act_date=BEFORE)
    draft = start_draft(by=nasrul, at=NOW)
    draft = save_draft(files=moved_likes(), edition=draft.edition, by=nasrul, at=NOW)
    client.force_login(nasrul)
    assert not was_tried(draft)
    client.get(reverse("reports:simulation"))
    assert was_tried(draft)
    event = AuditEvent.objects.get(action="catalogue.simulated")
    assert event.actor == nasrul
    assert event.details == {
        "digest": digest_of(draft.files), "judged": 1, "known": 1, "foremost": 1, "relevelled": 0, "beside": 0,
    }  # fmt: skip


def test_a_draft_with_a_new_pair_of_rows_moves_acts_by_their_date_alone():
    """The counterpart of an edited draft, not only of the catalogue of the release."""
    files = next_files()
    files["disiplin.yaml"] = files["disiplin.yaml"].replace("SKB2-II-B-6", "SKB2-II-B-66")
    files["kode_etik.yaml"] = files["kode_etik.yaml"].replace("SKB2-II-B-6", "SKB2-II-B-66")
    files[META] = files[META].replace("SKB2-II-B-6]", "SKB2-II-B-66]")
    for day in (BEFORE, AFTER):
        make_report(narrative=LIKES, act_date=day)
    after = parse_catalogue(files)
    (change,) = simulate(before=load_catalogue(), after=after).foremost
    assert change.act_date == AFTER
    assert (change.before.rule, change.after.rule) == ("SKB2-II-B-6", "SKB2-II-B-66")
    assert after.rows["SKB2-II-A-4"].counterpart == change.after.rule


def test_trying_out_stores_nothing_and_the_same_catalogue_changes_nothing():
    make_report(narrative=LIKES, act_date=BEFORE)
    runs = Classification.objects.count()
    assert simulate(before=load_catalogue(), after=load_catalogue()).changes == ()
    assert Classification.objects.count() == runs


def test_only_the_latest_reports_are_tried_and_that_is_counted():
    for _ in range(3):
        make_report(narrative=LIKES, act_date=BEFORE)
    found = simulate(before=load_catalogue(), after=parse_catalogue(moved_likes()), most=2)
    assert (found.judged, found.known, len(found.changes)) == (2, 3, 2)


def test_the_page_shows_the_changes_and_no_word_of_a_report(client, nasrul):
    report = make_report(narrative=LIKES, act_date=BEFORE, respondent_name="Slamet Riyadi")
    draft = start_draft(by=nasrul, at=NOW)
    save_draft(files=moved_likes(), edition=draft.edition, by=nasrul, at=NOW)
    client.force_login(nasrul)
    page = client.get(reverse("reports:simulation")).content.decode()
    assert str(report.id)[:8] in page
    assert "SKB2-II-A-2" in page
    assert "sebelum penetapan calon" in page
    assert "SOCMED_ENGAGE" in page
    assert LIKES not in page
    assert "Slamet" not in page


def test_the_page_says_what_stands_against_publishing(client, nasrul):
    start_draft(by=nasrul, at=NOW)
    client.force_login(nasrul)
    page = client.get(reverse("reports:simulation")).content.decode()
    assert "sudah lewat" in page
    assert "Isi aturan sama" in page
    assert "Terbitkan versi ini" not in page


def test_the_machine_judges_by_the_version_of_the_day_and_old_findings_keep_theirs(nasrul):
    report = make_report(narrative=LIKES, act_date=BEFORE)
    old = report.classifications.get()
    draft = start_draft(by=nasrul, at=NOW)
    draft = save_draft(files=moved_likes(), edition=draft.edition, by=nasrul, at=NOW)
    record_trial(draft=draft, counts={}, by=nasrul, at=NOW)
    version = publish(edition=draft.edition, by=nasrul, at=NOW)
    assert classify(report=report, at=datetime(2026, 11, 30, tzinfo=UTC)).catalogue_version == old.catalogue_version
    assert first_rule(report) == "SKB2-II-A-4"
    assert classify(report=report, at=datetime(2026, 12, 1, tzinfo=UTC)).catalogue_version == version
    assert first_rule(report) == "SKB2-II-A-2"
    old.refresh_from_db()
    assert old.catalogue_version == CatalogueVersion.objects.get(label="2026.1")


@pytest.mark.parametrize(
    "narrative",
    [
        LIKES,
        "Camat kami yang PNS memasang baliho calon bupati di pagar rumahnya, besar sekali.",
        "Kepala dinas PNS foto bersama calon bupati sambil menunjukkan dua jari, lalu diunggah ke Facebook.",
    ],
)
def test_an_act_moves_to_the_counterpart_row_by_its_date_alone(narrative):
    before, after = (first_rule(make_report(narrative=narrative, act_date=day)) for day in (BEFORE, AFTER))
    rows = load_catalogue().rows
    assert (rows[before].stage, rows[after].stage) == ("bakal_calon", "calon")
    assert rows[before].counterpart == after


def test_a_corrected_penetapan_moves_the_act_too(nasrul):
    event = ElectionEvent.objects.get(code="pilkada-2024")
    report = make_report(narrative=LIKES, act_date=AFTER)
    first = first_rule(report)
    event.penetapan_date = date(2024, 9, 23)
    change_election(code=event.code, facts=facts_of(event), by=nasrul, at=NOW)
    classify(report=report, at=AT)
    assert load_catalogue().rows[first].counterpart == first_rule(report)


def test_an_election_an_officer_added_gives_the_stage_in_its_region_only(nasrul):
    event = ElectionEvent(
        code="uji", kind="pilkada", name="Uji", region_codes=["33.74"], contests=["kepala_daerah"], source="uji",
        starts_date=date(2031, 1, 1), penetapan_date=date(2031, 6, 1), voting_date=date(2031, 9, 1),
        ends_date=date(2031, 12, 1),
    )  # fmt: skip
    create_election(code="uji", facts=facts_of(event), by=nasrul, at=NOW)
    at = datetime(2031, 7, 1, tzinfo=UTC)
    here = make_report(narrative=LIKES, act_date=date(2031, 6, 2), at=at)
    elsewhere = make_report(narrative=LIKES, act_date=date(2031, 6, 2), region_code="51.71", at=at)
    assert here.classifications.get().stage == "calon"
    assert elsewhere.classifications.get().stage == "unknown"
