"""Every page of case work: who gets in, who does not, and what a wrong address or method gives."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from cases.models import Assessment, Case, Message, Note
from reports.models import Finding

GET_PAGES = ["case", "take-step", "assess-finding", "add-rule", "write-note", "write-message", "change-respondent"]
POST_ONLY = ["take-case", "release-case", "share-case"]
PICTURES = ["evidence", "evidence-image"]


def url(name, case, case_id=None):
    """The address of a page, of this case or of another id."""
    extra = {
        "take-step": lambda: ["mulai_kajian_awal"],
        "assess-finding": lambda: [Finding.objects.get(classification__report__case_link__case=case).pk],
        "evidence": lambda: [case.case_reports.get().report.evidence.get().pk],
        "evidence-image": lambda: [case.case_reports.get().report.evidence.get().pk],
        "withdraw-rule": lambda: ["SKB2-II-B-2"],
    }.get(name, list)
    return reverse(f"cases:{name}", args=[case_id or case.pk, *extra()])


def left_unchanged(case):
    tables = (AuditEvent, Note, Message, Assessment)
    return (Case.objects.filter(pk=case.pk).values_list().get(), *(table.objects.count() for table in tables))


@pytest.mark.parametrize("name", [*GET_PAGES, "withdraw-rule"])
def test_a_reviewer_of_the_region_gets_in(name, case, sari, visit):
    assert visit(sari).get(url(name, case)).status_code == 200


@pytest.mark.parametrize("name", [*GET_PAGES, *POST_ONLY, *PICTURES, "withdraw-rule"])
def test_a_reviewer_of_another_region_finds_nothing(name, case, wayan, visit):
    client, before = visit(wayan), left_unchanged(case)
    method = client.post if name in POST_ONLY else client.get
    assert method(url(name, case)).status_code == 404
    assert client.post(url(name, case), {"text": "x", "reason": "x", "version": 1}).status_code in {404, 405}
    assert left_unchanged(case) == before


@pytest.mark.parametrize("name", [*GET_PAGES, *POST_ONLY, *PICTURES])
def test_a_regional_admin_sees_no_case(name, case, dewi, visit):
    client, before = visit(dewi), left_unchanged(case)
    method = client.post if name in POST_ONLY else client.get
    assert method(url(name, case)).status_code in {403, 404}
    assert left_unchanged(case) == before


@pytest.mark.parametrize("name", ["assess-finding", "add-rule", "write-message", "change-respondent", "withdraw-rule"])
def test_what_is_bawaslus_is_refused_to_kesbangpol(name, case, kartika, visit):
    client, before = visit(kartika), left_unchanged(case)
    assert client.get(url(name, case)).status_code == 403
    assert client.post(url(name, case), {"text": "x", "reason": "x", "verdict": "confirm"}).status_code == 403
    assert left_unchanged(case) == before


def test_an_auditor_reads_and_writes_nothing(case, aminah, visit):
    client, before = visit(aminah), left_unchanged(case)
    page = client.get(url("case", case))
    assert page.status_code == 200
    assert b'method="post"' not in page.content.split(b"<main")[1].split(b"</main>")[0]
    assert client.post(url("write-note", case), {"text": "x"}).status_code == 403
    assert client.post(url("take-case", case), {"version": case.version}).status_code == 302
    # Only the look itself is on record.
    assert left_unchanged(case)[0] == before[0]
    assert left_unchanged(case)[2:] == before[2:]


@pytest.mark.parametrize("name", POST_ONLY)
def test_a_change_by_get_is_refused(name, case, sari, visit):
    before = left_unchanged(case)
    assert visit(sari).get(url(name, case)).status_code == 405
    assert left_unchanged(case) == before


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
@pytest.mark.parametrize("name", ["case", "take-step", "write-note", "evidence-image"])
def test_other_methods_are_refused(name, method, case, sari, visit):
    assert getattr(visit(sari), method)(url(name, case)).status_code == 405


@pytest.mark.parametrize("name", ["case", "evidence"])
def test_reading_pages_take_no_post(name, case, sari, visit):
    assert visit(sari).post(url(name, case)).status_code == 405


@pytest.mark.parametrize("name", [*GET_PAGES, *PICTURES])
def test_an_unknown_case_is_not_found(name, case, sari, visit):
    assert visit(sari).get(url(name, case, uuid.uuid4())).status_code == 404


@pytest.mark.parametrize("path", ["/kasus/1/", "/kasus/1.css", "/kotak-masuk/1.css", "/kasus/../etc/", "/kasus/abc/"])
def test_a_made_up_address_is_not_found_and_not_kept(path, sari, visit):
    answer = visit(sari).get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_step_that_does_not_exist_is_not_found(case, sari, visit, address):
    assert visit(sari).get(address("take-step", case, "selesaikan_semua")).status_code == 404


@pytest.mark.parametrize("name", [*GET_PAGES, *POST_ONLY, *PICTURES])
def test_an_anonymous_visitor_is_asked_to_log_in(name, case, client):
    answer = client.post(url(name, case)) if name in POST_ONLY else client.get(url(name, case))
    assert answer.status_code == 302
    assert answer.url.startswith("/akun/login/")


def test_a_disabled_account_is_out_at_the_next_request(case, sari, visit):
    client = visit(sari)
    sari.is_active = False
    sari.save()
    assert client.get(url("case", case)).status_code == 302


def test_a_changed_role_counts_at_once(case, sari, visit):
    client = visit(sari)
    sari.role = "regional_admin"
    sari.save()
    assert client.get(url("case", case)).status_code == 404


@pytest.mark.parametrize("name", ["take-case", "write-note", "take-step", "assess-finding"])
def test_without_a_csrf_token_nothing_changes(name, case, sari):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sari)
    before = left_unchanged(case)
    assert client.post(url(name, case), {"text": "x", "version": case.version}).status_code == 403
    assert left_unchanged(case) == before


def test_kesbangpol_of_the_own_government_sees_a_case_only_after_sharing(case, sari, kartika, visit):
    case.respondent.employer_code = "33.74"
    case.respondent.save()
    client = visit(kartika)
    assert client.get(url("case", case)).status_code == 404
    assert client.get(url("evidence", case)).status_code == 404
    assert case.reference not in client.get("/kotak-masuk/").content.decode()
    shared = visit(sari).post(url("share-case", case), {"version": case.version}, follow=True)
    assert "Kesbangpol daerah ini sekarang dapat melihat" in shared.content.decode()
    assert client.get(url("case", case)).status_code == 200
    assert case.reference in client.get("/kotak-masuk/").content.decode()
