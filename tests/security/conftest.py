"""Whatever the attack: nobody gets an e-mail."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from tests.case_factories import MONDAY


@pytest.fixture(autouse=True)
def nothing_was_mailed():
    """Whoever asks for whatever address: nobody gets an e-mail."""
    yield
    assert getattr(mail, "outbox", []) == []


@pytest.fixture
def monday():
    """One quiet Monday, so that deadlines and sessions stand still."""
    with time_machine.travel(MONDAY + timedelta(hours=2), tick=False):
        yield
