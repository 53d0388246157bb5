"""The small scripts in a real browser, each on the markup its page gives it."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string

pytestmark = pytest.mark.browser

SCRIPTS = Path(__file__).parents[2] / "static/js"
LIMITS = {"max_files": 2, "max_bytes": 100, "max_total_bytes": 150, "input_id": "pics"}


@pytest.fixture
def show(page):
    """Puts markup on a page and runs one script on it, as <script type=module> would."""

    def put(markup, script):
        page.set_content(f"<!doctype html><html lang='id'><body>{markup}</body></html>")
        page.add_script_tag(content=(SCRIPTS / f"{script}.js").read_text("utf-8"), type="module")
        return page

    return put


def picture(name, size):
    return {"name": name, "mimeType": "image/png", "buffer": b"x" * size}


def test_picks_add_up_and_can_be_taken_back(show):
    page = show(
        "<input type=file id=pics multiple>" + render_to_string("components/previews.html", LIMITS), "image-preview"
    )
    page.set_input_files("#pics", [picture("a.png", 10)])
    page.set_input_files("#pics", [picture("b.png", 10)])
    assert page.evaluate("[...pics.files].map(f => f.name)") == ["a.png", "b.png"]
    assert page.locator("[data-previews-said]").inner_text().startswith("Dipilih: 2 gambar")
    page.get_by_role("button", name="Hapus: a.png").click()
    assert page.evaluate("[...pics.files].map(f => f.name)") == ["b.png"]


@pytest.mark.parametrize(
    ("sizes", "word"),
    [
        ([1, 2, 3], "Paling banyak 2 gambar"),
        ([101], "0.png lebih besar"),
        ([80, 81], "bersama-sama lebih besar"),
        ([80, 70], ""),
    ],
)
def test_the_limits_are_named_before_anything_is_sent(show, sizes, word):
    page = show(
        "<input type=file id=pics multiple>" + render_to_string("components/previews.html", LIMITS), "image-preview"
    )
    page.set_input_files("#pics", [picture(f"{number}.png", size) for number, size in enumerate(sizes)])
    assert word in page.locator("[data-previews-said]").inner_text()
    assert page.evaluate("pics.validity.valid") is (not word)


REGIONS = """<select id=id_province><option value=''>-<option value=33>Jateng<option value=51>Bali</select>
<select id=area data-parent=id_province><option value=''>-</option>
<optgroup label=Jateng><option value=33.74 data-parent=33>Semarang</option></optgroup>
<optgroup label=Bali><option value=51.71 data-parent=51>Denpasar</option></optgroup></select>"""


def test_a_province_leaves_only_its_own_regions(show):
    page = show(REGIONS, "region-select")
    page.select_option("#area", "51.71")
    assert page.input_value("#id_province") == "51"
    page.select_option("#id_province", "33")
    assert page.evaluate("[...area.options].map(o => o.value)") == ["", "33.74"]
    assert page.input_value("#area") == ""
    page.select_option("#id_province", "")
    assert page.evaluate("area.options.length") == 3


LANES = """<form><input type=radio name=lane value=informasi_awal checked><input type=radio name=lane value=laporan>
<p data-lane-hint>Hanya untuk laporan</p><fieldset data-lane-fields=laporan><input name=name></fieldset></form>"""


def test_a_name_typed_before_choosing_anonymity_is_not_sent(show):
    page = show(LANES, "lane")
    sent = "[...new FormData(document.forms[0]).keys()]"
    assert page.locator("fieldset").is_hidden()
    assert page.locator("[data-lane-hint]").is_hidden()
    page.check("[value=laporan]")
    page.fill("[name=name]", "Sari")
    assert page.evaluate(sent) == ["lane", "name"]
    page.check("[value=informasi_awal]")
    assert page.evaluate(sent) == ["lane"]


def test_a_form_is_sent_once_and_says_so(show):
    page = show(
        "<form data-submit-once action='javascript:void 0'><button data-busy='Mengirim…'>Kirim</button></form>",
        "submit-once",
    )
    page.click("button")
    page.wait_for_selector("button:disabled")
    assert page.inner_text("button") == "Mengirim…"


def test_filters_go_off_by_pointer_but_not_by_arrow_key(show):
    page = show("<form data-filter-form><select name=s><option>a<option>b<option>c</select></form>", "filter-form")
    page.evaluate("window.sent = 0; document.forms[0].onsubmit = () => { window.sent += 1; return false }; 0")
    page.focus("select")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("[document.forms[0].s.value, window.sent]") == ["b", 0]
    page.dispatch_event("select", "pointerdown")
    page.select_option("select", "c")
    assert page.evaluate("window.sent") == 1


PICTURE = "data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%22100%22 height=%22200%22/>"
LINES = [{"number": 1, "text": "Dukung", "box": (10, 20, 30, 10)}, {"number": 2, "text": "tanpa tempat", "box": None}]


def viewer_markup():
    return render_to_string(
        "components/viewer.html", {"src": PICTURE, "alt": "Gambar 1", "width": 100, "height": 200, "lines": LINES}
    )


def test_an_image_can_be_made_larger_smaller_and_turned_all_round(show):
    page = show(viewer_markup(), "viewer")
    width = "Math.round(document.querySelector('[data-viewer-sheet]').offsetWidth)"
    whole = page.evaluate(width)
    page.get_by_role("button", name="Perbesar").click()
    assert page.evaluate(width) == round(whole * 1.5)
    page.get_by_role("button", name="Perkecil").click()
    page.get_by_role("button", name="Perkecil").click()
    assert page.evaluate(width) == round(whole * 0.75)
    page.get_by_role("button", name="Seluruh gambar").click()
    assert "is-fitted" in page.locator("[data-viewer]").get_attribute("class")
    turns = []
    for _ in range(4):
        page.get_by_role("button", name="Putar").click()
        turns.append(page.locator("[data-viewer]").get_attribute("class").split()[-1])
    assert turns == ["is-turned-1", "is-turned-2", "is-turned-3", "is-turned-0"]


def test_the_keyboard_makes_an_image_larger_and_turns_it(show):
    page = show(viewer_markup(), "viewer")
    page.focus("[data-viewer-stage]")
    page.keyboard.press("+")
    page.keyboard.press("r")
    assert page.evaluate("document.querySelector('[data-viewer-sheet]').style.width") == "150%"
    assert "is-turned-1" in page.locator("[data-viewer]").get_attribute("class")


def test_a_line_and_its_box_light_up_together(show):
    lines = "<ol data-read-lines><li id=baris-1 data-line=1><a href='#kotak-1'>Dukung</a></ol>"
    page = show(viewer_markup() + lines, "read-lines")
    lit = "[...document.querySelectorAll('.is-lit')].map((part) => part.id)"
    page.focus("#baris-1 a")
    assert page.evaluate(lit) == ["kotak-1", "baris-1"]
    page.evaluate("document.activeElement.blur()")
    assert page.evaluate(lit) == []
    page.dispatch_event("#kotak-1", "pointerover")
    assert page.evaluate(lit) == ["kotak-1", "baris-1"]


MASKING = f"""<form><p hidden data-masking-hint>hint</p><div data-masking=boxes style="position:relative;width:100px">
<img src='{PICTURE}' width=100 height=200><svg viewBox="0 0 200 400" style="position:absolute;top:0;left:0"
width=100 height=200><path data-line=0 d="M0 0H9V9H0Z"/></svg></div>
<input type=checkbox name=lines value=0><textarea id=boxes>20, 20, 60, 60</textarea></form>"""


def test_a_box_is_drawn_with_the_pointer_and_taken_away_by_a_press(show):
    page = show(MASKING, "masking")
    assert page.locator("svg rect").count() == 1
    corner = page.locator("svg").bounding_box()
    page.mouse.move(corner["x"] + 40, corner["y"] + 50)
    page.mouse.down()
    page.mouse.move(corner["x"] + 90, corner["y"] + 100)
    page.mouse.up()
    assert page.input_value("#boxes") == "20, 20, 60, 60\n80, 100, 180, 200"
    page.mouse.click(corner["x"] + 20, corner["y"] + 20)
    assert page.input_value("#boxes") == "80, 100, 180, 200"
    page.fill("#boxes", "60-60-20--8")
    assert [page.locator("svg rect").get_attribute(name) for name in ("x", "y", "width", "height")] == (
        ["20", "-8", "40", "68"]
    )
    page.fill("#boxes", "")
    assert page.locator("svg rect").count() == 0
    page.check("input[name=lines]")
    assert page.locator("path.is-chosen").count() == 1


def test_a_code_that_cannot_reach_the_clipboard_is_selected_instead(show):
    page = show(render_to_string("components/copy.html", {"code": "7K3M-9QXW", "label": "Kode"}), "copy")
    page.get_by_role("button", name="Salin kode").click()
    page.wait_for_function("() => document.querySelector('[data-copy-said]').textContent !== ''")
    assert page.evaluate("window.getSelection().toString()") == "7K3M-9QXW"


def test_without_script_no_dead_button_shows(page):
    page.set_content(render_to_string("components/copy.html", {"code": "7K3M-9QXW", "label": "Kode"}))
    assert page.get_by_role("button").count() == 0
    assert page.get_by_text("7K3M-9QXW").is_visible()
