"""Training: towards the examples, back to the lexicon, the same every time."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from rules.engine.calibration import fitted, fold_of
from rules.engine.forgetting import Example, with_forgetful_copies
from rules.engine.model import INDEX, Calibration, in_order
from rules.engine.training import Recipe, train

SPOUSE, PHOTO = INDEX["SPOUSE"], INDEX["PHOTO"]
EXAMPLES = [Example({"is:a": 1.0, "always": 1.0}, ("SPOUSE",), f"g{i}") for i in range(6)] + [
    Example({"is:b": 1.0, "always": 1.0}, ("NONE_NOT_ASN",), f"h{i}") for i in range(6)
]


def test_it_learns_what_the_examples_show():
    rows = train(EXAMPLES, {}, Recipe())
    assert rows["is:a"][SPOUSE] > 0.5
    assert rows["is:b"][INDEX["NONE_NOT_ASN"]] > rows["is:a"][INDEX["NONE_NOT_ASN"]]


def test_what_no_example_shows_stays_as_the_lexicon_says():
    rows = train(EXAMPLES, {"is:c": {PHOTO: 2.6}}, Recipe())
    assert rows["is:c"][PHOTO] == 2.6


def test_training_twice_gives_the_same_weights():
    assert train(EXAMPLES, {}, Recipe()) == train(EXAMPLES, {}, Recipe())


def test_a_group_always_falls_into_the_same_fold():
    assert fold_of("Jawa Barat|2024-10") == fold_of("Jawa Barat|2024-10")
    assert {fold_of(f"g{i}") for i in range(60)} == set(range(5))


def test_scores_that_claim_too_much_are_cooled():
    wrong = [Example({}, ("NONE_NOT_ASN",), "g")] * 4 + [Example({}, ("NONE_NEUTRAL",), "g")] * 4
    scores = [[0.0] * 20 for _ in wrong]
    for score in scores:
        score[INDEX["NONE_NOT_ASN"]] = 9.0
    assert fitted(wrong, scores).gate_temperature > 2


def test_the_first_place_is_decided_between_violation_and_none_first():
    spread = {label: 0.04 for label in INDEX if label != "VIOLATION"} | {"NONE_NEUTRAL": 0.3}
    assert in_order(spread, Calibration(violation_margin=1.0))[0] == "SOCMED_ENGAGE"
    assert in_order(spread, Calibration(violation_margin=3.0))[0] == "NONE_NEUTRAL"


def test_the_command_writes_weights_the_engine_reads(tmp_path):
    record = {"report": "Camat pasang baliho paslon.", "labels": ["PROPS"], "date": "2024-10-01", "province": "Riau"}
    reports, output = tmp_path / "reports.jsonl", tmp_path / "weights.json"
    reports.write_text("\n".join(json.dumps(record | {"date": f"2024-0{i}-01"}) for i in range(1, 7)), encoding="utf-8")
    call_command("train", shipped_only=True, rounds=2, reports=[reports], output=output, stdout=io.StringIO())
    written = json.loads(output.read_text(encoding="utf-8"))
    assert written["accounts"] == 6
    assert written["weights"]["is:put_up"]["PROPS"] > 2


def test_a_bad_training_file_is_named(tmp_path):
    path = tmp_path / "reports.jsonl"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match=r"reports\.jsonl: line 1"):
        call_command("train", shipped_only=True, reports=[path], output=tmp_path / "w.json")


def test_cross_validation_never_judges_an_account_with_weights_that_saw_it(tmp_path):
    path = tmp_path / "reports.jsonl"
    record = {"report": "Camat pasang baliho paslon.", "labels": ["PROPS"], "stage": "calon", "province": "Riau"}
    path.write_text("\n".join(json.dumps(record | {"date": f"2024-10-0{i}"}) for i in range(1, 4)), encoding="utf-8")
    out = io.StringIO()
    call_command("evaluate", str(path), json=True, cross_validate=True, stdout=out)
    assert json.loads(out.getvalue())["records"] == 3


def test_a_forgetful_copy_lacks_concepts_and_counts_the_acts_it_still_has():
    values = {f"is:c{i}": 1.0 for i in range(40)} | {"word:baliho": 0.5, "acts:3": 1.0}
    start = {f"is:c{i}": {PHOTO: 2.6} for i in range(40)}
    whole, copy = with_forgetful_copies([Example(values, ("PHOTO",), "g")], start, 0.5)
    assert whole.values == values
    assert 8 < sum(name.startswith("is:") for name in copy.values) < 32
    assert copy.values["word:baliho"] == 0.5
    _, empty = with_forgetful_copies([Example({"is:c0": 1.0, "acts:1": 1.0}, ("PHOTO",), "g")], start, 1.1)
    assert empty.values == {"acts:0": 1.0}


def test_no_violation_takes_the_place_of_an_act_only_when_twice_as_likely():
    base = {label: 0.001 for label in INDEX if label != "VIOLATION"}
    close = base | {"PHOTO": 0.5, "PROPS": 0.15, "APPEAL": 0.1, "NONE_NEUTRAL": 0.12}
    assert in_order(close, Calibration())[:3] == ["PHOTO", "PROPS", "APPEAL"]
    assert in_order(close | {"NONE_NEUTRAL": 0.25}, Calibration())[:3] == ["PHOTO", "PROPS", "NONE_NEUTRAL"]
