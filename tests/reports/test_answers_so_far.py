"""What a report still lacks can be asked before it is sent, by the code that judges it afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from reports.completeness import REQUIREMENTS
from reports.models import HeldImage, Report
from tests.reports.conftest import good_answers

pytestmark = pytest.mark.django_db
IN_TWO_DAYS = (timezone.now() + timedelta(days=2)).date().isoformat()


@pytest.fixture
def ask(client, reference):
    def ask(**answers):
        return client.post(reverse("reports:completeness"), answers)

    return ask


def states(answer):
    return {row["code"]: row["state"] for row in answer.json()["requirements"]}


def test_an_empty_form_lacks_everything_of_its_lane(ask):
    found = states(ask(lane="informasi_awal"))
    assert found.pop("witness") == "for_a_person"
    assert set(found.values()) == {"missing"}
    assert set(found) == {row.code for row in REQUIREMENTS if len(row.lanes) == 2} - {"witness"}


def test_a_formal_report_is_asked_for_more(ask):
    found = states(ask(lane="laporan"))
    assert {"identity", "in_time"} <= {code for code, state in found.items() if state == "missing"}
    assert found["signature"] == "for_a_person"


def test_what_the_form_would_take_is_complete_here_too(ask):
    found = states(ask(**good_answers(), picture_count=1))
    assert {code for code, state in found.items() if state == "missing"} <= {"in_time"}


@pytest.mark.parametrize(
    ("answers", "lacks"),
    [
        ({"act_date_is_approximate": "on"}, "time"),
        ({"act_date": "31/31/2024"}, "time"),
        ({"regency": ""}, "place"),
        ({"regency": "99.99"}, "place"),
        ({"narrative": "pendek"}, "act"),
        ({"picture_count": 0}, "evidence"),
        ({"picture_count": "-3"}, "evidence"),
        ({"picture_count": "1\x00"}, "evidence"),
        ({"respondent_name": "", "respondent_post": ""}, "respondent"),
        ({"platform": "facebook", "link": ""}, "source"),
        ({"platform": "facebook", "link": "javascript:alert(1)"}, "source"),
        ({"regency": "32.01"}, "place"),
        ({"act_date": "2003-12-31"}, "time"),
        ({"act_date": IN_TWO_DAYS}, "time"),
        ({"act_date": "9999-12-31"}, "time"),
        ({"act_date": "9999-12-31"}, "in_time"),
        ({"known_since": IN_TWO_DAYS}, "in_time"),
        ({"known_since": "9999-12-31"}, "in_time"),
    ],
)
def test_an_answer_the_form_would_refuse_counts_as_none(ask, answers, lacks):
    typed = good_answers() | {"lane": "laporan", "picture_count": 1}
    assert states(ask(**typed | answers))[lacks] == "missing"


def test_without_a_lane_it_says_to_choose_one(ask):
    answer = ask(narrative="Camat membagikan ajakan memilih di grup warga.")
    assert answer.status_code == 422
    assert "cara melapor" in answer.json()["fault"]


def test_asking_leaves_nothing_behind(ask):
    before = AuditEvent.objects.count()
    ask(**good_answers(), picture_count=1)
    assert AuditEvent.objects.count() == before
    assert not Report.objects.exists()
    assert not HeldImage.objects.exists()
