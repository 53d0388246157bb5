"""What a report needs is declared once and judged alike in the form, on the case page and for the reporter."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from regions.models import Holiday
from reports.completeness import REQUIREMENTS, Given, State, checklist, missing, missing_in_any
from reports.models import Lane
from tests.factories import AT, report_facts, send_report

FULL = Given(
    lane=Lane.LAPORAN,
    has_identity=True,
    respondent_name="Slamet Riyadi",
    respondent_post="Camat",
    respondent_agency="Pemerintah Kota Semarang",
    narrative="Camat membagikan ajakan memilih.",
    act_date=date(2024, 10, 10),
    act_date_is_approximate=False,
    received_on=date(2024, 10, 14),
    election_kind="pilkada",
    region_code="33.74",
    platform="facebook",
    link="https://contoh.id/1",
    pictures=1,
    holidays=frozenset(),
)


def codes(given):
    return [requirement.code for requirement in missing(given)]


def test_a_full_report_lacks_nothing_the_machine_can_tell():
    assert codes(FULL) == []
    assert [row.requirement.code for row in checklist(FULL) if row.state is State.FOR_A_PERSON] == [
        "signature",
        "witness",
    ]


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({"has_identity": False}, ["identity"]),
        ({"respondent_name": "", "respondent_agency": ""}, ["respondent"]),
        ({"respondent_name": ""}, []),
        ({"received_on": date(2024, 10, 17)}, []),
        ({"received_on": date(2024, 10, 18)}, ["in_time"]),
        ({"received_on": date(2024, 10, 18), "election_kind": "pemilu"}, []),
        ({"received_on": date(2024, 10, 22), "election_kind": "pemilu"}, ["in_time"]),
        ({"received_on": date(2024, 10, 22), "election_kind": "pemilu", "holidays": {date(2024, 10, 16)}}, []),
        ({"act_date_is_approximate": True}, ["time"]),
        ({"region_code": "33"}, ["place"]),
        ({"narrative": " "}, ["act"]),
        ({"link": ""}, ["source"]),
        ({"link": "", "platform": "whatsapp"}, []),
        ({"link": "", "platform": "in_person"}, []),
        ({"pictures": 0}, ["evidence"]),
        ({"region_code": "33", "pictures": 0}, ["place", "evidence"]),
    ],
)
def test_each_requirement_sees_its_own_lack(changes, lacks):
    assert codes(replace(FULL, **changes)) == lacks


@pytest.mark.parametrize("changes", [{"has_identity": False}, {"received_on": date(2024, 12, 1)}])
def test_a_first_information_needs_no_name_and_no_clock(changes):
    given = replace(FULL, lane=Lane.INFORMASI_AWAL, **changes)
    assert codes(given) == []
    assert not {"identity", "signature", "in_time"} & {row.requirement.code for row in checklist(given)}


def test_what_several_reports_lack_is_named_once_and_in_order():
    reports = [replace(FULL, pictures=0), replace(FULL, region_code="33", pictures=0)]
    assert [requirement.code for requirement in missing_in_any(reports)] == ["place", "evidence"]


@pytest.mark.django_db
@pytest.mark.parametrize("lane", Lane)
def test_the_form_and_the_stored_report_are_judged_alike(lane, reference):
    facts = {"lane": lane, "region_code": "33", "respondent_name": "", "respondent_agency": ""}
    report = send_report(**facts).report
    holidays = Holiday.objects.counting().days()
    stored = Given.of(report, pictures=report.evidence.count(), holidays=holidays)
    assert stored == Given.of_answers(report_facts(**facts), pictures=1, at=AT)
    assert codes(stored) == ["respondent", "place"]


@pytest.mark.django_db
def test_days_are_those_of_the_place(reference):
    late = datetime(2024, 10, 14, 16, 0, tzinfo=UTC)
    assert Given.of_answers(report_facts(region_code="94"), pictures=1, at=late).received_on == date(2024, 10, 15)


def test_every_requirement_says_how_to_add_what_is_missing():
    assert len({row.code for row in REQUIREMENTS}) == len(REQUIREMENTS)
    assert all(str(row.how).endswith(".") and str(row.label) for row in REQUIREMENTS)
