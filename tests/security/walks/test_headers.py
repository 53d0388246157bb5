"""The headers of every kind of answer, exactly: pages, redirects, refusals and breakdowns."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.views import inbox
from portal import pages
from tests.security import world

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
# A picture or a letter may load nothing at all.
FILES = {"cases:evidence-image", "cases:letter", "cases:followed-letter"}
FILE_POLICY = {"default-src 'none'", "sandbox"}
EVERYWHERE = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
TELLING = {"Server", "X-Powered-By", "Via", "Access-Control-Allow-Origin"}

pytestmark = pytest.mark.django_db


def is_guarded(response, policy=POLICY) -> bool:
    """Whether an answer has every header, exactly; says which not."""
    # allauth adds its own directives to its pages
    kept = {part.strip() for part in response.headers["Cache-Control"].split(",")}
    assert "no-store" in kept
    assert "public" not in kept
    found = {name: response.headers.get(name) for name in EVERYWHERE if name != "Cache-Control"}
    assert found == {name: value for name, value in EVERYWHERE.items() if name != "Cache-Control"}
    assert set(response.headers["Content-Security-Policy"].split("; ")) == policy
    assert TELLING.isdisjoint(response.headers)
    return True


@pytest.mark.parametrize("person", ["anonymous", "follower", "sari", "dewi"])
def test_every_answer_of_every_address_is_guarded(person, visitors, semarang):
    visitor = visitors[person]()
    for name in world.addresses():
        for method in ("GET", "POST"):
            response = visitor.visit(method, world.path_of(name, semarang))
            is_file = name in FILES and response.status_code == 200
            assert is_guarded(response, FILE_POLICY if is_file else POLICY), name
            world.body(response)


@pytest.fixture
def broken(monkeypatch, db):
    """Pages that break down, with words that must not get out."""

    def break_down(*arguments, **others):
        raise RuntimeError("KenariRahasia: sandi basis data")

    monkeypatch.setattr(inbox, "cases_in", break_down)
    monkeypatch.setattr(pages, "render", break_down)


@pytest.mark.parametrize("name", ["portal:home", "cases:inbox"])
def test_a_breakdown_is_guarded_and_tells_nothing(name, broken, sari):
    client = Client(raise_request_exception=False)
    client.force_login(sari)
    response = client.get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 500
    assert is_guarded(response)
    assert "KenariRahasia" not in page
    assert not any(word in page for word in ("Traceback", "RuntimeError", "Django", "/portal/", "settings"))


@pytest.mark.parametrize("logged_in", [False, True])
def test_refusals_are_guarded_and_tell_nothing(logged_in, client, sari):
    if logged_in:
        client.force_login(sari)
    strict = Client(enforce_csrf_checks=True)
    missing, forged = client.get("/tidak-ada/"), strict.post("/laporkan/", {"narrative": "KenariRahasia"})
    stranger = client.get("/", HTTP_HOST="evil.example")
    wrong_type = client.generic("POST", "/laporkan/", b"x", content_type="multipart/form-data")
    for response, status in [(missing, 404), (forged, 403), (stranger, 400), (wrong_type, 400)]:
        assert response.status_code == status
        assert is_guarded(response)
        assert not any(
            word in response.content.decode() for word in ("KenariRahasia", "evil", "Django", "DEBUG", "URLconf")
        )


def test_a_body_too_large_is_guarded(client, reference):
    huge = SimpleUploadedFile("besar.png", b"x" * (46 * 1024 * 1024), "image/png")
    response = client.post("/laporkan/", {"pictures": [huge]})
    assert response.status_code == 413
    assert is_guarded(response)


@pytest.mark.parametrize("fields", [{"narrative": "x" * 1_200_000}, {f"f{n}": "x" for n in range(250)}])
def test_too_much_text_is_refused_and_guarded(fields, client, reference):
    response = client.post("/laporkan/", fields)
    assert response.status_code in {400, 413}
    assert is_guarded(response)


@pytest.mark.parametrize("path", ["/", "/tidak-ada/"])
def test_behind_https_even_the_first_answers_are_guarded(path, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    redirect, stranger = client.get(path), client.get(path, HTTP_HOST="evil.example")
    assert (redirect.status_code, redirect.url) == (301, f"https://testserver{path}")
    assert stranger.status_code == 400
    for response in (redirect, stranger):
        assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
        assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "path", ["/kasus/1.css", "/kotak-masuk/style.css", "/lacak/laporan/x.js", "/angka/kasus.csv/a.png"]
)
def test_a_page_is_not_had_under_the_name_of_a_file(path, client, sari):
    client.force_login(sari)
    response = client.get(path)
    assert response.status_code == 404
    assert is_guarded(response)


def test_a_session_cookie_is_hidden_from_scripts_and_other_sites(client, sari):
    client.post("/akun/login/", {"login": "sari", "password": world.PASSWORD})
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Lax", "")
