"""Proposals of cases about the same conduct."""

import pytest

from cases.models import Case
from cases.similar import are_alike, plain_name, similar_cases
from tests.case_factories import make_case, make_evidence

pytestmark = pytest.mark.django_db
NIP = "199001012015031001"


@pytest.fixture
def build(sari, budi):
    def build(**fields):
        return make_case(by=sari, second=budi, **fields)

    return build


def reasons(case, person):
    return {proposal.case: proposal.reasons for proposal in similar_cases(case, person)}


def test_the_same_nip_is_proposed_however_the_name_is_written(build, budi):
    case = build(respondent_nip=NIP)
    other = build(respondent_nip=NIP, respondent_name="B. Soetrisno", respondent_agency="Kecamatan Candisari")
    assert reasons(case, budi) == {other: ["NIP sama"]}


def test_another_spelling_in_the_same_agency_is_proposed(build, budi):
    case = build(respondent_name="Bambang Sutrisno, S.Pd.")
    other = build(respondent_name="Drs. H. Bambang Soetrisno", respondent_agency="Kelurahan Tegal Sari")
    build(respondent_name="Bambang Sutrisno", respondent_agency="Dinas Perhubungan Provinsi")
    build(respondent_name="Siti Aminah")
    assert reasons(case, budi) == {other: ["nama dan instansi mirip"]}


def test_the_same_picture_is_proposed_whoever_is_named(build, budi):
    case, other, third = (build(respondent_name=name) for name in ("Bambang Sutrisno", "Siti Aminah", "Joko"))
    make_evidence(case.case_reports.get().report, sha256="c" * 64)
    make_evidence(other.case_reports.get().report, sha256="c" * 64)
    make_evidence(third.case_reports.get().report, sha256="d" * 64)
    assert reasons(case, budi) == {other: ["gambar bukti sama"]}


def test_finished_cases_are_proposed_too_and_most_reasons_come_first(build, budi):
    case = build(respondent_nip=NIP)
    finished = build(respondent_nip=NIP, status="selesai")
    build()
    proposals = similar_cases(case, budi)
    assert proposals[0].case == finished
    assert proposals[0].reasons == ["NIP sama", "nama dan instansi mirip"]
    assert len(proposals) == 2


def test_nothing_the_person_may_not_see_is_proposed(build, wayan, kartika, budi):
    case = build(respondent_nip=NIP)
    hidden = build(respondent_nip=NIP, employer="33.74")
    assert set(reasons(case, budi)) == {hidden}
    assert reasons(case, kartika) == {}
    assert reasons(case, wayan) == {}


def test_a_far_region_is_not_searched(build, nasrul):
    case = build(respondent_nip=NIP)
    far = build(respondent_nip=NIP)
    Case.objects.filter(pk=far.pk).update(region="51.71")
    assert reasons(case, nasrul) == {}


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Drs. H. Bambang Sutrisno, M.Si.", "bambang sutrisno"),
        ("SUTRISNO Bambang", "bambang sutrisno"),
        ("Siti Maryam, S.Pd", "maryam siti"),
        ("Hj. Sari Murni", "murni sari"),
        ("Irwan", "irwan"),
    ],
)
def test_titles_case_and_order_do_not_count(name, plain):
    assert plain_name(name) == plain


def test_different_people_and_empty_names_are_not_alike():
    assert not are_alike("Bambang Sutrisno", "Budi Santoso")
    assert not are_alike("", "")
