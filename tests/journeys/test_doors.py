"""No address about a case is forgotten by the journeys."""

from tests.journeys.doors import AFTER_FAULTS, AROUND, BY_SCRIPT, JUDGED, ROAD, SET_UP, SHOWN
from tests.security.access_table import read_table


def test_everything_people_send_about_a_case_is_sent_by_some_journey():
    _, rows = read_table()
    taking = {
        name
        for (name, method), answers in rows.items()
        if method == "POST" and name.startswith("cases:") and "405" not in answers.values()
    }
    walked, elsewhere = ROAD | AROUND | JUDGED | SHOWN, SET_UP | AFTER_FAULTS | BY_SCRIPT
    assert walked & elsewhere == set()
    assert walked | elsewhere == taking
