"""Every page somebody can open speaks English after the switch, whoever they are."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from cases.delivery import issue_link
from cases.models import Case
from cases.respondent_access import issue_code, write_allegation
from cases.status import Status
from tests.case_factories import MONDAY, make_case, make_finding
from tests.portal.test_translation import not_english
from tests.security import world
from tests.security.conftest import monday as monday
from tests.security.walks.conftest import aminah as aminah
from tests.security.walks.conftest import budi as budi
from tests.security.walks.conftest import denpasar as denpasar
from tests.security.walks.conftest import dewi as dewi
from tests.security.walks.conftest import first_stage as first_stage
from tests.security.walks.conftest import kartika as kartika
from tests.security.walks.conftest import nasrul as nasrul
from tests.security.walks.conftest import sari as sari
from tests.security.walks.conftest import semarang as semarang
from tests.security.walks.conftest import stage as stage
from tests.security.walks.conftest import visitors as visitors
from tests.security.walks.conftest import wayan as wayan

pytestmark = pytest.mark.django_db

# Where a national admin edits the Indonesian text that counts
EDITS_THE_SOURCE = {
    "rules:draft",
    "rules:draft-rows",
    "rules:draft-row",
    "cases:letter-template",
    "cases:message-template",
}
# Planted words, what the factories type for people, names of files, and what the checking tool prints
TYPED = re.compile(r"Kenari|Terlapor mengakui unggahan\.|gambar/\d+\.png|TIDAK UTUH")


def speak_english(visitor):
    """Press the switch, as people do."""
    visitor.client.post(reverse("set_language"), {"language": "en"})
    assert visitor.client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    return visitor.remember()


def wrongs(visitor, path):
    """What the page says in Indonesian, without what people typed; nothing of a file."""
    answer = visitor.visit("GET", path)
    html = world.body(answer)
    is_page = html and answer.headers["Content-Type"].startswith("text/html")
    said = not_english(html) if is_page else []
    return [f"{path}: {text}" for text in said if not TYPED.search(text)]


@pytest.mark.parametrize("person", ["anonymous", "follower", "sari", "kartika_shared", "dewi", "nasrul", "aminah"])
def test_every_address_speaks_english(person, visitors, semarang):
    visitor = speak_english(visitors[person]())
    paths = [world.path_of(name, semarang) for name in world.addresses() if name not in EDITS_THE_SOURCE]
    assert [wrong for path in paths for wrong in wrongs(visitor, path)] == []


@pytest.mark.parametrize("status", Status)
def test_the_steps_from_every_status_speak_english(status, monday, sari, budi, nasrul):
    case = make_case(by=sari, second=budi, status=status)
    make_finding(case.case_reports.get().report)
    for user in (sari, nasrul):
        visitor = speak_english(world.logged_in(user))
        assert wrongs(visitor, reverse("cases:case", args=[case.pk])) == []


def test_the_respondent_is_spoken_to_in_english(monday, sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    words = {"addressed_to": "Slamet Riyadi", "text": "Mengajak memilih.", "place": "Semarang"}
    write_allegation(case=case, act_date=MONDAY.date(), by=sari, at=MONDAY, **words)
    respondent = world.Visitor("respondent")
    code = issue_code(case=Case.objects.get(pk=case.pk), by=sari, at=MONDAY)
    respondent.client.post(reverse("cases:respondent-code"), {"code": code})
    assert wrongs(speak_english(respondent), reverse("cases:respondent")) == []


def test_the_body_is_spoken_to_in_english(monday, sari, budi):
    case = make_case(by=sari, second=budi, status=Status.TINDAK_LANJUT)
    link = issue_link(case=case, sent_to="BKN", by=sari, at=MONDAY)
    body = speak_english(world.Visitor("body"))
    assert body.client.get(reverse("cases:open-delivery", args=[link.token])).status_code == 302
    body.remember()
    assert wrongs(body, reverse("cases:delivered", args=[link.delivery.pk])) == []
