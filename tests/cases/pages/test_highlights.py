"""The words behind a finding are marked, and no text is ever lost or changed by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.highlights import Mark, Segment, highlight, locate

TEXT = "Pak Camat bagikan stiker calon di grup"


def span(words, start=0, why="ajakan"):
    return {"source": "report", "start": start, "end": start + len(words), "words": words, "why": why}


def test_words_are_marked_where_the_machine_saw_them():
    shown = highlight(TEXT, locate(TEXT, [span("stiker", TEXT.index("stiker"))]))
    assert shown.segments == (
        Segment("Pak Camat bagikan "),
        Segment("stiker", (1,), (1,)),
        Segment(" calon di grup"),
    )
    assert shown.reasons == ("ajakan",)


def test_overlapping_words_share_the_part_they_overlap_in():
    marks = [Mark(0, 9, "jabatan"), Mark(4, 17, "perbuatan")]
    segments = highlight(TEXT, marks).segments
    assert [(part.text, part.reasons, part.ends) for part in segments] == [
        ("Pak ", (1,), ()),
        ("Camat", (1, 2), (1,)),
        (" bagikan", (2,), (2,)),
        (" stiker calon di grup", (), ()),
    ]


def test_the_same_words_for_the_same_reason_are_marked_once():
    segments = highlight(TEXT, [Mark(0, 3, "jabatan"), Mark(0, 3, "jabatan")]).segments
    assert segments[0] == Segment("Pak", (1,), (1,))


def test_a_reason_keeps_its_number_in_the_next_text():
    first = highlight("ajak pilih", [Mark(0, 4, "ajakan")])
    second = highlight("baju dinas, ajak", [Mark(0, 10, "seragam"), Mark(12, 16, "ajakan")], known=first.reasons)
    assert second.reasons == ("ajakan", "seragam")
    assert [part.reasons for part in second.segments if part.reasons] == [(2,), (1,)]


@pytest.mark.parametrize("start", [0, 999, -5])
def test_words_are_looked_for_where_the_offset_does_not_fit(start):
    assert locate(TEXT, [span("STIKER", start)]) == [Mark(18, 24, "ajakan")]


def test_words_that_are_not_there_are_left_out():
    assert locate(TEXT, [span("gubernur")]) == []


def test_marks_beyond_the_text_are_cut():
    assert highlight("abc", [Mark(-4, 2, "a"), Mark(2, 99, "b"), Mark(50, 60, "c")]).segments == (
        Segment("ab", (1,), (1,)),
        Segment("c", (2,), (2,)),
    )


def test_an_empty_text_has_no_segment():
    assert highlight("", [Mark(0, 3, "a")]).segments == ()


@given(
    st.text(max_size=60),
    st.lists(st.builds(Mark, st.integers(-5, 70), st.integers(-5, 70), st.sampled_from(["a", "b", "c"])), max_size=8),
)
def test_segments_joined_are_the_text(text, marks):
    shown = highlight(text, marks)
    assert "".join(part.text for part in shown.segments) == text
    for mark in marks:
        start, end = max(mark.start, 0), min(mark.end, len(text))
        if start < end:
            assert mark.why in shown.reasons


@given(st.text(max_size=60), st.text(max_size=10), st.integers(-20, 80))
def test_a_located_mark_holds_its_words(text, words, start):
    for mark in locate(text, [span(words, start)]):
        assert text[mark.start : mark.end].casefold() == words.casefold()
