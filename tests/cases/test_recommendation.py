"""The letter: two people, the body of its date, rules confirmed by people, no level where sources disagree."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases import assessment
from cases.actions import Action
from cases.facts import RecommendationDraft
from cases.models import DisciplineLevel, OversightBody
from cases.status import Status
from cases.workflow import ActionRefused, FactsRefused, available_actions, refusal
from tests.case_factories import MONDAY, RULE, WIB, make_case, step

pytestmark = pytest.mark.django_db
DISPUTED = "SKB2-II-B-3"
TODAY = MONDAY.date()


@pytest.fixture
def studied(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KAJIAN)


def letter(letter_date=TODAY, level=None):
    return RecommendationDraft(
        letter_number="120/X/2024", letter_date=letter_date, reasons="Unsur terpenuhi.", proposed_level=level
    )


def test_the_drafter_cannot_send_the_letter(studied, sari, budi):
    step(studied, Action.SUSUN_REKOMENDASI, by=sari)
    assert Action.KIRIM_REKOMENDASI not in available_actions(studied, sari)
    with pytest.raises(ActionRefused, match="orang lain"):
        step(studied, Action.KIRIM_REKOMENDASI, by=sari)
    step(studied, Action.KIRIM_REKOMENDASI, by=budi)
    assert (studied.recommendation.drafted_by, studied.recommendation.sent_by) == (sari, budi)


def test_the_database_too_wants_two_people(studied, sari):
    step(studied, Action.SUSUN_REKOMENDASI, by=sari)
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        studied.recommendations.update(sent_by=sari, sent_at=MONDAY)


def test_the_second_person_can_return_the_letter_and_then_draft_another(studied, sari, budi):
    step(studied, Action.SUSUN_REKOMENDASI, by=sari)
    step(studied, Action.KEMBALIKAN_REKOMENDASI, by=budi, reason="Pasal belum tepat.")
    assert studied.status == Status.KAJIAN
    assert studied.recommendation is None
    step(studied, Action.SUSUN_REKOMENDASI, by=budi)
    step(studied, Action.KIRIM_REKOMENDASI, by=sari)
    assert studied.recommendations.count() == 2


@pytest.mark.parametrize(
    ("letter_date", "body"),
    [
        (date(2024, 2, 5), "kasn"),
        (date(2024, 8, 31), "kasn"),
        (date(2024, 9, 1), "bkn"),
        (date(2026, 11, 20), "bkn"),
    ],
)
def test_the_letter_goes_to_the_body_in_force_on_its_date(sari, budi, letter_date, body):
    at = datetime(2026, 11, 20, 9, 0, tzinfo=WIB)
    case = make_case(by=sari, second=budi, status=Status.KAJIAN, at=at)
    step(case, Action.SUSUN_REKOMENDASI, by=sari, at=at, facts=letter(letter_date))
    assert case.recommendation.body.code == body


LAST_OF_KASN = datetime(2024, 8, 31, 9, 0, tzinfo=WIB)


def drafted_for_kasn(by, second):
    return make_case(by=by, second=second, status=Status.REKOMENDASI, at=LAST_OF_KASN)


def test_a_letter_drafted_before_the_change_of_the_body_is_not_sent_after_it(sari, budi):
    case = drafted_for_kasn(sari, budi)
    with pytest.raises(ActionRefused, match=r"Komisi Aparatur Sipil Negara.*Kembalikan rekomendasi"):
        step(case, Action.KIRIM_REKOMENDASI, by=budi, at=LAST_OF_KASN + timedelta(days=1))
    assert (case.recommendations.get().sent_at, case.letters.filter(signed_off_at__isnull=False).count()) == (None, 0)
    after = LAST_OF_KASN + timedelta(days=1)
    step(case, Action.KEMBALIKAN_REKOMENDASI, by=budi, at=after)
    step(case, Action.SUSUN_REKOMENDASI, by=sari, at=after)
    step(case, Action.KIRIM_REKOMENDASI, by=budi, at=after)
    assert case.recommendation.body.code == "bkn"


def test_a_letter_is_sent_to_the_old_body_up_to_its_last_day_on_the_clock_of_the_place(sari, budi):
    case = drafted_for_kasn(sari, budi)
    step(case, Action.KIRIM_REKOMENDASI, by=budi, at=datetime(2024, 8, 31, 23, 59, tzinfo=WIB))
    assert case.recommendation.body.code == "kasn"


def test_a_date_without_a_body_is_refused_with_the_field(studied, sari):
    OversightBody.objects.filter(code="kasn").update(valid_until=date(2024, 8, 15))
    with pytest.raises(FactsRefused) as refused:
        step(studied, Action.SUSUN_REKOMENDASI, by=sari, facts=letter(date(2024, 8, 20)))
    assert set(refused.value.problems) == {"letter_date"}
    studied.refresh_from_db()
    assert studied.status == Status.KAJIAN


def test_a_letter_of_tomorrow_is_refused(studied, sari):
    with pytest.raises(FactsRefused) as refused:
        step(studied, Action.SUSUN_REKOMENDASI, by=sari, facts=letter(date(2024, 10, 15)))
    assert set(refused.value.problems) == {"letter_date"}


def test_no_letter_without_a_confirmed_rule(studied, sari):
    assessment.withdraw_rule(case=studied, rule_code=RULE, reason="Ternyata akun palsu.", by=sari, at=MONDAY)
    assert "Belum ada aturan" in refusal(studied, Action.SUSUN_REKOMENDASI, sari)
    with pytest.raises(ActionRefused, match="Belum ada aturan"):
        step(studied, Action.SUSUN_REKOMENDASI, by=sari)


def test_a_level_is_kept_where_the_law_is_clear(studied, sari):
    step(studied, Action.SUSUN_REKOMENDASI, by=sari, facts=letter(level=DisciplineLevel.HEAVY))
    assert studied.recommendation.proposed_level == DisciplineLevel.HEAVY


def test_no_level_is_proposed_where_sources_disagree(studied, sari):
    assessment.add_rule(case=studied, rule_code=DISPUTED, reason="Mendaftar penjaringan.", by=sari, at=MONDAY)
    with pytest.raises(FactsRefused, match=DISPUTED) as refused:
        step(studied, Action.SUSUN_REKOMENDASI, by=sari, facts=letter(level=DisciplineLevel.MEDIUM))
    assert set(refused.value.problems) == {"proposed_level"}
    step(studied, Action.SUSUN_REKOMENDASI, by=sari, facts=letter())
    assert studied.recommendation.rule_codes == [RULE, DISPUTED]
    assert studied.recommendation.proposed_level == ""


def test_verdicts_stand_while_a_letter_rests_on_them(studied, sari):
    step(studied, Action.SUSUN_REKOMENDASI, by=sari)
    with pytest.raises(ActionRefused, match="sudah ditutup"):
        assessment.withdraw_rule(case=studied, rule_code=RULE, reason="Ragu.", by=sari, at=MONDAY)
