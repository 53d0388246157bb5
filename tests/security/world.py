"""Two regions with planted words, and everybody who may come to an address."""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import AuditHead
from accounts.roles import Role
from cases import messages, notes, original_opening, sharing
from cases.assignment import take
from cases.documents import Pact, prepare_waiting_pages, record_pact
from cases.grouping import attach_report
from cases.handover import propose_handover
from cases.letters.kinds import LetterKind
from cases.letters.writing import draft_letter, issue_letter
from cases.masking import confirm_nothing_to_hide
from cases.models import (
    Case,
    CaseReport,
    DocumentPage,
    Letter,
    Mention,
    OriginalOpening,
    Regrouping,
    ScheduleRequest,
    SecondReadingDraw,
)
from evidence.digests import sha256_hex
from regions.models import Region
from reports import receipt
from reports.models import Evidence, Finding, Report
from reports.models_capture import LinkCapture
from reports.models_keys import DataKey
from reports.originals import Picture
from tests.case_factories import MONDAY, make_case, make_evidence, make_finding, make_report
from tests.conftest import make_user
from tests.factories import png
from tests.hearing_factories import planted_hearing_letter, planted_request

# Planted in every text about a case of the region; whoever does not see the case must never read it.
CANARY = {"33.74": "KenariSemarang", "51.71": "KenariDenpasar"}
# Planted in what staff write for themselves; the reporter must never read it.
STAFF_CANARY = "KenariCatatan"
# Planted in hearings that Bawaslu holds; the accused's own house must never read it.
HEARING_CANARY = "KenariSaksi"
CODES = {"33.74": "SEMAR-ANG00-00000-00000-000001", "51.71": "DENPA-SAR00-00000-00000-000002"}
PASSWORD = "sandi-uji-panjang"
# What remains of a look, and tables that every request may touch
LOOKS = {"accounts_auditevent", "accounts_auditwords"}
BOOKKEEPING = {"django_session", "cache_entry"}


@dataclass(frozen=True)
class Place:
    """The case of one region and what hangs on it."""

    case: Case
    report: Report
    evidence: Evidence
    finding: Finding
    draw: SecondReadingDraw
    page: DocumentPage
    opening: OriginalOpening
    request: ScheduleRequest
    # The minutes of a witness heard by Bawaslu, not signed off
    hearing_letter: Letter
    canary: str
    code: str
    # A second case about the same person, and the move of a report from it to the first
    twin: Case | None = None
    regrouping: Regrouping | None = None


@dataclass
class Visitor:
    """Somebody's browser; each visit begins with the cookies it had at first."""

    name: str
    client: Client = field(default_factory=Client)
    cookies: str = ""

    def remember(self) -> "Visitor":
        """Keep the cookies there are now."""
        self.cookies = self.client.cookies.output(header="", sep=";")
        return self

    def visit(self, method: str, path: str, data: dict | None = None):
        """One request, as if nothing had happened in this browser since remember()."""
        self.client.cookies = SimpleCookie(self.cookies)
        return (
            self.client.generic("HEAD", path) if method == "HEAD" else getattr(self.client, method.lower())(path, data)
        )


def plant(region_code: str, *, by, second, employer: str) -> Place:
    """A case with planted words in every text a person or the machine writes."""
    canary = CANARY[region_code]
    case = make_case(
        by=by,
        second=second,
        region_code=region_code,
        employer=employer,
        narrative=f"{canary} membagikan poster calon wali kota di grup warga.",
        respondent_name=f"{canary} Terlapor",
        respondent_post=f"{canary} Lurah",
        respondent_agency=f"{canary} Kelurahan",
        candidate=f"{canary} Calon",
        link=f"https://contoh.id/{canary}",
    )
    report = case.case_reports.get().report
    Report.objects.filter(pk=report.pk).update(receipt_digest=receipt.digest(CODES[region_code]))
    finding, evidence = make_finding(report), make_evidence(report)
    line = {"text": f"{canary} terbaca paslon 2", "box": [0, 0, 9, 9], "confidence": 0.9}
    Evidence.objects.filter(pk=evidence.pk).update(text=line["text"], lines=[line], reading_state="read")
    settings.CLEAN_ROOT.mkdir(parents=True, exist_ok=True)
    clean = png()
    (settings.CLEAN_ROOT / evidence.clean_name).write_bytes(clean)
    Evidence.objects.filter(pk=evidence.pk).update(clean_sha256=sha256_hex(clean), clean_width=24, clean_height=32)
    show_to_the_accused(case, Evidence.objects.get(pk=evidence.pk), by)
    opening = original_opening.ask_for_original(
        original=evidence, reason="Penyidik meminta berkas seperti diterima.", by=by, at=MONDAY
    )
    captured = {"final_url": f"https://contoh.id/{canary}", "status": 200, "sha256": "c" * 64, "byte_size": 5}
    LinkCapture.objects.create(report=report, fetched_at=MONDAY, **captured)
    DataKey.objects.create(id=report.pk, sealed_key=b"k")
    notes.add_note(case=case, text=f"{canary} {STAFF_CANARY}", by=by, at=MONDAY)
    mentioned = [second] if second != by else []
    notes.add_note(case=case, text=f"{canary} {STAFF_CANARY}", by=by, at=MONDAY, mentioned=mentioned)
    messages.send_to_reporter(case=case, text=f"{canary} jawaban kantor", by=by, at=MONDAY)
    messages.receive_from_reporter(report=report, text=f"{canary} pesan pelapor", at=MONDAY)
    write_letters(case, report, by=by)
    AuditHead.objects.get_or_create(day=MONDAY.date(), defaults={"position": 1, "digest": b"0" * 32, "made_at": MONDAY})
    draw = SecondReadingDraw.objects.create(case=case, drawn_at=MONDAY)
    page = planted_page(case, f"{canary} {STAFF_CANARY}", by)
    request = planted_request(case, f"{canary} {STAFF_CANARY} {HEARING_CANARY}", by)
    letter = planted_hearing_letter(case, f"{canary} {STAFF_CANARY} {HEARING_CANARY}", by)
    words = {"respondent_name": f"{canary} Terlapor", "narrative": f"{canary} membagikan poster lagi di grup lain."}
    fresh, reason = Case.objects.get(pk=case.pk), f"{canary} {STAFF_CANARY} alasan"
    twin, moved = plant_twin(fresh, words, reason, employer=employer, by=by, second=second)
    propose_handover(case=twin, region=Region.objects.get(pk="33.72"), reason=reason, by=by, at=MONDAY)
    code = CODES[region_code]
    return Place(fresh, report, evidence, finding, draw, page, opening, request, letter, canary, code, twin, moved)


def show_to_the_accused(case: Case, evidence: Evidence, by) -> None:
    """As if the case had been in clarification when somebody looked at the picture."""
    copy = confirm_nothing_to_hide(evidence=evidence, by=by, at=MONDAY)
    case.releases.create(evidence=evidence, copy=copy, number=1, by=by, at=MONDAY)


def plant_twin(case: Case, words: dict, reason: str, *, employer: str, by, second) -> tuple[Case, Regrouping]:
    """Another case with planted words, one of whose two reports was moved to the first case."""
    twin = make_case(by=by, second=second, employer=employer, region_code=case.region_id, **words)
    extra = make_report(region_code=case.region_id, **words)
    CaseReport.objects.create(case=twin, report=extra, attached_at=MONDAY)
    regrouping = attach_report(case=twin, report_id=extra.pk, to=case, reason=reason, by=by, at=MONDAY)
    return Case.objects.get(pk=twin.pk), regrouping


def planted_page(case: Case, words: str, by) -> DocumentPage:
    """A page of a pact with planted words, viewable."""
    pact = Pact(signed_date=MONDAY.date(), witness=words, remark=words, pages=[Picture.of(png())])
    page = record_pact(case=case, pact=pact, by=by, at=MONDAY).pages.get()
    prepare_waiting_pages(at=MONDAY)
    page.refresh_from_db()
    return page


def write_letters(case: Case, report: Report, *, by) -> None:
    """A letter the reporter may have, and the draft of another."""
    letter = {"case": case, "report": report, "extra": {}, "by": by, "at": MONDAY}
    issue_letter(kind=LetterKind.TANDA_TERIMA, **letter)
    draft_letter(kind=LetterKind.PEMBERITAHUAN_STATUS, **letter)


def logged_in(user, name: str = "") -> Visitor:
    """A browser somebody is logged in with."""
    visitor = Visitor(name or user.username)
    visitor.client.force_login(user)
    return visitor.remember()


def follower_of(place: Place) -> Visitor:
    """The browser of a reporter who has entered the code."""
    visitor = Visitor("follower")
    answer = visitor.client.post(reverse("cases:follow-up"), {"code": place.code})
    assert answer.status_code == 302
    return visitor.remember()


def disabled(user) -> Visitor:
    """A browser whose person lost the account while logged in."""
    visitor = logged_in(user, "disabled")
    user.is_active = False
    user.save()
    return visitor


def ketut():
    """Reviewer at Kesbangpol of another government."""
    return make_user("ketut", Role.REVIEWER_KESBANGPOL, "51.71", "Kesbangpol Kota Denpasar")


def share(place: Place, *, by) -> None:
    """Let Kesbangpol see the case."""
    sharing.share_with_kesbangpol(case=place.case, by=by, at=MONDAY)
    place.case.refresh_from_db()


def hold(place: Place, *, by) -> None:
    """Let somebody work on the case."""
    take(case=place.case, by=by, at=MONDAY)
    place.case.refresh_from_db()


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> dict[str, URLPattern]:
    """Every address the portal has, by its name."""
    found = {}
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            found |= addresses(pattern, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""))
        else:
            found[f"{namespace}{pattern.name}"] = pattern
    return found


def path_of(name: str, place: Place) -> str:
    """The address of a page, about this place where it is about a case."""
    if name in ABOUT_REFERENCE:
        return reverse(name, args=[ABOUT_REFERENCE[name]])
    if name in ABOUT_A_DRAW:
        return reverse(name, args=[place.draw.pk, *ABOUT_A_DRAW[name](place)])
    if name in ABOUT_A_ROW:
        return reverse(name, args=ABOUT_A_ROW[name](place))
    if name in ABOUT_A_REPORT:
        return reverse(name, args=ABOUT_A_REPORT[name](place))
    if name not in ABOUT_A_CASE:
        return reverse(name)
    return reverse(name, args=[place.case.pk, *ABOUT_A_CASE[name](place)])


def _signed(place: Place) -> int:
    return place.case.letters.exclude(signed_off_at=None).latest("pk").pk


def _release(place: Place) -> UUID:
    return place.case.releases.get().pk


def _nothing_more(place: Place) -> list[object]:
    return []


ELECTION = "pilkada-2024"
ABOUT_A_DRAW = {
    "cases:second-reading": _nothing_more,
    "cases:second-reading-image": lambda place: [place.evidence.pk],
}
ROW = "SKB2-II-B-2"
LETTER_OFFICE = "BWS.33.74"
ABOUT_REFERENCE = {
    "cases:letterhead": LETTER_OFFICE,
    "cases:letter-template": LetterKind.KAJIAN,
    "cases:start-letter-template": LetterKind.KAJIAN,
    "cases:preview-letter-template": LetterKind.KAJIAN,
    "cases:publish-letter-template": LetterKind.KAJIAN,
    "cases:discard-letter-template": LetterKind.KAJIAN,
    "cases:message-template": "tanggal",
    "rules:rule": ROW,
    "rules:draft-row": ROW,
    "rules:election": ELECTION,
    "rules:choose-weights": "rilis",
    "cases:change-holiday": "2024-12-25",
    # A link nobody made; what a made one opens: tests/cases/pages/test_delivery_pages.py
    "cases:open-delivery": "karangan",
    "cases:delivered": 1,
    "cases:delivered-notice": 1,
    "stats:audit-head": MONDAY.date(),
}
ABOUT_A_ROW = {
    "cases:handover": lambda place: [place.twin.handovers.get().pk],
    "cases:see-mention": lambda place: [Mention.objects.get(note__case=place.case).pk],
}
ABOUT_A_REPORT = {
    "cases:followed-letter": lambda place: [_signed(place)],
    "cases:respondent-evidence": lambda place: [_release(place)],
    "cases:respondent-thumbnail": lambda place: [_release(place)],
}
ABOUT_A_CASE = {
    "cases:case": _nothing_more,
    "cases:take-step": lambda place: ["mulai_kajian_awal"],
    "cases:take-case": _nothing_more,
    "cases:extend-deadline": _nothing_more,
    "cases:choose-election": _nothing_more,
    "cases:release-case": _nothing_more,
    "cases:share-case": _nothing_more,
    "cases:letter-link": _nothing_more,
    "cases:revoke-link": _nothing_more,
    "cases:assess-finding": lambda place: [place.finding.pk],
    "cases:add-rule": _nothing_more,
    "cases:withdraw-rule": lambda place: ["SKB2-II-B-3"],
    "cases:write-note": _nothing_more,
    "cases:write-proposal": _nothing_more,
    "cases:write-message": _nothing_more,
    "cases:change-respondent": _nothing_more,
    "cases:grouping": _nothing_more,
    "cases:similar": _nothing_more,
    "cases:merge": lambda place: [place.twin.pk],
    "cases:attach-report": lambda place: [place.report.pk],
    "cases:split-case": _nothing_more,
    "cases:undo-regrouping": lambda place: [place.regrouping.pk],
    "cases:adopt-finding": _nothing_more,
    "cases:person": _nothing_more,
    "cases:link-person": lambda place: [place.twin.pk],
    "cases:unlink-person": lambda place: [place.twin.pk],
    "cases:recuse": _nothing_more,
    "cases:write-pact": _nothing_more,
    "cases:clarification": _nothing_more,
    "cases:write-allegation": _nothing_more,
    "cases:make-respondent-code": _nothing_more,
    "cases:revoke-respondent-code": _nothing_more,
    "cases:invite-other": _nothing_more,
    "cases:record-service": lambda place: [place.request.clarification_id],
    "cases:move-hearing": lambda place: [place.request.clarification_id],
    "cases:minutes": lambda place: [place.request.clarification_id],
    "cases:refuse-date": lambda place: [place.request.pk],
    "cases:document-page": lambda place: [place.page.pk],
    "cases:write-letter": lambda place: [LetterKind.PEMBERITAHUAN_STATUS],
    "cases:make-hearing-letter": lambda place: [place.hearing_letter.clarification_id, "undangan"],
    "cases:letter": lambda place: [place.hearing_letter.pk],
    "cases:sign-letter": lambda place: [place.hearing_letter.pk],
    "cases:withdraw-letter": lambda place: [place.hearing_letter.pk],
    "cases:evidence": lambda place: [place.evidence.pk],
    "cases:judge-hint": lambda place: [place.evidence.pk, 0],
    "cases:evidence-image": lambda place: [place.evidence.pk],
    "cases:evidence-thumbnail": lambda place: [place.evidence.pk],
    "cases:mask-evidence": lambda place: [place.evidence.pk],
    "cases:release-copy": lambda place: [place.evidence.pk],
    "cases:clear-copy": lambda place: [place.evidence.pk],
    "cases:withdraw-copy": lambda place: [_release(place)],
    "cases:read-again": lambda place: [place.evidence.pk],
    "cases:original": lambda place: [place.evidence.pk],
    "cases:captured-link": lambda place: [place.report.pk],
    "cases:agree-original": lambda place: [place.opening.pk],
    "cases:take-original": lambda place: [place.opening.pk],
    "cases:propose-handover": _nothing_more,
    "cases:bundle": _nothing_more,
    "cases:hold-case": _nothing_more,
    "cases:lift-hold": _nothing_more,
    "cases:propose-disposal": _nothing_more,
    "cases:approve-disposal": _nothing_more,
    "cases:reject-disposal": _nothing_more,
    "cases:give-case": _nothing_more,
}


def written() -> dict[str, int]:
    """How often each table was written to in this transaction, also by what was rolled back since."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables "
            "WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


def tables_written_since(before: dict[str, int]) -> set[str]:
    """The tables written to since, sessions and counters of attempts aside."""
    return {table for table, count in written().items() if count != before.get(table, 0)} - BOOKKEEPING


def body(response) -> str:
    """What a browser would read, also of a streamed answer."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")
