"""What the respondent sends is kept for good, bounded, and speaks of no report."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, transaction

from accounts.models import AuditEvent
from cases.answering import MOST_ANSWERS, MOST_NAMED, MOST_PICTURES, add_evidence, answer, ask_for_date, name_person
from cases.documents import prepare_waiting_pages
from cases.models import CaseDocument, DocumentPage, NamedPerson
from cases.refusals import ActionRefused, FactsRefused
from cases.respondent_access import revoke_code
from cases.status import Status
from cases.workflow import Action
from reports import receipt
from reports.adding import TooManyPictures
from reports.models import Report
from reports.originals import Picture
from tests.case_factories import MONDAY, make_case, step
from tests.clarification_factories import invite
from tests.factories import png

WISH = date(2024, 10, 21)


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KLARIFIKASI)


@pytest.fixture
def invited(case, sari):
    return invite(case, by=sari)


@pytest.fixture
def access(invited):
    return invited.access


def named(access, **changes):
    words = {"role": NamedPerson.Role.WITNESS, "name": "Ketua RW 2", "contact": "", "knows": "Ada di balai."}
    return name_person(access=access, at=MONDAY, **(words | changes))


def every_act(access):
    return [
        lambda: answer(access=access, text="Saya tidak memasangnya.", at=MONDAY),
        lambda: ask_for_date(access=access, wanted_date=WISH, reason="Dinas luar.", at=MONDAY),
        lambda: add_evidence(access=access, pictures=[Picture.of(png())], at=MONDAY),
        lambda: named(access),
    ]


def events(case):
    return list(AuditEvent.objects.about(case.pk).filter(actor=None).oldest_first().values_list("action", flat=True))


def test_each_thing_sent_is_kept_and_on_record_without_its_words(case, access):
    for act in every_act(access):
        act()
    assert case.respondent_answers.get().text == "Saya tidak memasangnya."
    assert case.clarifications.get().schedule_requests.get().wanted_date == WISH
    assert case.named_people.get().name == "Ketua RW 2"
    assert events(case)[-4:] == ["jawaban_terlapor", "tanggal_diminta", "bukti_terlapor", "nama_dari_terlapor"]
    told = str([event.told for event in AuditEvent.objects.about(case.pk)])
    for words in ("memasangnya", "Dinas luar", "Ketua RW", "balai"):
        assert words not in told


def test_an_answer_never_changes_and_a_further_one_is_another_row(case, access):
    answer(access=access, text="Pertama.", at=MONDAY)
    answer(access=access, text="Kedua.", at=MONDAY)
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        case.respondent_answers.update(text="Lain.")
    assert [row.text for row in case.respondent_answers.order_by("pk")] == ["Pertama.", "Kedua."]


def test_evidence_is_sealed_rebuilt_and_never_taken_twice(case, access, settings):
    picture = Picture.of(png())
    document = add_evidence(access=access, pictures=[picture, picture], at=MONDAY)
    assert add_evidence(access=access, pictures=[picture], at=MONDAY) is None
    page = document.pages.get()
    assert (document.by, document.witness) == (None, "")
    assert picture.data not in (settings.SEALED_ROOT / page.sealed_name).read_bytes()
    prepare_waiting_pages(at=MONDAY)
    page.refresh_from_db()
    assert page.is_viewable


def test_there_is_an_end_to_what_one_code_can_store(case, access, monkeypatch):
    case.respondent_answers.model.objects.bulk_create(
        case.respondent_answers.model(case=case, text="x", at=MONDAY) for _ in range(MOST_ANSWERS)
    )
    with pytest.raises(ActionRefused, match="sangat banyak"):
        answer(access=access, text="Lagi.", at=MONDAY)
    for _ in range(MOST_NAMED):
        named(access)
    with pytest.raises(ActionRefused, match="Sudah banyak"):
        named(access)
    monkeypatch.setattr("cases.answering.MOST_PICTURES", 1)
    with pytest.raises(TooManyPictures) as refused:
        add_evidence(access=access, pictures=[Picture.of(png()), Picture.of(png())], at=MONDAY)
    assert refused.value.room == 1
    assert not CaseDocument.objects.exists()
    assert MOST_PICTURES == 30


def test_one_wish_waits_at_a_time_and_only_for_a_day_to_come(access):
    with pytest.raises(FactsRefused) as refused:
        ask_for_date(access=access, wanted_date=MONDAY.date(), reason="x", at=MONDAY)
    assert list(refused.value.problems) == ["wanted_date"]
    ask_for_date(access=access, wanted_date=WISH, reason="Dinas.", at=MONDAY)
    with pytest.raises(ActionRefused, match="belum dijawab"):
        ask_for_date(access=access, wanted_date=WISH, reason="Dinas.", at=MONDAY)


def test_after_the_hearing_the_date_is_past_asking_but_words_are_not(case, access, sari):
    step(case, Action.CATAT_KLARIFIKASI, by=sari)
    access.case.refresh_from_db()
    assert answer(access=access, text="Tambahan.", at=MONDAY + timedelta(days=1)).pk
    with pytest.raises(ActionRefused, match="Tidak ada panggilan"):
        ask_for_date(access=access, wanted_date=WISH, reason="x", at=MONDAY)


def test_a_page_that_was_closed_meanwhile_takes_nothing(case, access, sari):
    revoke_code(case=case, by=sari, at=MONDAY)
    for act in every_act(access):
        with pytest.raises(ActionRefused, match="sudah ditutup"):
            act()
    assert not case.respondent_answers.exists()
    assert not DocumentPage.objects.exists()


@pytest.mark.parametrize("text", ["", "  ", "x" * 20_001])
def test_no_words_or_too_many_are_refused(text, access):
    with pytest.raises(FactsRefused):
        answer(access=access, text=text, at=MONDAY)


def test_the_own_code_is_refused_but_no_answer_tells_whether_a_reporters_code_is_one(case, invited, access):
    with pytest.raises(FactsRefused, match="kode Anda"):
        answer(access=access, text=f"Kode saya {invited.code.lower()}.", at=MONDAY)
    Report.objects.update(receipt_digest=receipt.digest("ABCDE-FGHJK-MNPQR-STVWX-YZ0123"))
    for text in ("ABCDE-FGHJK-MNPQR-STVWX-YZ0123", "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZZ"):
        assert answer(access=access, text=text, at=MONDAY).pk
