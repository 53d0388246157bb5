"""The demo as it is after loading, loaded once for all tests that look at it."""

import logging
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from cases.demo.arriving import Arrivals
from cases.demo.loading import Loaded, load_demo
from cases.demo.stories import Story, read_stories
from cases.models import Case, MovedReport
from regions.models import Region
from reports.models import Report

LOADED_AT = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)


class LogLines(logging.Handler):
    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


@dataclass
class Demo:
    loaded: Loaded
    seconds: float
    stories: list[Story]
    log: list[str]
    at: datetime = LOADED_AT
    arrivals: Arrivals = field(default_factory=lambda: Arrivals(""))

    def report(self, story) -> Report:
        return self.arrivals.report_of(story)

    def case(self, story) -> Case:
        """The case a story opened, also when its report went on to another one."""
        report = self.report(story)
        moved = MovedReport.objects.filter(report=report).order_by("pk").first()
        return moved.regrouping.source if moved else report.case_link.case

    def finished_stories(self):
        return [story for story in self.stories if not story.live]


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, key_files, demo_folder):
    """In a transaction of its own that is taken back; the worker's private key is missing, as while loading."""
    places = override_settings(
        DATA_DIR=demo_folder,
        SEALED_ROOT=demo_folder / "sealed",
        CLEAN_ROOT=demo_folder / "clean",
        EVIDENCE_PUBLIC_KEY_FILE=key_files / "evidence.public",
        EVIDENCE_PRIVATE_KEY_FILE=None,
        IDENTITY_PUBLIC_KEY_FILE=key_files / "identity.public",
    )
    lines = LogLines()
    with django_db_blocker.unblock(), places, transaction.atomic():
        if not Region.objects.exists():
            call_command("load_reference", verbosity=0)
        logging.getLogger().addHandler(lines)
        started = time.perf_counter()
        loaded = load_demo(at=LOADED_AT)
        seconds = time.perf_counter() - started
        logging.getLogger().removeHandler(lines)
        yield Demo(loaded, seconds, read_stories(), lines.lines)
        transaction.set_rollback(True)
