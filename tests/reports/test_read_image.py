"""manage.py read_image: a line per file, in order, whatever the files are."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

PROJECT = Path(__file__).parents[2]
SCREEN = PROJECT / "tests/evidence/images/facebook.png"


def answers(*files):
    out = io.StringIO()
    try:
        call_command("read_image", *map(str, files), json=True, stdout=out)
    except CommandError:
        assert "error" in out.getvalue()
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_without_any_environment_a_picture_gives_text_lines_and_seconds():
    run = subprocess.run(
        [sys.executable, "manage.py", "read_image", str(SCREEN), "--json"], cwd=PROJECT, env={}, capture_output=True
    )
    assert (run.returncode, run.stderr) == (0, b"")
    (answer,) = map(json.loads, run.stdout.splitlines())
    assert set(answer) == {"file", "text", "lines", "seconds"}
    assert answer["file"] == str(SCREEN)
    assert "Hj. Nur Hasanah" in answer["text"]
    assert answer["text"] == "\n".join(line["text"] for line in answer["lines"])
    for line in answer["lines"]:
        assert set(line) == {"text", "box", "confidence"}
        left, top, right, bottom = line["box"]
        assert 0 <= left < right <= 585
        assert 0 <= top < bottom <= 1266
        assert 0 <= line["confidence"] <= 1


def test_what_cannot_be_read_gives_an_error_in_its_place_and_stops_nothing(tmp_path):
    files = {
        "missing.png": None,
        "empty.png": b"",
        "text.png": b"no picture",
        "cut.png": SCREEN.read_bytes()[:2000],
        "large.png": SCREEN.read_bytes().ljust(11 * 1024 * 1024, b"\0"),
    }
    for name, data in files.items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
    os.mkfifo(tmp_path / "pipe.png")
    names = [*files, "pipe.png", ".", "a\udcff.png"]
    found = answers(*(tmp_path / name for name in names))
    assert [Path(answer["file"]).name for answer in found] == [(tmp_path / name).name for name in names]
    assert all(set(answer) == {"file", "error"} for answer in found)
    assert found[4]["error"] == "file_too_large"


def test_a_file_that_fails_makes_the_exit_code_tell(tmp_path):
    with pytest.raises(CommandError, match="1 of 1"):
        call_command("read_image", str(tmp_path / "missing.png"), stdout=io.StringIO())


def test_a_path_no_system_takes_is_an_error_line():
    assert [set(answer) for answer in answers("a\0b")] == [{"file", "error"}]
