"""Until when: a table worked out by hand, in three time zones."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cases.deadlines import BadDeadlines, clock_for, due_at, read_clocks
from cases.status import Status

WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"


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


GOOD = "name: a\n    statuses: [masuk]\n    length: 2\n    unit: working_days\n    confirmed: true\n    source: x"


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        (GOOD.replace("masuk", "nirwana"), "nirwana"),
        (GOOD.replace("length: 2", "length: 0"), "length"),
        (GOOD.replace("working_days", "moons"), "moons"),
        (GOOD.replace("    source: x", ""), "source"),
        (GOOD.replace("[masuk]", "masuk"), "statuses must be a list"),
        (f"{GOOD}\n  - {GOOD}", "more than one clock"),
    ],
)
def test_a_bad_entry_is_refused_with_file_and_entry(tmp_path, entry, complaint):
    path = tmp_path / "deadlines.yaml"
    path.write_text(f"pemilu:\n  - {entry}\npilkada: []\n")
    with pytest.raises(BadDeadlines, match=complaint) as refused:
        read_clocks(path)
    assert str(refused.value).startswith("deadlines.yaml: pemilu")


def test_a_file_that_forgets_an_election_is_refused(tmp_path):
    path = tmp_path / "deadlines.yaml"
    path.write_text("pemilu: []\n")
    with pytest.raises(BadDeadlines, match="pilkada"):
        read_clocks(path)
