"""A training on the spot, from decided cases to kept weights."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from cases.status import Status
from rules.current import release_engine, version_in_force
from rules.models import TrainedWeights
from tests.case_factories import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.SANKSI, narrative="Pak Zzorbani membagikan poster paslon.")


@pytest.fixture
def reports(tmp_path):
    """Some shipped accounts, few enough to be trained on in seconds."""
    record = {"report": "Camat pasang baliho paslon.", "labels": ["PROPS"], "province": "Riau"}
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(json.dumps(record | {"date": f"2024-0{i}-01"}) for i in range(1, 7)), encoding="utf-8")
    return path


def train(reports, **options) -> str:
    out = io.StringIO()
    call_command("train", reports=[reports], rounds=1, stdout=out, **options)
    return out.getvalue()


def test_a_challenger_is_kept_with_its_report_and_counts_only_once_somebody_promotes_it(case, reports):
    with pytest.raises(CommandError, match="admin nasional"):
        train(reports, promote=True)
    kept = TrainedWeights.objects.get()
    assert version_in_force() == ""
    assert kept.learned_from == [f"case {case.pk}"]
    assert kept.accounts == 7
    assert kept.report["champion"] == release_engine().model.version
    assert [each["name"] for each in kept.report["sets"]] == ["release", "cases", "held_out"]
    assert "zzorb" not in kept.content


def test_the_command_says_how_both_did_and_promotes_when_told(case, reports, nasrul):
    out = train(reports, promote=True, by="nasrul", reason="Dicoba.", anyway=True)
    assert "(1 kasus)" in out
    assert "selisih" in out
    assert version_in_force() == TrainedWeights.objects.get().version


def test_without_a_decided_case_there_is_nothing_to_learn(reference, reports):
    # Six accounts leave room for two cases; none is decided.
    assert "Belum ada kasus" in train(reports)
    assert not TrainedWeights.objects.exists()
