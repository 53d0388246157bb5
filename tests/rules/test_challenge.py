"""Champion and challenger on the same accounts."""

import pytest

from rules.challenge import AIM, FIGURES, Compared, ComparedSet, Side, challenge, compared, verdict_on
from rules.engine import Opinion, Ranked, load_engine
from rules.engine.training import Recipe
from rules.learning import REPORTS_FILES, labelled_records
from rules.scoring import Judged


def judged(right, first, share=0.8):
    rest = "NONE_NEUTRAL" if first != "NONE_NEUTRAL" else "PHOTO"
    ranked = (Ranked(first, None, share), Ranked(rest, None, 1 - share))
    return Judged((right,), "", False, Opinion("unknown", ranked, abstained=False))


GOOD = [judged("PHOTO", "PHOTO")] * 30 + [judged("NONE_NEUTRAL", "NONE_NEUTRAL")] * 30
WORSE = GOOD[:50] + [judged("NONE_NEUTRAL", "PHOTO")] * 10


def test_the_same_opinions_differ_by_nothing():
    figure = compared("release", GOOD, GOOD).figures[AIM]
    assert (figure.champion, figure.challenger, figure.low, figure.high) == (1.0, 1.0, 0.0, 0.0)


def test_an_interval_stands_around_the_difference_and_is_always_the_same():
    figure = compared("release", GOOD, WORSE).figures["false_alarm"]
    assert figure.challenger - figure.champion == pytest.approx(1 / 3)
    assert 0.1 < figure.low < 1 / 3 < figure.high < 0.6
    assert compared("release", GOOD, WORSE) == compared("release", GOOD, WORSE)


def test_what_cannot_be_measured_has_no_figure():
    assert compared("cases", [], []).figures["top1"] == Compared(None, None, None, None)
    only_positive = [judged("PHOTO", "PHOTO")]
    assert compared("cases", only_positive, only_positive).figures["false_alarm"].low is None


def a_set(**bounds):
    figures = {figure: Compared(0.5, 0.5, *bounds.get(figure, (-0.1, 0.1))) for figure in FIGURES}
    return ComparedSet("release", 100, figures)


@pytest.mark.parametrize(
    ("sets", "verdict"),
    [
        ([a_set()], "not_proven"),
        ([a_set(top1_all=(0.01, 0.1))], "better"),
        ([a_set(), a_set(top1_all=(0.01, 0.1))], "better"),
        ([a_set(top1_all=(0.01, 0.1), false_alarm=(0.01, 0.1))], "worse"),
        ([a_set(top1_all=(0.01, 0.1)), a_set(positives_cleared=(0.001, 0.1))], "worse"),
        ([a_set(top1_all=(-0.1, -0.01))], "worse"),
        ([a_set(top1_all=(0.01, 0.1)), a_set(top1_all=(-0.1, -0.01))], "worse"),
        ([], "not_proven"),
    ],
)
def test_the_verdict_follows_from_the_intervals(sets, verdict):
    assert verdict_on(sets)[0] == verdict


def test_what_got_worse_is_named():
    assert verdict_on([a_set(false_alarm=(0.01, 0.1))])[1] == ("release.false_alarm",)


def test_both_sides_are_judged_on_the_same_three_sets():
    engine, every = load_engine(), labelled_records(*REPORTS_FILES)
    shipped, cases = every[::40], every[1::200]
    result = challenge(
        champion=Side(engine.model, ()),
        challenger=Side(engine.model, [record.id for record in cases]),
        shipped=shipped,
        cases=cases,
        unseen=shipped[:10],
        engine=engine,
        recipe=Recipe(rounds=1, forget=0.0),
    )
    sizes = {each.name: each.records for each in result.sets}
    assert sizes == {"release": len(shipped), "cases": len(cases), "held_out": 10}
    assert result.champion == engine.model.version
    # The same model on the texts that need no training: no difference at all.
    assert {(f.low, f.high) for f in result.sets[2].figures.values()} == {(0.0, 0.0)}
