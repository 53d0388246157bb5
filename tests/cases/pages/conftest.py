"""Pages are visited on one quiet Monday, by the cast, over HTTP."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.case_factories import MONDAY, make_case, make_evidence, make_finding

NOW = MONDAY + timedelta(hours=2)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield NOW


@pytest.fixture
def visit():
    """A browser somebody is logged in with; forms send their CSRF token by being enforced elsewhere."""

    def log_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def case(sari, budi):
    """A case of Semarang just in, with a finding and a picture."""
    opened = make_case(by=sari, second=budi)
    report = opened.case_reports.get().report
    make_finding(report)
    make_evidence(report)
    return opened


@pytest.fixture
def address():
    """The address of a page of a case."""

    def of(name, case, *more):
        return reverse(f"cases:{name}", args=[case.pk, *more])

    return of
