"""Templates and code that make markup: nothing inline, nothing unescaped, nothing from elsewhere."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("portal", "stats", "cases", "reports", "rules", "regions", "evidence", "accounts")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MODULES = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))

ELSEWHERE = "(?:https?:)?//"

FORBIDDEN_IN_TEMPLATES = {
    "an unescaped value": r"\|\s*safe(seq)?\b|autoescape\s+off",
    "an inline style": r"\sstyle\s*=|<style\b",
    "an inline script": r"<script(?![^>]*\ssrc=)[^>]*>",
    "an inline handler": r"\son[a-z]+\s*=",
    "a script in an address": r"(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|vbscript|data(?!:,[\"'])):",
    "another host": rf"(?:href|src|action|srcset|poster|data|formaction)\s*=\s*[\"']?\s*{ELSEWHERE}",
    "a frame or an embedded thing": r"<(?:iframe|object|embed|base|meta\s+http-equiv)\b",
    "an attribute without quotes round a value": r"\s[a-z-]+=\{\{",
}
FORBIDDEN_IN_SCRIPTS = {
    "markup from text": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function",
    "a style attribute": r"setAttribute\(\s*[\"']style|cssText",
    "another host": r"https?://|[\"']//",
    "something kept on the device": r"localStorage|sessionStorage|indexedDB|document\.cookie",
}
# Namespaces of SVG are names, not addresses that are fetched; so are links in comments.
ASKED_FOR = rf"url\(\s*[\"']?{ELSEWHERE}|@import\s|href=\"{ELSEWHERE}|import\s.*[\"']{ELSEWHERE}"
STEPS_OUT = r"csrf_exempt|xframe_options_exempt|csp_exempt|csp_update|csp_replace|RawSQL|objects\.raw\(|\.extra\("
MAKERS = {"mark_safe", "SafeString", "SafeText"}
# Constant markup only, said beside it.
MARKUP_MADE_IN_CODE = {"reports/places.py"}


def found_in(paths: list[Path], pattern: str) -> set[str]:
    """Every match of a pattern, with the file it stands in."""
    return {
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in paths
        for match in re.finditer(pattern, path.read_text(encoding="utf-8"), re.IGNORECASE)
    }


@pytest.mark.parametrize("fault", FORBIDDEN_IN_TEMPLATES)
def test_no_template_has(fault):
    assert found_in(TEMPLATES, FORBIDDEN_IN_TEMPLATES[fault]) == set()


@pytest.mark.parametrize("fault", FORBIDDEN_IN_SCRIPTS)
def test_no_script_has(fault):
    assert found_in(SCRIPTS, FORBIDDEN_IN_SCRIPTS[fault]) == set()


def test_no_static_file_asks_another_host():
    files = [path for suffix in ("css", "svg", "js") for path in (ROOT / "static").rglob(f"*.{suffix}")]
    assert found_in(files, ASKED_FOR) == set()


def test_no_view_steps_out_of_a_protection_and_no_query_is_written_by_hand():
    assert found_in(MODULES, STEPS_OUT) == set()


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def test_code_marks_only_constants_as_safe():
    """`format_html` escapes its arguments; its first one, and what is marked as safe, must be written out here."""
    found = {}
    for path in MODULES:
        for call in calls(path):
            name = name_of(call)
            if name not in {*MAKERS, "format_html", "format_html_join"}:
                continue
            template = call.args[1 if name == "format_html_join" else 0]
            put_together = any(isinstance(node, ast.JoinedStr | ast.BinOp) for node in ast.walk(template))
            if put_together or (name in MAKERS and str(path.relative_to(ROOT)) not in MARKUP_MADE_IN_CODE):
                found[f"{path.relative_to(ROOT)}:{call.lineno}"] = name
    assert found == {}


def test_a_form_in_an_include_that_takes_nothing_along_is_handed_its_token():
    """`only` leaves the token behind too, and the browser of whoever sends such a form is refused."""
    texts = {str(path.relative_to(ROOT / "templates")): path.read_text(encoding="utf-8") for path in TEMPLATES}
    with_token = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    forgotten = {
        f"{name}: {match[0]}"
        for name, text in texts.items()
        for match in re.finditer(r"{% include \"([^\"]+)\"[^%]* only %}", text)
        if match[1] in with_token and "csrf_token=csrf_token" not in match[0]
    }
    assert forgotten == set()
