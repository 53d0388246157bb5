"""A person's browser: opens pages, fills in forms and keeps pictures; at the end it says what went wrong."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.urls import resolve

PICTURES = Path(__file__).resolve().parent / "pictures"
WIDTHS = (360, 1280)
HEIGHT = 800
# A case with a long history goes on and on; its picture need not.
HIGHEST = 5000
SIZE = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
# What a picture does not show: ids used twice, fields without a name, a page without one heading, too wide for a phone
FAULTS = """
() => {
  const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
  const fields = "input:not([type=hidden]), select, textarea";
  const unnamed = [...document.querySelectorAll(fields)].filter(
    field => !field.labels.length && !field.ariaLabel && !field.getAttribute("aria-labelledby"));
  const unsaid = [...document.querySelectorAll("a[href], button, summary")].filter(
    one => !one.textContent.trim() && !one.ariaLabel && !one.closest("[aria-hidden=true]"));
  const headings = document.querySelectorAll("h1").length;
  return [
    ...twice.map(id => `the id ${id} twice`),
    ...unnamed.map(field => `the field ${field.name} without a label`),
    ...unsaid.map(one => `an empty ${one.tagName}`),
    ...(headings === 1 ? [] : [`${headings} main headings`]),
  ];
}
"""

# Where the focus is: whether it is what one looks for, whether the focus can be seen, and what it is
STOP = """
selector => {
  const stop = document.activeElement, style = getComputedStyle(stop);
  const isSeen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  return [stop.matches(selector), isSeen, stop.outerHTML.slice(0, 90)];
}
"""
MOST_STOPS = 120
COUNTS = "selectors => selectors.map(one => document.querySelectorAll(one).length)"
# The words and scripts of a page are there; its pictures may still come.
READABLE = "domcontentloaded"
# What the fields of a form are, in the order of their names
KINDS = """
(form, names) => names.map(name => {
  const field = form.querySelector(`[name="${name}"]`);
  return field ? field.type : `no field ${name}`;
})
"""


class Visitor:
    """One person's browser, which keeps a picture of each page and what went wrong on it."""

    def __init__(self, browser, server, width, **context):
        self.server = server
        self.complaints = []
        # The names of the addresses that took what this person sent
        self.doors = set()
        self.context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, accept_downloads=True, reduced_motion="reduce", **context
        )
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("request", self._see)
        self.page.on("response", self._count)

    def _hear(self, message):
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def _see(self, request):
        if not request.url.startswith((self.server.url, "data:", "blob:")):
            self.complaints.append(f"asked another host: {request.url}")

    def _count(self, answer):
        if answer.request.method == "POST" and answer.status < 400:
            self.doors.add(resolve(urlsplit(answer.url).path).view_name)

    def go(self, path):
        """Open a page of the portal; returns the status of the answer."""
        return self.page.goto(self.server.url + path, wait_until=READABLE).status

    def log_in(self, user):
        """Log in as staff and stay on the page people land on."""
        self.go("/akun/login/")
        self.page.fill("[name=login]", user.username)
        self.page.fill("[name=password]", "sandi-uji-panjang")
        self.page.click("main button[type=submit]")
        self.page.wait_for_url(lambda url: "login" not in url)

    def is_logged_in_as(self, user):
        """As if the person had logged in earlier."""
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": session.key, "value": session.value, "url": self.server.url}])

    def follow(self, what):
        """Press a link or a button, chosen by selector or locator, that leads to a page."""
        pressed = self.page.locator(what) if isinstance(what, str) else what
        with self.page.expect_navigation(wait_until=READABLE):
            pressed.first.click()

    def named(self, words, kind="a, button"):
        """The first link or button one sees with these words on it."""
        return self.page.locator(f"main :is({kind}):not(.visually-hidden):visible", has_text=words).first

    def presses(self, words):
        """Press the link or button with these words, which leads to a page."""
        self.follow(self.named(words))

    def opens_fold(self, words):
        """Open the fold with these words on it."""
        self.named(words, "summary").click()

    def answers(self, answers, button):
        """Fill in the fields one sees, by their labels, and press the button; True ticks a box."""
        for label, value in answers.items():
            self._answer(self.page.get_by_label(label).locator("visible=true").first, value)
        self.presses(button)

    def _answer(self, field, value):
        if value is True:
            field.check()
        elif field.evaluate("field => field.type") == "select-one":
            field.select_option(label=value)
        else:
            field.fill(value)

    def unfold(self, what):
        """Open every fold around this that is not open, the outer ones first."""
        folds = self.page.locator(f"details:not([open]):has({what})")
        for _ in range(folds.count()):
            folds.first.locator("> summary").click()

    def send(self, form="", **answers):
        """Fill in a form by the names of its fields and send it; not named, it is the one with the first field."""
        form = form or f"main form:has([name={next(iter(answers))}])"
        self.unfold(form)
        shown = self.page.locator(form).first
        fill_in(shown, answers)
        self.follow(shown.locator("button:not(.visually-hidden):not([name=more]):visible").last)

    def tab_to(self, selector):
        """Go on with the Tab key to the first thing of this kind; complain about stops one cannot see."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            is_there, is_seen, what = self.page.evaluate(STOP, selector)
            if not is_seen:
                self.complaints.append(f"the focus on {what} cannot be seen")
            if is_there:
                return
        raise AssertionError(f"{selector} is not reached with the Tab key")

    def counts(self, *selectors):
        """How many there are of each, all seen at one moment."""
        return self.page.evaluate(COUNTS, selectors)

    def read(self):
        """The words of the page."""
        return self.page.inner_text("main")

    def look_over(self, name):
        """Complain about what a picture does not show."""
        self.complaints += [f"{name}: {fault}" for fault in self.page.evaluate(FAULTS)]

    def keep(self, name):
        """Look at the page as a phone and as a desk show it; wider than the phone is a complaint.

        With KEEP_PICTURES in the environment a picture of both is kept, to be looked at by people.
        """
        self.page.wait_for_load_state("load")
        self.look_over(name)
        before = self.page.viewport_size
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            wide, high = self.page.evaluate(SIZE)
            if wide > width:
                self.complaints.append(f"{name} is wider than {width} pixels")
            if "KEEP_PICTURES" in os.environ:
                PICTURES.mkdir(parents=True, exist_ok=True)
                shown = {"x": 0, "y": 0, "width": width, "height": min(high, HIGHEST)}
                self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True, clip=shown)
        self.page.set_viewport_size(before)


def fill_in(form, answers):
    """Answer the questions of a form, whatever kind of field each has; several values choose several."""
    kinds = form.evaluate(KINDS, list(answers))
    for kind, (name, value) in zip(kinds, answers.items(), strict=True):
        field = form.locator(f"[name={name}]").first
        if kind == "select-one":
            field.select_option(str(value))
        elif kind in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                form.locator(f"[name={name}][value='{one}']").check()
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(str(value))
