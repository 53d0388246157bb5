"""Elections as officers write them down. The penetapan date decides the stage of every act, so each change is kept."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from regions.models import Region
from rules.models import Contest, ElectionEvent, ElectionKind

CONTESTS_OF = {
    ElectionKind.PEMILU: {Contest.LEGISLATIF, Contest.PRESIDEN},
    ElectionKind.PILKADA: {Contest.KEPALA_DAERAH},
}


class ElectionRefused(Exception):
    """Nothing was written. `problems` maps the field to what is wrong with it and what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, kw_only=True, slots=True)
class ElectionFacts:
    """What an officer says of an election. No region means the whole country."""

    kind: str
    name: str
    region_codes: tuple[str, ...]
    contests: tuple[str, ...]
    is_rerun: bool
    starts_date: date
    penetapan_date: date
    voting_date: date
    ends_date: date
    source: str

    def problems(self) -> dict[str, str]:
        """What does not fit together, by field, in plain words. Empty where all is well."""
        return {**_place_problems(self), **_date_problems(self)}


def regions_named(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of the regions named in a text, and the words that name none.

    Regions stand one a line or after a comma, as a Kemendagri code (`33.74`) or as the full name (`Kota Semarang`).
    """
    wanted = [part.strip() for part in words.replace(";", ",").replace("\n", ",").split(",") if part.strip()]
    known = {}
    for code, name in Region.objects.values_list("code", "name"):
        known[code] = known[name.casefold()] = code
    codes = dict.fromkeys(known[part.casefold()] for part in wanted if part.casefold() in known)
    return tuple(codes), tuple(part for part in wanted if part.casefold() not in known)


@transaction.atomic
def create_election(*, code: str, facts: ElectionFacts, by: User, at: datetime) -> ElectionEvent:
    """Write down a new election. Raises ElectionRefused."""
    problems = facts.problems()
    if ElectionEvent.objects.filter(code=code).exists():
        problems["code"] = _("Kode ini sudah dipakai pemilihan lain. Tulis kode lain.")
    if problems:
        raise ElectionRefused(problems)
    event = ElectionEvent(code=code, edited_at=at)
    _write(event, facts)
    _record("election.created", event=event, by=by, at=at, words={"facts": _plain(facts)})
    return event


@transaction.atomic
def change_election(*, code: str, facts: ElectionFacts, by: User, at: datetime) -> ElectionEvent:
    """Correct an election. The audit keeps each changed value before and after.

    Raises ElectionRefused, and ElectionEvent.DoesNotExist for an unknown code.
    """
    event = ElectionEvent.objects.select_for_update(no_key=True).get(code=code)
    before, after = _plain(facts_of(event)), _plain(facts)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if problems := facts.problems():
        raise ElectionRefused(problems)
    if changes:
        event.edited_at = at
        _write(event, facts)
        _record("election.changed", event=event, by=by, at=at, words={"changes": changes})
    return event


def facts_of(event: ElectionEvent) -> ElectionFacts:
    """An election as it is written down now."""
    return ElectionFacts(
        kind=event.kind,
        name=event.name,
        region_codes=tuple(event.region_codes),
        contests=tuple(event.contests),
        is_rerun=event.is_rerun,
        starts_date=event.starts_date,
        penetapan_date=event.penetapan_date,
        voting_date=event.voting_date,
        ends_date=event.ends_date,
        source=event.source,
    )


def move_stages(before: ElectionFacts, after: ElectionFacts) -> bool:
    """Whether the change can give acts another stage: only the name and the source cannot."""
    return replace(before, name="", source="") != replace(after, name="", source="")


def _place_problems(facts: ElectionFacts) -> dict[str, str]:
    problems = {}
    allowed = CONTESTS_OF.get(ElectionKind(facts.kind), set())
    if not facts.contests or set(facts.contests) - allowed:
        words = ", ".join(str(contest.label) for contest in Contest if contest in allowed)
        problems["contests"] = _("Untuk jenis ini pilih dari: %(contests)s.") % {"contests": words}
    known = set(Region.objects.filter(code__in=facts.region_codes).values_list("code", flat=True))
    if unknown := [code for code in facts.region_codes if code not in known]:
        problems["region_codes"] = unknown_regions(unknown)
    elif facts.is_rerun and not facts.region_codes:
        problems["region_codes"] = _("Pemungutan suara ulang hanya di sebagian wilayah. Tulis wilayahnya.")
    return problems


def unknown_regions(words: Iterable[str]) -> str:
    """What is wrong with words that name no region, and what to write instead."""
    return _("Wilayah tidak dikenal: %(words)s. Tulis kode seperti 33.74, atau nama lengkap seperti Kota Semarang.") % {
        "words": ", ".join(words)
    }


def _date_problems(facts: ElectionFacts) -> dict[str, str]:
    problems = {}
    if facts.penetapan_date < facts.starts_date:
        problems["penetapan_date"] = _("Penetapan calon tidak bisa sebelum masa pengawasan mulai.")
    if facts.voting_date < facts.penetapan_date:
        problems["voting_date"] = _("Hari pemungutan suara tidak bisa sebelum penetapan calon.")
    if facts.ends_date < facts.voting_date:
        problems["ends_date"] = _("Masa pengawasan tidak bisa berakhir sebelum hari pemungutan suara.")
    return problems


def _write(event: ElectionEvent, facts: ElectionFacts) -> None:
    for name, value in asdict(facts).items():
        setattr(event, name, list(value) if isinstance(value, tuple) else value)
    event.save()


def _plain(facts: ElectionFacts) -> dict[str, object]:
    """The facts as JSON holds them."""
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in asdict(facts).items()
    }


def _record(action: str, *, event: ElectionEvent, by: User, at: datetime, words: dict[str, object]) -> None:
    audit.record(action=action, by=by, at=at, subject_kind="election", subject_id=event.code, words=words)
