"""Hints of a picture: shown as guesses, judged by people, kept row by row."""

import pytest
from django.db import IntegrityError

from accounts.models import AuditEvent
from cases.events import CaseEvent
from cases.hints import hint_sheets, judge_hint
from cases.models import ConfirmedHint, HintVerdict
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from reports.models import Evidence
from tests.case_factories import MONDAY

CORRECT, WRONG, CORRECTED = HintVerdict.CORRECT, HintVerdict.WRONG, HintVerdict.CORRECTED


@pytest.fixture
def picture(case):
    lines = [{"text": text, "box": [0, 0, 9, 9], "confidence": 0.9} for text in ("@ratnadw · 3j", "dukung paslon 2")]
    Evidence.objects.update(lines=lines)
    return Evidence.objects.get()


@pytest.fixture
def account(picture):
    """The hint that names the account."""
    return hint_sheets(picture)[0].hint


def test_the_page_shows_guesses_as_guesses_with_a_way_to_judge_each(case, picture, sari, visit, address):
    text = visit(sari).get(address("evidence", case, picture.pk)).content.decode()
    assert "belum tentu benar" in text
    assert "@ratnadw" in text
    assert address("judge-hint", case, picture.pk, 0) in text


def test_who_may_not_assess_sees_no_way_to_judge(case, picture, aminah, visit, address):
    text = visit(aminah).get(address("evidence", case, picture.pk)).content.decode()
    assert "@ratnadw" in text
    assert "petunjuk/" not in text


def test_a_picture_without_hints_has_no_such_part(case, sari, visit, address):
    Evidence.objects.update(lines=[])
    text = visit(sari).get(address("evidence", case, Evidence.objects.get().pk)).content.decode()
    assert "Petunjuk dari teks" not in text


@pytest.mark.parametrize(
    ("verdict", "value", "held"),
    [("correct", "", "@ratnadw"), ("wrong", "", ""), ("corrected", "@ratna.dw", "@ratna.dw")],
)
def test_a_verdict_is_kept_shown_and_on_record_without_the_value(
    verdict, value, held, case, picture, sari, visit, address
):
    client = visit(sari)
    answer = client.post(address("judge-hint", case, picture.pk, 0), {"verdict": verdict, "value": value})
    assert answer.url == address("evidence", case, picture.pk), "the next hint of the picture is judged from there"
    row = ConfirmedHint.objects.get()
    assert (row.kind, row.suggested, row.value, row.by) == ("handle", "@ratnadw", held, sari)
    event = AuditEvent.objects.get(action=CaseEvent.PETUNJUK_DINILAI)
    assert event.details == {"hint": row.pk, "kind": "handle", "verdict": verdict}
    text = client.get(address("evidence", case, picture.pk)).content.decode()
    assert row.get_verdict_display() in text


def test_a_second_verdict_is_a_second_row_and_the_newest_counts(case, picture, account, sari):
    for verdict in (WRONG, CORRECT):
        judge_hint(case=case, evidence=picture, hint=account, verdict=verdict, by=sari, at=MONDAY)
    assert ConfirmedHint.objects.count() == 2
    assert hint_sheets(picture)[0].verdict.verdict == CORRECT
    picture.refresh_from_db()
    assert picture.lines[0]["text"] == "@ratnadw · 3j"


def test_a_correction_without_its_value_is_asked_for_again(case, picture, sari, visit, address):
    answer = visit(sari).post(address("judge-hint", case, picture.pk, 0), {"verdict": "corrected"})
    assert answer.status_code == 422
    assert "Tulis yang benar" in answer.content.decode()
    assert not ConfirmedHint.objects.exists()


def test_a_hint_that_is_not_there_is_not_found(case, picture, sari, visit, address):
    assert visit(sari).get(address("judge-hint", case, picture.pk, 7)).status_code == 404


def test_a_hint_that_changed_meanwhile_is_refused(case, picture, account, sari):
    Evidence.objects.update(lines=[])
    picture.refresh_from_db()
    with pytest.raises(FactsRefused):
        judge_hint(case=case, evidence=picture, hint=account, verdict=CORRECT, by=sari, at=MONDAY)


def test_only_those_who_assess_and_see_the_case_judge(case, picture, account, wayan, aminah):
    for person, refusal in ((wayan, NotVisible), (aminah, ActionRefused)):
        with pytest.raises(refusal):
            judge_hint(case=case, evidence=picture, hint=account, verdict=CORRECT, by=person, at=MONDAY)
    assert not ConfirmedHint.objects.exists()


@pytest.mark.parametrize(("verdict", "value"), [(WRONG, "x"), (CORRECT, "other"), (CORRECTED, "")])
def test_the_database_refuses_a_value_that_contradicts_its_verdict(verdict, value, picture, sari):
    with pytest.raises(IntegrityError):
        ConfirmedHint.objects.create(
            evidence=picture, kind="handle", suggested="@a", verdict=verdict, value=value, by=sari, at=MONDAY
        )


@pytest.mark.parametrize("verdict", HintVerdict)
def test_history_and_audit_tell_how_a_hint_was_judged(case, picture, account, sari, aminah, visit, address, verdict):
    value = "@ratnadewi" if verdict is CORRECTED else ""
    judge_hint(case=case, evidence=picture, hint=account, verdict=verdict, value=value, by=sari, at=MONDAY)
    for page in (visit(sari).get(address("case", case)), visit(aminah).get("/audit/")):
        assert page.status_code == 200
        assert str(verdict.label) in page.content.decode()
