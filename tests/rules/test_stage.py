"""The stage: the date of the act against the election it belongs to."""

from datetime import date

import pytest

from rules.elections import read_elections
from rules.stage import find_election, stage_of

ELECTIONS = read_elections()


def found(day, *, region="", text=""):
    return find_election(day, region_code=region, text=text, elections=ELECTIONS)


@pytest.mark.parametrize(
    ("day", "region", "text", "code", "stage"),
    [
        (date(2024, 9, 21), "32", "paslon bupati", "pilkada-2024", "bakal_calon"),
        (date(2024, 9, 22), "32", "paslon bupati", "pilkada-2024", "calon"),
        (date(2020, 9, 22), "33", "balon bupati", "pilkada-2020", "bakal_calon"),
        (date(2020, 9, 23), "33", "calon bupati", "pilkada-2020", "calon"),
        (date(2018, 2, 11), "35", "cagub", "pilkada-2018", "bakal_calon"),
        (date(2018, 2, 12), "35", "cagub", "pilkada-2018", "calon"),
        (date(2016, 10, 23), "36", "calon gubernur", "pilkada-2017", "bakal_calon"),
        (date(2016, 10, 24), "36", "calon gubernur", "pilkada-2017", "calon"),
        (date(2015, 8, 24), "71", "calon gubernur", "pilkada-2015", "calon"),
        (date(2018, 9, 19), "32", "bacaleg", "pemilu-2019-legislatif", "bakal_calon"),
        (date(2018, 9, 20), "32", "caleg", "pemilu-2019-legislatif", "calon"),
        (date(2014, 4, 1), "64", "kampanye partai, caleg", "pemilu-2014-legislatif", "calon"),
        (date(2023, 11, 3), "32", "caleg DPR RI", "pemilu-2024-legislatif", "calon"),
        (date(2023, 11, 12), "32", "capres", "pemilu-2024-presiden", "bakal_calon"),
        (date(2023, 11, 13), "32", "capres", "pemilu-2024-presiden", "calon"),
        (date(2024, 2, 10), "32", "mendukung caleg", "pemilu-2024-legislatif", "calon"),
        (date(2024, 3, 1), "81", "bakal calon walikota", "pilkada-2024", "bakal_calon"),
        (date(2023, 10, 1), "81", "bakal calon walikota", "pilkada-2024", "bakal_calon"),
        (date(2021, 5, 26), "15", "undangan PSU", "psu-jambi-2021", "calon"),
        (date(2025, 4, 10), "32.06", "calon bupati di PSU", "psu-2025-april", "calon"),
    ],
)
def test_an_act_belongs_to_the_election_its_date_region_and_words_point_to(day, region, text, code, stage):
    election = found(day, region=region, text=text)
    assert election is not None
    assert election.code == code
    assert stage_of(day, election) == stage


@pytest.mark.parametrize(
    ("day", "region", "text"),
    [
        (date(2022, 9, 8), "71", "anggota partai"),
        (date(2026, 11, 1), "32", "calon bupati"),
        (date(2020, 10, 1), "31", "calon gubernur"),
        (date(2020, 10, 1), "11", "calon bupati"),
        (date(2018, 3, 1), "34", "calon bupati"),
        (date(2018, 10, 4), "74", "mutasi setelah pilkada"),
        (date(2025, 1, 13), "74", "habis pilkada dicopot"),
        (date(2024, 10, 1), "71", "calon hukum tua di pilhut"),
        (date(2024, 10, 1), "53", "tidak ada urusan dengan politik"),
        (date(2021, 5, 26), "16", "PSU"),
        (date(2025, 4, 10), "32.04", "calon bupati"),
        (None, "32", "calon bupati"),
    ],
)
def test_where_no_election_applies_the_stage_is_unknown(day, region, text):
    election = found(day, region=region, text=text)
    assert election is None
    assert stage_of(day, election) == "unknown"


def test_the_stage_ends_with_the_election():
    election = next(e for e in ELECTIONS if e.code == "pilkada-2024")
    assert stage_of(election.ends, election) == "calon"
    assert stage_of(date(2025, 6, 1), election) == "unknown"


def test_between_two_elections_without_a_word_the_nearer_vote_counts():
    assert found(date(2018, 6, 1), region="32").code == "pilkada-2018"
    assert found(date(2024, 2, 12), region="32").kind == "pemilu"
    assert found(date(2024, 6, 1), region="32").code == "pilkada-2024"
