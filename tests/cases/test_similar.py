"""Proposals of cases about the same conduct."""

import pytest
from django.db import connection
from hypothesis import assume, given
from hypothesis import strategies as st

from cases.models import Case
from cases.similar import SHORTEST_WORD, STRANGERS, Spelling, similar_cases
from reports.likeness import compare_evidence, compare_report
from reports.names import plain_name
from tests.case_factories import MONDAY, make_case, make_evidence

pytestmark = pytest.mark.django_db
NIP = "199001012015031001"

NAMES = (
    "Agus",
    "Bambang",
    "Citra",
    "Dewi",
    "Eko",
    "Sutrisno",
    "Hartono",
    "Made",
    "Nur",
    "Siti",
    "Aminah",
    "Wahyuningsih",
)


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
    for somewhere, sha256 in ((case, "c" * 64), (other, "c" * 64), (third, "d" * 64)):
        compare_evidence(evidence=make_evidence(somewhere.case_reports.get().report, sha256=sha256), at=MONDAY)
    assert reasons(case, budi) == {other: ["gambar bukti sama"]}


def test_the_same_words_are_proposed_whoever_is_named(build, budi):
    story = "Kepala dinas meminta semua pegawai memasang stiker pasangan nomor dua di mobil dinas mulai Senin."
    case, other = (build(respondent_name=name, narrative=story) for name in ("Bambang Sutrisno", "Siti Aminah"))
    for somewhere in (case, other):
        compare_report(report=somewhere.case_reports.get().report, at=MONDAY)
    assert reasons(case, budi) == {other: ["teks laporan hampir sama"]}


def test_many_candidates_take_as_many_queries_as_one(build, budi, django_assert_num_queries):
    case = build(respondent_nip=NIP)
    for _ in range(2):
        build(respondent_nip=NIP)
        fresh = Case.objects.select_related("respondent", "region").get(pk=case.pk)
        with django_assert_num_queries(3):
            similar_cases(fresh, budi)


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
    assert not Spelling.of("Bambang Sutrisno").is_like(Spelling.of("Budi Santoso"))
    assert not Spelling.of("").is_like(Spelling.of(""))


def _misspelt(name: str, place: int) -> str:
    place %= len(name)
    return name[:place] + name[place + 1 :]


@pytest.mark.django_db
@given(
    words=st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True),
    order=st.randoms(use_true_random=False),
    titles=st.sampled_from(("", "Drs. H. ", "Prof. Dr. Ir. ")),
    degrees=st.sampled_from(("", ", S.H., M.Si.", ", S.Pd., M.Pd., Ph.D.")),
    joined=st.booleans(),
    typo=st.integers(min_value=0, max_value=80),
)
def test_the_database_leaves_out_nobody_who_is_alike(words, order, titles, degrees, joined, typo):
    """What the query leaves out by its trigrams could not have been called the same person anyway."""
    name = " ".join(words)
    order.shuffle(words)
    other = titles + _misspelt(("" if joined else " ").join(words), typo) + degrees
    shares_a_word = any(word in other for word in name.split() if len(word) >= SHORTEST_WORD)
    assume(shares_a_word and Spelling.of(name).is_like(Spelling.of(other)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word_similarity(%s, %s)", [plain_name(name), other])
        assert cursor.fetchone()[0] >= STRANGERS
