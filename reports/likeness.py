"""Look-alikes: the same or nearly the same picture, text or person in another report.

Found once, by index, when a picture was read or a report is classified; what was found is kept as rows, so that a
page needs one query. A hint for people: nothing here raises a probability, delays or drops a report.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from evidence import likeness
from reports.models import Evidence, Report
from reports.models_likeness import Alike, AlikeKind, EvidenceLikeness, ReportLikeness
from reports.names import plain_name

# Any number of our own. Two alike pictures worked on at once would not see each other; held for milliseconds.
COMPARING_LOCK = 5_170_453
# The nearest are kept. Without an end, a campaign of a thousand reports would make half a million pairs. Whoever counts
# a picture's pairs and finds so many knows that there may be more.
MOST_ALIKE = 100
# Sharing a key is a hint; more than this of them is a template everybody uses, of which any sample will do.
MOST_CANDIDATES = 5_000


# Whether it is another file, bits apart, text not shared (these sort), its id, distance, similarity
Near = tuple[bool, int, float, UUID, int | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """A picture like another. Bits apart (0 to 256) and share of text (0 to 1), None where not comparable."""

    evidence: Evidence
    is_same_file: bool
    picture_distance: int | None
    text_similarity: float | None

    @property
    def why(self) -> list[str]:
        """What makes it alike: any of same_file, picture, text."""
        signs = {
            "same_file": self.is_same_file,
            "picture": likeness.is_same_picture(self.picture_distance),
            "text": likeness.is_same_text(self.text_similarity),
        }
        return [sign for sign, holds in signs.items() if holds]


@transaction.atomic
def compare_evidence(*, evidence: Evidence, picture_hash: bytes | None = None, at: datetime) -> list[Alike]:
    """Note what a picture is compared by, and keep the pictures of other reports it is like.

    Again changes nothing but what changed. `picture_hash` as in `evidence.images.CleanImage`, None to keep the known.
    """
    _lock()
    known = EvidenceLikeness.objects.filter(pk=evidence.pk).first()
    hashes = picture_hash if picture_hash is not None else bytes(known.picture_hash) if known else b""
    signature = likeness.text_signature(evidence.text)
    row = EvidenceLikeness(
        evidence=evidence,
        version=likeness.VERSION,
        sha256=evidence.sha256,
        picture_hash=hashes,
        picture_keys=likeness.picture_keys(hashes),
        text_signature=signature,
        text_keys=likeness.text_keys(signature),
        compared_at=at,
    )
    row.save(force_insert=known is None, force_update=known is not None)
    near = _near(row, evidence)
    nearest, beyond = ([one[3] for one in part] for part in (near[:MOST_ALIKE], near[MOST_ALIKE:]))
    # Those beyond the nearest chose this one when they came; without their pairs they would seem to be few. The same
    # file stays the same file, also where it is beyond what is looked at.
    other_file = Q(is_same_file=False)
    own_pairs = Alike.objects.filter(Q(other_evidence__in=nearest) | other_file & ~Q(other_evidence__in=beyond))
    own_pairs.filter(evidence=evidence).delete()
    turned_pairs = Alike.objects.filter(Q(evidence__in=nearest) | other_file & ~Q(evidence__in=beyond))
    turned_pairs.filter(other_evidence=evidence).delete()
    return _keep(_of_pictures(evidence, found, at) for found in _nearest(near))


@transaction.atomic
def compare_report(*, report: Report, at: datetime) -> list[Alike]:
    """Note what a report's words and respondent are compared by, and keep the reports they are like."""
    _lock()
    signature = likeness.text_signature(report.narrative)
    row, _ = ReportLikeness.objects.update_or_create(
        report=report,
        defaults={
            "version": likeness.VERSION,
            "text_signature": signature,
            "text_keys": likeness.text_keys(signature),
            "person_keys": person_keys(report),
            "compared_at": at,
        },
    )
    return _keep(
        [
            *_replaced(AlikeKind.TEXT, row, _same_words(row, at)),
            *_replaced(AlikeKind.PERSON, row, _same_person(row, at)),
        ]
    )


def look_alikes(evidence: Evidence) -> list[LookAlike]:
    """Pictures of other reports that are like a compared one, nearest first, MOST_ALIKE at most.

    Found by index: two GIN lookups and one B-tree lookup, however many pictures there are.
    """
    own = EvidenceLikeness.objects.filter(pk=evidence.pk).first()
    return _nearest(_near(own, evidence)) if own else []


def _near(own: EvidenceLikeness, evidence: Evidence) -> list[Near]:
    """Everything a picture is like, nearest first."""
    near = []
    for identifier, sha256, hashes, signature in _candidates(own, evidence):
        distance = likeness.picture_distance(bytes(own.picture_hash), hashes)
        similarity = likeness.text_similarity(bytes(own.text_signature), signature)
        if sha256 == own.sha256 or likeness.is_alike(distance, similarity):
            near.append((sha256 != own.sha256, _apart(distance), -(similarity or 0), identifier, distance, similarity))
    return sorted(near)


def _nearest(near: list[Near]) -> list[LookAlike]:
    near = near[:MOST_ALIKE]
    pictures = Evidence.objects.defer("text", "lines").in_bulk([identifier for *_, identifier, _, _ in near])
    return [
        LookAlike(
            evidence=pictures[identifier],
            is_same_file=not is_another_file,
            picture_distance=distance,
            text_similarity=similarity,
        )
        for is_another_file, _, _, identifier, distance, similarity in near
    ]


def person_keys(report: Report) -> list[str]:
    """How the respondent may be recognised in another report: NIP, name at an agency, name at a place.

    The post at an agency stands in where the reporter knew no name.
    """
    name, post = plain_name(report.respondent_name), plain_name(report.respondent_post)
    agency = plain_name(report.respondent_agency)
    keys = {
        f"nip:{report.respondent_nip}": report.respondent_nip,
        f"name:{name}|{agency}": name and agency,
        # One word alone ("Budi") names too many people of a place.
        f"name:{name}@{report.region_id}": " " in name,
        f"post:{post}|{agency}": not name and post and agency,
    }
    return sorted(key for key, is_known in keys.items() if is_known)


def _candidates(own: EvidenceLikeness, evidence: Evidence) -> list[tuple[UUID, str, bytes, bytes]]:
    """Id, SHA-256, hashes and signature of pictures of other reports: the same file, or a key in common.

    The same file is asked for by itself: among more sharers of a key than are looked at, it might not be.
    """
    others = EvidenceLikeness.objects.exclude(evidence__report=evidence.report_id)
    sharing = others.sharing_a_key(picture_keys=own.picture_keys, text_keys=own.text_keys).exclude(sha256=own.sha256)
    found = [(others.filter(sha256=own.sha256), MOST_ALIKE), (sharing, MOST_CANDIDATES)]
    with by_index():
        rows = [
            row
            for pictures, most in found
            for row in pictures.values_list("pk", "sha256", "picture_hash", "text_signature")[:most]
        ]
    return [(pk, sha256, bytes(hashes), bytes(signature)) for pk, sha256, hashes, signature in rows]


@contextmanager
def by_index() -> Iterator[None]:
    """Make the database use the GIN indexes: it takes a rare key for a frequent one and would read every row."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def _same_words(own: ReportLikeness, at: datetime) -> list[Alike]:
    if not own.text_keys:
        return []
    sharing = ReportLikeness.objects.filter(text_keys__overlap=own.text_keys).exclude(pk=own.pk)
    with by_index():
        candidates = list(sharing.values_list("pk", "text_signature")[:MOST_CANDIDATES])
    shares = [
        (likeness.text_similarity(bytes(own.text_signature), bytes(signature)), identifier)
        for identifier, signature in candidates
    ]
    near = [(share, identifier) for share, identifier in shares if share and likeness.is_same_text(share)]
    return [
        Alike(kind=AlikeKind.TEXT, report_id=own.pk, other_id=identifier, text_similarity=share, found_at=at)
        for share, identifier in sorted(near, reverse=True)
    ]


def _same_person(own: ReportLikeness, at: datetime) -> list[Alike]:
    if not own.person_keys:
        return []
    sharing = ReportLikeness.objects.filter(person_keys__overlap=own.person_keys).exclude(pk=own.pk)
    with by_index():
        latest = list(sharing.order_by("-report__received_at", "pk").values_list("pk", flat=True)[:MOST_CANDIDATES])
    return [Alike(kind=AlikeKind.PERSON, report_id=own.pk, other_id=identifier, found_at=at) for identifier in latest]


def _replaced(kind: AlikeKind, own: ReportLikeness, found: list[Alike]) -> list[Alike]:
    """The nearest of what a report is like, after its older pairs went, but for those beyond the nearest."""
    beyond = [pair.other_id for pair in found[MOST_ALIKE:]]
    pairs = Alike.objects.filter(kind=kind)
    pairs.filter(report=own.pk).exclude(other__in=beyond).delete()
    pairs.filter(other=own.pk).exclude(report__in=beyond).delete()
    return found[:MOST_ALIKE]


def _of_pictures(evidence: Evidence, found: LookAlike, at: datetime) -> Alike:
    return Alike(
        kind=AlikeKind.PICTURE,
        report_id=evidence.report_id,
        other_id=found.evidence.report_id,
        evidence=evidence,
        other_evidence=found.evidence,
        is_same_file=found.is_same_file,
        picture_distance=found.picture_distance,
        text_similarity=found.text_similarity,
        found_at=at,
    )


def _keep(pairs: Iterable[Alike]) -> list[Alike]:
    """Write the pairs both ways round; returns them as given."""
    one_way = list(pairs)
    Alike.objects.bulk_create([*one_way, *(_turned(pair) for pair in one_way)])
    return one_way


def _turned(pair: Alike) -> Alike:
    return Alike(
        kind=pair.kind,
        report_id=pair.other_id,
        other_id=pair.report_id,
        evidence_id=pair.other_evidence_id,
        other_evidence_id=pair.evidence_id,
        is_same_file=pair.is_same_file,
        picture_distance=pair.picture_distance,
        text_similarity=pair.text_similarity,
        found_at=pair.found_at,
    )


def _apart(distance: int | None) -> int:
    """Pictures that cannot be compared stand behind those that can."""
    return likeness.SIDE * likeness.SIDE if distance is None else distance


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COMPARING_LOCK])
