"""The demo's made-up screenshots."""

import json

import pytest
from PIL import Image

from cases.demo.pictures import FOLDER, StaleText, demo_picture, kept_text
from cases.demo.stories import read_stories

NAMES = sorted(path.stem for path in FOLDER.glob("*.png"))
LARGEST_BYTES = 120_000


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_small_and_has_its_recipe(name):
    path = FOLDER / f"{name}.png"
    assert path.stat().st_size <= LARGEST_BYTES
    with Image.open(path) as picture:
        assert 540 <= picture.width <= 720
    assert (FOLDER / "recipe" / f"{name}.html").is_file()


def test_every_picture_is_used_and_every_used_one_is_there():
    assert {name for story in read_stories() for name in story.images} == set(NAMES)


def test_the_kept_text_lies_on_the_clean_copy():
    picture = demo_picture("wa_status_caleg3")
    assert "mohon doa dan dukungannya untuk nomor 3" in picture.text.text
    for line in picture.text.lines:
        left, top, right, bottom = line.box
        assert 0 <= left < right <= picture.clean.width
        assert 0 <= top < bottom <= picture.clean.height


def test_text_of_a_picture_that_was_drawn_anew_is_refused(tmp_path):
    kept = tmp_path / "gambar.json"
    kept.write_text(json.dumps({"picture": "0" * 64, "engine": "x", "lines": []}))
    assert kept_text(kept, "0" * 64).lines == ()
    with pytest.raises(StaleText, match="read_demo_images"):
        kept_text(kept, "1" * 64)
