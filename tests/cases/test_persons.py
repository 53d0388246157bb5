"""One person in several cases: proposed by likeness, linked by people, shown only as far as the viewer sees."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from cases.models import Case, Respondent, SamePerson
from cases.persons import cases_of_person, link_person, person_candidates, unlink_person
from cases.refusals import ActionRefused, FactsRefused, NotVisible, SomebodyWasFaster
from tests.case_factories import MONDAY, make_case

pytestmark = pytest.mark.django_db
NIP = "199001012015031001"


@pytest.fixture
def build(sari, budi):
    def build(**fields):
        return make_case(by=sari, second=budi, **fields)

    return build


def link(case, other, by, **more):
    return link_person(case=case, other=other, reason="NIP sama.", by=by, at=MONDAY, **more)


def reasons(case, person):
    return {found.case: found.reasons for found in person_candidates(case, person)}


def test_old_and_new_spelling_titles_and_order_are_one_name(build, budi):
    case = build(respondent_name="Drs. H. Bambang Soetrisno, M.Si.", respondent_agency="Kecamatan Djebres")
    twin = build(respondent_name="SUTRISNO BAMBANG", respondent_agency="Kecamatan Jebres")
    elsewhere = build(respondent_name="Bambang Sutrisno", respondent_agency="Dinas Pariwisata")
    build(respondent_name="Siti Aminah")
    found = reasons(case, budi)
    assert set(found) == {twin, elsewhere}
    assert found[twin][:2] == ["nama terdengar sama", "instansi sama"]
    assert "instansi sama" not in found[elsewhere]


def test_a_nip_decides_whatever_the_names(build, budi):
    case = build(respondent_nip=NIP)
    same = build(respondent_nip=NIP, respondent_name="B. Trisno")
    build(respondent_nip="198001012005011001")
    assert reasons(case, budi) == {same: ["NIP sama"]}, "another number is another person"


def test_nobody_is_linked_by_the_machine(build, budi):
    case = build(respondent_nip=NIP)
    build(respondent_nip=NIP)
    assert cases_of_person(case, budi) == []
    assert not SamePerson.objects.exists()


def test_links_lead_on_to_every_case_of_the_person(build, sari, budi):
    first, second, third, other = build(), build(), build(), build()
    link(first, second, sari)
    link(third, second, budi)
    assert set(cases_of_person(first, sari)) == {second, third}
    assert cases_of_person(other, sari) == []
    assert {row.case for row in person_candidates(first, sari, cases_of_person(first, sari))} == {other}
    for case in (first, second):
        event = AuditEvent.objects.about(case.pk).filter(action="terlapor_ditautkan").first()
        assert event.told["reason"] == "NIP sama."
        assert "LN-" not in str(event.told), "who sees one case need not know of the other"


def test_a_way_through_a_hidden_case_is_not_taken_and_not_counted(build, sari, kartika):
    first, hidden, third = build(), build(), build()
    Respondent.objects.filter(pk=hidden.respondent_id).update(employer_code="33.74")
    link(first, hidden, sari)
    link(hidden, third, sari)
    assert set(cases_of_person(first, sari)) == {hidden, third}
    assert cases_of_person(first, kartika) == []
    assert hidden not in reasons(first, kartika)


def test_a_link_is_taken_back_and_both_stay_on_record(build, sari, budi):
    first, second = build(), build()
    link(first, second, sari)
    with pytest.raises(ActionRefused, match="sudah ditautkan"):
        link(second, first, budi)
    unlink_person(case=second, other=first, reason="Orang lain.", by=budi, at=MONDAY)
    assert cases_of_person(first, sari) == []
    row = SamePerson.objects.get()
    assert (row.by, row.undone_by, row.undone_reason) == (sari, budi, "Orang lain.")
    with pytest.raises(ActionRefused, match="tidak ditautkan"):
        unlink_person(case=first, other=second, reason="Lagi.", by=sari, at=MONDAY)
    link(first, second, sari)
    assert SamePerson.objects.count() == 2


def test_who_may_not_judge_the_person_links_nobody(build, sari, kartika, wayan, nasrul):
    first, second = build(), build()
    for person, refusal in ((kartika, ActionRefused), (nasrul, ActionRefused), (wayan, NotVisible)):
        with pytest.raises(refusal):
            link(first, second, person)
    with pytest.raises(FactsRefused):
        link_person(case=first, other=second, reason="", by=sari, at=MONDAY)
    with pytest.raises(ActionRefused):
        link(first, first, sari)
    with pytest.raises(SomebodyWasFaster):
        link(first, second, sari, seen_version=7)
    assert Case.objects.get(pk=first.pk).version == 1


def test_the_database_keeps_one_row_for_a_pair(build, sari):
    first, second = build(), build()
    link(first, second, sari)
    ids = {"first_id": second.respondent_id, "second_id": first.respondent_id}
    with pytest.raises(IntegrityError, match="same_person_pair_is_in_order"), transaction.atomic():
        SamePerson.objects.create(**ids, reason="x", by=sari, at=MONDAY)
    with pytest.raises(IntegrityError, match="same_person_is_said_once"), transaction.atomic():
        SamePerson.objects.create(
            first_id=first.respondent_id, second_id=second.respondent_id, reason="x", by=sari, at=MONDAY
        )
