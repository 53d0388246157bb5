"""A body says that a letter lacks something: the office writes it anew, and two people answer for it again."""

from datetime import timedelta

import pytest

from cases.delivery import Notice, add_notice, confirm_receipt, delivery_of, issue_link, working_link
from cases.models import Delivery, NoticeKind, Recommendation
from cases.refusals import ActionRefused, FactsRefused
from cases.status import Status
from cases.step_panel import becomes
from cases.workflow import Action, available_actions
from tests.case_factories import MONDAY, make_case, step
from tests.delivery_factories import OFFICER, ask_for_more

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=2)


@pytest.fixture
def sent(sari, budi):
    return make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)


def test_a_letter_nobody_finds_wanting_is_not_written_anew(sent, sari):
    assert Action.SUSUN_ULANG not in available_actions(sent, sari)
    with pytest.raises(ActionRefused, match="perlu dilengkapi"):
        step(sent, Action.SUSUN_ULANG, by=sari)


def test_what_the_body_finds_wanting_is_written_anew_and_sent_by_a_second_person(sent, sari, budi):
    ask_for_more(sent, by=sari)
    old = Recommendation.objects.get()
    step(sent, Action.SUSUN_ULANG, by=sari, at=LATER, reason="BKN meminta lampiran.")
    assert sent.status == Status.REKOMENDASI
    with pytest.raises(ActionRefused, match="orang lain"):
        step(sent, Action.KIRIM_REKOMENDASI, by=sari, at=LATER)
    assert Recommendation.objects.sent().get() == old, "the old letter counts until the new one goes out"
    step(sent, Action.KIRIM_REKOMENDASI, by=budi, at=LATER)
    assert sent.status == Status.TINDAK_LANJUT
    assert Recommendation.objects.sent().get() != old
    assert Recommendation.objects.filter(withdrawn_at=None).count() == 2, "both stay on record"
    assert Action.SUSUN_ULANG not in available_actions(sent, sari), "of the new letter nobody complained"


def test_the_link_of_the_new_letter_is_the_only_one_that_opens(sent, sari, budi):
    old = issue_link(case=sent, sent_to="BKN", by=sari, at=MONDAY)
    confirm_receipt(delivery=old.delivery, receipt=OFFICER, at=MONDAY)
    notice = Notice(kind=NoticeKind.INCOMPLETE, happened_date=MONDAY.date())
    add_notice(delivery=old.delivery, notice=notice, at=MONDAY)
    step(sent, Action.SUSUN_ULANG, by=sari, at=LATER)
    step(sent, Action.KIRIM_REKOMENDASI, by=budi, at=LATER)
    new = issue_link(case=sent, sent_to="BKN", by=sari, at=LATER)
    assert delivery_of(new.token, at=LATER) == working_link(sent, at=LATER) == new.delivery
    assert delivery_of(old.token, at=LATER) is None
    Delivery.objects.update(revoked_at=None)  # as links were left before
    assert working_link(sent, at=LATER) == new.delivery


@pytest.mark.parametrize("later", [NoticeKind.STUDIED, NoticeKind.TO_PPK])
def test_a_letter_that_lacks_nothing_any_more_is_not_written_anew(sent, sari, later):
    delivery = ask_for_more(sent, by=sari).delivery
    add_notice(delivery=delivery, notice=Notice(kind=later, happened_date=MONDAY.date()), at=LATER)
    assert Action.SUSUN_ULANG not in available_actions(sent, sari)
    add_notice(delivery=delivery, notice=Notice(kind=NoticeKind.INCOMPLETE, happened_date=LATER.date()), at=LATER)
    assert Action.SUSUN_ULANG in available_actions(sent, sari)


def test_writing_anew_takes_a_reason_and_bawaslu(sent, sari, kartika):
    ask_for_more(sent, by=sari)
    with pytest.raises(FactsRefused):
        step(sent, Action.SUSUN_ULANG, by=sari, reason=" ")
    with pytest.raises(ActionRefused, match="tidak berwenang"):
        step(sent, Action.SUSUN_ULANG, by=kartika)


def test_a_letter_written_anew_goes_back_to_the_letter_that_stands_and_not_to_the_study(sent, sari):
    ask_for_more(sent, by=sari)
    letter, due_at = Recommendation.objects.get(), sent.due_at
    step(sent, Action.SUSUN_ULANG, by=sari, at=LATER)
    assert str(Status.TINDAK_LANJUT.label) in becomes(sent, Action.KEMBALIKAN_REKOMENDASI)
    step(sent, Action.KEMBALIKAN_REKOMENDASI, by=sari, at=LATER + timedelta(days=1))
    assert sent.status == Status.TINDAK_LANJUT, "one person does not take back what two have sent"
    assert Action.PUTUSKAN_BUKAN_PELANGGARAN not in available_actions(sent, sari)
    assert Recommendation.objects.sent().get() == letter
    assert sent.due_at == due_at is not None, "who has to follow it up is given no more days"
    assert Action.SUSUN_ULANG in available_actions(sent, sari), "the body still waits"
