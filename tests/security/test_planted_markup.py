"""What people write stays text: on no page does a planted word become an element or an attribute."""

from html.parser import HTMLParser

import pytest

from cases import assessment
from cases.facts import ClarificationResult, FollowUpEntry, RecommendationDraft, RegistrationEntry, SanctionDecree
from cases.models import Case, ClarificationMethod, DisciplineLevel
from cases.workflow import Action
from reports.models import Evidence, Finding, Report
from tests.case_factories import MONDAY, RULE, make_case, make_evidence, make_finding, step
from tests.hearing_factories import planted_hearing_letter, planted_request
from tests.reports.conftest import KEY, laporan_answers
from tests.security import world
from tests.security.posts import picture

MARK = "kenari99"
PLANTS = [
    f"<script>{MARK}()</script>",
    f'"><img src={MARK} onerror={MARK}()>',
    f"'><svg onload={MARK}()>",
    f"</textarea></title><{MARK}>",
    f"javascript:{MARK}()",
    f'" autofocus onfocus={MARK}() x="',
    f"{{{{ {MARK} }}}}{{% {MARK} %}}{{{{ 7|add:42 }}}}",
    f"<!--{MARK}--><base href=//{MARK}>",
    f"<a href=//{MARK}.example>{MARK}</a>",
    f"&lt;script&gt;{MARK}",
    f"\u202e{MARK}<b>\u2028</b>",
    f"</script><style>@import '//{MARK}'</style>",
]
# Short enough for the shortest field
SEVERAL_IN_ONE = [
    f"\"'><script>{MARK}()</script><img src={MARK} onerror=x()>{{{{ 7|add:42 }}}}",
    f"</textarea></title></option><!--{MARK}--><{MARK} x='\" onfocus={MARK}()>",
]
# Where a planted word may stand inside a tag: what somebody typed, given back in its own field.
ECHO = {("input", "value"), ("option", "value")}

pytestmark = pytest.mark.django_db


class Markup(HTMLParser):
    """Collects what a planted word became besides text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.created: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if MARK in tag:
            self.created.append(f"element {tag}")
        for name, value in attrs:
            if MARK in name or name.startswith("on"):
                self.created.append(f"attribute {name} of {tag}")
            elif MARK in (value or "") and (tag, name) not in ECHO:
                self.created.append(f"value of {name} of {tag}: {value}")

    def handle_comment(self, data):
        if MARK in data:
            self.created.append("comment")

    def handle_data(self, data):
        if MARK in data and self.cdata_elem in {"script", "style"}:
            self.created.append(f"content of {self.cdata_elem}")


def created_by(response) -> list[str]:
    """What planted words created on a page."""
    page = world.body(response)
    return Markup(page).created if "html" in response.headers.get("Content-Type", "") else []


@pytest.fixture(params=PLANTS)
def plant(request):
    """A text that wants to be more than text."""
    return request.param


@pytest.fixture(params=SEVERAL_IN_ONE)
def mixed(request):
    """Ways out of text, of both kinds of quotes, and of what a browser reads in its own way."""
    return request.param


@pytest.fixture
def planted(mixed, monday, sari, budi):
    """A case in whose every field somebody planted the text, driven to a sanction; and one more like it."""
    # What a hearing's papers say repeats no words of a reporter.
    other = f"\"'></textarea><b onclick={MARK}()>"
    words = {
        "narrative": mixed * 2,
        "respondent_name": mixed,
        "respondent_post": mixed,
        "respondent_agency": mixed,
        "candidate": mixed,
        "link": mixed,
    }
    case = make_case(by=sari, second=budi, **words)
    report = case.case_reports.get().report
    twin, moved = world.plant_twin(case, words, mixed, employer="pusat", by=sari, second=budi)
    _plant_opinions(make_finding(report), make_evidence(report), mixed)
    Report.objects.filter(pk=report.pk).update(receipt_digest=world.receipt.digest(world.CODES["33.74"]))
    day = MONDAY.date()
    step(case, Action.MULAI_KAJIAN_AWAL, by=sari, reason=mixed)
    step(case, Action.DAFTARKAN, by=sari, facts=RegistrationEntry(number=mixed, registered_date=day))
    step(case, Action.JADWALKAN_KLARIFIKASI, by=sari)
    held = ClarificationResult(held_date=day, attended=True, method=ClarificationMethod.ONLINE, minutes=other)
    step(case, Action.CATAT_KLARIFIKASI, by=sari, facts=held)
    assessment.add_rule(case=case, rule_code=RULE, reason=mixed, by=sari, at=MONDAY)
    letter = RecommendationDraft(letter_number=mixed, letter_date=day, reasons=mixed)
    step(case, Action.SUSUN_REKOMENDASI, by=sari, facts=letter)
    step(case, Action.KIRIM_REKOMENDASI, by=budi)
    step(case, Action.CATAT_TINDAK_LANJUT, by=sari, facts=FollowUpEntry(happened_date=day, actor=mixed, text=mixed))
    decree = SanctionDecree(
        level=DisciplineLevel.MEDIUM, form=mixed, decree_number=mixed, decree_date=day, imposed_by=mixed
    )
    step(case, Action.CATAT_SANKSI, by=sari, facts=decree)
    world.notes.add_note(case=case, text=mixed, by=sari, at=MONDAY, mentioned=[budi])
    world.messages.send_to_reporter(case=case, text=mixed, to=[report.pk], by=sari, at=MONDAY)
    world.messages.receive_from_reporter(report=report, text=mixed, at=MONDAY)
    world.write_letters(case, report, by=sari)
    neighbour = world.Region.objects.get(pk="33.72")
    world.propose_handover(case=twin, region=neighbour, reason=mixed, by=sari, at=MONDAY)
    sari.first_name = sari.office_name = mixed
    sari.save()
    finding, code = Finding.objects.first(), world.CODES["33.74"]
    draw = world.SecondReadingDraw.objects.create(case=case, drawn_at=MONDAY)
    page, evidence = world.planted_page(case, mixed, sari), report.evidence.get()
    world.show_to_the_accused(case, evidence, sari)
    opening = world.original_opening.ask_for_original(original=evidence, reason=mixed, by=sari, at=MONDAY)
    request, letter = planted_request(case, other, sari), planted_hearing_letter(case, other, sari)
    case = Case.objects.get(pk=case.pk)
    return world.Place(case, report, evidence, finding, draw, page, opening, request, letter, "", code, twin, moved)


def _plant_opinions(finding: Finding, evidence: Evidence, text: str) -> None:
    """The machine quotes what it read."""
    span = {"source": "report", "start": 0, "end": len(text), "words": text, "why": text}
    Finding.objects.filter(pk=finding.pk).update(spans=[span, {**span, "source": "screenshot"}])
    line = {"text": text, "box": [0, 0, 9, 9], "confidence": 0.4}
    Evidence.objects.filter(pk=evidence.pk).update(text=text, lines=[line], reading_state="read")


def test_planted_text_stays_text_on_every_page_of_staff(planted, sari, budi, nasrul):
    for user in (sari, budi, nasrul):
        visitor = world.logged_in(user)
        pages = [path for name in world.addresses() if (path := world.path_of(name, planted))]
        pages += [f"/kotak-masuk/?daftar={tab}" for tab in ("baru", "saya", "lewat", "semua", "selesai")]
        for path in pages:
            response = visitor.visit("GET", path)
            assert created_by(response) == [], path
            assert ">49" not in world.body(response) if "html" in response.headers["Content-Type"] else True


def test_it_is_there_to_read(planted, sari):
    """Otherwise the test above would prove nothing."""
    page = world.body(world.logged_in(sari).visit("GET", world.path_of("cases:case", planted)))
    assert page.count(MARK) > 20


def test_planted_text_stays_text_on_the_page_of_the_reporter(planted):
    page = world.follower_of(planted).visit("GET", "/lacak/laporan/")
    assert MARK in world.body(page)
    assert created_by(page) == []


def test_a_form_gives_back_what_was_typed_as_text(plant, client, reference):
    key = KEY.search(client.get("/laporkan/").content.decode())[1]
    names = [name for name in laporan_answers() if name not in {"lane", "act_date"}]
    answers = laporan_answers(**dict.fromkeys([*names, "reporter_nik", "election_event"], plant), act_date=plant)
    page = client.post("/laporkan/", {**answers, "key": key, "pictures": [picture(plant)]})
    assert MARK in world.body(page)
    assert created_by(page) == []


@pytest.mark.parametrize("path", ["/aturan/", "/kotak-masuk/", "/angka/", "/akun/login/"])
def test_an_address_gives_back_what_it_says_as_text(path, client, sari):
    if "login" not in path:
        client.force_login(sari)
    for plant in PLANTS:
        for name in ("q", "daftar", "region", "page", "first", "next", plant):
            page = client.get(path, {name: plant})
            assert page.status_code == 200
            assert created_by(page) == [], name
