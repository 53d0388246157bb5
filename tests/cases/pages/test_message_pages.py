"""Writing to the reporter from a template, and writing the templates, as pages without JavaScript."""

import pytest
from django.urls import reverse

from cases.models import Message, MessageTemplate
from cases.status import Status
from tests.case_factories import make_case, make_evidence, make_report

LIST = "/kelola/pesan/"


@pytest.fixture
def write(address):
    return lambda case, **query: address("write-message", case) + ("?" + "&".join(f"{k}={v}" for k, v in query.items()))


@pytest.fixture
def edit(reference):
    return reverse("cases:message-template", args=["tanggal"])


def main_of(answer):
    return answer.content.decode().split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    ("language", "words"), [("id", "Kami perlu tahu kapan kejadiannya"), ("en", "We need to know when it happened")]
)
def test_a_template_is_picked_seen_changed_and_sent(language, words, case, sari, visit, write, address):
    client = visit(sari)
    text = main_of(client.get(write(case, templat="tanggal", bahasa=language)))
    assert text.count(words) == 2, "in the field, and as the reporter will read it"
    assert case.reference in text.split("Begini pelapor membacanya")[1]
    assert not Message.objects.exists()
    template = MessageTemplate.objects.in_force().get(kind="tanggal")
    given = {"text": f"{words}, kira-kira.", "template": template.pk}
    seen = main_of(client.post(address("write-message", case), given | {"pratinjau": "ya"}))
    assert seen.count(f"{words}, kira-kira.") == 2
    assert not Message.objects.exists(), "looking sends nothing"
    client.post(address("write-message", case), given)
    assert Message.objects.get().text == f"{words}, kira-kira."


@pytest.mark.parametrize("query", [{"templat": "karangan", "bahasa": "id"}, {"templat": "tanggal", "bahasa": "fr"}])
def test_a_made_up_template_fills_in_nothing(query, case, sari, visit, write):
    answer = visit(sari).get(write(case, **query))
    assert answer.status_code == 200
    assert "Begini pelapor membacanya" not in main_of(answer)


def test_an_empty_message_is_neither_shown_nor_sent(case, sari, visit, address):
    answer = visit(sari).post(address("write-message", case), {"text": " ", "pratinjau": "ya"})
    assert answer.status_code == 422
    assert not Message.objects.exists()


def test_with_one_reporter_there_is_nothing_to_choose(case, sari, visit, address):
    assert 'name="to"' not in main_of(visit(sari).get(address("write-message", case)))


def test_of_several_reporters_the_page_offers_each_and_chooses_none(case, sari, visit, address, monday):
    other = make_report()
    case.case_reports.create(report=other, attached_at=monday)
    client, url = visit(sari), address("write-message", case)
    page = main_of(client.get(url))
    assert (page.count('name="to"'), page.count("checked")) == (2, 0)
    assert "Pelapor 2, laporan diterima" in page
    assert client.post(url, {"text": "Masih ada?"}).status_code == 422
    assert not Message.objects.exists()
    talk = main_of(client.post(url, {"text": "Masih ada?", "to": [other.pk]}, follow=True))
    assert Message.objects.get().report == other
    assert "sari kepada Pelapor 2" in " ".join(talk.split())


def test_the_request_to_complete_proposes_the_reports_that_lack_something(sari, budi, visit, address, monday):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL, link="https://contoh.id/1")
    make_evidence(case.case_reports.get().report)
    lacking = make_report()
    case.case_reports.create(report=lacking, attached_at=monday)
    client, url = visit(sari), address("take-step", case, "minta_perbaikan")
    form = client.get(url).context["page"].form
    assert form["asked"].value() == [str(lacking.pk)]
    given = {"version": case.version, "missing": "Tautannya.", "due_date": "2024-10-18", "asked": [lacking.pk]}
    assert client.post(url, given).status_code == 302
    assert Message.objects.get().report == lacking


def test_markup_in_a_preview_stays_text(case, sari, visit, address):
    text = main_of(visit(sari).post(address("write-message", case), {"text": "<b>x</b>", "pratinjau": "ya"}))
    assert "<b>x</b>" not in text
    assert "&lt;b&gt;x" in text


def test_the_admin_sees_a_text_filled_in_before_it_counts(nasrul, visit, edit):
    client = visit(nasrul)
    assert edit in client.get(LIST).content.decode()
    given = {"seen_version": 1, "text_id": "Kapan, {kasus}?", "text_en": "When, {kasus}?"}
    seen = client.post(edit, given | {"pratinjau": "ya"})
    assert (seen.status_code, "When, LN-2024-000123?" in main_of(seen)) == (200, True)
    assert MessageTemplate.objects.in_force().get(kind="tanggal").version == 1
    assert client.post(edit, given).status_code == 302
    assert MessageTemplate.objects.in_force().get(kind="tanggal").text_en == "When, {kasus}?"


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"text_en": "When, {name}?"}, 422, "{name}"),
        ({"text_id": ""}, 422, "kosong"),
        ({"seen_version": 0}, 409, "baru saja diubah"),
    ],
)
def test_a_slip_keeps_the_words_and_publishes_nothing(changes, status, said, nasrul, visit, edit):
    given = {"seen_version": 1, "text_id": "Kapan, {kasus}?", "text_en": "When, {kasus}?"} | changes
    answer = visit(nasrul).post(edit, given)
    assert answer.status_code == status
    text = main_of(answer)
    assert said in text
    assert "When, " in text
    assert MessageTemplate.objects.in_force().get(kind="tanggal").version == 1


def test_a_made_up_kind_is_not_found(nasrul, visit):
    assert visit(nasrul).get(f"{LIST}karangan/").status_code == 404
