"""The score of the bad inputs 1 to 46, through the real form and the real decoder, counted on what they left behind.

Crashed: an exception or a 500 in a process of ours. A decoder's child may fail on what it is fed, for that it is there;
those are counted apart. Stored raw: bytes of the upload in a file outside the seal, or a file nobody ordered. Metadata
left: found by Pillow in the copies as they lie in their folder. Inputs 44 and 45 also go over the wire, in
tests/security/test_half_sent_reports.py; input 46 has a longer run in tests/evidence/test_bit_flips.py.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from evidence import children, images
from evidence.images import rebuild
from evidence.refusals import UnsafeImage
from reports.models import Evidence, HeldImage, PreparationState, Report
from reports.preparation import make_clean_copy
from tests.evidence.hostile import CANARY, EICAR
from tests.evidence.test_bit_flips import VALID, numbers_from, with_flips
from tests.evidence.test_hostile_files import CLEAN, DECODER, HEADER, TABLE, metadata_left_in
from tests.factories import AT, png
from tests.security.test_hostile_requests import FORM, NAMES, Sender, ask_all, file, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

FLIPS = 250
KINDS = ["text/html", "image/svg+xml", "application/pdf", ""]


@dataclass
class Attempt:
    """Notes an exception that escapes, and lets the next input have its turn."""

    name: str
    crashed: list

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind and issubclass(kind, Exception):
            self.crashed.append((self.name, repr(error)))
            return True
        return False


@dataclass
class Score:
    """What was tried, and the names of those that went wrong."""

    folder: Path
    tried: int = 0
    crashed: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    raw: list = field(default_factory=list)
    metadata: list = field(default_factory=list)
    failed_children: Counter = field(default_factory=Counter)
    seen: set = field(default_factory=set)

    def one(self, name):
        """Count one input and whatever escapes from it."""
        self.tried += 1
        return Attempt(name, self.crashed)

    def look_at_files(self, name, data):
        """Judge every file that was not there before."""
        new = {path for path in self.folder.rglob("*") if path.is_file()} - self.seen
        ordered = {row.sealed_name for row in Evidence.objects.all()}
        ordered |= {row.clean_name for row in Evidence.objects.filter(state=PreparationState.READY)}
        for path in new:
            kept = path.read_bytes()
            if path.name not in ordered or shows(kept, data, is_sealed=path.suffix == ".sealed"):
                self.raw.append((name, path.name))
            if path.suffix != ".sealed" and metadata_left_in(kept):
                self.metadata.append(name)
        self.seen |= new

    def __str__(self):
        failed = ", ".join(f"{count} {code}" for code, count in sorted(self.failed_children.items())) or "none"
        return (
            f"bad inputs 1-46: tried {self.tried}, crashed {len(self.crashed)}, ended otherwise {len(self.wrong)}, "
            f"stored raw {len(self.raw)}, metadata left {len(self.metadata)}; children that failed: {failed}"
        )


def shows(kept, data, *, is_sealed):
    """Whether a file shows the upload: any piece of it under a seal; all of it or what was planted in a clean one."""
    if not is_sealed:
        return data in kept or CANARY in kept or EICAR in kept
    pieces = (data[at : at + 24] for at in range(0, len(data), max(24, len(data) // 50)))
    return any(piece in kept for piece in pieces if len(piece) == 24)


@pytest.fixture
def score(tmp_path, monkeypatch):
    score = Score(tmp_path)

    def ask(*arguments, **named):
        try:
            return children.ask(*arguments, **named)
        except children.ChildFailed as failure:
            score.failed_children[failure.code.value] += 1
            raise

    monkeypatch.setattr(images, "ask", ask)
    return score


def outcome_of(sender, data):
    """Send the file with a report nothing else is wrong with, let the worker prepare it, and say how it ended."""
    answer = sender.send(FORM, whole(*sender.words, file("pictures", data)))
    if answer.status_code >= 500:
        raise AssertionError(answer.status_code)
    if "receipt__code" not in answer.text:
        (fault,) = answer.context["form"].errors["pictures"].as_data()
        return f"refused by {HEADER}: {fault.code}"
    evidence = Evidence.objects.order_by("report__received_at").last()
    make_clean_copy(evidence=evidence, at=AT)
    return CLEAN if evidence.state == PreparationState.READY else f"refused by {DECODER}: {evidence.refusal}"


def try_files(score, sender):
    for name, (build, expected) in TABLE.items():
        sender.start_anew()
        data = build()
        with score.one(name):
            outcome = outcome_of(sender, data)
            score.wrong += [(name, outcome)] if outcome != expected else []
            score.look_at_files(name, data)


def try_requests(score, sender):
    """Each with its own form, and none of them leaves anything."""
    before = Report.objects.count(), HeldImage.objects.count()
    for name, address, due, send in ask_all(sender):
        with score.one(name):
            status = send().status_code
            score.wrong += [(name, address, status)] if status != due else []
    score.wrong += ["a request left something"] if before != (Report.objects.count(), HeldImage.objects.count()) else []
    score.look_at_files("requests", b"IDAT")


def try_names_and_kinds(score, sender):
    data = png()
    odd = {f"40 {name}": {"filename": sent} for name, sent in NAMES.items() if sent}
    bodies = {name: [file("pictures", data, **about)] for name, about in odd.items()}
    bodies |= {f"41 {kind}": [file("pictures", data, kind=kind)] for kind in KINDS}
    bodies |= {"39 twice": [file("pictures", data)] * 2, "38 eleven": [file("pictures", png()) for _ in range(11)]}
    for name, parts in bodies.items():
        sender.start_anew()
        with score.one(name):
            is_taken = "receipt__code" in sender.send(FORM, whole(*sender.words, *parts)).text
            score.wrong += [name] if is_taken == name.startswith("38") else []
            if is_taken:
                score.look_at_files(name, data)


def try_flips(score):
    numbers = numbers_from("bad inputs")
    for number in range(FLIPS):
        with score.one(f"46 flip {number}"):
            try:
                clean = rebuild(with_flips(VALID[number % len(VALID)], numbers))
            except UnsafeImage:
                continue
            score.metadata += [number] if metadata_left_in(clean.data) else []


def test_no_bad_input_crashes_stays_raw_or_keeps_its_metadata(score, capsys):
    sender = Sender()
    try_files(score, sender)
    sender.start_anew()
    try_requests(score, sender)
    try_names_and_kinds(score, sender)
    try_flips(score)
    with capsys.disabled():
        sys.stdout.write(f"\n{score}\n")
    assert (score.crashed, score.wrong, score.raw, score.metadata) == ([], [], [], [])


def test_the_score_sees_what_goes_wrong(score):
    with score.one("crash"):
        raise RuntimeError
    data = png()
    for name in ("loose.png", "a.sealed"):
        (score.folder / name).write_bytes(data + CANARY)
    score.look_at_files("raw", data)
    assert [name for name, _ in score.crashed] == ["crash"]
    assert [path for _, path in sorted(score.raw)] == ["a.sealed", "loose.png"]
    assert score.metadata == ["raw"]
