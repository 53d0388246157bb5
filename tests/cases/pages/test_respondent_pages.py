"""The accused's pages over HTTP: the code lets in, leaves no trace, and never stands beside a report."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.assessment import add_rule
from cases.models import CaseDocument, NamedPerson, RespondentAnswer, ScheduleRequest
from cases.respondent_access import issue_code, revoke_code
from cases.status import Status
from cases.workflow import Action
from reports import receipt
from reports.models import Report
from tests.case_factories import RULE, make_case, step
from tests.clarification_factories import ALLEGED, allege, invite
from tests.factories import png

REPORTERS_CODE = "ABCDE-FGHJK-MNPQR-STVWX-YZ0123"
PAGE = "/jawab/undangan/"
POSTS = {
    "penjelasan": {"text": "Saya sedang cuti hari itu."},
    "tanggal": {"wanted_date": "2024-10-21", "reason": "Dinas luar kota."},
    "saksi": {"role": "saksi", "name": "Ketua RW 2", "knows": "Ada di balai."},
}


@pytest.fixture
def case(sari, budi):
    opened = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    Report.objects.update(receipt_digest=receipt.digest(REPORTERS_CODE))
    return opened


@pytest.fixture
def invited(case, sari):
    return invite(case, by=sari)


@pytest.fixture
def respondent(invited, client):
    assert client.post("/jawab/", {"code": invited.code}).url == PAGE
    return client


def words(answer) -> str:
    return answer.content.decode()


def test_nothing_on_their_pages_leads_to_reporting(case, sari, client):
    client.post("/jawab/", {"code": invite(case, by=sari).code})
    for path in ("/jawab/", PAGE):
        page = client.get(path).content.decode()
        assert "/aturan/" in page
        assert [way for way in ("/laporkan/", "/lacak/", "/perlindungan/", "/akun/") if f'href="{way}' in page] == []


def test_the_page_says_what_is_alleged_as_an_allegation(respondent, case, sari):
    add_rule(case=case, rule_code=RULE, reason="Jelas.", by=sari, at=case.opened_at)
    page = words(respondent.get(PAGE))
    for said in (ALLEGED, "12 Oktober 2024", "Kelurahan Tegalsari", "baru dugaan", "Aturan yang diduga terkait"):
        assert said in page
    assert "<title>Lapor Netral</title>" in page
    assert case.reference not in page


def test_an_officers_remark_on_a_rule_and_the_machines_opinion_stay_inside(respondent, case, sari):
    add_rule(case=case, rule_code=RULE, reason="Alasan petugas.", by=sari, at=case.opened_at)
    page = words(respondent.get(PAGE))
    assert "Alasan petugas" not in page
    assert RULE not in page


@pytest.mark.parametrize(
    ("path", "model"), [("penjelasan", RespondentAnswer), ("tanggal", ScheduleRequest), ("saksi", NamedPerson)]
)
def test_what_is_sent_is_kept_and_shown(path, model, respondent):
    answer = respondent.post(f"{PAGE}{path}/", POSTS[path], follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert model.objects.count() == 1
    assert {"penjelasan": "cuti hari itu", "tanggal": "21 Oktober 2024", "saksi": "Ketua RW 2"}[path] in words(answer)


def test_pictures_are_sealed_and_their_names_are_kept_nowhere(respondent):
    upload = SimpleUploadedFile("IMG_Bambang.png", png(), "image/png")
    answer = respondent.post(f"{PAGE}bukti/", {"pictures": [upload]}, follow=True)
    assert "disegel" in words(answer)
    assert "IMG_Bambang" not in words(answer)
    assert CaseDocument.objects.get().pages.count() == 1


def test_a_body_above_the_limit_names_the_limit_and_the_remedy(respondent, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    upload = SimpleUploadedFile("1.png", png(600, 600), "image/png")
    answer = respondent.post(f"{PAGE}bukti/", {"pictures": [upload]})
    assert answer.status_code == 413
    assert "batasnya 40,0\xa0MB" in words(answer)
    assert not CaseDocument.objects.exists()


@pytest.mark.parametrize(
    ("path", "sent", "field"),
    [
        ("penjelasan", {"text": ""}, "id_answer_text"),
        ("penjelasan", {"text": "x" * 20_001}, "id_answer_text"),
        ("tanggal", {"wanted_date": "2024-10-14", "reason": "Ketikan saya"}, "id_date_wanted_date"),
        ("saksi", {"role": "hakim", "name": "Ketikan saya", "knows": "x"}, "div_id_named_role"),
        ("bukti", {"pictures": [SimpleUploadedFile("a.png", b"<svg/>")]}, "id_pictures_pictures"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_its_words(path, sent, field, respondent):
    answer = respondent.post(f"{PAGE}{path}/", sent)
    assert answer.status_code == 422
    assert f'href="#{field}' in words(answer)
    assert words(answer).count(f'id="{field}') >= 1
    if "Ketikan saya" in str(sent):
        assert "Ketikan saya" in words(answer)


def test_every_code_that_opens_nothing_gets_the_same_page(invited, case, sari, budi, client):
    def page(code):
        text = words(client.post("/jawab/", {"code": code}))
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text).replace(code, "")

    revoked = invited.code
    issue_code(case=case, by=sari, at=case.opened_at)
    other = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    closed = invite(other, by=sari).code
    step(other, Action.CATAT_KLARIFIKASI, by=sari)
    step(other, Action.PUTUSKAN_BUKAN_PELANGGARAN, by=sari)
    pages = {page(code) for code in (revoked, closed, REPORTERS_CODE, "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZZ", "abc")}
    assert len(pages) == 1
    assert client.get(PAGE).url == "/jawab/"


def test_neither_code_opens_the_others_page(invited, client):
    assert client.post("/lacak/", {"code": invited.code}).status_code == 422
    assert client.post("/jawab/", {"code": REPORTERS_CODE}).status_code == 422
    client.post("/jawab/", {"code": invited.code})
    assert client.get("/lacak/laporan/").url == "/lacak/"


def test_who_comes_second_finds_nothing_of_who_came_first(invited, client):
    client.post("/lacak/", {"code": REPORTERS_CODE})
    assert client.get("/lacak/laporan/").status_code == 200
    client.post("/jawab/", {"code": invited.code})
    assert client.get("/lacak/laporan/").status_code == 302
    client.post("/lacak/", {"code": REPORTERS_CODE})
    assert client.get(PAGE).status_code == 302


def test_a_planted_session_is_left_behind(invited, client):
    client.get("/jawab/")
    session = client.session
    session["seed"] = 1
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    client.post("/jawab/", {"code": invited.code})
    assert client.cookies["sessionid"].value != planted
    assert not Session.objects.filter(pk=planted).exists()
    assert "seed" not in client.session


def test_two_cases_of_one_person_stay_apart(respondent, case, invited, sari, budi):
    other = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    type(other).objects.filter(pk=other.pk).update(respondent=case.respondent_id)
    allege(other, by=sari, text="Dugaan yang sama sekali lain.")
    browser = Client()
    browser.post("/jawab/", {"code": issue_code(case=other, by=sari, at=case.opened_at)})
    respondent.post(f"{PAGE}penjelasan/", POSTS["penjelasan"])
    assert "sama sekali lain" not in words(respondent.get(PAGE))
    assert "cuti hari itu" not in words(browser.get(PAGE))
    browser.post("/jawab/", {"code": invited.code})
    assert "sama sekali lain" not in words(browser.get(PAGE))


def test_the_page_closes_when_the_code_is_revoked_or_time_passes(respondent, case, invited, sari, monday):
    with time_machine.travel(monday + timedelta(minutes=31), tick=False):
        assert respondent.get(PAGE).status_code == 302
    respondent.post("/jawab/", {"code": invited.code})
    assert respondent.get(PAGE).status_code == 200
    revoke_code(case=case, by=sari, at=monday)
    assert respondent.get(PAGE).status_code == 302
    assert respondent.post(f"{PAGE}penjelasan/", POSTS["penjelasan"]).url == "/jawab/"
    assert not RespondentAnswer.objects.exists()


def test_done_leaves_nothing_on_the_device(respondent):
    respondent.post("/jawab/selesai/")
    assert respondent.get(PAGE).status_code == 302


def test_every_form_of_the_page_can_be_sent_from_a_browser(invited, case):
    """With the token the page itself gave, each of the four forms is taken."""
    browser = Client(enforce_csrf_checks=True)
    token = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
    found = token.search(words(browser.get("/jawab/")))
    browser.post("/jawab/", {"code": invited.code, "csrfmiddlewaretoken": found[1]})
    for path in ("penjelasan", "tanggal", "saksi", "bukti"):
        page = words(browser.get(PAGE))
        form = page[page.index(f'action="{PAGE}{path}/"') :]
        form = form[: form.index("</form>")]
        sent = dict(POSTS.get(path) or {"pictures": [SimpleUploadedFile("a.png", png(), "image/png")]})
        answer = browser.post(f"{PAGE}{path}/", sent | {"csrfmiddlewaretoken": token.search(form)[1]})
        assert (answer.status_code, answer.url) == (302, PAGE), path
    assert case.respondent_answers.count() == case.named_people.count() == case.documents.count() == 1


@pytest.mark.parametrize("path", [*POSTS, "bukti"])
def test_nothing_happens_without_token_or_code(path, invited):
    assert Client(enforce_csrf_checks=True).post(f"{PAGE}{path}/", POSTS.get(path, {})).status_code == 403
    assert Client().post(f"{PAGE}{path}/", POSTS.get(path, {})).url == "/jawab/"


def test_the_code_is_in_no_address_cookie_log_or_session(invited, client, caplog):
    with caplog.at_level(logging.DEBUG):
        client.post("/jawab/", {"code": invited.code})
        page = client.get(PAGE)
    kept = [str(cookie) for cookie in client.cookies.values()] + [words(page), caplog.text, str(page.headers)]
    kept += [str(session.get_decoded()) for session in Session.objects.all()]
    bare = invited.code.replace("-", "")
    assert not [text for text in kept if bare in text.replace("-", "") or invited.access.code_digest in text]
    assert page.headers["Cache-Control"] == "no-store"
