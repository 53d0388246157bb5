"""What the machine thinks of a report: its words and those of its pictures against the rule catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts import audit
from regions.models import Region
from reports.models import Classification, ClassificationState, Evidence, Finding, Report
from rules.current import engine_on, second_opinion
from rules.engine import Account, Engine, Opinion, Ranked, Span
from rules.engine.second_opinion import other_answer
from rules.loading import load_catalogue_version
from rules.models import CatalogueVersion, ElectionEvent
from rules.stage import Election, find_election, stage_of

# The first three always, so that a reviewer sees what else was thought of; beyond them only what has some weight.
ALWAYS_KEPT = 3
LEAST_PROBABILITY = 0.05
BETWEEN_PICTURES = "\n\n"


@dataclass(frozen=True, slots=True)
class PictureText:
    """The words of one picture and where they stand in the text of all pictures."""

    evidence: Evidence
    start: int

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.start + len(self.evidence.text)


@transaction.atomic
def classify(*, report: Report, at: datetime) -> Classification:
    """Let the machine judge a report as it stands now. Each run is a row of its own; nothing is overwritten."""
    pictures = picture_texts(report)
    engine = replace(engine_on(timezone.localdate(at)), second=second_opinion())
    opinion = engine.judge(account_of(report, pictures, known_elections()))
    other = other_answer(opinion.second, opinion.ranked[0].label)
    run = Classification.objects.create(
        report=report,
        made_at=at,
        catalogue_version=_version_of(engine, at),
        engine_version=f"{opinion.versions.lexicon}/{opinion.versions.model}",
        second_version=opinion.versions.second,
        second_label=other,
        second_rule_code=next((ranked.rule or "" for ranked in opinion.ranked if ranked.label == other), ""),
        stage=opinion.stage,
        abstained=opinion.abstained,
    )
    Finding.objects.bulk_create(
        _finding(run, rank, ranked, opinion.second, pictures) for rank, ranked in enumerate(_kept(opinion), start=1)
    )
    report.classification_state = ClassificationState.CLASSIFIED
    report.save(update_fields=["classification_state"])
    audit.record(
        action="report.classified",
        by=None,
        at=at,
        subject_kind="report",
        subject_id=report.id,
        details={"classification": run.pk, "stage": run.stage, "abstained": run.abstained},
    )
    return run


def known_elections() -> dict[int, Election]:
    """Every election of the database by its key, as officers keep it."""
    return {event.pk: event.as_election() for event in ElectionEvent.objects.all()}


def election_of(report: Report, text: str, elections: Mapping[int, Election]) -> Election | None:
    """The election the act belongs to.

    The one the reporter named, if it was held there; else the one place, date and words point to.
    """
    named = elections.get(report.election_event_id) if report.election_event_id else None
    if named and (not named.regions or {report.region_id, report.region_id[:2]} & set(named.regions)):
        return named
    return find_election(report.act_date, region_code=report.region_id, text=text, elections=elections.values())


def words_on_the_election(report: Report, read: str) -> str:
    """The words that may say which election a report is about; `read` is the text of its pictures."""
    return f"{report.narrative} {report.candidate} {read}"


def account_of(report: Report, pictures: Sequence[PictureText], elections: Mapping[int, Election]) -> Account:
    """What the engine judges: the words of the form and of the pictures, and the stage by the date of the act."""
    read = BETWEEN_PICTURES.join(picture.evidence.text for picture in pictures)
    election = election_of(report, words_on_the_election(report, read), elections)
    return Account(
        text=report.narrative,
        screenshot_text=read,
        act_date=report.act_date,
        office=" ".join(filter(None, (report.respondent_post, report.respondent_agency))),
        platform=report.platform,
        province=Region.objects.get(pk=report.region.province_code).name,
        stage=stage_of(report.act_date, election),
        event_kind=election.kind if election else "",
    )


def picture_texts(report: Report) -> list[PictureText]:
    """The pictures with words in them, in the order of the report."""
    texts, start = [], 0
    for evidence in report.evidence.in_order().exclude(text=""):
        texts.append(PictureText(evidence, start))
        start = texts[-1].end + len(BETWEEN_PICTURES)
    return texts


def _version_of(engine: Engine, at: datetime) -> CatalogueVersion:
    known = CatalogueVersion.objects.filter(digest=engine.catalogue.version).first()
    return known or load_catalogue_version(at=at)


def _kept(opinion: Opinion) -> list[Ranked]:
    return [
        ranked
        for rank, ranked in enumerate(opinion.ranked)
        if rank < ALWAYS_KEPT or ranked.probability >= LEAST_PROBABILITY
    ]


def _finding(
    run: Classification, rank: int, ranked: Ranked, second: Mapping[str, float] | None, pictures: list[PictureText]
) -> Finding:
    return Finding(
        classification=run,
        rank=rank,
        label=ranked.label,
        rule_code=ranked.rule or "",
        also_rule_codes=list(ranked.also),
        probability=ranked.probability,
        second_probability=second[ranked.label] if second else None,
        spans=[_placed(span, pictures) for span in ranked.spans],
    )


def _placed(span: Span, pictures: list[PictureText]) -> dict[str, object]:
    """A span of the text of all pictures, told as the picture and the place in its own words."""
    place: dict[str, object] = asdict(span)
    for picture in pictures:
        if span.source == "screenshot" and picture.start <= span.start < picture.end:
            end = min(span.end, picture.end)
            place |= {"start": span.start - picture.start, "end": end - picture.start}
            place["evidence"] = str(picture.evidence.id)
    return place
