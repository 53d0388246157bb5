"""The measurement behind `python -m benchmarks.likeness`."""

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from typing import TypeVar
from uuid import UUID

from django.db import connection

from evidence import likeness
from reports.likeness import LookAlike, by_index, look_alikes
from reports.models import Evidence
from reports.models_likeness import EvidenceLikeness

Answer = TypeVar("Answer")

SCHEMA = "likeness_benchmark"
LIKENESS, EVIDENCE = "reports_evidencelikeness", "reports_evidence"
LOOKUPS = 200
SCANS = 2
AT_A_TIME = 20_000
# Screens of one app look alike: a picture is one of these layouts with every fourth bit changed, a frame of it the
# picture with every eighth changed. One text in ten shares a third of its words with one of the slogans.
LAYOUTS, SLOGANS = 200, 1_000
COLUMNS = "evidence_id, version, sha256, picture_hash, picture_keys, text_signature, text_keys, compared_at"


def measure(sizes: Sequence[int]) -> None:
    """Print a line per size and the plan of the look-up at the largest."""
    columns = ("pictures", "median ms", "p95 ms", "found", "by key ms", "ratio", "scan ms", "ratio")
    say("".join(f"{name:>11}" for name in columns))
    medians = []
    for size in sizes:
        with loaded(size) as planted:
            lookups = [timed(look_up, pk) for pk, _ in planted]
            times = sorted(seconds for seconds, _ in lookups)
            found = sum(
                any(alike.evidence.pk == original for alike in alikes)
                for (_, alikes), (_, original) in zip(lookups, planted, strict=True)
            )
            by_key = statistics.median(timed(fetch, pk)[0] for pk, _ in planted)
            scan = scan_time([pk for pk, _ in planted[:SCANS]])
            medians.append(statistics.median(times))
            figures = (medians[-1] * 1000, times[len(times) * 95 // 100] * 1000, found / len(planted))
            ratios = (by_key * 1000, medians[-1] / by_key, scan * 1000, scan / medians[-1])
            say(f"{size:>11}" + "".join(f"{figure:>11.2f}" for figure in (*figures, *ratios)))
            if size == sizes[-1]:
                say(plan(planted[0][0]))
    say(f"{sizes[-1] / sizes[0]:.0f} times the pictures, {medians[-1] / medians[0]:.1f} times the time of a look-up")


@contextmanager
def loaded(size: int) -> Iterator[list[tuple[UUID, UUID]]]:
    """Tables with that many pictures, and pairs of a planted near copy and its original."""
    dice = random.Random(size)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE; CREATE SCHEMA {SCHEMA}")
        cursor.execute(f"CREATE TABLE {SCHEMA}.{LIKENESS} (LIKE public.{LIKENESS})")
        cursor.execute(f"CREATE TABLE {SCHEMA}.{EVIDENCE} AS SELECT * FROM public.{EVIDENCE} LIMIT 0")
        cursor.execute(f"SET search_path TO {SCHEMA}, public")
        try:
            planted = fill(dice, size)
            cursor.execute(
                f"INSERT INTO {EVIDENCE} (id, report_id) SELECT evidence_id, gen_random_uuid() FROM {LIKENESS}"
            )
            cursor.execute(f"CREATE INDEX ON {EVIDENCE} (id)")
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = %s", [LIKENESS])
            for (definition,) in cursor.fetchall():
                cursor.execute(definition.replace(" ON public.", f" ON {SCHEMA}."))
            cursor.execute(f"ANALYZE {LIKENESS}; ANALYZE {EVIDENCE}")
            yield planted
        finally:
            cursor.execute(f"SET search_path TO public; DROP SCHEMA {SCHEMA} CASCADE")


def fill(dice: random.Random, size: int) -> list[tuple[UUID, UUID]]:
    """Load the pictures and the planted copies."""
    layouts = [dice.getrandbits(256) for _ in range(LAYOUTS)]
    slogans = [dice.randbytes(4 * likeness.SIGNATURE) for _ in range(SLOGANS)]
    planted: list[tuple[UUID, UUID]] = []
    for start in range(0, size, AT_A_TIME):
        rows = []
        for _ in range(min(AT_A_TIME, size - start)):
            rows.append((new_id(dice), new_hashes(dice, dice.choice(layouts)), new_signature(dice, slogans)))
        share = LOOKUPS * len(rows) // size or 1
        for original, hashes, signature in dice.sample(rows, share):
            copy = new_id(dice)
            planted.append((copy, original))
            rows.append((copy, near_hashes(dice, hashes), near_signature(dice, signature)))
        load(rows)
    return planted


def load(rows: list[tuple[UUID, bytes, bytes]]) -> None:
    """COPY, since a million INSERTs would take an hour."""
    text = StringIO()
    for identifier, hashes, signature in rows:
        keys = ",".join(map(str, likeness.picture_keys(hashes)))
        words = ",".join(map(str, likeness.text_keys(signature)))
        text.write(
            f"{identifier}\t1\t{identifier.hex}\t\\\\x{hashes.hex()}\t{{{keys}}}\t\\\\x{signature.hex()}\t{{{words}}}"
            "\t2024-10-14 00:00+00\n"
        )
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {LIKENESS} ({COLUMNS}) FROM STDIN", text)


def new_id(dice: random.Random) -> UUID:
    """An identifier."""
    return UUID(int=dice.getrandbits(128))


def new_hashes(dice: random.Random, layout: int) -> bytes:
    """The hashes of a picture with a layout."""
    whole = layout ^ few_bits(dice, 2)
    frames = (whole ^ few_bits(dice, 3) for _ in likeness.FRAMES[1:])
    return b"".join(frame.to_bytes(likeness.HASH_BYTES) for frame in (whole, *frames))


def few_bits(dice: random.Random, halvings: int) -> int:
    """256 bits of which one in 2 ** halvings is set."""
    bits = dice.getrandbits(256)
    for _ in range(halvings - 1):
        bits &= dice.getrandbits(256)
    return bits


def new_signature(dice: random.Random, slogans: list[bytes]) -> bytes:
    """The signature of a text."""
    own = dice.randbytes(4 * likeness.SIGNATURE)
    if dice.random() >= 0.1:
        return own
    third = 4 * (likeness.SIGNATURE // 3)
    return dice.choice(slogans)[:third] + own[third:]


def near_hashes(dice: random.Random, hashes: bytes) -> bytes:
    """The same picture with one bit in 32 of each frame changed: 8 of 256, as a status bar or a watermark does."""
    size = likeness.HASH_BYTES
    frames = (int.from_bytes(hashes[start : start + size]) for start in range(0, len(hashes), size))
    return b"".join((frame ^ few_bits(dice, 5)).to_bytes(size) for frame in frames)


def near_signature(dice: random.Random, signature: bytes) -> bytes:
    """The same text with every fifth run of letters read differently."""
    numbers = (signature[start : start + 4] for start in range(0, len(signature), 4))
    return b"".join(dice.randbytes(4) if dice.random() < 0.2 else number for number in numbers)


def fetch(identifier: UUID) -> Evidence:
    """One picture by its primary key."""
    return Evidence.objects.get(pk=identifier)


def look_up(identifier: UUID) -> list[LookAlike]:
    """What a picture is like."""
    return look_alikes(fetch(identifier))


def timed(work: Callable[[UUID], Answer], identifier: UUID) -> tuple[float, Answer]:
    """Seconds on the wall, and the answer."""
    started = time.perf_counter()
    answer = work(identifier)
    return time.perf_counter() - started, answer


def scan_time(identifiers: list[UUID]) -> float:
    """Median seconds of the same look-ups when no index may be used."""
    with connection.cursor() as cursor:
        cursor.execute("SET enable_indexscan = off; SET enable_bitmapscan = off")
        try:
            return statistics.median(timed(look_up, identifier)[0] for identifier in identifiers)
        finally:
            cursor.execute("RESET enable_indexscan; RESET enable_bitmapscan")


def plan(identifier: UUID) -> str:
    """How the database looks the candidates up."""
    own = EvidenceLikeness.objects.get(pk=identifier)
    found = EvidenceLikeness.objects.sharing_a_key(picture_keys=own.picture_keys, text_keys=own.text_keys)
    with by_index():
        lines = found.only("pk").explain(analyze=True, costs=False).splitlines()
    return "\n".join(line[:150] for line in lines)


def say(text: str) -> None:
    """Figures go to standard output, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
