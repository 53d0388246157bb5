"""Sixteen people, or one who clicks twice, ask for a link at once: one works, and it is stopped once."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from cases.delivery import Link, delivery_of, issue_link, revoke_link
from cases.erasing import erase_contents
from cases.models import Case, Delivery
from cases.refusals import ActionRefused
from cases.status import Status
from tests.case_factories import MONDAY, make_case
from tests.cases.at_once import CROWD, all_at_once, make_crowd

pytestmark = pytest.mark.django_db(transaction=True)


def test_links_asked_for_and_stopped_at_once(reference):
    crowd = make_crowd()
    made = make_case(by=crowd[0], second=crowd[1], status=Status.TINDAK_LANJUT)
    pages = [(Case.objects.get(pk=made.pk), by) for by in crowd]
    links = all_at_once(
        [lambda case=case, by=by: issue_link(case=case, sent_to="BKN", by=by, at=MONDAY) for case, by in pages]
    )
    assert [type(link) for link in links] == [Link] * CROWD
    assert len([link for link in links if delivery_of(link.token, at=MONDAY)]) == 1
    stopped = all_at_once([lambda case=case, by=by: revoke_link(case=case, by=by, at=MONDAY) for case, by in pages])
    assert len([result for result in stopped if not isinstance(result, ActionRefused)]) == 1
    assert not Delivery.objects.filter(revoked_at=None).exists()
    assert AuditEvent.objects.about(made.pk).filter(action="tautan_lembaga_dicabut").count() == 1


def test_erasing_takes_letters_before_links_as_whoever_makes_a_link_does(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)
    issue_link(case=case, sent_to="BKN", by=sari, at=MONDAY)
    with CaptureQueriesContext(connection) as read, transaction.atomic():
        erase_contents(case=case, by=sari, at=MONDAY, reason="Masa simpan habis.")
    order = [row["sql"] for row in read]
    held = next(place for place, sql in enumerate(order) if "cases_recommendation" in sql and "NO KEY UPDATE" in sql)
    assert held < next(place for place, sql in enumerate(order) if sql.startswith('UPDATE "cases_delivery"'))
