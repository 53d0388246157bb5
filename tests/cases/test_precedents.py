"""Equal cases equally: another level than similar cases got needs a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import assessment
from cases.actions import Action
from cases.facts import RecommendationDraft
from cases.models import Case, DisciplineLevel
from cases.precedents import ENOUGH, Precedents, precedents
from cases.recommendation_page import recommendation_background
from cases.status import Status
from cases.workflow import FactsRefused
from tests.case_factories import MONDAY, RULE, decree, make_case, make_finding, step

DISPUTED = "SKB2-II-B-3"
LIGHT = {"level": DisciplineLevel.LIGHT, "form_code": "teguran_tertulis"}


def letter(level, level_reason=""):
    return RecommendationDraft(
        letter_number="120/X/2024",
        letter_date=MONDAY.date(),
        reasons="Unsur terpenuhi.",
        proposed_level=level,
        level_reason=level_reason,
    )


@pytest.fixture
def sanctioned(sari, budi):
    """Finishes that many cases under RULE with a medium sanction, or another."""

    def build(count, **sanction):
        for _ in range(count):
            case = make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)
            step(case, Action.CATAT_SANKSI, by=sari, facts=decree(MONDAY.date(), **sanction))

    return build


@pytest.fixture
def studied(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KAJIAN)


@pytest.mark.django_db
def test_another_level_than_most_similar_cases_got_needs_a_reason(studied, sanctioned, sari):
    sanctioned(3)
    with pytest.raises(FactsRefused, match="3 kasus serupa") as refused:
        step(studied, Action.SUSUN_REKOMENDASI, by=sari, facts=letter(DisciplineLevel.HEAVY))
    assert set(refused.value.problems) == {"level_reason"}
    step(studied, Action.SUSUN_REKOMENDASI, by=sari, facts=letter(DisciplineLevel.HEAVY, "Diulang tiga kali."))
    assert studied.recommendation.level_reason == "Diulang tiga kali."


@pytest.mark.django_db
@pytest.mark.parametrize("level", [DisciplineLevel.MEDIUM, None])
def test_the_usual_level_and_none_need_no_reason(studied, sanctioned, sari, level):
    sanctioned(3)
    step(studied, Action.SUSUN_REKOMENDASI, by=sari, facts=letter(level))
    assert studied.status == Status.REKOMENDASI


@pytest.mark.django_db
def test_two_similar_cases_are_too_few_and_the_page_says_so(studied, sanctioned, sari):
    sanctioned(2)
    assert "terlalu sedikit" in recommendation_background(studied).similar_caution
    step(studied, Action.SUSUN_REKOMENDASI, by=sari, facts=letter(DisciplineLevel.HEAVY))


@pytest.mark.django_db
def test_only_sanctions_that_count_for_the_same_rules_and_stage_are_similar(studied, sanctioned, sari):
    sanctioned(2)
    last = Case.objects.filter(status=Status.SANKSI).last()
    step(last, Action.PERBAIKI_SANKSI, by=sari, facts=decree(MONDAY.date(), **LIGHT))
    assert precedents(studied, [RULE]).counts == {"light": 1, "medium": 1}
    assert precedents(studied, [RULE, "SKB2-II-B-4"]).total == 0
    make_finding(studied.case_reports.get().report)
    assert precedents(studied, [RULE]).total == 0


@pytest.mark.django_db
def test_the_page_names_articles_and_forms_but_none_for_a_disputed_rule(studied, sanctioned, sari):
    sanctioned(3)
    shown = recommendation_background(studied)
    assert shown.rules[0].rule.sources
    assert len(shown.rules[0].forms) > 2
    assert shown.similar == ["hukuman disiplin sedang: 3 kasus"]
    assessment.add_rule(case=studied, rule_code=DISPUTED, reason="Mendaftar penjaringan.", by=sari, at=MONDAY)
    shown = recommendation_background(studied)
    assert (shown.rules[1].rule.code, shown.rules[1].forms, shown.similar) == (DISPUTED, [], [])


counts = st.dictionaries(st.sampled_from(DisciplineLevel.values), st.integers(min_value=1, max_value=9)).map(
    lambda found: dict(sorted(found.items(), key=lambda pair: -pair[1]))
)


@given(counts=counts, level=st.sampled_from(["", *DisciplineLevel.values]))
def test_a_reason_is_asked_exactly_against_a_majority_of_enough(counts, level):
    total = sum(counts.values())
    usual = [name for name, count in counts.items() if total >= ENOUGH and 2 * count > total]
    assert Precedents(counts).depart_from(level) == bool(level and usual and usual != [level])
