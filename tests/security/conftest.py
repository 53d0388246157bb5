"""The stage of the attacks: cases in two regions, with planted words."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from cases import assessment
from cases.letters.editing import start_template
from cases.letters.kinds import LetterKind
from cases.letters.letterheads import save_letterhead
from rules.drafting import start_draft
from rules.promoting import promote
from tests.case_factories import MONDAY
from tests.rules.weights_factory import make_weights
from tests.security import world


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


@pytest.fixture
def draft(monday, nasrul):
    """A draft of the next catalogue, one of a letter's template, and the head of an office."""
    start_template(kind=LetterKind.KAJIAN, by=nasrul, at=MONDAY)
    words = {"name": "Bawaslu Kota Semarang", "place": "Semarang"}
    save_letterhead(office_code=world.LETTER_OFFICE, words=words, by=nasrul, at=MONDAY)
    return start_draft(by=nasrul, at=MONDAY)


@pytest.fixture
def learned(monday, nasrul):
    """Weights that were learned on the spot and count, so that those of the release can be chosen again."""
    return promote(weights=make_weights(lean=0.001), reason="Lebih baik.", by=nasrul, at=MONDAY)


@pytest.fixture
def semarang(monday, sari, budi, draft, learned):
    """A case of Kota Semarang about its own civil servant, held by Sari, not shared with Kesbangpol."""
    place = world.plant("33.74", by=sari, second=budi, employer="33.74")
    reason = "Unggahan jelas."
    assessment.add_rule(case=place.case, rule_code="SKB2-II-B-3", reason=reason, by=sari, at=MONDAY)
    world.hold(place, by=sari)
    return place


@pytest.fixture
def denpasar(monday, wayan):
    """A case of another region."""
    return world.plant("51.71", by=wayan, second=wayan, employer="pusat")


@pytest.fixture
def visitors(semarang, denpasar, sari, budi, wayan, kartika, dewi, nasrul, aminah):
    """Makes the browser of everybody the table of access names."""

    def shared():
        world.share(semarang, by=sari)
        return world.logged_in(kartika, "kartika_shared")

    return {
        "anonymous": lambda: world.Visitor("anonymous"),
        "follower": lambda: world.follower_of(semarang),
        "sari": lambda: world.logged_in(sari),
        "budi": lambda: world.logged_in(budi),
        "wayan": lambda: world.logged_in(wayan),
        "kartika": lambda: world.logged_in(kartika),
        "kartika_shared": shared,
        "ketut": lambda: world.logged_in(world.ketut()),
        "dewi": lambda: world.logged_in(dewi),
        "nasrul": lambda: world.logged_in(nasrul),
        "aminah": lambda: world.logged_in(aminah),
        "disabled": lambda: world.disabled(budi),
    }
