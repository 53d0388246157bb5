"""What holds for every text whatever."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.engine import LABELS, VIOLATIONS, Account

SENTENCE = (
    "PNS camat kades tidak bukan pasang baliho paslon like postingan foto bareng dua jari kampanye partai istri "
    "cuti . , ! 👍 nomor 2 FB wa ngumpulin warga KTP independen mutasi karena beda pilihan aula mobil dinas"
)
WORDS = st.sampled_from(SENTENCE.split())
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))
RELAXED = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@RELAXED
@given(text=TEXTS, shot=TEXTS, office=st.text(max_size=30))
def test_any_text_gets_a_full_ranking_with_spans_inside_it(engine, text, shot, office):
    opinion = engine.judge(Account(text, shot, office=office, stage="calon"))
    assert sorted(r.label for r in opinion.ranked) == sorted(LABELS)
    assert all(0 <= r.probability <= 1 for r in opinion.ranked)
    assert abs(sum(r.probability for r in opinion.ranked) - 1) < 1e-4
    for answer in opinion.ranked:
        assert (answer.rule is None) == (answer.label not in VIOLATIONS)
        for span in answer.spans:
            whole = text if span.source == "report" else shot
            assert 0 <= span.start < span.end <= len(whole)
            assert whole[span.start : span.end] == span.words
            assert span.why


@RELAXED
@given(text=TEXTS)
def test_the_same_text_gets_the_same_opinion(engine, text):
    assert engine.judge(Account(text)) == engine.judge(Account(text))


@RELAXED
@given(text=TEXTS)
def test_the_stage_moves_rows_and_never_probabilities(engine, text):
    before = engine.judge(Account(text, stage="bakal_calon"))
    after = engine.judge(Account(text, stage="calon"))
    assert [(r.label, r.probability) for r in before.ranked] == [(r.label, r.probability) for r in after.ranked]


@RELAXED
@given(text=TEXTS, stage=st.sampled_from(["bakal_calon", "calon", "unknown"]))
def test_the_catch_all_row_is_never_chosen(engine, text, stage):
    opinion = engine.judge(Account(text, stage=stage))
    assert "SKB2-II-B-13" not in {code for r in opinion.ranked for code in (r.rule, *r.also)}
