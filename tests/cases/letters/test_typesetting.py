"""What goes into a letter is data; what a template may do ends at the page."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cases.letters.loading import FOLDER
from cases.letters.typesetting import TemplateBroken, typeset
from cases.letters.wording import MISSING, drawable
from evidence.children import _nurseries

AT = datetime(2024, 11, 3, 2, 0, tzinfo=UTC)
FRAME = {"title": "Uji", "draft": False, "office": {"name": "Bawaslu Kota Semarang"}}
HOSTILE = [
    '#import "@preview/cetz:0.3.0"',
    '#read("/etc/passwd")',
    "*tebal* _miring_ `kode` $x^2$ = judul - butir + nomor / istilah: isi",
    "\\u{41} \\ \\n \\#",
    "<label> @rujukan https://contoh.id // komentar /* komentar */",
    "]} #panic() {[",
    '"]) + sys.version //',
    "=== judul ===",
    "~ -- --- ... -? 'satu' \"dua\"",
]


def set_text(text: str) -> str:
    """The text of the page on which a value of the data stands alone."""
    pdf = typeset(layout="", body="#set par(justify: false)\n#data.text", data=FRAME | {"text": text}, at=AT)
    return page_text(pdf)


def page_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def broken(body: str) -> TemplateBroken:
    with pytest.raises(TemplateBroken) as refused:
        typeset(layout="#let satu = 1\n#let dua = 2\n", body=body, data=FRAME, at=AT)
    return refused.value


def letters_of(text: str) -> str:
    """Without white space, which a page breaks where it needs to."""
    return "".join(text.split())


def test_one_process_bears_the_children_that_set_letters():
    set_text("satu")
    nursery = _nurseries["cases.letters.typesetter"]
    set_text("dua")
    assert _nurseries["cases.letters.typesetter"] is nursery
    assert nursery.is_open


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_what_people_type_stays_what_they_typed(text):
    assert letters_of(set_text(text)) == letters_of(text)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=60), max_size=25))
@example(["سلام 中文 ꦗꦮ 😀", "\x00\x07\u202e\ufeff\ue000\ud800"])
def test_any_text_at_all_can_be_set(texts):
    data = FRAME | {"texts": texts}
    assert typeset(layout="", body="#for text in data.texts [#text\n\n]", data=data, at=AT).startswith(b"%PDF")


def test_every_character_we_call_drawable_is_in_the_fonts():
    characters = [character for number in range(0x3000) if (character := drawable(chr(number))).strip()]
    assert len(characters) > 1_000
    typeset(
        layout="", body="#for one in data.all [#one #strong(one) #emph(one) ]", data=FRAME | {"all": characters}, at=AT
    )


def test_a_letter_of_another_script_shows_as_missing():
    assert drawable("Ni Luh ᬦᬶ") == f"Ni Luh {MISSING * 2}"


def test_a_template_cannot_read_a_file():
    for name in ("/etc/passwd", "../../etc/passwd", "manage.py"):
        refused = broken(f'Satu\n\n#read("{name}")').mistake
        assert (refused.in_layout, refused.line) == (False, 3)
        assert "tidak boleh membaca berkas" in refused.words


@pytest.mark.parametrize(
    "body",
    [
        '#import "@preview/cetz:0.3.0"',
        '#import "@pre" + "view/cetz:0.3.0"',
        '#eval("import \\"@preview/cetz:0.3.0\\"")',
    ],
)
def test_a_template_cannot_fetch_a_package(body):
    refused = broken(body).mistake
    assert "tidak boleh memakai paket" in refused.words
    assert refused.line == 1


@pytest.mark.parametrize(
    "body", ["#while true {}", "#let f(x) = f(x)\n#f(1)", "#range(20000000).map(x => str(x) * 1000).len()"]
)
def test_a_template_cannot_run_forever_or_eat_the_machine(body):
    assert broken(body).mistake.words


def test_a_mistake_is_named_with_its_line_and_the_line_itself():
    refused = broken("Satu\n#tidak_ada\nTiga").mistake
    assert (refused.line, refused.text, refused.in_layout) == (2, "#tidak_ada", False)
    with pytest.raises(TemplateBroken) as above:
        typeset(layout="#let satu = 1\n#tidak_ada\n", body="Isi", data=FRAME, at=AT)
    assert (above.value.mistake.line, above.value.mistake.in_layout) == (2, True)


def test_the_same_facts_give_the_same_bytes():
    body = "= Judul\n#lorem(50)"
    assert typeset(layout="", body=body, data=FRAME, at=AT) == typeset(layout="", body=body, data=FRAME, at=AT)


def test_the_file_says_that_it_is_for_the_archive_and_for_readers_who_listen():
    pdf = typeset(layout="", body="= Judul\nIsi", data=FRAME, at=AT)
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"2024-11-03T02:00:00" in pdf
    document = pypdfium2.PdfDocument(pdf)
    metadata = document.get_metadata_dict()
    assert (metadata["Title"], metadata["Author"]) == ("Uji", "Bawaslu Kota Semarang")
    assert b"/Lang(id-ID)" in pdf


def picture(pdf: bytes, page: int = 0) -> np.ndarray:
    return np.asarray(pypdfium2.PdfDocument(pdf)[page].render(scale=0.5, grayscale=True).to_pil())


@pytest.mark.parametrize(
    "body",
    [
        "Isi",
        "#set page(foreground: none, background: none)\nIsi",
        "#set page(foreground: rect(width: 100%, height: 100%, fill: white))\nIsi",
        "#set page(width: 20cm, height: 5cm)\n#place(center + horizon, rect(width: 30cm, height: 30cm, fill: white))",
        '#set text(fill: white)\n#show "KONSEP": none\nIsi',
        "#let data = (draft: false)\n#set text(size: 0pt)\nIsi",
        "#counter(page).update(9)\nIsi",
    ],
)
def test_no_template_can_leave_out_or_cover_the_mark_across_a_draft(body):
    body = f"{body}\n#pagebreak()\nDua"
    marked = typeset(layout="", body=body, data=FRAME | {"draft": True}, at=AT)
    plain = typeset(layout="", body=body, data=FRAME, at=AT)
    pages = pypdfium2.PdfDocument(marked)
    assert len(pages) == len(pypdfium2.PdfDocument(plain)) == 2
    for number, page in enumerate(pages):
        assert "KONSEP" in page.get_textpage().get_text_bounded()
        darker = picture(plain, number).astype(int) - picture(marked, number)
        assert (darker > 10).mean() > 0.005


def test_templates_of_the_release_use_no_raw_code_from_data():
    """`eval` would turn what people type into code."""
    for path in Path(FOLDER).glob("*.typ"):
        assert "eval(" not in path.read_text(encoding="utf-8"), path.name
