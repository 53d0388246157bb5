"""Until when: a table worked out by hand, in three time zones."""

import re
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from cases import deadlines
from cases.deadline_rules import BadDeadlines, Confidence, Starts, clock_for, read_rules, reporting_clock
from cases.deadlines import Pause
from cases.status import Status
from regions.working_days import joint_leave, public_holidays

WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"

HOLIDAYS = frozenset({*public_holidays([2024, 2026]), *joint_leave([2024, 2026])})


def due_at(clock, **more):
    return deadlines.due_at(clock, holidays=HOLIDAYS, **more)


def moment(text, zone=WIB):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("kind", "status", "start", "due"),
    [
        ("pemilu", "masuk", "2024-01-15T09:00", "2024-01-17T23:59:59"),
        ("pemilu", "kajian_awal", "2024-01-19T16:00", "2024-01-23T23:59:59"),  # over a weekend
        ("pemilu", "diregistrasi", "2026-03-13T10:00", "2026-03-31T23:59:59"),  # Nyepi, Idul Fitri, cuti bersama
        ("pemilu", "kajian", "2024-02-05T10:00", "2024-02-19T23:59:59"),  # Isra Mikraj, Imlek, voting day
        ("pemilu", "rekomendasi", "2024-01-15T09:00", "2024-01-24T23:59:59"),
        ("pemilu", "tindak_lanjut", "2024-01-15T09:00", "2024-02-02T23:59:59"),
        ("pilkada", "masuk", "2024-10-18T09:00", "2024-10-20T23:59:59"),  # ends on a Sunday: calendar days
        ("pilkada", "klarifikasi", "2024-10-14T09:00", "2024-10-17T23:59:59"),
        ("pilkada", "diregistrasi", "2024-10-14T23:59", "2024-10-17T23:59:59"),
        ("pilkada", "tindak_lanjut", "2024-10-14T09:00", "2024-11-01T23:59:59"),
        ("pilkada", "gakkumdu", "2024-10-14T09:00", "2024-10-15T09:00"),
        ("", "masuk", "2024-10-18T09:00", "2024-10-20T23:59:59"),  # unknown election: the shorter clock
    ],
)
def test_a_clock_runs_out_as_counted_by_hand(kind, status, start, due):
    assert due_at(clock_for(kind, status), start=moment(start), time_zone=WIB) == moment(due)


@pytest.mark.parametrize(("kind", "due"), [("pemilu", "2024-02-02T23:59:59"), ("pilkada", "2024-01-20T23:59:59")])
def test_more_information_extends_the_handling_once(kind, due):
    clock = clock_for(kind, Status.KAJIAN)
    assert due_at(clock, start=moment("2024-01-15T09:00"), time_zone=WIB, extended=True) == moment(due)


@pytest.mark.parametrize(
    ("zone", "due"),
    [(WIB, "2024-10-16T23:59:59"), (WITA, "2024-10-17T23:59:59"), (WIT, "2024-10-17T23:59:59")],
)
def test_the_day_is_the_day_of_the_region(zone, due):
    late = datetime.fromisoformat("2024-10-14T16:30:00+00:00")  # 23.30 WIB, past midnight further east
    assert due_at(clock_for("pilkada", "masuk"), start=late, time_zone=zone) == moment(due, zone)


@pytest.mark.parametrize(
    "status", ["sanksi", "tidak_terbukti", "bukan_pelanggaran", "tidak_diregistrasi", "selesai", "perbaikan"]
)
@pytest.mark.parametrize("kind", ["pemilu", "pilkada", ""])
def test_statuses_that_wait_for_nobody_have_no_clock(kind, status):
    assert clock_for(kind, status) is None


def test_a_figure_nobody_read_in_the_regulation_says_so():
    assert not clock_for("pemilu", "tindak_lanjut").confirmed
    assert clock_for("pemilu", "kajian").confirmed


@pytest.mark.parametrize("kind", ["pemilu", "pilkada"])
@pytest.mark.parametrize(("status", "pauses"), [("kajian_awal", {"perbaikan"}), ("kajian", {"gakkumdu"})])
def test_a_pause_no_law_speaks_of_says_so(kind, status, pauses):
    clock = clock_for(kind, status)
    assert (clock.pauses_in, clock.pauses_confidence) == (pauses, Confidence.TO_BE_CHECKED)


def test_the_time_to_report_is_told_for_both_elections():
    assert (reporting_clock("pemilu").length, reporting_clock("pemilu").unit) == (7, "working_days")
    assert (reporting_clock("pilkada").length, reporting_clock("pilkada").unit) == (7, "calendar_days")


def test_waiting_for_the_reporter_does_not_count():
    clock, start = clock_for("pemilu", "kajian_awal"), moment("2024-01-15T09:00")
    pauses = [Pause(date(2024, 1, 16), date(2024, 1, 19))]  # a day used, asked on Tuesday, answered on Friday
    assert due_at(clock, start=start, time_zone=WIB, pauses=pauses) == moment("2024-01-22T23:59:59")


def test_a_rule_can_count_the_first_day():
    clock = replace(clock_for("pilkada", "kajian_awal"), starts=Starts.SAME_DAY)
    assert due_at(clock, start=moment("2024-10-14T09:00"), time_zone=WIB) == moment("2024-10-15T23:59:59")


def test_the_version_names_exactly_this_text(tmp_path):
    path = written(tmp_path, GOOD)
    first = read_rules(path).version
    path.write_text(path.read_text().replace("source: x", "source: y"))
    read_rules.cache_clear()
    assert read_rules(path).version != first
    assert len(first) == 12


GOOD = """name: pelaporan
      statuses: [masuk]
      length: 2
      unit: working_days
      starts: next_day
      confidence: read
      source: x"""


def written(folder, entry, head="escalate_after_days: 3"):
    path = folder / "deadline_rules.yaml"
    path.write_text(f"{head}\nclocks:\n  pemilu:\n    - {entry}\n  pilkada:\n    - {GOOD}\n")
    read_rules.cache_clear()
    return path


@pytest.fixture(autouse=True)
def the_shipped_rules_again():
    yield
    read_rules.cache_clear()


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (GOOD.replace("masuk", "nirwana"), "nirwana"),
        (GOOD.replace("length: 2", "length: 0"), "length"),
        (GOOD.replace("working_days", "moons"), "moons"),
        (GOOD.replace("      source: x", ""), "source"),
        (GOOD.replace("[masuk]", "masuk"), "must be lists"),
        (GOOD.replace("next_day", "moment"), "hours start at the moment"),
        (GOOD.replace("read", "sworn"), "sworn"),
        (f"{GOOD}\n      pauses_in: [perbaikan]", "go together"),
        (f"{GOOD}\n    - {GOOD}", "more than one clock"),
        (GOOD.replace("pelaporan", "kajian"), "one clock named pelaporan"),
    ],
)
def test_a_bad_entry_is_refused_with_file_and_line(tmp_path, entry, complaint):
    with pytest.raises(BadDeadlines, match=complaint) as refused:
        read_rules(written(tmp_path, entry))
    assert re.match(r"deadline_rules[.]yaml:[34]: ", str(refused.value))


def test_a_file_that_is_no_yaml_is_refused_with_its_line(tmp_path):
    with pytest.raises(BadDeadlines, match=r"deadline_rules.yaml:\d+: "):
        read_rules(written(tmp_path, "{"))


def test_a_file_that_forgets_an_election_or_the_patience_is_refused(tmp_path):
    path = tmp_path / "deadline_rules.yaml"
    path.write_text("escalate_after_days: 3\nclocks:\n  pemilu: []\n")
    read_rules.cache_clear()
    with pytest.raises(BadDeadlines, match="pilkada"):
        read_rules(path)
    with pytest.raises(BadDeadlines, match="same names"):
        read_rules(written(tmp_path, f"{GOOD}\n    - {GOOD.replace('pelaporan', 'kajian').replace('[masuk]', '[]')}"))
    with pytest.raises(BadDeadlines, match="escalate_after_days"):
        read_rules(written(tmp_path, GOOD, head="other: 1"))
