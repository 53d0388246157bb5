"""The commands, called and as a process of their own without any setting."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
RECORD = {
    "id": "a",
    "report": "Camat pasang baliho paslon bupati nomor 2 di depan rumahnya.",
    "date": "2024-10-01",
    "province": "Jawa Barat",
}


def write(tmp_path, *lines, name="records.jsonl"):
    path = tmp_path / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return str(path)


def classified(path, **options):
    out, err = io.StringIO(), io.StringIO()
    failure = None
    try:
        call_command("classify", path, json=True, stdout=out, stderr=err, **options)
    except CommandError as error:
        failure = error
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), failure


def test_a_record_gets_its_stage_and_a_full_ranking(tmp_path):
    (answer,), err, failure = classified(write(tmp_path, RECORD))
    assert (failure, err) == (None, "")
    assert answer["id"] == "a"
    assert answer["stage"] == "calon"
    assert answer["abstained"] is False
    assert (answer["ranked"][0]["label"], answer["ranked"][0]["rule"]) == ("PROPS", "SKB2-II-B-1")
    assert len(answer["ranked"]) == 19
    span = answer["ranked"][0]["spans"][0]
    assert RECORD["report"][span["start"] : span["end"]] == span["words"]


def test_the_date_alone_moves_the_act_to_the_other_row(tmp_path):
    (answer,), _, _ = classified(write(tmp_path, RECORD | {"date": "2024-08-01"}))
    assert (answer["stage"], answer["ranked"][0]["rule"]) == ("bakal_calon", "SKB2-II-A-1")


def test_the_right_answer_in_a_record_has_no_influence(tmp_path):
    plain, _, _ = classified(write(tmp_path, RECORD))
    told = RECORD | {"labels": ["SPOUSE"], "stage": "bakal_calon", "difficulty": "easy: istri", "unknown": [1]}
    assert classified(write(tmp_path, told))[0] == plain


def test_a_bad_line_is_named_and_nothing_else_is_lost(tmp_path):
    path = write(
        tmp_path, RECORD, "{broken", '{"id": 3}', "[1]", RECORD | {"date": "kemarin"}, "", RECORD | {"id": "z"}
    )
    answers, err, failure = classified(path)
    assert [answer["id"] for answer in answers] == ["a", "z"]
    assert "4 bad lines" in str(failure)
    assert "line 2: is not JSON" in err
    assert "line 3: the field report is missing, empty or no text" in err
    assert "line 4: must be a JSON object" in err
    assert "line 5: the field date must be like 2024-09-22 or null, not 'kemarin'" in err


@pytest.mark.parametrize("shot", [{}, {"screenshot_text": None}, {"screenshot_text": "Facebook"}, {"date": None}])
def test_fields_may_be_missing_or_null(tmp_path, shot):
    answers, _, failure = classified(write(tmp_path, RECORD | shot))
    assert failure is None
    assert answers[0]["ranked"][0]["label"] == "PROPS"


def test_half_characters_and_bad_bytes_do_not_stop_it(tmp_path):
    path = tmp_path / "records.jsonl"
    broken = json.dumps(RECORD | {"report": "Camat \ud83d pasang baliho paslon"})
    path.write_bytes(broken.encode() + b'\n{"report": "\xff"}\n' + json.dumps(RECORD).encode())
    answers, err, failure = classified(str(path))
    assert len(answers) == 2
    assert "line 2: is not UTF-8 text" in err
    assert failure is not None


def test_plain_text_is_one_account_with_readable_reasons(tmp_path):
    out = io.StringIO()
    call_command("classify", write(tmp_path, RECORD["report"], "Sudah dua hari.", name="teks.txt"), stdout=out)
    text = out.getvalue()
    assert "tahap belum diketahui" in text
    assert "PROPS" in text
    assert "pasang baliho" in text


def test_a_missing_file_is_said():
    with pytest.raises(CommandError, match="No such file"):
        call_command("classify", "/nowhere/records.jsonl")


def test_evaluate_prints_every_figure(tmp_path):
    out = io.StringIO()
    path = write(tmp_path, RECORD | {"labels": ["PROPS"], "stage": "calon"})
    call_command("evaluate", path, json=True, stdout=out)
    figures = json.loads(out.getvalue())
    assert figures["records"] == 1
    assert figures["top1"] == figures["top3"] == figures["stage_accuracy"] == figures["micro_f1"] == 1.0
    assert set(figures) >= {"macro_f1", "false_alarm", "not_asn_recall", "ece", "abstained", "texts_per_second"}


def test_evaluate_names_what_it_leaves_out(tmp_path):
    out, err = io.StringIO(), io.StringIO()
    path = write(tmp_path, RECORD | {"labels": ["PROPS"], "stage": "calon"}, RECORD, "{")
    with pytest.raises(CommandError, match="2 lines left out"):
        call_command("evaluate", path, stdout=out, stderr=err)
    assert "top1" in out.getvalue()
    assert "record a: has no labels" in err.getvalue()


def test_check_catalogue_says_what_it_read():
    out, warnings = io.StringIO(), io.StringIO()
    call_command("check_catalogue", stdout=out, stderr=warnings)
    assert "32 rows" in out.getvalue()
    assert warnings.getvalue() == ""


def test_it_runs_without_database_broker_or_secrets(tmp_path):
    """A process of its own with an empty environment: what a developer without any server has."""
    run = subprocess.run(
        [sys.executable, "manage.py", "classify", "-", "--json"],
        cwd=ROOT,
        env={},
        input=json.dumps(RECORD).encode() + b"\n{\n",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 1
    assert json.loads(run.stdout)["ranked"][0]["label"] == "PROPS"
    assert b"line 2" in run.stderr
    assert b"Traceback" not in run.stderr


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_order_of_sets_changes_no_digit(tmp_path, seed):
    """Each process hashes words in its own way; this account's sums once differed by it in the sixth digit."""
    lines = (ROOT / "rules" / "heldout" / "reports.jsonl").read_text(encoding="utf-8").splitlines()[60:65]
    here, _, _ = classified(write(tmp_path, *lines))
    command = [sys.executable, "manage.py", "classify", write(tmp_path, *lines), "--json"]
    other = subprocess.run(command, cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
    assert [json.loads(line) for line in other.stdout.splitlines()] == here
