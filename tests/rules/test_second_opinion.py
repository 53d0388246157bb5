"""The word model beside the rules: a second opinion that is shown and changes nothing."""

import io
import json
from dataclasses import replace

import pytest
from django.core.management import call_command

from rules.engine import LABELS, Account
from rules.engine.second_opinion import load_second_opinion, other_answer
from rules.second_scoring import compare

ACCOUNT = Account("Camat memasang baliho paslon nomor 2 di halaman rumahnya.", stage="calon")


@pytest.fixture(scope="module")
def second():
    return load_second_opinion()


def test_it_gives_every_label_a_probability(second):
    found = second.probabilities(ACCOUNT)
    assert set(found) == set(LABELS)
    assert sum(found.values()) == pytest.approx(1)


def test_the_same_text_gets_the_same_opinion_and_an_empty_one_gets_one_too(second):
    assert second.probabilities(ACCOUNT) == load_second_opinion().probabilities(ACCOUNT)
    assert sum(second.probabilities(Account("")).values()) == pytest.approx(1)


def test_without_its_file_there_is_no_second_opinion(tmp_path):
    assert load_second_opinion(tmp_path / "none.json") is None


def test_it_changes_nothing_in_what_the_rules_say(engine, second):
    alone, both = engine.judge(ACCOUNT), replace(engine, second=second).judge(ACCOUNT)
    assert (alone.ranked, alone.stage, alone.abstained) == (both.ranked, both.stage, both.abstained)
    assert (alone.second, alone.versions.second) == (None, "")
    assert both.versions.second == second.version


@pytest.mark.parametrize(
    ("second_says", "other"), [({"PHOTO": 0.7, "PROPS": 0.3}, "PHOTO"), ({"PHOTO": 0.5, "PROPS": 0.5}, ""), (None, "")]
)
def test_another_answer_is_named_only_when_it_is_sure(second_says, other):
    assert other_answer(second_says, "PROPS") == other


def test_both_are_compared_on_the_same_records():
    figures = compare(
        [
            (("PHOTO",), "PHOTO", {"PHOTO": 0.9, "PROPS": 0.1}),
            (("PHOTO",), "PROPS", {"PHOTO": 0.9, "PROPS": 0.1}),
            (("NONE_NEUTRAL",), "NONE_NEUTRAL", {"PHOTO": 0.9, "NONE_NEUTRAL": 0.1}),
        ]
    )
    assert figures.agreement == pytest.approx(1 / 3)
    assert figures.right_if_agreed == 1
    assert figures.second_right_if_not == figures.rules_right_if_not == 0.5
    assert figures.second_false_alarm == 1


def test_the_commands_ask_it_on_demand(tmp_path):
    path, out, figures = tmp_path / "reports.jsonl", io.StringIO(), io.StringIO()
    path.write_text(json.dumps({"report": ACCOUNT.text, "labels": ["PROPS"]}), encoding="utf-8")
    call_command("classify", str(path), "--json", "--with-second-opinion", stdout=out)
    assert set(json.loads(out.getvalue())["second"]) == set(LABELS)
    call_command("evaluate", str(path), "--json", "--with-second-opinion", stdout=figures)
    assert json.loads(figures.getvalue())["agreement"] in (0, 1)
