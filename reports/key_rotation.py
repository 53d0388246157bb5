"""A new key pair takes over: every data key is sealed anew, no sealed file is touched.

Which rows are done is read from the rows themselves: each sealed key begins with the id of the key pair that opens it.
So a rotation that was broken off anywhere goes on where it stopped, and running it twice changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import models, transaction
from nacl.public import PrivateKey, PublicKey

from accounts import audit
from evidence.sealing import key_id, key_id_of, rewrap
from reports.models import Report
from reports.models_keys import DataKey

BATCH = 200


class KeyKind(StrEnum):
    """The two key pairs of an installation."""

    EVIDENCE = "evidence"
    IDENTITY = "identity"


class UnknownKey(ValueError):
    """Rows are sealed to neither the old nor the new key; nothing was changed. The message counts them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many sealed keys belong to the new pair, of how many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Place:
    """A column that holds sealed keys."""

    model: type[models.Model]
    column: str

    def sealed(self) -> "models.QuerySet[models.Model]":
        """The rows with a key in it; an erased key is empty and stays so."""
        return self.model._default_manager.exclude(**{self.column: None}).exclude(**{self.column: b""}).order_by("pk")


def places(kind: KeyKind) -> list[Place]:
    """Every column that holds keys of this pair. One left out would lose its files with the old private key."""
    if kind == KeyKind.IDENTITY:
        return [Place(Report, "identity_key")]
    return [Place(DataKey, "sealed_key")]


def rotate(
    *,
    kind: KeyKind,
    old: PrivateKey,
    new: PublicKey,
    at: datetime,
    tell: Callable[[Progress], None],
    batch: int = BATCH,
) -> Progress:
    """Seal every data key of the old pair to the new one, a committed and audited batch at a time.

    `tell` hears of each batch. Returns what holds at the end: done < total when the portal still seals to the old
    key. Raises UnknownKey before anything is changed, evidence.sealing.SealBroken for a key that was damaged.
    """
    _check(kind, old, new)
    for place in places(kind):
        for _ in _batches(place, kind, old, new, at, batch):
            tell(progress(kind=kind, new=new))
    return progress(kind=kind, new=new)


def progress(*, kind: KeyKind, new: PublicKey) -> Progress:
    """How far the rows are."""
    found = keys_in_use(kind=kind)
    return Progress(found[key_id(new)], found.total())


def keys_in_use(*, kind: KeyKind) -> Counter[str]:
    """How many rows each key pair opens, by its id."""
    found: Counter[str] = Counter()
    for place in places(kind):
        # The envelope of evidence.sealing: a version byte, then eight bytes of key id.
        start = models.Func(models.F(place.column), 1, 10, function="substring", output_field=models.BinaryField())
        for row in place.sealed().values(start=start).annotate(rows=models.Count("pk")).order_by():
            found[key_id_of(bytes(row["start"]))] += row["rows"]
    return found


def _check(kind: KeyKind, old: PrivateKey, new: PublicKey) -> None:
    expected = {key_id(old.public_key), key_id(new)}
    strangers = {name: rows for name, rows in keys_in_use(kind=kind).items() if name not in expected}
    if strangers:
        counts = ", ".join(f"{rows} rows to key {name}" for name, rows in sorted(strangers.items()))
        raise UnknownKey(f"Sealed to neither {' nor '.join(sorted(expected))}: {counts}. Nothing was changed.")


def _batches(place: Place, kind: KeyKind, old: PrivateKey, new: PublicKey, at: datetime, size: int) -> Iterator[int]:
    """Re-wrap the rows of one place in the order of their ids; yields how many after each batch was committed."""
    last = None
    while True:
        with transaction.atomic():
            rows = place.sealed() if last is None else place.sealed().filter(pk__gt=last)
            chosen = list(rows.select_for_update(of=("self",), no_key=True)[:size])
            if not chosen:
                return
            last = chosen[-1].pk
            changed = [row for row in chosen if _rewrap(row, place.column, old, new)]
            place.model._default_manager.bulk_update(changed, [place.column])
            _record(kind, old, new, at, len(changed))
        if changed:
            yield len(changed)


def _rewrap(row: models.Model, column: str, old: PrivateKey, new: PublicKey) -> bool:
    sealed_key = bytes(getattr(row, column))
    if key_id_of(sealed_key) == key_id(new):
        return False
    setattr(row, column, rewrap(sealed_key, old, new))
    return True


def _record(kind: KeyKind, old: PrivateKey, new: PublicKey, at: datetime, count: int) -> None:
    if count:
        audit.record(
            action="keys.rotated",
            by=None,
            at=at,
            subject_kind="key",
            subject_id=key_id(new),
            details={"kind": kind, "from": key_id(old.public_key), "rows": count},
        )
