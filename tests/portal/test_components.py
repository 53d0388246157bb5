"""The parts pages are built from, rendered one by one."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template.loader import render_to_string

TEMPLATES = Path(__file__).parents[2] / "templates"
STATES = [
    "masuk",
    "kajian_awal",
    "perbaikan",
    "tidak_diregistrasi",
    "diregistrasi",
    "klarifikasi",
    "kajian",
    "bukan_pelanggaran",
    "gakkumdu",
    "rekomendasi",
    "tindak_lanjut",
    "sanksi",
    "tidak_terbukti",
    "selesai",
]


def component(part, **context):
    return render_to_string(f"components/{part}.html", context)


def text_of(html):
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def shape_of(html):
    return "".join(re.search(r"<svg[^>]*>(.*)</svg>", html, re.S).group(1).split())


def test_each_state_has_its_own_shape_beside_its_word():
    shapes = {shape_of(component("status", key=key, label=key)) for key in STATES}
    assert len(shapes) == len(STATES)


def test_a_state_says_its_word():
    assert text_of(component("status", key="kajian", label="Kajian")) == "Kajian"


def test_a_state_nobody_drew_still_says_its_word():
    html = component("status", key="dialihkan", label="Dialihkan")
    assert text_of(html) == "Dialihkan"
    assert shape_of(html)


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in component("icon", name="lock")
    assert 'role="img" aria-label="Terkunci"' in component("icon", name="lock", label="Terkunci")


@pytest.mark.parametrize(
    "name", re.findall(r'name == "(\w+)"', (TEMPLATES / "components/icon.html").read_text("utf-8"))
)
def test_every_icon_is_drawn(name):
    assert shape_of(component("icon", name=name))


@pytest.mark.parametrize("kind", ["warning", "danger", "error", "success"])
def test_a_notice_says_its_kind_in_words(kind):
    html = component("notice", kind=kind, text="Besok batas waktunya.")
    assert re.search(r'notice__title">\s*\w+', html)
    assert "Besok batas waktunya." in html


def test_a_refusal_is_announced_at_once():
    assert 'role="alert"' in component("notice", kind="error", text="x")


def test_what_people_wrote_is_escaped_everywhere():
    hostile = "<script>alert(1)</script>"
    event = {"label": hostile, "at": datetime(2024, 10, 3, 4, 5, tzinfo=UTC), "actor": hostile, "note": hostile}
    pages = [
        component("notice", kind="info", text=hostile, title=hostile),
        component("empty", title=hostile, text=hostile),
        component("facts", facts=[(hostile, hostile)]),
        component("timeline", events=[event]),
        component("steps", steps=[{"label": hostile, "state": "now", "note": hostile}]),
        component("bar", label=hostile, value=1, maximum=2, text=hostile),
        component("copy", code=hostile, label=hostile),
        component("status", key=hostile, label=hostile),
        component("viewer", src=hostile, alt=hostile, caption=hostile),
    ]
    assert not any("<script" in page for page in pages)


def test_a_fact_left_empty_is_read_as_not_filled_in():
    assert "tidak diisi" in text_of(component("facts", facts=[("NIP", None)]))
    assert "tidak diisi" not in component("facts", facts=[("Jumlah", 0)])


def test_steps_say_in_words_what_is_done_and_what_comes():
    steps = [
        {"label": "Diterima", "state": "done"},
        {"label": "Kajian", "state": "now"},
        {"label": "Putusan", "state": "next"},
    ]
    html = component("steps", steps=steps)
    assert text_of(html) == "Diterima selesai Kajian sedang berjalan Putusan berikutnya"
    assert html.count('aria-current="step"') == 1


def test_outside_the_case_team_the_timeline_gives_days_only():
    event = {"label": "Masuk", "at": datetime(2024, 10, 3, 4, 5, tzinfo=UTC)}
    assert "11.05" in component("timeline", events=[event])
    html = component("timeline", events=[event], day_only=True)
    assert "11.05" not in html
    assert 'datetime="2024-10-03"' in html


def test_a_bar_has_no_inline_style_and_keeps_numbers_machine_readable():
    html = component("bar", label="B-4", value=1234.5, maximum=5000, text="1.234,5")
    assert '<progress value="1234.5" max="5000"' in html
    assert "style=" not in html


def test_pages_keep_the_filters():
    page = Paginator(range(300), 20).page(5)
    html = component("pagination", page=page, query=QueryDict("status=kajian&page=5"))
    assert 'rel="next" href="?status=kajian&amp;page=6"' in html
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_pages():
    assert not component("pagination", page=Paginator(range(3), 20).page(1), query=QueryDict()).strip()


def test_every_error_of_a_form_leads_to_its_field():
    class Form(forms.Form):
        place = forms.CharField(label="Tempat", error_messages={"required": "Tulis tempatnya."})

    html = component("error_summary", form=Form({}))
    assert '<a href="#id_place">Tempat: Tulis tempatnya.</a>' in html
    assert not component("error_summary", form=Form({"place": "Semarang"})).strip()


@pytest.mark.parametrize("page", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_page_has_inline_script_style_or_another_host(page):
    html = page.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert len(html.splitlines()) <= 120
