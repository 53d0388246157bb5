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


def opened(browser, path) -> dict[str, str]:
    """The form of the minutes as this browser gets it now: every post carries the version it was opened with."""
    return FILLED | {"version": browser.get(path).context["filled"].about["version"].value()}


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
    form = opened(browser, path)
    more = browser.post(path, form | SAID | {"more": "1"})
    assert more.status_code == 200
    assert 'name="questions-4-question"' in words(more)
    assert "Di mana Saudara hari itu?" in words(more)
    assert form["version"] in words(more)
    assert not hearing.questions.exists()
    assert browser.post(path, form | SAID).url == address("clarification", case)
    assert hearing.questions.get().answer == "Di kantor."
    again = words(browser.get(path))
    assert "Di kantor." in again
    assert browser.post(path, opened(browser, path) | {"people-INITIAL_FORMS": 1}).status_code == 302
    assert not hearing.questions.exists(), "emptied rows are gone"


def test_who_saves_second_keeps_their_words_and_compares_with_the_first(case, hearing, sari, budi, visit, address):
    first, second, path = visit(sari), visit(budi), address("minutes", case, hearing.pk)
    of_first, of_second = opened(first, path), opened(second, path)
    assert first.post(path, of_first | SAID).status_code == 302
    theirs = of_second | SAID | {"questions-0-answer": "Di rumah <sakit>."}
    refused = second.post(path, theirs)
    page = words(refused)
    assert refused.status_code == 409
    assert f"{sari} lebih dulu menyimpan berita acara ini, 14-10-2024" in page
    assert page.index("Yang tersimpan sekarang") < page.index("Di kantor.") < page.index("Di rumah &lt;sakit&gt;.")
    assert page.count("tidak ada di isian Anda") == 1, "the answer differs, the participant does not"
    assert hearing.questions.get().answer == "Di kantor."
    seen = theirs | {"version": refused.context["filled"].about["version"].value()}
    assert second.post(path, seen).status_code == 302
    assert hearing.questions.get().answer == "Di rumah <sakit>."


@pytest.mark.parametrize("version", [{}, {"version": ""}, {"version": "0" * 64}])
def test_minutes_from_a_form_of_unknown_age_overwrite_nothing(version, case, hearing, sari, visit, address):
    browser, path = visit(sari), address("minutes", case, hearing.pk)
    assert browser.post(path, opened(browser, path) | SAID).status_code == 302
    assert browser.post(path, FILLED | version).status_code == 409
    assert hearing.questions.get().answer == "Di kantor."


def test_words_of_a_reporter_are_refused_under_the_name_of_their_part(case, hearing, sari, visit, address):
    browser, path = visit(sari), address("minutes", case, hearing.pk)
    copied = "Lurah membagikan poster calon wali kota di grup warga."
    refused = browser.post(path, opened(browser, path) | SAID | {"questions-0-question": copied})
    assert refused.status_code == 422
    assert "Tanya jawab: Tulisan ini mengulang kata-kata" in words(refused)
    assert copied in words(refused)


def test_half_a_row_and_odd_counts_come_back(case, hearing, sari, visit, address):
    browser, path = visit(sari), address("minutes", case, hearing.pk)
    half = browser.post(path, FILLED | {"questions-0-question": "Hanya pertanyaan"})
    assert half.status_code == 422
    assert "Hanya pertanyaan" in words(half)
    for count in ("99999999999", "-1", "x", ""):
        odd = opened(browser, path) | {"people-TOTAL_FORMS": count}
        assert browser.post(path, odd).status_code in {302, 422}
        assert browser.post(path, odd | {"more": "1"}).status_code == 200


def test_signed_minutes_are_closed(case, hearing, sari, visit, address):
    browser, path = visit(sari), address("minutes", case, hearing.pk)
    signed = opened(browser, path) | SAID | {"was_read_back": "on", "signed_date": "2024-10-14"}
    assert browser.post(path, signed).status_code == 302
    assert browser.post(path, opened(browser, path) | SAID).status_code == 409
    assert "ditandatangani 14 Oktober 2024" in words(browser.get(address("clarification", case)))


def test_another_cases_hearing_is_not_found(case, sari, budi, visit, address):
    other = make_case(by=sari, second=budi, status=Status.KLARIFIKASI).clarifications.get()
    for name in ("record-service", "move-hearing", "minutes"):
        assert visit(sari).get(address(name, case, other.pk)).status_code == 404
    wish = other.schedule_requests.create(wanted_date=MONDAY.date(), reason="x", at=MONDAY)
    assert visit(sari).post(reverse("cases:refuse-date", args=[case.pk, wish.pk]), {"remark": "x"}).status_code == 404


def test_absence_before_a_second_summons_is_refused_at_its_field_and_keeps_what_was_typed(case, sari, visit, address):
    path, browser = address("take-step", case, "catat_klarifikasi"), visit(sari)
    assert "Tidak hadir pada panggilan pertama? Pilih langkah" in words(browser.get(path))
    sent = {"version": case.version, "held_date": "2024-10-14", "attended": "tidak", "method": "in_person"}
    refused = browser.post(path, sent | {"minutes": "Ditunggu sampai sore."})
    assert refused.status_code == 422
    assert "berhak atas panggilan kedua" in str(refused.context["form"].errors["attended"])
    assert "Ditunggu sampai sore." in words(refused)
    assert case.clarifications.get().is_open


def test_the_second_summons_waits_for_a_delivery_and_the_room_says_so(case, hearing, sari, visit, address):
    path, browser, room = address("take-step", case, "jadwalkan_ulang"), visit(sari), address("clarification", case)
    assert "Belum tercatat bahwa undangan untuk jadwal ini, 14 Oktober 2024" in words(browser.get(room))
    sent = {"version": case.version, "scheduled_date": "2024-10-21", "method": "online", "host": "bawaslu"}
    sent |= {"starts": "09:00", "place": "Ruang rapat"}
    refused = browser.post(path, sent)
    assert refused.status_code == 409
    assert "Catat penyampaiannya di halaman klarifikasi" in words(refused)
    served = {"way": "surel", "served_date": "2024-10-14", "served_by": "Sari"}
    assert browser.post(address("record-service", case, hearing.pk), served).url == room
    assert "Belum tercatat bahwa undangan" not in words(browser.get(room))
    assert browser.post(path, sent).status_code == 302
    assert case.clarifications.count() == 2


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
