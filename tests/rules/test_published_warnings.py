"""What public offices warned of is answered rightly by catalogue, engine and Cek aturan, before and after penetapan."""

from datetime import date

import pytest

from rules.catalogue import load_catalogue
from rules.checking import check_act
from rules.engine import Account
from tests.rules.published_warnings import UNINTENDED_PRESENCE, WARNINGS

TODAY = date(2026, 11, 21)

ROWS = load_catalogue().rows
DAYS = {"bakal_calon": date(2024, 5, 10), "calon": date(2024, 10, 10)}
PHRASED = [pytest.param(w, text, id=f"{w.act}: {text}") for w in WARNINGS for text in w.phrasings]
stages = pytest.mark.parametrize("stage", DAYS)


def row_of(warning, stage):
    return warning.before if stage == "bakal_calon" else warning.after


@pytest.mark.parametrize("warning", WARNINGS, ids=lambda warning: f"{warning.by}: {warning.act}")
def test_the_catalogue_has_a_row_for_it_at_each_stage(warning):
    for stage in DAYS:
        row = ROWS[row_of(warning, stage)]
        assert warning.labels & set(row.labels)
        assert row.not_allowed


@stages
@pytest.mark.parametrize(("warning", "text"), PHRASED)
def test_the_engine_names_the_act(engine, warning, text, stage):
    first = engine.judge(Account(text, stage=stage, event_kind="pilkada")).ranked[0]
    assert first.label in warning.labels
    assert first.spans


@pytest.mark.usefixtures("reference")
@pytest.mark.django_db
@stages
@pytest.mark.parametrize(("warning", "text"), PHRASED)
def test_cek_aturan_names_the_row_of_the_day_on_its_page(client, warning, text, stage):
    answer = client.post("/cek-aturan/", {"act": text, "act_date": DAYS[stage].isoformat()})
    found, page = answer.context["page"].check, answer.content.decode()
    assert found.stage == stage
    assert row_of(warning, stage) in {row.code for likely in found.likely for row in (likely.applies, *likely.also)}
    assert found.leans in {"tidak_boleh", "tergantung"}
    assert f"/aturan/{row_of(warning, stage)}/" in page
    assert "<mark>" in page


@pytest.mark.usefixtures("reference")
@pytest.mark.django_db
@stages
@pytest.mark.parametrize("text", UNINTENDED_PRESENCE)
def test_an_unintended_presence_is_clarified_and_not_presumed(engine, text, stage):
    assert engine.judge(Account(text, stage=stage, event_kind="pilkada")).ranked[0].label == "NONE_NEUTRAL"
    assert check_act(on=TODAY, text=text, act_date=DAYS[stage]).leans == "tergantung"


def test_an_ethics_row_ends_in_a_moral_statement_closed_or_open():
    for row in ROWS.values():
        if row.table == "kode_etik":
            assert row.sanction.kind == "sanksi_moral"
            assert row.sanction.options == ("pernyataan_tertutup", "pernyataan_terbuka")
            assert "PP 42/2004 ps. 15" in row.sanction.legal


def test_the_ladder_reaches_dismissal_and_the_criminal_route():
    kinds = {row.sanction.kind for row in ROWS.values()}
    assert kinds >= {"sanksi_moral", "hukuman_disiplin", "pemberhentian", "pidana"}
    assert "pemberhentian_tidak_dengan_hormat" in ROWS["SKB2-II-B-5"].sanction.options
    assert any("pdhtaps" in row.sanction.options for row in ROWS.values())


@pytest.mark.usefixtures("reference")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("SKB2-II-A-4", ["Sanksi moral", "pernyataan moral tertutup", "pernyataan moral terbuka", "PP 42/2004 ps. 15"]),
        ("SKB2-II-B-9", ["Hukuman disiplin", "pemotongan tunjangan kinerja 25% selama 6 bulan"]),
        ("SKB2-II-B-1", ["Hukuman disiplin", "pemberhentian dengan hormat tidak atas permintaan sendiri"]),
        ("SKB2-II-B-5", ["Pemberhentian tidak dengan hormat"]),
        ("UU7-280-3", ["Jalur pidana pemilu (Gakkumdu)", "UU 1/2026"]),
        ("UU10-71-1", ["Jalur pidana pemilu (Gakkumdu)"]),
    ],
)
def test_the_page_of_a_row_says_what_may_follow(client, code, words):
    page = client.get(f"/aturan/{code}/").content.decode()
    for word in words:
        assert word in page


@pytest.mark.usefixtures("reference")
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("ASN jadi tim kampanye caleg", date(2024, 1, 10), "UU7-280-3"),
        ("Kepala dinas mutasi staf karena tidak mendukung calon bupati petahana", date(2024, 5, 10), "UU10-71-1"),
    ],
)
def test_cek_aturan_points_to_the_criminal_route_where_there_is_one(client, text, day, code):
    found = check_act(on=TODAY, text=text, act_date=day)
    assert code in {row.code for likely in found.likely for row in likely.also}
