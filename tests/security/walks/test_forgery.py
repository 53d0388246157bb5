"""Requests somebody else made up: forged forms, planted sessions, misleading addresses."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from reports.models import Report
from tests.security import world
from tests.security.posts import BODIES, OF_THE_FOLLOWER, good_post

POSTS = sorted({*BODIES, "account_logout", "cases:leave-report"})
ELSEWHERE = [
    "//evil.example/",
    "https://evil.example/",
    "https:evil.example",
    "///evil.example",
    r"/\evil.example",
    r"\\evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "\x08//evil.example",
    "https://testserver.evil.example/",
]
LOGIN = {"login": "sari", "password": world.PASSWORD}

pytestmark = pytest.mark.django_db


def strict(visitor: world.Visitor) -> Client:
    """The visitor's browser before a server that checks tokens, as the real one does."""
    visitor.client.handler.enforce_csrf_checks = True
    return visitor.client


@pytest.mark.parametrize("person", ["anonymous", "follower", "sari", "kartika_shared"])
@pytest.mark.parametrize("token", ["missing", "wrong", "of another browser"])
def test_without_the_right_token_no_form_does_anything(person, token, visitors, semarang):
    client = strict(visitors[person]())
    client.get("/laporkan/")
    other = Client()
    page = other.get("/laporkan/").content.decode()
    foreign = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    field = {
        "missing": {},
        "wrong": {"csrfmiddlewaretoken": "a" * 64},
        "of another browser": {"csrfmiddlewaretoken": foreign},
    }
    before = world.written()
    for name in POSTS:
        response = client.post(world.path_of(name, semarang), good_post(name, semarang) | field[token])
        assert response.status_code == 403, name
    assert world.tables_written_since(before) == set()


def test_a_token_from_another_origin_is_refused(visitors, semarang):
    client = strict(visitors["sari"]())
    page = client.get(world.path_of("cases:write-note", semarang)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    path, data = world.path_of("cases:write-note", semarang), {"text": "x", "csrfmiddlewaretoken": token}
    assert client.post(path, data, HTTP_ORIGIN="https://evil.example").status_code == 403
    assert client.post(path, data, HTTP_ORIGIN="null").status_code == 403
    assert client.post(path, data, HTTP_ORIGIN="http://testserver").status_code == 302


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml"])
def test_a_body_that_is_no_form_does_nothing(kind, visitors, semarang):
    client = visitors["sari"]().client
    before = world.written()
    for name in POSTS:
        body = '{"text": "x", "version": 1, "reason": "x"}'
        response = client.post(world.path_of(name, semarang), body, content_type=kind)
        assert response.status_code < 500, name
    # Buttons need no body: their token would have to come in a header, which no form can send.
    assert world.tables_written_since(before) <= {"cases_case", "accounts_auditevent", "accounts_auditwords"}


def test_a_json_body_without_a_token_is_refused_everywhere(visitors, semarang):
    client = strict(visitors["sari"]())
    for name in POSTS:
        response = client.post(world.path_of(name, semarang), "{}", content_type="application/json")
        assert response.status_code == 403, name


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_led_to_another_site(target, client, sari):
    answers = [
        client.post("/akun/login/", {**LOGIN, "next": target}),
        client.post(f"/akun/login/?{'next'}={target}", LOGIN),
        client.post("/akun/logout/", {"next": target}),
        client.post("/bahasa/", {"language": "en", "next": target}),
        client.get("/bahasa/", HTTP_REFERER="https://evil.example/"),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert re.match(r"/(?![/\\])", answer.url), answer.url


@pytest.mark.parametrize(
    "headers", [{"HTTP_HOST": "evil.example"}, {"HTTP_HOST": "testserver.evil.example"}, {"HTTP_HOST": "a b"}]
)
def test_another_host_is_refused(headers, client, reference):
    assert client.get("/", **headers).status_code == 400


def test_a_host_named_by_a_proxy_header_is_not_believed(client, sari):
    page = client.post("/akun/login/", LOGIN, HTTP_X_FORWARDED_HOST="evil.example")
    assert page.url == "/mulai/"
    assert "evil" not in client.get("/laporkan/", HTTP_X_FORWARDED_HOST="evil.example").content.decode()


def test_a_planted_session_is_replaced_at_login(client, sari):
    client.get("/lacak/laporan/")
    client.cookies["sessionid"] = planted = "a" * 32
    client.post("/akun/login/", LOGIN)
    assert client.cookies["sessionid"].value != planted
    known = client.cookies["sessionid"].value
    client.post("/akun/logout/")
    client.post("/akun/login/", LOGIN)
    assert client.cookies["sessionid"].value != known


def test_a_planted_session_is_replaced_when_a_code_is_entered(visitors, semarang):
    browser = visitors["follower"]().client
    known = browser.cookies["sessionid"].value
    browser.post(reverse("cases:follow-up"), {"code": semarang.code})
    assert browser.cookies["sessionid"].value != known
    thief = Client()
    thief.cookies["sessionid"] = known
    assert thief.get(reverse("cases:followed-report")).status_code == 302


@pytest.mark.parametrize(("person", "way_out"), [("sari", "account_logout"), ("follower", "cases:leave-report")])
def test_a_cookie_kept_from_before_leaving_is_dead(person, way_out, visitors, semarang):
    visitor = visitors[person]()
    page = reverse("cases:followed-report" if person == "follower" else "cases:inbox")
    assert visitor.visit("GET", page).status_code == 200
    visitor.visit("POST", reverse(way_out))
    assert visitor.visit("GET", page).status_code == 302


def test_a_lost_account_and_a_changed_role_count_at_once(visitors, semarang, sari):
    visitor = visitors["sari"]()
    path = world.path_of("cases:case", semarang)
    assert visitor.visit("GET", path).status_code == 200
    sari.role = Role.REGIONAL_ADMIN
    sari.save()
    assert visitor.visit("GET", path).status_code == 404
    sari.role, sari.region_code = Role.REVIEWER_BAWASLU, "51.71"
    sari.save()
    assert visitor.visit("GET", path).status_code == 404
    sari.is_active = False
    sari.save()
    assert visitor.visit("GET", path).url.startswith("/akun/login/")


EXTRA = {
    "status": "selesai",
    "outcome": "sanksi",
    "region": "51.71",
    "region_id": "51.71",
    "region_code": "51.71",
    "is_staff": "1",
    "is_superuser": "1",
    "role": "national_admin",
    "assigned_to": "1",
    "by": "1",
    "at": "2000-01-01",
    "id": "00000000-0000-0000-0000-000000000000",
    "receipt_digest": "0",
    "classification_state": "classified",
    "identity_box": "x",
    "number": "1",
    "seen_version": "99",
    "is_proposal": "1",
    "shared_with_kesbangpol_at": "2024-10-14",
}


@pytest.mark.parametrize("name", sorted(name for name in BODIES if name.startswith(("cases:", "reports:"))))
def test_fields_that_no_form_has_change_nothing_more(name, visitors, semarang, sari):
    visitor = visitors["follower" if name in OF_THE_FOLLOWER else "sari"]()
    given = good_post(name, semarang)
    kept = ("region_id", "outcome", "number", "respondent_id", "shared_with_kesbangpol_at")
    # What the address itself is for
    meant = {"cases:share-case": "shared_with_kesbangpol_at", "cases:merge": "outcome"}
    kept = tuple(column for column in kept if column != meant.get(name))
    states = dict(Report.objects.values_list("pk", "classification_state"))
    before = type(semarang.case).objects.filter(pk=semarang.case.pk).values(*kept).get()
    visitor.visit("POST", world.path_of(name, semarang), EXTRA | given)
    assert type(semarang.case).objects.filter(pk=semarang.case.pk).values(*kept).get() == before
    semarang.case.refresh_from_db()
    assert semarang.case.status == {"cases:take-step": "kajian_awal", "cases:merge": "selesai"}.get(name, "masuk")
    sari.refresh_from_db()
    assert (sari.role, sari.is_staff, sari.is_superuser, sari.region_code) == (
        Role.REVIEWER_BAWASLU,
        False,
        False,
        "33.74",
    )
    assert all(
        states.get(pk, "waiting") == state for pk, state in Report.objects.values_list("pk", "classification_state")
    )
    assert not semarang.case.notes.filter(is_proposal=True).exists()


@pytest.mark.parametrize(
    ("name", "version"),
    [
        *(("cases:take-step", version) for version in ("", "0", "-1", "1", "99", "1e3", "x", "9" * 30, "2\0")),
        *(("cases:share-case", version) for version in ("0", "1", "99")),
    ],
)
def test_a_step_on_another_version_is_refused(name, version, visitors, semarang):
    visitor = visitors["budi"]()
    before = world.written()
    assert visitor.visit("POST", world.path_of(name, semarang), {"version": version}).status_code in {409, 422}
    # The page that says so shows the case, and that is a look.
    assert world.tables_written_since(before) <= world.LOOKS


def test_of_two_values_for_one_field_the_last_counts(visitors, semarang):
    """Django's rule; a filter in front that reads the first one must not be fooled by it."""
    visitors["sari"]().client.post(world.path_of("cases:write-note", semarang), {"text": ["pertama", "terakhir"]})
    assert semarang.case.notes.order_by("-id").first().text == "terakhir"
