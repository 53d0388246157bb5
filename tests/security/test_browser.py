"""A real browser on every page as everybody: nothing breaks the policy, asks another host or overflows a phone."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.urls import reverse

from rules.drafting import start_draft
from tests.journeys.conftest import base_url as base_url
from tests.journeys.conftest import browser_type_launch_args as browser_type_launch_args
from tests.journeys.visiting import FAULTS
from tests.security import world
from tests.security.test_planted_markup import SEVERAL_IN_ONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The browser's own words for an answer the portal meant to give
MEANT = re.compile(r"status of (403|404|405|409|422)")
WATCH = """
document.addEventListener("securitypolicyviolation", event => console.error("policy: " + event.violatedDirective));
"""
# One page of many alike is enough, and a file is no page.
ALIKE = re.compile(r"/aturan/.+|/angka/\w+\.csv|/audit/.+|.*/surat/\d+/|.*/salinan|.*[?&](page|rule|event|region)=.*")
MOST_PAGES = 60
PHONE = 360
LEADS_NOWHERE = {403, 404, 405}


class Crawler:
    """One person's browser that follows every link."""

    def __init__(self, browser, server, visitor):
        self.server = server.url
        self.complaints, self.seen = [], set()
        self.context = browser.new_context(viewport={"width": PHONE, "height": 800})
        self.context.add_init_script(WATCH)
        self.context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": self.server}
                for name, morsel in visitor.client.cookies.items()
            ]
        )
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._complain(f"script: {error}"))
        self.page.on("request", self._see)
        self.page.on("dialog", lambda dialog: self._complain(f"dialog: {dialog.message}"))

    def _complain(self, what):
        self.complaints.append(f"{self.page.url}: {what}")

    def _hear(self, message):
        if message.type in {"error", "warning"} and not MEANT.search(message.text):
            self._complain(message.text)

    def _see(self, request):
        if not request.url.startswith((f"{self.server}/", "data:", "blob:")):
            self._complain(f"asked {request.url}")

    def crawl(self, paths):
        """Visit these and whatever they lead to."""
        waiting = list(paths)
        while waiting and len(self.seen) < MOST_PAGES:
            path = waiting.pop(0)
            if path in self.seen:
                continue
            self.seen.add(path)
            answer = self.page.goto(self.server + path)
            assert answer.status < 500, path
            if answer.status in LEADS_NOWHERE and path not in paths:
                self._complain(f"a link leads to an answer {answer.status}")
            for fault in self.page.evaluate(FAULTS):
                self._complain(fault)
            if self.page.evaluate("document.documentElement.scrollWidth") > PHONE:
                self._complain("wider than a phone")
            links = self.page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")
            for link in links:
                target = urlsplit(urljoin(self.page.url, link))
                found = target.path + (f"?{target.query}" if target.query else "")
                if target.netloc == urlsplit(self.server).netloc and not ALIKE.fullmatch(found):
                    waiting.append(found)
        return self.seen


@pytest.fixture
def places(reference, sari, budi, kartika):
    """A case of Semarang shared with Kesbangpol, and one in which somebody planted scripts."""
    place = world.plant("33.74", by=sari, second=budi, employer="33.74")
    world.share(place, by=sari)
    start_draft(by=sari, at=world.MONDAY)
    for markup in SEVERAL_IN_ONE:
        fields = dict.fromkeys(("respondent_name", "respondent_post", "candidate", "link"), markup)
        case = world.make_case(by=sari, second=budi, narrative=markup * 3, **fields)
        world.notes.add_note(case=case, text=markup, by=sari, at=world.MONDAY)
    settings.SESSION_COOKIE_SECURE = False
    return place


def visitor_of(name, places, request):
    if name == "anonymous":
        return world.Visitor("anonymous")
    return world.follower_of(places) if name == "follower" else world.logged_in(request.getfixturevalue(name))


@pytest.mark.parametrize(
    ("person", "fewest"),
    [("anonymous", 7), ("follower", 7), ("sari", 20), ("kartika", 12), ("dewi", 6), ("nasrul", 15)],
)
def test_every_page_is_quiet(person, fewest, places, browser, live_server, request):
    crawler = Crawler(browser, live_server, visitor_of(person, places, request))
    rules = ["/kelola/aturan/", "/kelola/aturan/draf/", "/kelola/aturan/draf/uji/", "/kelola/pemilihan/baru/"]
    own = {"anonymous": ["/"], "follower": ["/lacak/laporan/", "/"], "dewi": ["/angka/"], "nasrul": [*rules, "/angka/"]}
    starts = own.get(person, ["/kotak-masuk/?daftar=semua", world.path_of("cases:case", places)])
    seen = crawler.crawl([*starts, "/tidak-ada/", "/cuaca/"])
    crawler.context.close()
    assert crawler.complaints == []
    assert len(seen) >= fewest, seen


def test_after_leaving_the_back_button_shows_nothing(places, browser, live_server):
    crawler = Crawler(browser, live_server, world.follower_of(places))
    page = crawler.page
    page.goto(live_server.url + reverse("cases:followed-report"))
    assert places.canary in page.content()
    page.click(f"form[action='{reverse('cases:leave-report')}'] button")
    page.wait_for_url("**/lacak/")
    page.go_back()
    page.wait_for_load_state()
    assert places.canary not in page.content()
    crawler.context.close()


def test_after_logging_out_the_back_button_shows_nothing(places, sari, browser, live_server):
    crawler = Crawler(browser, live_server, world.logged_in(sari))
    page = crawler.page
    page.goto(live_server.url + world.path_of("cases:case", places))
    assert places.canary in page.content()
    page.click(f"form[action='{reverse('account_logout')}'] button")
    page.wait_for_load_state()
    page.go_back()
    page.wait_for_load_state()
    assert places.canary not in page.content()
    crawler.context.close()


@pytest.mark.parametrize("framed", ["/", "/laporkan/", "/akun/login/", "/static/js/copy.js"])
def test_another_site_cannot_frame_a_page(framed, reference, browser, live_server):
    page = browser.new_context().new_page()
    frames = "".join(f"<iframe src='{live_server.url}{path}'></iframe>" for path in ("/bebas", framed))
    page.route("http://127.0.0.1:9/", lambda route: route.fulfill(body=frames, content_type="text/html"))
    # An answer without our headers, to see that frames work at all
    page.route(f"{live_server.url}/bebas", lambda route: route.fulfill(body="x"))
    page.goto("http://127.0.0.1:9/")
    shown = [frame.url for frame in page.frames[1:]]
    page.context.close()
    assert shown == [f"{live_server.url}/bebas", "chrome-error://chromewebdata/"]
