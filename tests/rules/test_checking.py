"""Cek aturan as a domain call: what it answers, and that it is a hint."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regions.models import Region
from rules.catalogue import load_catalogue
from rules.checking import ALLOWED_ON, CLARIFIED, as_account, check_act
from rules.models import ElectionEvent

TODAY = date(2026, 11, 21)

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2024, 5, 10), date(2024, 10, 10)
LIKE = "PNS dinas pendidikan like postingan calon bupati di Facebook"


@pytest.mark.parametrize(
    ("day", "stage", "row"),
    [
        (BEFORE, "bakal_calon", "SKB2-II-A-4"),
        (AFTER, "calon", "SKB2-II-B-6"),
        (date(2024, 9, 21), "bakal_calon", "SKB2-II-A-4"),
        (date(2024, 9, 22), "calon", "SKB2-II-B-6"),
    ],
)
def test_the_date_alone_chooses_the_row(day, stage, row):
    found = check_act(on=TODAY, text=LIKE, act_date=day)
    assert (found.stage, found.likely[0].applies.code) == (stage, row)
    assert (found.likely[0].before.code, found.likely[0].after.code) == ("SKB2-II-A-4", "SKB2-II-B-6")


@pytest.mark.parametrize("day", [None, date(2033, 1, 1)])
def test_without_an_election_the_stage_is_unknown_and_both_rows_are_given(day):
    found = check_act(on=TODAY, text=LIKE, act_date=day)
    assert (found.stage, found.election, found.likely[0].applies) == ("unknown", None, None)
    assert found.leans == "tidak_boleh"


def test_the_penetapan_date_in_the_database_decides():
    ElectionEvent.objects.filter(code="pilkada-2024").update(penetapan_date=date(2024, 10, 20))
    assert check_act(on=TODAY, text=LIKE, act_date=AFTER).stage == "bakal_calon"


def test_a_lurah_in_yogyakarta_is_no_civil_servant():
    text = "Pak lurah memasang spanduk calon bupati di depan rumahnya."
    elsewhere = check_act(on=TODAY, text=text, act_date=AFTER, province=Region.objects.get(code="33"))
    there = check_act(on=TODAY, text=text, act_date=AFTER, province=Region.objects.get(code="34"))
    assert (elsewhere.not_asn, elsewhere.leans) == (False, "tidak_boleh")
    assert (there.not_asn, there.leans) == (True, "tergantung")


@pytest.mark.parametrize(
    "text",
    [
        "Petugas Satpol PP PNS menjaga keamanan kampanye calon bupati dengan surat tugas",
        "PNS mengikuti akun resmi KPU dan membagikan jadwal pemilu",
        "PNS yang suaminya calon sudah cuti di luar tanggungan negara lalu ikut kampanye suaminya",
    ],
)
def test_what_is_allowed_is_said_to_be(text):
    assert check_act(on=TODAY, text=text, act_date=AFTER).leans == "boleh"


@pytest.mark.parametrize("text", ["Jalan di depan pasar rusak parah", "halo", "???", "."])
def test_what_is_about_something_else_is_not_called_allowed(text):
    assert check_act(on=TODAY, text=text).leans == "belum_dikenali"


@pytest.mark.parametrize(
    "text",
    [
        "Saya PNS, bolehkah like postingan calon bupati?",
        "Apakah saya boleh like postingan calon bupati? Saya PNS",
        "kalau saya PNS like postingan calon bupati boleh gak?",
    ],
)
def test_a_question_is_answered_like_the_act_it_asks_about(text):
    found = check_act(on=TODAY, text=text, act_date=AFTER)
    assert (found.leans, found.likely[0].label) == ("tidak_boleh", "SOCMED_ENGAGE")


@given(st.text(max_size=300))
def test_a_question_read_as_an_account_keeps_every_offset(text):
    assert len(as_account(text)) == len(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_the_marked_parts_joined_are_the_text(text):
    assert "".join(part.text for part in check_act(on=TODAY, text=text).parts) == text


def test_the_grounds_of_an_answer_are_named_in_the_lexicon(engine):
    assert {concept.why for concept in engine.lexicon.concepts.values()} >= ALLOWED_ON | CLARIFIED


@pytest.mark.parametrize("day", [None, BEFORE, AFTER])
def test_a_row_that_only_people_may_choose_is_never_given(day):
    rows = load_catalogue().rows
    barred = {code for code, row in rows.items() if not row.chosen_by_machine}
    for code in barred:
        for text in (*rows[code].phrases, rows[code].plain, f"PNS {rows[code].elements.act}"):
            for likely in check_act(on=TODAY, text=text, act_date=day).likely:
                shown = {row.code for row in (likely.before, likely.after, likely.applies, *likely.also) if row}
                assert shown.isdisjoint(barred)
