"""Rules and answers in a real browser: printed on A4, and on a phone."""

import shutil

import pypdfium2
import pytest

from rules.catalogue import load_catalogue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ACT = "Saya PNS guru, bolehkah like postingan calon bupati di Facebook? Saya sudah teken pakta integritas."
LONGEST = ("SKB2-II-A-5", "SKB2-II-B-3", "SKB2-II-B-7", "PP94-5N-2", "UU7-282", "UU10-71-1")
NAVIGATION = ("Lacak laporan", "Keluar cepat", "Masuk petugas", "Langsung ke isi")


@pytest.fixture(scope="session", autouse=True)
def no_async_guard():
    """Playwright keeps an event loop in this thread to the end of the run; Django would take it for our own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def base_url():
    """Each test has its own server."""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's browser; as root it runs only without its sandbox."""
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}


@pytest.fixture
def page(reference, live_server, browser):
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=live_server.url)
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    yield opened
    context.close()


def check(page):
    page.goto("/cek-aturan/")
    page.fill("[name=act]", ACT)
    page.fill("[name=act_date]", "2024-10-10")
    page.get_by_role("button", name="Cek", exact=True).click()
    page.locator("#jawaban").wait_for()


def printed(page):
    """The words of every sheet."""
    document = pypdfium2.PdfDocument(page.pdf(format="A4"))
    return [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document]


@pytest.mark.parametrize("address", ["/aturan/", "/aturan/SKB2-II-A-4/", "/aturan/UU7-282/"])
def test_every_sheet_of_a_rule_says_where_it_is_from_and_holds_no_navigation(page, address):
    page.goto(address)
    sheets = printed(page)
    assert 2 <= len(sheets) <= 6
    for number, sheet in enumerate(sheets, start=1):
        assert f"{address} · aturan versi" in sheet
        assert load_catalogue().version[:8] in sheet
        assert f"{number}/{len(sheets)}" in sheet
        assert not [words for words in (*NAVIGATION, "Cetak") if words in sheet]


def test_an_answer_is_printed_without_its_form(page):
    check(page)
    sheets = printed(page)
    assert len(sheets) == 2
    assert all("/cek-aturan/ · aturan versi" in sheet for sheet in sheets)
    words = " ".join(sheets)
    assert "SKB2-II-B-6" in words
    assert "Pakta integritas" in words
    assert not [part for part in (*NAVIGATION, "Paling panjang 2.000 huruf") if part in words]


def test_nothing_runs_out_of_a_phone(page):
    over = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for address in ("/aturan/", "/aturan/?q=like", *(f"/aturan/{code}/" for code in LONGEST)):
        page.goto(address)
        assert page.evaluate(over) == 0, address
    check(page)
    assert page.evaluate(over) == 0
