"""The office's side of a hearing, over HTTP: one page with everything, a code shown once, minutes without a script."""

import pytest
from django.urls import reverse

from cases.answering import answer, ask_for_date
from cases.models import RespondentAccess, SummonsService
from cases.status import Status
from cases.summons import refuse_date
from tests.case_factories import MONDAY, make_case
from tests.clarification_factories import allege, invite

FILLED = {"people-TOTAL_FORMS": 2, "people-INITIAL_FORMS": 0, "questions-TOTAL_FORMS": 2, "questions-INITIAL_FORMS": 0}
SAID = {
    "people-0-name": "Bambang",
    "people-0-role": "terlapor",
    "questions-0-question": "Di mana Saudara hari itu?",
    "questions-0-answer": "Di kantor.",
}


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KLARIFIKASI)


@pytest.fixture
def hearing(case):
    return case.clarifications.get()


def words(response) -> str:
    return response.content.decode()


def test_the_room_shows_what_the_respondent_sent(case, hearing, sari, visit, address):
    access = invite(case, by=sari).access
    answer(access=access, text="Saya <b>cuti</b> hari itu.", at=MONDAY)
    wish = ask_for_date(access=access, wanted_date=MONDAY.date().replace(day=21), reason="Dinas luar.", at=MONDAY)
    page = words(visit(sari).get(address("clarification", case)))
    for said in ("&lt;b&gt;cuti", "21 Oktober 2024", "Dinas luar.", address("refuse-date", case, wish.pk)):
        assert said in page


def test_the_room_says_what_became_of_a_wish_for_another_date(case, hearing, sari, visit, address):
    access = invite(case, by=sari).access
    wish = ask_for_date(access=access, wanted_date=MONDAY.date().replace(day=21), reason="Dinas luar.", at=MONDAY)
    refuse_date(request=wish, remark="Boleh lewat sambungan video.", by=sari, at=MONDAY)
    page = words(visit(sari).get(address("clarification", case)))
    assert "Boleh lewat sambungan video." in page
    assert address("refuse-date", case, wish.pk) not in page


def test_the_way_back_from_a_form_about_a_hearing_says_where_it_leads(case, sari, visit, address):
    page = words(visit(sari).get(address("invite-other", case)))
    assert f'href="{address("clarification", case)}">Kembali</a>' in page


def test_who_only_checks_sees_it_without_buttons(case, aminah, visit, address):
    page = words(visit(aminah).get(address("clarification", case)))
    for name in ("write-allegation", "make-respondent-code", "invite-other"):
        assert address(name, case) not in page


def test_a_hearing_has_its_buttons_for_whoever_records_it(case, hearing, sari, kartika, visit, address):
    for who, offered in ((sari, True), (kartika, False)):
        page = words(visit(who).get(address("clarification", case)))
        assert (address("record-service", case, hearing.pk) in page) == offered


def test_the_code_is_shown_once(case, sari, visit, address):
    allege(case, by=sari)
    browser = visit(sari)
    shown = browser.post(address("make-respondent-code", case))
    code = shown.context["code"]
    assert code in words(shown)
    assert "http://testserver/jawab/" in words(shown)
    assert shown.headers["Cache-Control"] == "no-store"
    assert code not in words(browser.get(address("clarification", case)))
    assert code not in words(browser.get(address("case", case)))
    browser.post(address("revoke-respondent-code", case))
    assert RespondentAccess.objects.get().revoked_at


def test_a_code_that_cannot_be_made_is_refused_with_the_remedy(case, sari, visit, address):
    answer = visit(sari).post(address("make-respondent-code", case), follow=True)
    assert "Tulis dulu ringkasan dugaan" in words(answer)
    assert not RespondentAccess.objects.exists()


def test_an_allegation_that_copies_the_reporter_comes_back_with_its_words(case, sari, visit, address):
    copied = "Lurah membagikan poster calon wali kota di grup warga."
    sent = {"addressed_to": "Lurah", "text": copied, "act_date": "2024-10-12", "place": "Semarang"}
    answer = visit(sari).post(address("write-allegation", case), sent)
    assert answer.status_code == 422
    assert "mengulang kata-kata" in words(answer)
    assert copied in words(answer)


@pytest.mark.parametrize("name", ["record-service", "move-hearing", "minutes", "invite-other", "write-allegation"])
def test_each_form_asks_before_it_writes(name, case, hearing, sari, visit, address):
    more = [] if name in {"invite-other", "write-allegation"} else [hearing.pk]
    browser = visit(sari)
    assert browser.get(address(name, case, *more)).status_code == 200
    assert browser.post(address(name, case, *more), {}).status_code == 422


def test_a_delivery_and_another_date_lead_back_to_the_room(case, hearing, sari, visit, address):
    browser, room = visit(sari), address("clarification", case)
    served = {"way": "surel", "served_date": "2024-10-14", "served_by": "Sari"}
    assert browser.post(address("record-service", case, hearing.pk), served).url == room
    moved = {"new_date": "2024-10-18", "reason": "Dinas."}
    assert browser.post(address("move-hearing", case, hearing.pk), moved).url == room
    page = words(browser.get(room))
    assert "Dipindahkan dari 14 Oktober 2024 ke 18 Oktober 2024" in page
    assert SummonsService.objects.get().way == "surel"


def test_minutes_are_written_row_by_row_without_a_script(case, hearing, sari, visit, address):
    browser, path = visit(sari), address("minutes", case, hearing.pk)
    more = browser.post(path, FILLED | SAID | {"more": "1"})
    assert more.status_code == 200
    assert 'name="questions-4-question"' in words(more)
    assert "Di mana Saudara hari itu?" in words(more)
    assert not hearing.questions.exists()
    assert browser.post(path, FILLED | SAID).url == address("clarification", case)
    assert hearing.questions.get().answer == "Di kantor."
    again = words(browser.get(path))
    assert "Di kantor." in again
    assert browser.post(path, FILLED | {"people-INITIAL_FORMS": 1}).status_code == 302
    assert not hearing.questions.exists(), "emptied rows are gone"


def test_half_a_row_and_odd_counts_come_back(case, hearing, sari, visit, address):
    browser, path = visit(sari), address("minutes", case, hearing.pk)
    half = browser.post(path, FILLED | {"questions-0-question": "Hanya pertanyaan"})
    assert half.status_code == 422
    assert "Hanya pertanyaan" in words(half)
    for count in ("99999999999", "-1", "x", ""):
        assert browser.post(path, FILLED | {"people-TOTAL_FORMS": count}).status_code in {302, 422}
        assert browser.post(path, FILLED | {"people-TOTAL_FORMS": count, "more": "1"}).status_code == 200


def test_signed_minutes_are_closed(case, hearing, sari, visit, address):
    browser, path = visit(sari), address("minutes", case, hearing.pk)
    signed = FILLED | SAID | {"was_read_back": "on", "signed_date": "2024-10-14"}
    assert browser.post(path, signed).status_code == 302
    assert browser.post(path, FILLED | SAID).status_code == 409
    assert "ditandatangani 14 Oktober 2024" in words(browser.get(address("clarification", case)))


def test_another_cases_hearing_is_not_found(case, sari, budi, visit, address):
    other = make_case(by=sari, second=budi, status=Status.KLARIFIKASI).clarifications.get()
    for name in ("record-service", "move-hearing", "minutes"):
        assert visit(sari).get(address(name, case, other.pk)).status_code == 404
    wish = other.schedule_requests.create(wanted_date=MONDAY.date(), reason="x", at=MONDAY)
    assert visit(sari).post(reverse("cases:refuse-date", args=[case.pk, wish.pk]), {"remark": "x"}).status_code == 404


def test_the_step_of_a_hearing_by_kesbangpol_asks_for_its_ending(case, sari, kartika, visit, address):
    path = address("take-step", case, "catat_klarifikasi")
    assert 'name="ending"' not in words(visit(sari).get(path))
    case.clarifications.update(host="kesbangpol")
    assert 'name="ending"' in words(visit(kartika).get(path))
    sent = {"version": case.version, "held_date": "2024-10-14", "attended": "ya", "method": "online", "minutes": "x"}
    refused = visit(kartika).post(path, sent)
    assert refused.status_code == 422
    assert "berakhir dengan pembinaan atau usulan" in words(refused)
    done = visit(kartika).post(path, sent | {"ending": "pembinaan", "ending_text": "Diingatkan."})
    assert done.status_code == 302
    assert "Pembinaan oleh Kesbangpol: Diingatkan." in words(visit(sari).get(address("case", case)))
