"""The stage of the walks: cases in two regions, with planted words.

Setting it up takes longer than most tests on it, so it is done once for a file. Every test has copies of its own of all
that stands there, rows, files and objects, and leaves nothing behind.
"""

import copy
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from accounts.models import User
from cases import assessment
from cases.letters.editing import start_template
from cases.letters.kinds import LetterKind
from cases.letters.letterheads import save_letterhead
from regions.models import Region
from rules.drafting import start_draft
from rules.promoting import promote
from tests.case_factories import MONDAY
from tests.conftest import CAST, make_user, of_its_own
from tests.rules.weights_factory import make_weights
from tests.security import world


@dataclass(frozen=True)
class Stage:
    """The cast by name, and the places of the two regions."""

    cast: dict[str, User]
    semarang: world.Place
    denpasar: world.Place


def set_up() -> Stage:
    """All that a walk may come to."""
    cast = {name: make_user(name, *post) for name, post in CAST.items()}
    _plant_drafts(cast["nasrul"])
    semarang = world.plant("33.74", by=cast["sari"], second=cast["budi"], employer="33.74")
    reason = "Unggahan jelas."
    assessment.add_rule(case=semarang.case, rule_code="SKB2-II-B-3", reason=reason, by=cast["sari"], at=MONDAY)
    world.hold(semarang, by=cast["sari"])
    denpasar = world.plant("51.71", by=cast["wayan"], second=cast["wayan"], employer="pusat")
    return Stage(cast, semarang, denpasar)


def _plant_drafts(nasrul: User) -> None:
    """A draft of the next catalogue, one of a letter's template, the head of an office; and weights learned on the spot
    that count, so that those of the release can be chosen again."""
    start_template(kind=LetterKind.KAJIAN, by=nasrul, at=MONDAY)
    words = {"name": "Bawaslu Kota Semarang", "place": "Semarang"}
    save_letterhead(office_code=world.LETTER_OFFICE, words=words, by=nasrul, at=MONDAY)
    start_draft(by=nasrul, at=MONDAY)
    promote(weights=make_weights(lean=0.001), reason="Lebih baik.", by=nasrul, at=MONDAY)


@pytest.fixture(scope="module")
def first_stage(django_db_setup, django_db_blocker, key_files, tmp_path_factory) -> tuple[Stage, Path]:
    """The stage and the folder of its files, in a transaction around the file's tests that is taken back."""
    folder = tmp_path_factory.mktemp("stage")
    with django_db_blocker.unblock(), transaction.atomic():
        if not Region.objects.exists():
            call_command("load_reference", verbosity=0)
        when = MONDAY + timedelta(hours=2)
        with override_settings(**of_its_own(key_files, folder)), time_machine.travel(when, tick=False):
            stage = set_up()
        yield stage, folder
        transaction.set_rollback(True)


@pytest.fixture
def stage(db, first_stage, settings) -> Stage:
    """The stage of this test."""
    first, folder = first_stage
    shutil.copytree(folder / "sealed", settings.SEALED_ROOT)
    shutil.copytree(folder / "clean", settings.CLEAN_ROOT)
    return copy.deepcopy(first)


def _in_the_cast(name: str):
    @pytest.fixture(name=name)
    def person(stage):
        return stage.cast[name]

    return person


sari, budi, wayan, kartika, dewi, nasrul, aminah = map(_in_the_cast, CAST)


@pytest.fixture
def semarang(monday, stage):
    """A case of Kota Semarang about its own civil servant, held by Sari, not shared with Kesbangpol."""
    return stage.semarang


@pytest.fixture
def denpasar(monday, stage):
    """A case of another region."""
    return stage.denpasar


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
