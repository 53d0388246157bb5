"""What other reports the reports of a case are like, as far as a person may know of them.

Two queries for any number of cases, one where nothing is alike. Reports of cases the person may not see are not
counted either: a number alone would tell an accused's house that there is something.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from accounts.models import User
from cases.models import Case
from cases.surges import Arrival, Surge, surge
from reports import likeness as reports_likeness
from reports.models_likeness import Alike, AlikeKind

COLUMNS = (
    "report__case_link__case_id",
    "report_id",
    "report__received_at",
    "other_id",
    "other__received_at",
    "other__case_link__case_id",
    "kind",
    "evidence_id",
    "is_same_file",
    "evidence__sender_mark__mark",
    "other_evidence__sender_mark__mark",
)


@dataclass(frozen=True)
class Likeness:
    """A report of a case and another report, alike in something. The fields begin with those of COLUMNS, in order."""

    case_id: UUID
    report_id: UUID
    received_at: datetime
    other_id: UUID
    other_received_at: datetime
    other_case_id: UUID
    kind: str
    evidence_id: UUID | None
    is_same_file: bool
    mark: str | None
    other_mark: str | None
    # There may be more of the same than are kept as pairs
    is_cut: bool = False


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """The reports a picture was found in, this one included, and the most senders they can have come from.

    `senders` counts browsers, as far as they can be told apart (docs/adr/0010); nothing here is a vote. Of a campaign
    too big to be counted, `reports` is the least there are, and `senders` says nothing.
    """

    reports: int
    senders: int
    is_same_file: bool
    is_at_least: bool


def likenesses(case_ids: Collection[UUID], *, seen_by: User) -> dict[UUID, list[Likeness]]:
    """By case, everything its reports are like in cases the person may see."""
    found: dict[UUID, list[Likeness]] = {identifier: [] for identifier in case_ids}
    pairs = Alike.objects.filter(report__case_link__case__in=found, other__case_link__isnull=False)
    all_found = [Likeness(*row) for row in pairs.order_by("pk").values_list(*COLUMNS)]
    others = {likeness.other_case_id for likeness in all_found}
    visible = set(Case.objects.visible_to(seen_by).filter(pk__in=others).values_list("pk", flat=True)) if others else ()
    shown = [likeness for likeness in all_found if likeness.other_case_id in visible]
    # Outside the team a count that is cut short would tell of reports in cases the person may not see.
    pairs_of = Counter(map(_what_is_alike, shown if seen_by.powers.needs_sharing else all_found))
    for likeness in shown:
        is_cut = pairs_of[_what_is_alike(likeness)] >= reports_likeness.MOST_ALIKE
        found[likeness.case_id].append(replace(likeness, is_cut=True) if is_cut else likeness)
    return found


def clusters(likenesses: Iterable[Likeness]) -> dict[UUID, Cluster]:
    """By picture (evidence id), the reports it was found in."""
    of_pictures: dict[UUID, list[Likeness]] = {}
    for likeness in likenesses:
        if likeness.evidence_id:
            of_pictures.setdefault(likeness.evidence_id, []).append(likeness)
    return {evidence_id: _cluster(alike) for evidence_id, alike in of_pictures.items()}


def surge_of(likenesses: Collection[Likeness]) -> Surge | None:
    """Whether the reports of a case came in a surge."""
    own = {likeness.report_id for likeness in likenesses}
    # Whoever put reports together into one case holds them to be about one person; of texts and pictures that says
    # nothing.
    kinds: dict[UUID, set[str]] = {report: {AlikeKind.PERSON} for report in own}
    times: dict[UUID, datetime] = {}
    for likeness in likenesses:
        times |= {likeness.report_id: likeness.received_at, likeness.other_id: likeness.other_received_at}
        for report in (likeness.report_id, likeness.other_id):
            kinds.setdefault(report, set()).add(likeness.kind)
    arrivals = {report: Arrival(at, frozenset(kinds[report])) for report, at in times.items()}
    others = {report: arrival for report, arrival in arrivals.items() if report not in own}
    found = surge([arrivals[report] for report in own], others)
    return replace(found, is_at_least=True) if found and any(likeness.is_cut for likeness in likenesses) else found


def reports_by_case(likenesses: Iterable[Likeness], kind: AlikeKind) -> Mapping[UUID, list[Likeness]]:
    """What is alike in one thing, by the other report's case."""
    found: dict[UUID, list[Likeness]] = {}
    for likeness in likenesses:
        if likeness.kind == kind and likeness.other_case_id != likeness.case_id:
            found.setdefault(likeness.other_case_id, []).append(likeness)
    return found


def _what_is_alike(likeness: Likeness) -> tuple[UUID, str, UUID | None]:
    return likeness.report_id, likeness.kind, likeness.evidence_id


def _cluster(alike: list[Likeness]) -> Cluster:
    # A report without a mark may always be another sender's.
    senders = {likeness.other_id: likeness.other_mark or str(likeness.other_id) for likeness in alike}
    senders[alike[0].report_id] = alike[0].mark or str(alike[0].report_id)
    return Cluster(
        reports=len(senders),
        senders=len(set(senders.values())),
        is_same_file=all(likeness.is_same_file for likeness in alike),
        is_at_least=any(likeness.is_cut for likeness in alike),
    )
