"""Who reads, signs, withdraws and remakes the papers of whose hearing: office by host by what is done."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.clarification_room import clarification_room
from cases.documents import marked_page, prepare_waiting_pages
from cases.facts import ClarificationPlan
from cases.letters.issuing import invite, write_up
from cases.letters.panel import letter_panel
from cases.letters.writing import sign_off, withdraw_letter
from cases.models import Case, ClarificationHost, ClarificationMethod, HeardRole, Letter, ServiceWay
from cases.refusals import ActionRefused
from cases.sharing import share_with_kesbangpol
from cases.status import Status
from cases.summons import Service, record_service
from cases.workflow import Action
from reports.originals import Picture
from tests.case_factories import MONDAY, make_case, step
from tests.clarification_factories import allege
from tests.factories import png
from tests.hearing_factories import sign_minutes, summon_witness

pytestmark = pytest.mark.django_db
OWN = ClarificationHost.KESBANGPOL
WORD = "KenariSaksi"
WRITERS, READERS = ["sari", "kartika"], ["nasrul", "aminah"]
# Person, host, does the person read papers of that host, and does the person make them?
MATRIX = [
    (who, host, who != "kartika" or host == OWN, who == "sari" or (who == "kartika" and host == OWN))
    for who in (*WRITERS, *READERS)
    for host in ClarificationHost
]
by_whom = pytest.mark.parametrize(("who", "host", "reads", "writes"), MATRIX)
OWN_HOUSE = "33.74"
ABOUT_WITNESSES = {
    "Saksi atau atasan diundang",
    "Berita acara ditandatangani",
    "Panggilan disampaikan",
    "Konsep surat disusun",
}


@pytest.fixture
def person(who, request):
    return request.getfixturevalue(who)


@pytest.fixture
def case(sari, budi):
    """A case about somebody of the house Kesbangpol belongs to, which Bawaslu shared with it."""
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI, employer=OWN_HOUSE)
    return share_with_kesbangpol(case=case, by=sari, at=MONDAY)


@pytest.fixture
def maker(host, sari, kartika):
    """Whose letterhead the papers have: Bawaslu writes for every host without an account."""
    return kartika if host == OWN else sari


@pytest.fixture
def invitation(case, host, maker) -> Letter:
    """To the accused."""
    words = {"scheduled_date": MONDAY.date(), "starts": MONDAY.time(), "place": "Kantor"}
    plan = ClarificationPlan(method=ClarificationMethod.IN_PERSON, host=host, **words)
    case = step(case, Action.JADWALKAN_KLARIFIKASI, by=maker, facts=plan)
    allege(case, by=maker)
    return case.letters.get()


@pytest.fixture
def minutes(case, host, maker) -> Letter:
    """Of a witness, the reporter for all anybody knows; the photo proves that the invitation arrived."""
    hearing = summon_witness(case, WORD, maker, host=host)
    proof = Service(way=ServiceWay.POST, served_date=MONDAY.date(), served_by=WORD, photos=[Picture.of(png())])
    record_service(clarification=hearing, service=proof, by=maker, at=MONDAY)
    prepare_waiting_pages(at=MONDAY)
    return sign_minutes(hearing, WORD, maker)


def seen(case):
    return Case.objects.select_related("region", "respondent").get(pk=case.pk)


def does(may, act):
    if may:
        act()
        return
    with pytest.raises(ActionRefused), transaction.atomic():
        act()


@by_whom
def test_reading_about_a_hearing(person, host, reads, writes, case, minutes):
    browser, hearing = Client(), minutes.clarification
    browser.force_login(person)
    page = {name: browser.get(reverse(f"cases:{name}", args=[case.pk])).context for name in ("clarification", "case")}
    rows = page["clarification"]["room"].summonses
    assert [(row.summons.person_name, len(row.minutes)) for row in rows] == [(f"{WORD} Saksi", 1)] * reads
    assert any(WORD in decision.title for decision in page["case"]["dossier"].decisions) is reads
    told = {entry.what for entry in page["case"]["dossier"].timeline}
    assert told & ABOUT_WITNESSES == (ABOUT_WITNESSES if reads else set())
    form = 200 if writes else 403 if reads else 404
    for name in ("minutes", "record-service", "move-hearing"):
        assert browser.get(reverse(f"cases:{name}", args=[case.pk, hearing.pk])).status_code == form, name


@by_whom
def test_reading_the_papers_of_a_hearing(person, host, reads, writes, case, minutes, maker):
    letters = case.letters.readable_by(person)
    kinds = {"undangan_keterangan", "berita_acara_klarifikasi"}
    assert {letter.kind for letter in letters} == (kinds if reads else set())
    rows = letter_panel(seen(case), person).rows
    assert [(row.may_sign, row.may_withdraw) for row in rows] == [(writes and person == maker, writes)] * 2 * reads
    proof = minutes.clarification.services.get().document.pages.get()
    does(reads, lambda: marked_page(page=proof, by=person, at=MONDAY))
    browser = Client()
    browser.force_login(person)
    assert browser.get(reverse("cases:letter", args=[case.pk, minutes.pk])).status_code == (200 if reads else 404)


@by_whom
def test_signing_withdrawing_and_remaking_the_papers_of_a_hearing(
    person, host, reads, writes, invitation, minutes, maker
):
    summons, hearing, number = invitation.clarification, minutes.clarification, invitation.number
    # Bawaslu records what Kesbangpol hears, yet signs nothing with its head.
    signs = writes and person == maker
    for letter in (invitation, minutes):
        does(signs, lambda letter=letter: sign_off(letter=letter, by=person, at=MONDAY))
        does(writes, lambda letter=letter: withdraw_letter(letter=letter, reason="Salah.", by=person, at=MONDAY))
        letter.refresh_from_db()
        assert (not letter.is_draft, letter.withdrawn_at is not None) == (signs, writes)
        if not writes:
            withdraw_letter(letter=letter, reason="Salah.", by=maker, at=MONDAY)
    does(writes, lambda: invite(summons=summons, by=person, at=MONDAY))
    does(writes, lambda: write_up(hearing=hearing, by=person, at=MONDAY))
    summons.refresh_from_db()
    assert (summons.letter_number != number) is writes
    assert summons.letters.count() == 1 + writes


@pytest.mark.parametrize("host", ClarificationHost)
def test_what_the_accused_sent_is_for_whoever_invites(host, case, invitation, kartika, sari):
    case.respondent_answers.create(text="Saya cuti.", at=MONDAY)
    case.named_people.create(role=HeardRole.WITNESS, name=WORD, knows="Melihat.", at=MONDAY)
    for person, may in ((sari, True), (kartika, host == OWN)):
        room = clarification_room(seen(case), by=person, at=MONDAY)
        assert len(room.answers) == len(room.named) == may
