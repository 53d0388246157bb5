"""Kesbangpol after the employer changed and after cases were joined; test_visibility has the plain combinations."""

import pytest

from accounts.roles import Role
from cases.actions import Action
from cases.evidence_access import case_of
from cases.facts import Duplicate
from cases.grouping import undo_regrouping
from cases.models import AsnStatus, Case, Regrouping, Respondent
from cases.refusals import NotVisible
from cases.respondents import RespondentFacts, edit_respondent
from cases.sharing import share_with_kesbangpol
from tests.case_factories import MONDAY, make_case, make_evidence, step
from tests.conftest import make_user

pytestmark = pytest.mark.django_db

# Employer before and after the correction, shared -> Kesbangpol of the city sees it, of the province sees it
AFTER_A_CORRECTION = [
    ("pusat", "33.74", False, False, True),
    ("pusat", "33", False, True, False),
    ("pusat", "", False, False, False),
    ("33.74", "pusat", False, True, True),
    ("33.74", "33.72", False, True, True),
    ("33.74", "33", False, True, False),
    ("", "33.74", False, False, True),
    ("", "33.72", False, True, True),
    ("33.72", "", False, False, False),
    ("pusat", "33.74", True, True, True),
    ("33.74", "33", True, True, True),
    ("", "33.74", True, True, True),
]


def sees(person, case):
    return Case.objects.visible_to(person).filter(pk=case.pk).exists()


@pytest.mark.parametrize(("before", "after", "shared", "city", "province"), AFTER_A_CORRECTION)
def test_the_employer_as_it_is_now_decides_and_what_was_shared_stays_shared(
    before, after, shared, city, province, sari, budi, kartika
):
    case = make_case(by=sari, second=budi, employer=before)
    if shared:
        share_with_kesbangpol(case=case, by=sari, at=MONDAY)
    facts = RespondentFacts(employer_code=after, nip="", asn_status=AsnStatus.UNVERIFIED)
    edit_respondent(case=case, facts=facts, by=sari, at=MONDAY)
    above = make_user("provinsi", Role.REVIEWER_KESBANGPOL, "33", "Kesbangpol Jawa Tengah")
    assert (sees(kartika, case), sees(above, case)) == (city, province)


# Employer of the case that ends and of the one it joins -> Kesbangpol of the city sees the picture that came along:
# after joining, after the joined case was shared, after undoing
AFTER_JOINING = [
    ("", "", False, True, False),
    ("", "33.74", False, True, False),
    ("33.74", "33.74", False, True, False),
    ("", "33.72", True, True, False),
    ("", "pusat", True, True, False),
    ("pusat", "pusat", True, True, True),
]


@pytest.mark.parametrize(("employer", "other_employer", "joined", "shared", "undone"), AFTER_JOINING)
def test_a_report_is_seen_with_the_case_it_is_in(employer, other_employer, joined, shared, undone, sari, budi, kartika):
    case, other = make_case(by=sari, second=budi), make_case(by=sari, second=budi)
    for one, code in ((case, employer), (other, other_employer)):
        Respondent.objects.filter(pk=one.respondent_id).update(employer_code=code)
        one.refresh_from_db()
    evidence = make_evidence(case.case_reports.get().report)

    def is_seen():
        try:
            return case_of(evidence, kartika) is not None
        except NotVisible:
            return False

    step(case, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=other))
    assert is_seen() is joined
    other.refresh_from_db()
    share_with_kesbangpol(case=other, by=sari, at=MONDAY)
    assert is_seen() is shared
    undo_regrouping(regrouping=Regrouping.objects.get(), reason="Keliru.", by=sari, at=MONDAY)
    assert is_seen() is undone
