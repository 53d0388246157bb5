"""Cek aturan: which rows an act described by anyone may fall under. Nothing is written, kept or logged."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from regions.models import Region
from rules.catalogue import Row
from rules.current import engine_on
from rules.engine import VIOLATIONS, Account, Engine, Opinion, Ranked, Span
from rules.models import ElectionEvent
from rules.stage import BAKAL_CALON, CALON, Election, find_election, stage_of

NOT_ALLOWED, ALLOWED, DEPENDS, UNRECOGNISED = "tidak_boleh", "boleh", "tergantung", "belum_dikenali"
MOST_ROWS = 3
LEAST_PROBABILITY = 0.1
# Nobody is told "allowed" while the act could still be one time in five a forbidden one.
ALLOWED_BELOW = 0.2
# What the rules themselves allow, as the lexicon names it.
ALLOWED_ON = frozenset({"tugas resmi", "perbuatan netral", "cuti di luar tanggungan negara"})
# Presence without intent is asked about in klarifikasi: neither presumed a violation nor waved through.
CLARIFIED = frozenset({"hadir tanpa maksud berpihak", "hadir pasif", "menolak atau segera pergi"})
# The engine was made for reports about others. A question ("bolehkah saya ...?") is read as the account of the act it
# asks about: these words become spaces of the same length, so that every offset stays.
_QUESTION = re.compile(
    r"\b(?:(?:tidak|tak|nggak|enggak|gak|ga|ndak) )?boleh(?:kah)?\b(?: (?:tidak|tak|nggak|enggak|gak|ga|ndak)\b)?"
    r"|\b(?:apakah|apa hukumnya|apa sanksinya|bagaimana (?:kalau|jika|bila))\b"
    r"|\b(?:kalau|jika|bila|apabila)(?= (?:saya|aku|seorang|asn|pns|pppk|pegawai)\b)"
    r"|\b(?:saya|aku)\b(?= (?:adalah )?(?:seorang )?(?:asn|pns|pppk|cpns)\b)"
    r"|(?<=kah )(?:saya|aku)\b|(?<=boleh )(?:saya|aku)\b|(?<=kalau )(?:saya|aku)\b|(?<=jika )(?:saya|aku)\b"
    r"|\?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the account; `marked` if it spoke for one of the rows shown."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Likely:
    """One act the account may describe: its row before and after penetapan, and the words that spoke for it.

    `applies` is the row for the stage of the act, None while the stage is unknown. `also` are rows it may fall under
    besides.
    """

    label: str
    before: Row
    after: Row
    applies: Row | None
    also: tuple[Row, ...]
    reasons: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A hint, never a verdict. `leans` is one of the four words above; `stage` as in `rules.stage`."""

    leans: str
    stage: str
    election: Election | None
    not_asn: bool
    likely: tuple[Likely, ...]
    parts: tuple[Part, ...]


def check_act(*, text: str, on: date, act_date: date | None = None, province: Region | None = None) -> Check:
    """What the catalogue in force on a day says of an act. Reads catalogue and elections, writes nothing.

    Without a date, or where no election applies, the stage is unknown and both rows of an act are given.
    """
    elections = [event.as_election() for event in ElectionEvent.objects.all()]
    election = find_election(act_date, region_code=province.code if province else "", text=text, elections=elections)
    account = Account(
        text=as_account(text),
        act_date=act_date,
        province=province.name if province else "",
        stage=stage_of(act_date, election),
        event_kind=election.kind if election else "",
    )
    engine = engine_on(on)
    opinion = engine.judge(account)
    likely = _likely(opinion, account, engine)
    return Check(
        leans=_leans(opinion, likely),
        stage=account.stage,
        election=election,
        not_asn=opinion.ranked[0].label == "NONE_NOT_ASN",
        likely=likely,
        parts=_parts(text, [span for found in likely for span in found.reasons]),
    )


def as_account(text: str) -> str:
    """A question about an act as an account of it, of the same length."""
    return _QUESTION.sub(lambda found: " " * len(found.group()), text)


def _leans(opinion: Opinion, likely: tuple[Likely, ...]) -> str:
    first = opinion.ranked[0]
    if first.label in VIOLATIONS:
        return DEPENDS if opinion.abstained else NOT_ALLOWED
    if first.label == "NONE_NEUTRAL" and _is_allowed(opinion):
        return ALLOWED
    return DEPENDS if likely else UNRECOGNISED


def _is_allowed(opinion: Opinion) -> bool:
    """Little speaks for a forbidden act, and something the rules allow was named."""
    forbidden = sum(answer.probability for answer in opinion.ranked if answer.label in VIOLATIONS)
    grounds = {span.why for span in opinion.ranked[0].spans}
    if opinion.abstained or forbidden >= ALLOWED_BELOW or not grounds.isdisjoint(CLARIFIED):
        return False
    return not grounds.isdisjoint(ALLOWED_ON)


def _likely(opinion: Opinion, account: Account, engine: Engine) -> tuple[Likely, ...]:
    """Acts with some weight; the foremost one whose words were found, if the account speaks of an ASN's conduct."""
    acts = sorted((a for a in opinion.ranked if a.label in VIOLATIONS), key=lambda answer: -answer.probability)
    chosen = [answer for answer in acts if answer.probability >= LEAST_PROBABILITY]
    if not chosen and opinion.ranked[0].label != "NONE_OFFTOPIC":
        chosen = [answer for answer in acts if answer.spans][:1]
    return tuple(_found(answer, account, engine) for answer in chosen[:MOST_ROWS])


def _found(answer: Ranked, account: Account, engine: Engine) -> Likely:
    rows = engine.catalogue.rows
    codes = {
        stage: engine.catalogue.rules_for(answer.label, stage=stage, event_kind=account.event_kind)
        for stage in (BAKAL_CALON, CALON)
    }
    before, after = (rows[codes[stage][0]] for stage in (BAKAL_CALON, CALON))
    known = codes.get(account.stage)
    also = known[1:] if known else ()
    return Likely(
        label=answer.label,
        before=before,
        after=after,
        applies=rows[known[0]] if known else None,
        also=tuple(rows[code] for code in also),
        reasons=answer.spans,
    )


def _parts(text: str, spans: list[Span]) -> tuple[Part, ...]:
    """The account cut at the edges of its spans; the parts joined are the account."""
    edges = sorted({0, len(text), *(span.start for span in spans), *(span.end for span in spans)})
    return tuple(
        Part(text[start:end], any(span.start <= start and end <= span.end for span in spans))
        for start, end in pairwise(edges)
    )
