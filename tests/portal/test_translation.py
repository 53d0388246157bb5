"""English is complete, says what the Indonesian text says, and is what people see after the switch."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation.template import templatize

from cases.reason_texts import REASONS, reason_text
from reports import receipt
from reports.models import Finding, Report
from rules.catalogue import load_catalogue
from rules.engine.lexicon import load_lexicon
from rules.engine.people import WHY
from tests.case_factories import make_case, make_evidence, make_finding

ROOT = settings.BASE_DIR
FOLDER = ROOT / "locale" / "en" / "LC_MESSAGES"
APPS = ("accounts", "cases", "evidence", "portal", "regions", "reports", "rules", "stats")
CATALOGUE = polib.pofile(str(FOLDER / "django.po"))
CODE = "ABCDE-FGHJK-MNPQR-STVWX-YZ0123"

# --- The catalogue ------------------------------------------------------------------------------------------------


def texts(entry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> list[str]:
    """What must stay as it is: %(name)s, {name}, the %%n and %%s a script fills in, tags."""
    return sorted(re.findall(r"%\(\w+\)[sd]|%%(?:[ns]\b)?|\{\w*\}|<[^>]+>", text))


def test_every_text_is_translated():
    assert [entry.msgid for entry in CATALOGUE if not all(texts(entry))] == []


def test_nothing_is_guessed_or_left_over():
    assert [entry.msgid for entry in CATALOGUE if entry.fuzzy or entry.obsolete] == []
    assert not CATALOGUE.metadata_is_fuzzy


def test_a_counted_text_has_both_forms():
    assert [entry.msgid for entry in CATALOGUE if entry.msgid_plural and sorted(entry.msgstr_plural) != [0, 1]] == []


def test_placeholders_and_tags_stay_as_they_are():
    wrong = []
    for entry in CATALOGUE:
        known = placeholders(entry.msgid), placeholders(entry.msgid_plural or entry.msgid)
        wrong += [entry.msgid for text in texts(entry) if placeholders(text) not in known]
    assert wrong == []


def test_sentences_end_alike():
    """A text that lost its full stop, ellipsis or colon was cut."""
    endings = (".", ":", "?", "…")
    cut = [
        entry.msgid
        for entry in CATALOGUE
        for text in texts(entry)
        if entry.msgid.endswith(endings) and entry.msgid[-1] != text[-1]
    ]
    assert cut == []


def test_the_compiled_file_is_what_the_texts_compile_to(tmp_path):
    fresh = tmp_path / "django.mo"
    CATALOGUE.save_as_mofile(str(fresh))
    assert entries(polib.mofile(str(FOLDER / "django.mo"))) == entries(polib.mofile(str(fresh)))


def entries(compiled):
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural, *texts(entry)) for entry in compiled}


# --- What the code asks for ---------------------------------------------------------------------------------------

CALLS = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"), 1)
CALLS |= dict.fromkeys(("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"), 2)
LITERAL = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*{LITERAL}(?:\s*,\s*{LITERAL})?")


def asked_for_in_python(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        wanted = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
        if name in CALLS and len(wanted) >= CALLS[name]:
            yield (wanted[0], wanted[1]) if CALLS[name] == 2 else (None, wanted[0])


def asked_for_in_template(path: Path):
    """Django turns a template into calls of gettext; they are read here without the xgettext program."""
    for name, first, second in IN_TEMPLATE.findall(templatize(path.read_text(encoding="utf-8"))):
        first = ast.literal_eval(first)
        yield (first, ast.literal_eval(second)) if "p" in name else (None, first)


def asked_for():
    found = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            found.update(asked_for_in_python(path))
    for path in (ROOT / "templates").rglob("*.html"):
        found.update(asked_for_in_template(path))
    return found


def test_the_catalogue_holds_what_the_code_asks_for_and_no_more():
    """When this fails: make messages, then translate what is empty."""
    known = {(entry.msgctxt, entry.msgid) for entry in CATALOGUE}
    wanted = asked_for()
    assert sorted(wanted - known, key=str) == [], "not in django.po"
    assert sorted(known - wanted, key=str) == [], "no longer in the code"


def test_each_reason_of_the_machine_can_be_said_in_both_languages():
    """When this fails: name the new reason in cases/reason_texts.py, then make messages."""
    reasons = {concept.why for concept in load_lexicon().concepts.values()} | set(WHY.values())
    assert sorted(reasons ^ REASONS) == []


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("tugas resmi", "official duty"),
        ("bukan: tugas resmi", "not: official duty"),
        ("alasan dari dulu", "alasan dari dulu"),
        ("", ""),
    ],
)
def test_a_reason_is_said_in_the_language_of_the_page(why, words):
    with translation.override("en"):
        assert reason_text(why) == words
    with translation.override("id"):
        assert reason_text(why) == why


def test_the_search_for_texts_finds_each_way_of_writing_them(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}{% translate "satu" %}{% translate "dua" context "angka" %}{{ _("tiga") }}'
        "{% blocktranslate trimmed with x=1 %}\n  empat\n  {{ x }}\n{% endblocktranslate %}"
        "{% blocktranslate count n=2 %}{{ n }} lima{% plural %}{{ n }} lima-lima{% endblocktranslate %}"
        "{% include 'x' with label=_('enam') %}"
    )
    module = tmp_path / "module.py"
    module.write_text('_("a" "b")\nngettext("c", "d", 2)\npgettext_lazy("e", "f")\ngettext(name)\n')
    assert set(asked_for_in_template(page)) == {
        (None, "satu"),
        ("angka", "dua"),
        (None, "tiga"),
        (None, "empat %(x)s"),
        (None, "%(n)s lima"),
        (None, "enam"),
    }
    assert set(asked_for_in_python(module)) == {(None, "ab"), (None, "c"), ("e", "f")}


# --- Pages after the switch ---------------------------------------------------------------------------------------

INDONESIAN = re.compile(
    r"\b(yang|dengan|Anda|tidak|sudah|belum|untuk|bila|jika|atau|karena|supaya|petugas|sebelum|sesudah|hari|"
    r"berhasil|pilih|gambar|terlapor|pelapor)\b",
    re.IGNORECASE,
)


def words_for_a_script(name: str) -> bool:
    """What a script shows stands in data-…; addresses stand in data-…url."""
    return name.startswith("data-") and not name.endswith("url")


SHOWN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "title", "placeholder", "content"}
WITHOUT_END = {"br", "img", "input", "link", "meta", "hr", "source", "wbr"}


class Reader(HTMLParser):
    """What a person sees or hears, without what people wrote and without what is marked as Indonesian."""

    def __init__(self):
        super().__init__()
        self.said: list[str] = []
        self.languages: list[str] = []
        self._open: list[bool] = []

    @property
    def quiet(self) -> bool:
        return any(self._open)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.languages.append(given["lang"])
        classes = given.get("class", "").split()
        ours = tag not in {"bdi", "script", "style"} and not {"quote", "read-text"} & set(classes)
        hidden = not ours or given.get("lang") == "id"
        if not self.quiet and not hidden:
            self.said += [
                value for name, value in given.items() if name in SHOWN_ATTRIBUTES or words_for_a_script(name)
            ]
        if tag not in WITHOUT_END:
            self._open.append(hidden)

    def handle_endtag(self, tag):
        if tag not in WITHOUT_END and self._open:
            self._open.pop()

    def handle_data(self, data):
        if not self.quiet:
            self.said.append(data)


def not_english(html: str) -> list[str]:
    """What a page says in Indonesian, or that it does not claim to be English."""
    reader = Reader()
    reader.feed(html)
    said = [" ".join(word for word in text.split() if "://" not in word) for text in reader.said]
    claim = [] if reader.languages == ["en"] else [f"lang={reader.languages}"]
    return claim + [text for text in said if INDONESIAN.search(text)]


def assert_english(html: str) -> None:
    assert not_english(html) == []


@pytest.fixture
def english(client) -> Client:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def case(sari, budi):
    opened = make_case(by=sari, second=budi)
    report = opened.case_reports.get().report
    make_finding(report)
    words = report.narrative.split()[0]
    spans = [{"source": "report", "start": 0, "end": len(words), "words": words, "why": "menyangkut pemilihan"}]
    Finding.objects.update(spans=spans)
    make_evidence(report)
    return opened


PUBLIC = ["portal:home", "portal:protection", "portal:quick-exit", "reports:submit", "cases:follow-up"]
PUBLIC += ["rules:catalogue", "account_login"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_speaks_english(english, reference, name):
    assert_english(english.get(reverse(name)).content.decode())


@pytest.mark.parametrize("code", sorted(load_catalogue().rows))
def test_the_page_of_a_rule_speaks_english_around_the_rule(english, db, code):
    assert_english(english.get(reverse("rules:rule", args=[code])).content.decode())


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "405", "409", "413", "429", "500"])
def test_a_page_that_says_what_went_wrong_speaks_english(name):
    with translation.override("en"):
        assert_english(render_to_string(f"{name}.html"))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["reports:submit", "cases:follow-up", "account_login"])
def test_a_form_that_comes_back_speaks_english(english, reference, name):
    answer = english.post(reverse(name), {"lane": "laporan", "act_date": "31/31/2024", "code": "x"})
    assert "error" in answer.content.decode()
    assert_english(answer.content.decode())


def test_the_page_of_a_followed_report_speaks_english(english, case):
    Report.objects.update(receipt_digest=receipt.digest(CODE))
    english.post(reverse("cases:follow-up"), {"code": CODE})
    assert_english(english.get(reverse("cases:followed-report")).content.decode())


@pytest.mark.parametrize("name", ["cases:inbox", "stats:figures", "account_change_password", "account_logout"])
def test_the_page_of_an_officer_speaks_english(english, case, nasrul, sari, name):
    english.force_login(nasrul if name.startswith("stats") else sari)
    assert_english(english.get(reverse(name)).content.decode())


def test_a_case_speaks_english(english, case, sari):
    english.force_login(sari)
    picture = case.case_reports.get().report.evidence.get()
    assert "<li>concerns an election</li>" in english.get(reverse("cases:case", args=[case.pk])).content.decode()
    for address in (reverse("cases:case", args=[case.pk]), reverse("cases:evidence", args=[case.pk, picture.pk])):
        assert_english(english.get(address).content.decode())


@pytest.mark.parametrize("form", ["add-rule", "write-note", "write-message", "change-respondent"])
def test_a_form_on_a_case_speaks_english(english, case, sari, form):
    english.force_login(sari)
    assert_english(english.get(reverse(f"cases:{form}", args=[case.pk])).content.decode())
