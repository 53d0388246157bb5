"""Cohen's kappa against published examples."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.kappa import cohens_kappa


def pairs(table):
    """(row, column) once for every count."""
    return [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


# SAS/STAT User's Guide, PROC FREQ, "Cohen's Kappa Coefficient": two dermatologists, 88 patients
SKIN = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
# Fleiss, Levin, Paik, Statistical Methods for Rates and Proportions (2003), table 18.1: two raters, 100 patients
DIAGNOSES = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]


def test_the_example_of_the_sas_manual():
    kappa = cohens_kappa(pairs(SKIN))
    assert kappa.value == pytest.approx(0.3449, abs=5e-5)
    assert kappa.error == pytest.approx(0.0724, abs=5e-5)
    assert (kappa.low, kappa.high) == (pytest.approx(0.2030, abs=5e-5), pytest.approx(0.4868, abs=5e-5))


def test_the_example_of_fleiss():
    kappa = cohens_kappa(pairs(DIAGNOSES))
    assert (kappa.observed, kappa.expected) == (pytest.approx(0.89), pytest.approx(0.66))
    assert kappa.value == pytest.approx(0.676, abs=5e-4)


def test_chance_alone_is_nought_and_full_agreement_one():
    assert cohens_kappa(pairs([[25, 25], [25, 25]])).value == pytest.approx(0)
    assert cohens_kappa(pairs([[10, 0], [0, 10]])).value == pytest.approx(1)
    assert cohens_kappa(pairs([[0, 10], [10, 0]])).value == pytest.approx(-1)


def test_one_answer_for_everything_says_nothing():
    kappa = cohens_kappa([(True, True)] * 30)
    assert (kappa.observed, kappa.value, kappa.low, kappa.high) == (1.0, None, None, None)


def test_few_cases_are_said_to_be_few():
    assert cohens_kappa([(1, 1), (0, 0)]).is_too_few
    assert not cohens_kappa([(1, 1), (0, 0)] * 10).is_too_few


def test_no_case_is_an_error():
    with pytest.raises(ValueError, match="at least one pair"):
        cohens_kappa([])


ANSWERS = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=60))
def test_it_lies_between_bounds_and_does_not_care_who_is_first(answers):
    kappa, turned = cohens_kappa(answers), cohens_kappa([(b, a) for a, b in answers])
    assert (kappa.value is None) == (turned.value is None)
    if kappa.value is not None:
        assert -1 - 1e-9 <= kappa.value <= 1 + 1e-9
        assert kappa.low <= kappa.high
        assert kappa.value == pytest.approx(turned.value)
        assert kappa.error == pytest.approx(turned.error)
