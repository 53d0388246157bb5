"""The document of the workflow is generated and cannot rot."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.diagram import document
from cases.workflow import TRANSITIONS


def test_the_committed_document_is_up_to_date():
    call_command("workflow_diagram", "--check", stdout=StringIO())


def test_a_changed_document_fails_the_check_and_is_mended_by_writing(tmp_path):
    path = tmp_path / "docs" / "case-workflow.md"
    with pytest.raises(CommandError, match="Run: manage"):
        call_command("workflow_diagram", "--check", output=path)
    call_command("workflow_diagram", output=path)
    call_command("workflow_diagram", "--check", output=path)
    path.write_text(path.read_text() + "\n")
    with pytest.raises(CommandError):
        call_command("workflow_diagram", "--check", output=path)


def test_every_step_of_the_table_is_in_the_document():
    text = document()
    for action, transition in TRANSITIONS.items():
        assert f"| `{action}` |" in text
        for source in transition.sources if transition.target else ():
            assert f"    {source} --> {transition.target}: {action}\n" in text


def test_the_document_says_who_may_and_what_is_recorded():
    rows = {line.split("|")[1].strip(" `"): line for line in document().splitlines() if line.startswith("| `")}
    assert "Penelaah Bawaslu, Penelaah Kesbangpol" in rows["mulai_kajian_awal"]
    assert "number, registered date" in rows["daftarkan"]
    assert "Kesbangpol" not in rows["daftarkan"]
    assert "Admin nasional" in rows["koreksi_status"]
