"""How the figures are counted."""

import pytest

from rules.engine import Opinion, Ranked
from rules.scoring import Judged, answer_of, calibration_error, score


def opinion(*answers, stage="calon", abstained=False):
    return Opinion(stage, tuple(Ranked(label, None, p) for label, p in answers), abstained)


def judged(labels, *answers, **facts):
    return Judged(tuple(labels), "calon", True, opinion(*answers, **facts))


def test_shares_are_counted_over_positives_and_negatives_apart():
    figures = score(
        [
            judged(["PHOTO"], ("PHOTO", 0.9), ("PROPS", 0.1)),
            judged(["PROPS"], ("PHOTO", 0.5), ("PROPS", 0.4)),
            judged(["SPOUSE"], ("NONE_NEUTRAL", 0.6), ("PHOTO", 0.2)),
            judged(["NONE_NOT_ASN"], ("NONE_NOT_ASN", 0.8), ("PHOTO", 0.2)),
            judged(["NONE_NOT_ASN"], ("PHOTO", 0.8), ("NONE_NOT_ASN", 0.2)),
        ],
        seconds=0.5,
    )
    assert figures.top1 == pytest.approx(1 / 3)
    assert figures.top3 == pytest.approx(2 / 3)
    assert figures.top1_all == pytest.approx(2 / 5)
    assert figures.false_alarm == pytest.approx(1 / 2)
    assert figures.positives_cleared == pytest.approx(1 / 3)
    assert figures.not_asn_recall == pytest.approx(1 / 2)
    assert figures.texts_per_second == pytest.approx(10)


def test_abstaining_is_not_clearing():
    figures = score([judged(["SPOUSE"], ("NONE_NEUTRAL", 0.3), abstained=True)], seconds=1)
    assert figures.positives_cleared == 0
    assert figures.abstained == 1


def test_a_record_without_a_date_does_not_count_for_the_stage():
    undated = Judged(("PHOTO",), "unknown", False, opinion(("PHOTO", 1.0)))
    assert score([undated], seconds=1).stage_accuracy is None


def test_a_second_act_that_is_nearly_as_likely_belongs_to_the_answer():
    assert answer_of(opinion(("PHOTO", 0.5), ("ATTRIBUTES", 0.4))) == {"PHOTO", "ATTRIBUTES"}
    assert answer_of(opinion(("PHOTO", 0.8), ("ATTRIBUTES", 0.1))) == {"PHOTO"}
    assert answer_of(opinion(("NONE_NEUTRAL", 0.5), ("ATTRIBUTES", 0.4))) == {"NONE_NEUTRAL"}


def test_calibration_compares_what_was_said_with_what_came():
    sure_and_right = [judged(["PHOTO"], ("PHOTO", 1.0))] * 4
    assert calibration_error(sure_and_right) == pytest.approx(0)
    assert calibration_error([judged(["PROPS"], ("PHOTO", 0.9))] * 4) == pytest.approx(0.9)


def test_nothing_measured_is_said_as_nothing():
    figures = score([], seconds=0)
    assert figures.top1 is None
    assert figures.micro_f1 is None
