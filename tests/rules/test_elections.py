"""The file of election events, and how it refuses what does not fit."""

import pytest

from rules.elections import ELECTIONS_FILE, ElectionsError, read_elections


def test_the_great_elections_are_there_with_a_source_each():
    elections = read_elections()
    kinds = {"pilkada-2015", "pilkada-2017", "pilkada-2018", "pilkada-2020", "pilkada-2024"}
    assert kinds <= {e.code for e in elections}
    assert all(e.source and e.confidence in {"known", "approximate", "sourced"} for e in elections)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("kind: pemilu", "kind: pilpres", "unknown kind"),
        ("starts: 2013-01-08", "starts: 2015-01-08", "in the order starts, penetapan"),
        ("starts: 2013-01-08", "starts: dahulu", "must be dates like"),
        ("starts: 2013-01-08", "mulai: 2013-01-08", "missing or mistypes"),
        ("code: pemilu-2014-presiden", "code: pemilu-2014-legislatif", "is given twice"),
        ("- {code", "- [code", ""),
    ],
)
def test_a_bad_event_is_refused_naming_file_and_line(tmp_path, old, new, reason):
    path = tmp_path / "events.yaml"
    path.write_text(ELECTIONS_FILE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ElectionsError, match=r"^events\.yaml:\d+: ") as refused:
        read_elections(path)
    assert reason in str(refused.value)


def test_a_file_that_is_no_list_is_refused(tmp_path):
    path = tmp_path / "events.yaml"
    path.write_text("pilkada: 2024", encoding="utf-8")
    with pytest.raises(ElectionsError, match="must be a list"):
        read_elections(path)
