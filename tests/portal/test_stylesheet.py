"""The shipped stylesheet: small, of one piece, understood by old phones, and asking nobody for anything."""

import re
from pathlib import Path

import brotli
import pytest

STATIC = Path(__file__).parents[2] / "static"
CSS = (STATIC / "css/site.css").read_text(encoding="utf-8")


def test_it_stays_within_twenty_kilobytes_on_the_wire():
    assert len(brotli.compress(CSS.encode())) <= 20 * 1024


def test_it_asks_for_nothing_but_its_own_drawings():
    assert {address[:21] for address in re.findall(r'url\("?([^)]*)', CSS)} == {"data:image/svg+xml,%3"}
    assert "@import" not in CSS


def test_it_names_no_source_map_that_is_not_there():
    assert "sourceMappingURL" not in CSS


@pytest.mark.parametrize("feature", ["@layer", "@container", "color-mix(", "oklch(", "&"])
def test_it_uses_nothing_a_phone_of_2019_would_drop(feature):
    assert feature not in CSS


def test_it_has_a_dark_mode_a_print_form_and_respects_reduced_motion():
    assert "(prefers-color-scheme:dark)" in CSS.replace(" ", "")
    assert "@media print" in CSS
    assert "prefers-reduced-motion" in CSS


@pytest.mark.parametrize("script", sorted(STATIC.glob("js/*.js")), ids=lambda path: path.name)
def test_a_script_stands_alone_and_writes_no_markup(script):
    text = script.read_text(encoding="utf-8")
    assert not re.search(
        r"^\s*import\b|\bimport\(|https?://|innerHTML|insertAdjacentHTML|\beval\(|document\.write", text, re.M
    )
