"""Intervals around figures, and the picture of what is taken for what."""

import io
import json
import re

from django.core.management import call_command

from rules.confidence import intervals
from rules.confusion_picture import drawn
from rules.engine import Opinion, Ranked
from rules.scoring import Judged

RIGHT = Judged(("PHOTO",), "", False, Opinion("calon", (Ranked("PHOTO", None, 0.9),), False))
WRONG = Judged(("PROPS",), "", False, Opinion("calon", (Ranked("PHOTO", None, 0.9),), False))


def test_the_interval_holds_the_figure_and_narrows_with_more_records():
    few, many = intervals([RIGHT, WRONG] * 10)["top1"], intervals([RIGHT, WRONG] * 100)["top1"]
    assert few[0] < many[0] < 0.5 < many[1] < few[1]


def test_the_same_opinions_give_the_same_interval():
    assert intervals([RIGHT, WRONG] * 10) == intervals([RIGHT, WRONG] * 10)


def test_a_figure_nothing_was_measured_for_has_no_interval():
    assert "not_asn_recall" not in intervals([RIGHT])


def test_the_picture_shows_each_count_and_escapes_its_title():
    picture = drawn({("PHOTO", "PHOTO"): 7, ("PROPS", "PHOTO"): 3}, "a < b")
    texts = re.findall("<text[^>]*>([^<]*)</text>", picture)
    assert {"7", "3", "a &lt; b"} <= set(texts)
    assert texts.count("PHOTO") == 2


def test_evaluate_writes_intervals_and_picture(tmp_path):
    path, picture, out = tmp_path / "records.jsonl", tmp_path / "matrix.svg", io.StringIO()
    path.write_text(json.dumps({"report": "Camat pasang baliho paslon.", "labels": ["PROPS"]}), encoding="utf-8")
    call_command("evaluate", str(path), json=True, intervals=True, picture=picture, stdout=out)
    assert json.loads(out.getvalue())["intervals"]["top1"] == [1.0, 1.0]
    assert picture.read_text(encoding="utf-8").startswith("<svg")
