"""The catalogue: what it must hold, and how it refuses what does not fit."""

import shutil

import pytest

from rules.catalogue import CatalogueError, load_catalogue
from rules.catalogue.parser import FOLDER, LABELS
from rules.engine import Account
from rules.spoken import CERTAINTY


@pytest.fixture
def folder(tmp_path):
    target = tmp_path / "catalogue"
    shutil.copytree(FOLDER, target, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return target


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_it_has_the_twenty_rows_of_the_skb_and_the_law_rows():
    rows = load_catalogue().rows.values()
    assert [
        sum(row.table == table for row in rows) for table in ("kode_etik", "disiplin", "pp94", "undang_undang")
    ] == [
        7,
        13,
        7,
        5,
    ]


def test_b3_shows_its_conflict_and_no_level():
    sanction = load_catalogue().rows["SKB2-II-B-3"].sanction
    assert sanction.level is None
    assert sanction.options == ()
    assert "sedang" in sanction.conflict
    assert "berat" in sanction.conflict


def test_b13_is_never_an_answer():
    catalogue = load_catalogue()
    chosen = {code for by_stage in catalogue.answers.values() for codes in by_stage.values() for code in codes}
    assert "SKB2-II-B-13" not in chosen
    assert not catalogue.rows["SKB2-II-B-13"].chosen_by_machine


def test_b13_is_never_an_answer_whatever_is_said(engine):
    rows = engine.catalogue.rows
    barred = {code for code, row in rows.items() if not row.chosen_by_machine}
    assert barred == {"SKB2-II-B-13", "UU10-70-1"}
    said = [text for row in rows.values() for text in (*row.phrases, *row.matches, row.plain, row.title_id)]
    for text in said:
        for stage in ("bakal_calon", "calon", "unknown"):
            for kind in ("pemilu", "pilkada", ""):
                opinion = engine.judge(Account(text, stage=stage, event_kind=kind))
                assert barred.isdisjoint(code for answer in opinion.ranked for code in (answer.rule, *answer.also))


def test_every_penalty_figure_carries_its_warning():
    penal = [row for row in load_catalogue().rows.values() if row.sanction.as_enacted]
    assert penal
    assert all("UU 1/2026" in row.sanction.warning for row in penal)


def test_every_row_the_machine_may_choose_has_examples_and_sources():
    for row in load_catalogue().rows.values():
        assert row.sources, row.code
        if row.chosen_by_machine:
            assert row.matches, row.code
            assert row.near_misses, row.code


@pytest.mark.parametrize("row", load_catalogue().rows.values(), ids=lambda row: row.code)
def test_every_row_is_complete(row):
    said = [row.title_id, row.title_en, row.plain, row.elements.actor, row.elements.act, row.elements.object]
    said += [row.elements.channel, *row.phrases, *row.negating, *row.allowed, *row.not_allowed, *row.depends]
    assert all(len(text) > 2 for text in said)
    assert row.phrases
    assert row.negating
    assert row.not_allowed
    assert row.allowed
    assert row.depends
    assert row.sources
    assert set(row.confidence) >= {"row_exists_and_act", "sanction", "legal_basis"}


@pytest.mark.parametrize("row", load_catalogue().rows.values(), ids=lambda row: row.code)
def test_what_a_row_lacks_is_said_to_be_missing(row):
    """Nothing is invented where no source was found; the page says so."""
    assert bool(row.aggravating) == (row.table != "undang_undang" and row.code != "SKB2-II-B-13")
    assert bool(row.legal_basis) == (row.confidence["legal_basis"] != "not_found")
    assert all(basis.sources or basis.confidence.startswith("inferred") for basis in row.legal_basis)
    has_level = row.sanction.level is not None
    assert has_level == (row.code not in {"SKB2-II-B-3", "SKB2-II-B-13", "UU7-283"})
    assert bool(row.sanction.options) == (has_level and row.sanction.kind != "pidana")
    assert (row.sanction.kind == "pidana") == bool(row.sanction.as_enacted)
    assert set(row.confidence.values()) | {basis.confidence for basis in row.legal_basis} <= set(CERTAINTY)


def test_article_283_has_no_penalty_of_its_own():
    sanction = load_catalogue().rows["UU7-283"].sanction
    assert (sanction.kind, sanction.level, sanction.as_enacted) == ("hukuman_disiplin", None, "")
    assert "SKB2-II-B-8" in sanction.conflict_note


@pytest.mark.parametrize(
    ("label", "before", "after"),
    [
        ("SOCMED_ENGAGE", "SKB2-II-A-4", "SKB2-II-B-6"),
        ("SOCMED_CAMPAIGN", "SKB2-II-A-2", "SKB2-II-B-2"),
        ("PHOTO", "SKB2-II-A-5", "SKB2-II-B-7"),
        ("PROPS", "SKB2-II-A-1", "SKB2-II-B-1"),
        ("ATTEND_DECLARATION", "SKB2-II-A-3", "SKB2-II-B-4"),
        ("COMMITTEE", "SKB2-II-B-9", "SKB2-II-B-10"),
        ("STATE_FACILITY", "SKB2-II-B-12", "PP94-5N-4"),
    ],
)
def test_the_same_act_moves_to_its_other_row_by_stage_alone(label, before, after):
    catalogue = load_catalogue()
    assert catalogue.rules_for(label, stage="bakal_calon")[0] == before
    assert catalogue.rules_for(label, stage="calon")[0] == after
    assert {before, after} <= set(catalogue.rules_for(label, stage="unknown"))


def test_rows_of_an_election_law_count_only_in_their_own_kind_of_election():
    catalogue = load_catalogue()
    assert "UU7-280-3" in catalogue.rules_for("COMMITTEE", stage="calon", event_kind="pemilu")
    assert "UU7-280-3" not in catalogue.rules_for("COMMITTEE", stage="calon", event_kind="pilkada")
    assert "UU10-71-1" in catalogue.rules_for("DECISION", stage="calon", event_kind="pilkada")


def test_no_answer_has_no_row():
    assert load_catalogue().rules_for("NONE_NEUTRAL", stage="calon") == ()


def test_every_label_has_a_row():
    catalogue = load_catalogue()
    assert set(catalogue.answers) == LABELS


def test_the_version_changes_with_the_content_and_only_then(folder):
    first = load_catalogue(folder).version
    assert load_catalogue(folder).version == first == load_catalogue().version
    change(folder, "disiplin.yaml", "Pasang alat peraga calon", "Pasang alat peraga calon resmi")
    assert load_catalogue(folder).version != first


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("disiplin.yaml", "stage: calon", "stage: kapan", "disiplin.yaml:2: stage must be one of"),
        ("disiplin.yaml", "labels: [PROPS]", "labels: [SPANDUK]", "disiplin.yaml:2: unknown labels ['SPANDUK']"),
        ("disiplin.yaml", "code: SKB2-II-B-2\n", "code: SKB2-II-B-1\n", "SKB2-II-B-1 is given twice"),
        ("disiplin.yaml", "  plain:", "  polos:", "disiplin.yaml:2: unknown fields ['polos']"),
        ("disiplin.yaml", "  elements:\n", "  elements: [\n", "disiplin.yaml:"),
        ("disiplin.yaml", "sources: [s03]", "sources: [s999]", "disiplin.yaml:2: sources without an address: ['s999']"),
        ("disiplin.yaml", "counterpart: SKB2-II-A-1", "counterpart: SKB2-II-A-2", "does not name SKB2-II-A-1 in turn"),
        ("disiplin.yaml", "- pdhtaps", "- dipecat", "a sanction option has no words"),
        ("disiplin.yaml", "label: NONE_NEUTRAL", "label: NETRAL", "unknown label 'NETRAL'"),
        ("undang_undang.yaml", "    warning: ", "    legal: ", "a penalty figure needs its warning"),
        ("meta.yaml", "bakal_calon: [SKB2-II-A-4]", "bakal_calon: [SKB2-II-A-44]", "which does not exist"),
        ("meta.yaml", "bakal_calon: [SKB2-II-A-4]", "bakal_calon: [SKB2-II-B-13]", "the machine must never choose"),
    ],
)
def test_a_bad_file_is_refused_naming_file_and_line(folder, file, old, new, reason):
    change(folder, file, old, new)
    with pytest.raises(CatalogueError, match=r"^\w+\.yaml:\d+: ") as refused:
        load_catalogue(folder)
    assert reason in str(refused.value)


def test_a_level_beside_a_conflict_is_refused(folder):
    change(folder, "disiplin.yaml", "    level: null\n", "    level: berat\n")
    with pytest.raises(CatalogueError, match="must not be shown while sources disagree"):
        load_catalogue(folder)


def test_a_missing_file_is_refused(folder):
    (folder / "pp94.yaml").unlink()
    with pytest.raises(CatalogueError, match=r"^pp94\.yaml:1: cannot be read"):
        load_catalogue(folder)
