"""What people type as boxes, and the box they mean."""

import pytest

from cases.forms.evidence import MaskForm


@pytest.mark.parametrize(
    ("typed", "box"),
    [
        ("40, 120, 600, 180", (40, 120, 600, 180)),
        ("600, 400, 40, 300", (40, 300, 600, 400)),
        ("40 300 600 180", (40, 180, 600, 300)),
        ("-40, 0, 100, 50", (-40, 0, 100, 50)),
        (" (-40;-8;100;50)", (-40, -8, 100, 50)),
        ("40-120-600-180", (40, 120, 600, 180)),
    ],
)
def test_a_box_is_read_as_it_is_meant(typed, box):
    form = MaskForm({"boxes": typed}, lines=[])
    assert form.is_valid()
    assert form.rectangles() == [box]


@pytest.mark.parametrize("typed", ["40, 120, 600", "1, 2, 3, 4, 5", "123456, 0, 1, 1", "4.5, 1, 2, 3"])
def test_what_is_no_box_is_refused(typed):
    assert not MaskForm({"boxes": typed}, lines=[]).is_valid()
