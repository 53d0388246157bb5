"""What PDF/A-2a asks of a file, as far as its bytes show it (ISO 19005-2:2011, clauses in brackets).

No validator is installed here; the compiler itself refuses what it knows to break the standard.
"""

import re

import pytest

from cases.letters.editing import sample
from cases.letters.kinds import LetterKind
from cases.letters.loading import shipped_sources
from cases.letters.models import LAYOUT
from cases.letters.typesetting import typeset
from tests.case_factories import MONDAY

# Objects lie open in the file; only their streams are packed.
OBJECT = re.compile(rb"\d+ 0 obj\s(.*?)\s(?:stream|endobj)\s", re.DOTALL)
FORBIDDEN = [
    b"/Encrypt",  # 6.1.3
    b"/JavaScript",  # 6.5.1
    b"/JS",
    b"/Launch",
    b"/OpenAction",
    b"/AA",  # 6.5.2
    b"/EmbeddedFile",  # 6.8
    b"/LZWDecode",  # 6.1.7
    b"/URI",  # ours: a letter leads nowhere
]


@pytest.fixture(scope="module", params=LetterKind)
def pdf(request):
    sources = shipped_sources()
    return typeset(layout=sources[LAYOUT], body=sources[request.param], data=sample(request.param), at=MONDAY)


@pytest.fixture
def objects(pdf):
    found = OBJECT.findall(pdf)
    assert len(found) > 20
    return found


def of_type(objects, name: bytes) -> list[bytes]:
    return [one for one in objects if re.search(rb"/Type\s*/" + name + rb"(?![A-Za-z])", one)]


def test_the_file_says_which_standard_it_keeps(pdf):
    """6.6.4, and ISO 14289-1 for readers who listen."""
    assert pdf.startswith(b"%PDF-1.7\n%\x80\x80\x80\x80")
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf


def test_the_description_lies_open_and_the_file_has_an_identifier(pdf, objects):
    """6.6.2.1: XMP without a filter; 6.1.3: an identifier in the trailer."""
    [described] = of_type(objects, b"Metadata")
    assert b"/Filter" not in described
    assert re.search(rb"trailer\s*<<[^>]*/ID\s*\[\([^)]+\)\([^)]+\)\]", pdf)


def test_colours_mean_the_same_everywhere(objects):
    """6.2.3: an output intent with its own profile; 6.2.4.3: no colour without one."""
    [intent] = of_type(objects, b"OutputIntent")
    assert b"/S/GTS_PDFA1" in intent
    assert b"/DestOutputProfile" in intent
    assert not any(b"/DeviceCMYK" in one for one in objects)


def test_every_font_is_in_the_file_and_its_letters_can_be_read_out(objects):
    """6.2.11.4: embedded; 6.2.11.7.2: with a map to Unicode."""
    descriptors, fonts = of_type(objects, b"FontDescriptor"), of_type(objects, b"Font")
    written = [font for font in fonts if b"/Subtype/Type0" in font]
    assert written
    assert len(descriptors) == len(written)
    assert all(re.search(rb"/FontFile[23]? \d+ 0 R", one) for one in descriptors)
    assert all(b"/ToUnicode" in one for one in written)


def test_the_order_of_reading_and_the_language_are_in_the_file(objects):
    """6.7: level A."""
    [catalogue] = of_type(objects, b"Catalog")
    assert b"/StructTreeRoot" in catalogue
    assert b"/Marked true" in catalogue
    assert b"/Lang(id-ID)" in catalogue


def test_nothing_is_locked_and_nothing_runs(objects):
    assert [(word, one[:80]) for word in FORBIDDEN for one in objects if word in one] == []
