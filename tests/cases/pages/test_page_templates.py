"""What no template of case work may contain."""

import re
from pathlib import Path

import pytest

from cases.status import Status

FOLDER = Path(__file__).parents[3] / "templates" / "cases"
TEMPLATES = sorted(FOLDER.glob("*.html"))
LONGEST = 120


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
class TestTemplate:
    def test_it_compares_no_status(self, template):
        text = template.read_text()
        assert not re.search(r"if[^%]*\.(?:status|outcome|role|asn_status|state)\s*(?:==|!=|in\b|not in\b)", text)
        for status in Status.values:
            assert f'"{status}"' not in text
            assert f"'{status}'" not in text

    def test_it_trusts_nobodys_words(self, template):
        text = template.read_text()
        assert "|safe" not in text
        assert "autoescape off" not in text

    def test_it_holds_no_script_or_style_of_its_own(self, template):
        text = template.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)
        assert " style=" not in text
        assert " onclick=" not in text
        assert "http://" not in text
        assert "https://" not in text

    def test_it_is_short(self, template):
        assert len(template.read_text().splitlines()) <= LONGEST

    def test_every_post_carries_a_token(self, template):
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", template.read_text(), re.S):
            assert "{% csrf_token %}" in form


def test_no_form_loses_its_token_on_the_way():
    """An include with `only` hands on what it names: a form further down would be sent without a token and refused."""
    texts = {str(path.relative_to(FOLDER.parent)): path.read_text() for path in FOLDER.parent.rglob("*.html")}
    includes = {name: re.findall(r'{% include "([^"]+)"([^%]*)%}', text) for name, text in texts.items()}
    needs = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    while more := {name for name in includes if any(part in needs for part, _ in includes[name])} - needs:
        needs |= more
    lost = [
        (name, part)
        for name, parts in includes.items()
        for part, given in parts
        if part in needs and " only" in given and "csrf_token=csrf_token" not in given
    ]
    assert lost == []
