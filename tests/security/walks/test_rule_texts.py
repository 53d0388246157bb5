"""What the national admin writes about rules and elections: text that stays text, and YAML that breaks nothing."""

from itertools import pairwise

import pytest

from rules.catalogue.lined_yaml import DEEPEST, CatalogueError, read_yaml
from rules.models import CatalogueDraft
from tests.security import world
from tests.security.posts import good_post
from tests.security.test_planted_markup import MARK, SEVERAL_IN_ONE, created_by

DRAFT, TRIAL = "/kelola/aturan/draf/", "/kelola/aturan/draf/uji/"
NINE = ",".join(["x"] * 9)
YAML_ATTACKS = {
    "aliases of aliases": f"a: &a [{NINE}]\n"
    + "".join(f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefghi")),
    "a nest of lists": "a: " + "[" * 50_000,
    "a nest of mappings": "{a: " * 50_000,
    "a nest of rows": "- " * 50_000,
    "a nest of keys": "? " * 50_000,
    "an object": "!!python/object/apply:os.system ['true']",
    "a long number": "a: " + "9" * 100_000,
    "a circle": "&a [*a]",
    "a character that is none": "a: \x00",
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("markup", SEVERAL_IN_ONE)
def test_what_the_national_admin_writes_stays_text(markup, visitors, semarang):
    browser = visitors["nasrul"]().client
    browser.post(
        "/kelola/pemilihan/baru/", good_post("rules:new-election", semarang) | {"name": markup, "source": markup}
    )
    browser.post(DRAFT, good_post("rules:draft", semarang) | {"meta.yaml": f"{markup}: [{markup}\n"})
    for path in ("/kelola/pemilihan/", "/kelola/aturan/", DRAFT, "/laporkan/", "/kotak-masuk/"):
        assert created_by(browser.get(path)) == [], path
    for path in ("/laporkan/", DRAFT):
        assert MARK in world.body(browser.get(path)), path


@pytest.mark.parametrize("attack", YAML_ATTACKS)
def test_no_text_of_a_draft_breaks_its_pages(attack, visitors, semarang):
    browser = visitors["nasrul"]().client
    for file in ("meta.yaml", "disiplin.yaml"):
        edition = CatalogueDraft.objects.get().edition
        texts = good_post("rules:draft", semarang) | {"edition": edition, file: YAML_ATTACKS[attack]}
        assert browser.post(DRAFT, texts).status_code in {302, 422}
        assert browser.get(DRAFT).status_code == 200
        # A text the form refuses leaves the draft as it was, which can be tried out.
        assert browser.get(TRIAL).status_code in {200, 302}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_lists_in_lists_are_refused_before_they_are_built(opening):
    """Building them ends the process: the loader calls itself in C."""
    with pytest.raises(CatalogueError, match=f"^kenari.yaml:1: .* more than {DEEPEST} deep"):
        read_yaml("kenari.yaml", opening * 100_000)


def test_lists_beside_lists_are_fine():
    assert len(read_yaml("kenari.yaml", "- [[]]\n" * 1000)) == 1000
