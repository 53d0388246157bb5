"""A link for one letter: signed, stoppable, expiring, and silent about everybody."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from cases.delivery import (
    MOST_NOTICES,
    SALT,
    Notice,
    Receipt,
    add_notice,
    confirm_receipt,
    delivery_of,
    issue_link,
    revoke_link,
)
from cases.models import Delivery, NoticeKind
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.status import Status
from cases.workflow import Action
from tests.case_factories import MONDAY, make_case, step

pytestmark = pytest.mark.django_db
TODAY = MONDAY.date()
OFFICER = Receipt(officer_name="Rani", officer_office="Direktorat Pengawasan BKN", own_letter_number="B-77")


@pytest.fixture
def sent(sari, budi):
    return make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)


@pytest.fixture
def link(sent, sari):
    return issue_link(case=sent, sent_to="Direktorat Pengawasan BKN", by=sari, at=MONDAY)


def test_the_token_opens_its_letter_and_is_kept_nowhere(link, sent):
    assert delivery_of(link.token, at=MONDAY) == link.delivery
    stored = str(Delivery.objects.values().get()) + str([event.told for event in AuditEvent.objects.to_read()])
    assert link.token not in stored
    assert signing.loads(link.token, salt=SALT) not in stored


@pytest.mark.parametrize(
    "token", ["", "karangan", signing.dumps("karangan", salt="lain")], ids=["no", "odd", "foreign"]
)
def test_a_forged_token_opens_nothing(link, token):
    assert delivery_of(token, at=MONDAY) is None
    assert delivery_of(f"{link.token}x", at=MONDAY) is None


def test_a_link_ends_by_time_by_hand_and_by_a_newer_one(link, sent, sari):
    assert delivery_of(link.token, at=MONDAY + timedelta(days=30)) is None
    newer = issue_link(case=sent, sent_to="BKN", by=sari, at=MONDAY)
    assert delivery_of(link.token, at=MONDAY) is None
    revoke_link(case=sent, by=sari, at=MONDAY)
    assert delivery_of(newer.token, at=MONDAY) is None
    with pytest.raises(ActionRefused, match="Tidak ada tautan"):
        revoke_link(case=sent, by=sari, at=MONDAY)
    with pytest.raises(ActionRefused, match="tidak berlaku"):
        confirm_receipt(delivery=newer.delivery, receipt=OFFICER, at=MONDAY)


def test_stopping_stops_every_link_that_works(link, sent, sari):
    newer = issue_link(case=sent, sent_to="BKN", by=sari, at=MONDAY)
    Delivery.objects.update(revoked_at=None)  # as two people at once left it
    revoke_link(case=sent, by=sari, at=MONDAY)
    assert [delivery_of(token, at=MONDAY) for token in (link.token, newer.token)] == [None, None]
    assert AuditEvent.objects.about(sent.pk).filter(action="tautan_lembaga_dicabut").count() == 2


def test_no_link_before_the_letter_was_sent_and_none_for_a_stranger(sari, budi, wayan, kartika, sent):
    drafted = make_case(by=sari, second=budi, status=Status.REKOMENDASI)
    with pytest.raises(ActionRefused, match="Belum ada rekomendasi"):
        issue_link(case=drafted, sent_to="BKN", by=sari, at=MONDAY)
    with pytest.raises(NotVisible):
        issue_link(case=sent, sent_to="BKN", by=wayan, at=MONDAY)
    with pytest.raises(ActionRefused, match="tidak berwenang"):
        issue_link(case=sent, sent_to="BKN", by=kartika, at=MONDAY)


def test_the_first_receipt_stands(link):
    confirm_receipt(delivery=link.delivery, receipt=OFFICER, at=MONDAY)
    with pytest.raises(ActionRefused, match="sudah dicatat"):
        confirm_receipt(delivery=link.delivery, receipt=OFFICER, at=MONDAY)
    row = Delivery.objects.get()
    assert (row.confirmed_at, row.officer_name, row.own_letter_number) == (MONDAY, "Rani", "B-77")
    event = AuditEvent.objects.order_by("-id").first()
    assert (event.action, event.actor) == ("rekomendasi_diterima", None)
    assert "Rani" not in str(event.told)


def test_a_receipt_names_who_received(link):
    with pytest.raises(FactsRefused) as refused:
        confirm_receipt(delivery=link.delivery, receipt=Receipt(officer_name=" ", officer_office=""), at=MONDAY)
    assert set(refused.value.problems) == {"officer_name", "officer_office"}
    with pytest.raises(IntegrityError, match="receipt_names"), transaction.atomic():
        Delivery.objects.update(confirmed_at=MONDAY)


def test_notices_come_after_the_receipt_and_are_bounded(link):
    notice = Notice(kind=NoticeKind.TO_PPK, happened_date=TODAY, remark="Surat B-78.")
    with pytest.raises(ActionRefused, match="lebih dulu"):
        add_notice(delivery=link.delivery, notice=notice, at=MONDAY)
    confirm_receipt(delivery=link.delivery, receipt=OFFICER, at=MONDAY)
    for _ in range(MOST_NOTICES):
        add_notice(delivery=link.delivery, notice=notice, at=MONDAY)
    with pytest.raises(ActionRefused, match="penuh"):
        add_notice(delivery=link.delivery, notice=notice, at=MONDAY)


@pytest.mark.parametrize("days", [-1, 1])
def test_a_notice_lies_between_the_letter_and_today(link, days):
    confirm_receipt(delivery=link.delivery, receipt=OFFICER, at=MONDAY)
    wrong = Notice(kind=NoticeKind.STUDIED, happened_date=TODAY + timedelta(days=days))
    with pytest.raises(FactsRefused) as refused:
        add_notice(delivery=link.delivery, notice=wrong, at=MONDAY)
    assert set(refused.value.problems) == {"happened_date"}


def test_the_link_outlives_the_sanction_but_not_a_withdrawn_letter(link, sent, sari):
    step(sent, Action.CATAT_SANKSI, by=sari)
    assert delivery_of(link.token, at=MONDAY) is not None
    sent.recommendations.update(withdrawn_at=MONDAY)
    assert delivery_of(link.token, at=MONDAY) is None
