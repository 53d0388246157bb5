"""A demo report comes in by the public door and is worked off at once, with what was kept of its pictures."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import yaml
from django.db import transaction

from cases.demo.pictures import DemoPicture, demo_picture
from cases.demo.stories import Story
from cases.models import Case
from cases.opening import open_case
from reports import intake, outbox, preparation, work
from reports.drafts import Draft
from reports.identity import Identity
from reports.models import Lane, OutboxEntry, Report
from reports.preparation import Reading
from rules.models import ElectionEvent

REPORTERS = Path(__file__).parent / "reporters.yaml"
UNTIL_PREPARED = timedelta(seconds=40)
UNTIL_CLASSIFIED = timedelta(seconds=55)
UNTIL_OPENED = timedelta(minutes=2)


class Arrivals:
    """Sends reports; knows the invented reporters and the election events, which are read once."""

    def __init__(self, browser_secret: str) -> None:
        """The secret stands for the browser the demo reports came from; receipt codes derive from it."""
        self.browser_secret = browser_secret
        self.reporters = [Identity(**entry) for entry in yaml.safe_load(REPORTERS.read_text(encoding="utf-8"))]
        self.events: Mapping[str, ElectionEvent] = ElectionEvent.objects.in_bulk(field_name="code")

    def send(self, story: Story, *, act_date: date, at: datetime) -> str:
        """Submit the report of a story; returns its receipt code."""
        draft = self.draft(story)
        pictures = [demo_picture(name).upload for name in story.images]
        intake.submit(facts=self._facts(story, act_date), pictures=pictures, draft=draft, at=at)
        return draft.receipt_code

    def report_of(self, story: Story) -> Report:
        """The report a story was submitted as."""
        return Report.objects.of_draft(self.draft(story).idempotency_digest).get()

    def draft(self, story: Story) -> Draft:
        """The form the story was sent with."""
        return Draft(key=_draft_key(story.key), browser_secret=self.browser_secret)

    def _facts(self, story: Story, act_date: date) -> intake.ReportFacts:
        who = story.respondent
        return intake.ReportFacts(
            lane=Lane(story.lane),
            narrative=story.narrative,
            act_date=act_date,
            region_code=story.region,
            platform=story.platform,
            link=story.link,
            respondent_name=who.get("name", ""),
            respondent_post=who.get("post", ""),
            respondent_agency=who.get("agency", ""),
            respondent_nip=who.get("nip", ""),
            candidate=story.candidate,
            election_event=self.events[story.event] if story.event else None,
            identity=self._identity(story) if story.lane == Lane.LAPORAN else None,
        )

    def _identity(self, story: Story) -> Identity:
        return self.reporters[int(_draft_key(story.key), 16) % len(self.reporters)]


def was_sent(story_key: str) -> bool:
    """Whether the report of a story was ever submitted in this database."""
    draft = Draft(key=_draft_key(story_key), browser_secret="")
    return Report.objects.of_draft(draft.idempotency_digest).exists()


def work_off(report: Report, story: Story, *, at: datetime) -> Case:
    """What the workers would do with a report that arrived at a moment: pictures, classification, case."""
    for name, entry in zip(story.images, _waiting(report), strict=True):
        _prepare(entry, demo_picture(name), at + UNTIL_PREPARED)
    for entry in _waiting(report):
        work.work_off(entry_id=entry.pk, clock=lambda: at + UNTIL_CLASSIFIED)
    report.refresh_from_db()
    case = open_case(report=report, at=at + UNTIL_OPENED)
    if case is None:
        raise RuntimeError(f"{story.key}: the report has a case already")
    return case


@transaction.atomic
def _prepare(entry: OutboxEntry, picture: DemoPicture, at: datetime) -> None:
    """As `reports.work` does, with a copy rebuilt once for all uses of the picture and the text kept beside it."""
    claimed = outbox.claim(entry_id=entry.pk, at=at)
    if claimed is None or claimed.evidence is None:
        raise RuntimeError("a worker took a demo picture before it could be loaded")
    preparation.store_clean_copy(evidence=claimed.evidence, clean=picture.clean, at=at)
    preparation.store_reading(evidence=claimed.evidence, reading=Reading(picture.text), at=at)
    outbox.finish(entry=claimed, at=at)


def _waiting(report: Report) -> list[OutboxEntry]:
    return list(OutboxEntry.objects.open().filter(report=report).order_by("evidence__position", "id"))


def _draft_key(story_key: str) -> str:
    return hashlib.sha256(f"demo|{story_key}".encode()).hexdigest()[:32]
