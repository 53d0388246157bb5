"""How long a case is kept: rules in a file that can be trusted, a hold that wins, a list that erases nothing."""

from datetime import date, timedelta

import pytest

from accounts.models import AuditEvent
from cases.disposal import lift_hold, place_hold
from cases.facts import Duplicate
from cases.models import Case
from cases.retention import (
    RULES_FILE,
    BadRetentionRules,
    _finished_by,
    due_cases,
    due_date,
    due_on,
    note_due_cases,
    parse_rules,
    retention_rules,
    rule_of,
    rule_title,
)
from cases.status import Status
from cases.tasks import note_due_cases as task
from cases.workflow import Action
from reports.models import Lane, Report
from tests.case_factories import MONDAY, make_case, step

GOOD = RULES_FILE.read_text(encoding="utf-8")


@pytest.fixture
def finished(sari, budi):
    """A case that ended with a sanction on the Monday: kept ten years."""
    return make_case(by=sari, second=budi, status=Status.SELESAI)


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("years: 10", "years: 0", "rules.yaml:7: years must be"),
        ("years: 10", "years: true", "rules.yaml:7: years must be"),
        ("outcomes: [sanksi]", "outcomes: [sangsi]", "rules.yaml:7: sangsi / informasi_awal is no ending"),
        ("outcomes: [gakkumdu]", "outcomes: [sanksi]", "rules.yaml:15: sanksi / informasi_awal is in two rules"),
        ("outcomes: [gakkumdu]", "outcomes: []", "rules.yaml:1: no rule for gakkumdu / informasi_awal"),
        ("name: pidana", "nama: pidana", "rules.yaml:15: missing or unknown: nama, name"),
        ("outcomes: [gakkumdu]", "outcomes: gakkumdu", "rules.yaml:15: outcomes and lanes must be lists"),
        ("  years: 10", "  years: [", "rules.yaml:"),
        ("    en: one election", "    fr: one election", "rules.yaml:23: source must say in id and en"),
        ("years: 10\n  confirmed: false", "years: 10\n  confirmed: perhaps", "rules.yaml:7: confirmed must be"),
    ],
)
def test_a_broken_file_is_refused_by_file_and_line(good, bad, message):
    text = "\n".join(line for line in GOOD.splitlines()).replace(good, bad, 1)
    with pytest.raises(BadRetentionRules) as refused:
        parse_rules("rules.yaml", text)
    assert message in str(refused.value)


def test_the_file_says_where_each_figure_comes_from():
    assert all(rule.source_id and rule.source_en and rule.years for rule in retention_rules())


def test_a_rule_is_called_by_the_endings_it_keeps_and_where_it_is_for_one_lane_by_that():
    assert [rule.title for rule in retention_rules()] == [
        "Sanksi dijatuhkan",
        "Diteruskan ke jalur pidana",
        "Tidak terbukti, Bukan pelanggaran, Ditutup lewat koreksi admin nasional",
        f"Tidak diregistrasi, Digabung dengan kasus lain, Terlapor bukan ASN · {Lane.LAPORAN.label}",
        f"Tidak diregistrasi, Digabung dengan kasus lain, Terlapor bukan ASN · {Lane.INFORMASI_AWAL.label}",
    ]


def test_a_rule_that_is_no_longer_in_the_file_keeps_the_name_it_had():
    assert (rule_title("sanksi"), rule_title("aturan_lama")) == ("Sanksi dijatuhkan", "aturan_lama")


@pytest.mark.parametrize("years", [1, 2, 4, 5, 10, 12])
def test_the_list_and_the_date_agree_on_every_day(years):
    for number in range(4 * 366):
        finished = date(2023, 1, 1) + timedelta(days=number)
        due = due_on(finished, years)
        assert _finished_by(due - timedelta(days=1), years) < finished <= _finished_by(due, years)


@pytest.mark.django_db
def test_a_case_is_due_on_the_day_and_not_before(finished):
    day = MONDAY.replace(year=2034)
    assert due_date(finished) == day.date()
    assert not due_cases(at=day - timedelta(days=1)).exists()
    assert list(due_cases(at=day)) == [finished]


@pytest.mark.django_db
def test_an_open_case_is_never_due(sari, budi):
    make_case(by=sari, second=budi, status=Status.SANKSI)
    assert not due_cases(at=MONDAY.replace(year=2100)).exists()


@pytest.mark.django_db
def test_the_longer_rule_of_two_lanes_counts(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.TIDAK_DIREGISTRASI)
    case = step(case, Action.TUTUP, by=sari)
    assert rule_of(case).years == 1
    Report.objects.filter(case_link__case=case).update(lane=Lane.LAPORAN, identity_key=b"k", identity_box=b"b")
    assert rule_of(case).years == 2
    assert not due_cases(at=MONDAY.replace(year=2025)).exists()
    assert due_cases(at=MONDAY.replace(year=2026)).exists()


@pytest.mark.django_db
def test_a_merged_case_waits_for_the_one_it_was_merged_into(finished, sari, budi):
    merged = step(make_case(by=sari, second=budi), Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=finished))
    assert list(due_cases(at=MONDAY.replace(year=2030))) == []
    assert merged not in due_cases(at=MONDAY.replace(year=2040))


@pytest.mark.django_db
def test_a_hold_wins_over_the_rule_until_it_is_lifted(finished, sari, nasrul):
    place_hold(case=finished, reason="Gugatan di PTUN.", by=sari, at=MONDAY)
    assert not due_cases(at=MONDAY.replace(year=2100)).exists()
    lift_hold(case=finished, by=nasrul, at=MONDAY)
    assert due_cases(at=MONDAY.replace(year=2034)).exists()


@pytest.mark.django_db
def test_the_clock_only_lists(finished, settings):
    day = MONDAY.replace(year=2034)
    assert (note_due_cases(at=day - timedelta(days=1)), note_due_cases(at=day)) == (0, 1)
    task()
    assert AuditEvent.objects.get(action="penyimpanan_ditinjau").details == {"due": 1}
    assert Case.objects.get().erased_at is None
