"""The facts each letter is set from, read from the case. No reporter's name, code or words are among them.

Each function takes a `Draft` and returns JSON. Raises NothingToWrite when the case lacks what the letter is about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cases.assessment import confirmed_rules
from cases.follow_up import status_for_reporter
from cases.letters.kinds import LetterKind
from cases.letters.quoted_rules import quoted_rules
from cases.letters.wording import clock, day_and_date, lines, long_date, ordinal, paragraphs
from cases.models import Case, Clarification, ClarificationMethod, HeardRole, Recommendation, Respondent
from cases.refusals import ActionRefused
from reports.models import Evidence, Lane, Report

Data = dict[str, object]
NOTHING = "-"
LANES = {Lane.INFORMASI_AWAL: "Informasi awal", Lane.LAPORAN: "Laporan"}


class NothingToWrite(ActionRefused):
    """The case lacks what the letter would be about. `str()` says what to do first."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What a letter is written from: the case and, by its kind, a report, a summons or a recommendation.

    `additions` are texts of the writer, checked by the fields of the kind.
    """

    case: Case
    at: datetime
    additions: Mapping[str, str] = field(default_factory=dict)
    report: Report | None = None
    about: Clarification | Recommendation | None = None

    @property
    def day(self) -> date:
        """The day on the clock of the place."""
        return self.at.astimezone(ZoneInfo(self.case.region.time_zone)).date()

    def text(self, name: str) -> str:
        """What the writer added, empty when nothing."""
        return self.additions.get(name, "").strip()

    def the_report(self) -> Report:
        """The report a letter to the reporter is about."""
        if self.report is None:
            raise NothingToWrite(_("Pilih laporan yang dijawab surat ini."))
        return self.report

    def the_summons(self) -> Clarification:
        """The summons a letter of a hearing came with."""
        if not isinstance(self.about, Clarification):
            raise NothingToWrite(_("Belum ada jadwal klarifikasi. Jadwalkan lebih dulu."))
        return self.about

    def the_recommendation(self) -> Recommendation:
        """The recommendation a letter carries."""
        if not isinstance(self.about, Recommendation):
            raise NothingToWrite(_("Belum ada rekomendasi. Susun rekomendasi lebih dulu."))
        return self.about


def facts_of(kind: LetterKind, draft: Draft) -> Data:
    """Everything the letter says, besides its number, its day and who signs."""
    common: Data = {
        "case": draft.case.reference,
        "region": draft.case.region.name,
        "at_place": "",
        "nature": "Biasa",
        "enclosures": NOTHING,
        "show_place_in_signature": False,
    }
    return common | WRITERS[kind](draft)


def facts_naming(respondent: Respondent, *, kind: LetterKind, hearing: Clarification | None) -> Data:
    """What of a letter names the respondent, as known now; empty for one that names somebody else or nobody.

    `hearing` is the one the letter came with.
    """
    if kind in {LetterKind.KAJIAN_AWAL, LetterKind.KAJIAN, LetterKind.SURAT_REKOMENDASI}:
        return {"respondent": _person(respondent)}
    if kind == LetterKind.UNDANGAN_KLARIFIKASI:
        return {"recipient": _addressed_to(respondent)}
    if kind == LetterKind.BERITA_ACARA_KLARIFIKASI and hearing and hearing.role == HeardRole.RESPONDENT:
        return {"heard": _person(respondent)}
    return {}


def _receipt(draft: Draft) -> Data:
    report = draft.the_report()
    pictures = Evidence.objects.filter(report=report).order_by("position")
    return {
        "case": "",
        "subject": "Tanda Terima Laporan",
        "show_place_in_signature": True,
        "received": _received(draft.case, report),
        "lane": LANES[Lane(report.lane)],
        "region": report.region.name if report.region else NOTHING,
        "pictures": [
            {"position": row.position, "size": _size(row.byte_size), "sha256": row.sha256} for row in pictures
        ],
    }


def _status_notice(draft: Draft) -> Data:
    report = draft.the_report()
    status = status_for_reporter(report, draft.at)
    return {
        "case": "",
        "subject": "Pemberitahuan Status Laporan",
        "nature": "Terbatas",
        "recipient": ["Saudara Pelapor"],
        "received": _received(draft.case, report),
        "region": report.region.name if report.region else NOTHING,
        "state": status.state,
        "next_step": status.next_step,
        "remark": paragraphs(draft.text("remark")),
    }


def _first_study(draft: Draft) -> Data:
    reports = [link.report for link in draft.case.case_reports.select_related("report").order_by("attached_at", "pk")]
    return {
        "subject": "Kajian Awal",
        "show_place_in_signature": True,
        "received": ", ".join(dict.fromkeys(_received(draft.case, report) for report in reports)),
        "lanes": ", ".join(dict.fromkeys(LANES[Lane(report.lane)] for report in reports)),
        "pictures": Evidence.objects.filter(report__in=reports).count(),
        "respondent": _person(draft.case.respondent),
        "rules": quoted_rules(draft.case, confirmed_rules(draft.case), draft.day).rows,
        **{name: paragraphs(draft.text(name)) for name in ("formal", "material", "conclusion")},
    }


def _invitation(draft: Draft) -> Data:
    """To the respondent: what is alleged in an officer's words, never in a reporter's."""
    summons = draft.the_summons()
    alleged = draft.case.allegations.order_by("-id").first()
    return {
        "subject": "Undangan Klarifikasi" + (f" ({ordinal(summons.number)})" if summons.number > 1 else ""),
        "nature": "Rahasia",
        "recipient": _addressed_to(draft.case.respondent),
        "place_in_order": summons.number,
        "ordinal": ordinal(summons.number),
        "allegation": paragraphs(alleged.text) if alleged else [],
        "act_date": day_and_date(alleged.act_date) if alleged else "",
        "act_place": alleged.place if alleged else "",
        "rules": quoted_rules(draft.case, confirmed_rules(draft.case), draft.day).rows,
        **_appointment(draft.case, summons),
    }


def _invitation_of_others(draft: Draft) -> Data:
    """To a witness or the superior, who learn at the hearing whom it is about: before a decision nobody is named."""
    summons = draft.the_summons()
    return {
        "subject": "Undangan Memberi Keterangan",
        "nature": "Rahasia",
        "recipient": [line for line in (f"Sdr. {summons.person_name}", summons.person_post) if line],
        "role": summons.role,
        **_appointment(draft.case, summons),
    }


def _appointment(case: Case, summons: Clarification) -> Data:
    return {
        "day": day_and_date(summons.scheduled_date),
        "time": clock(summons.starts, case.region.time_zone),
        "venue": lines(summons.place),
        "method": str(summons.get_method_display()),
        "host": str(summons.get_host_display()),
        "written": summons.method == ClarificationMethod.WRITTEN,
    }


def _minutes(draft: Draft) -> Data:
    hearing = draft.the_summons()
    attended = {True: "yes", False: "no", None: ""}[hearing.attended]
    people = hearing.participants.order_by("position")
    asked = hearing.questions.order_by("position")
    return {
        "subject": "Berita Acara Klarifikasi",
        "show_place_in_signature": True,
        **_appointment(draft.case, hearing),
        "day": day_and_date(hearing.held_date or hearing.scheduled_date),
        "attended": attended,
        "role": str(hearing.get_role_display()),
        "heard": _heard(draft.case, hearing),
        "participants": [f"{person.name}, {person.get_role_display()}" for person in people],
        "questions": [{"question": row.question, "answer": row.answer} for row in asked],
        "read_back": hearing.was_read_back,
        "minutes": paragraphs(hearing.minutes),
    }


def _heard(case: Case, hearing: Clarification) -> dict[str, str]:
    if hearing.role == HeardRole.RESPONDENT:
        return _person(case.respondent)
    return {"name": hearing.person_name, "nip": "", "post": hearing.person_post, "agency": ""}


def _study(draft: Draft) -> Data:
    quoted = quoted_rules(draft.case, confirmed_rules(draft.case), draft.day)
    entry = draft.case.registration
    return {
        "subject": "Kajian Dugaan Pelanggaran",
        "show_place_in_signature": True,
        "registration": entry.number if entry else "",
        "respondent": _person(draft.case.respondent),
        "hearings": [_hearing(row) for row in _hearings(draft.case)],
        "rules": quoted.rows,
        "catalogue": quoted.catalogue,
        **{name: paragraphs(draft.text(name)) for name in ("facts", "analysis", "conclusion")},
    }


def _recommendation(draft: Draft) -> Data:
    recommendation = draft.the_recommendation()
    quoted = quoted_rules(draft.case, recommendation.rule_codes, recommendation.letter_date)
    entry = draft.case.registration
    return {
        "subject": "Rekomendasi atas Dugaan Pelanggaran Netralitas ASN",
        "nature": "Rahasia",
        "enclosures": "1 (satu) berkas",
        "recipient": [recommendation.body.name],
        "registration": entry.number if entry else "",
        "respondent": _person(draft.case.respondent),
        "rules": quoted.rows,
        "catalogue": quoted.catalogue,
        "reasons": paragraphs(recommendation.reasons),
        "level": str(recommendation.get_proposed_level_display()),
    }


def _hearings(case: Case) -> list[Clarification]:
    """Of the respondent: who else was heard is not told in a letter the respondent may come to read."""
    return list(case.clarifications.filter(role=HeardRole.RESPONDENT).order_by("scheduled_at", "pk"))


def _person(respondent: Respondent) -> dict[str, str]:
    return {name: getattr(respondent, name) for name in ("name", "nip", "post", "agency")}


def _addressed_to(person: Respondent) -> list[str]:
    return [line for line in (f"Sdr. {person.name}" if person.name else "", person.post, person.agency) if line]


def _hearing(row: Clarification) -> str:
    if row.held_date is None:
        return f"Dijadwalkan {day_and_date(row.scheduled_date)}, {row.get_method_display()}."
    came = "terlapor hadir" if row.attended else "terlapor tidak hadir"
    return f"{day_and_date(row.held_date)}, {row.get_method_display()}, oleh {row.get_host_display()}: {came}."


def _received(case: Case, report: Report) -> str:
    return long_date(report.received_at.astimezone(ZoneInfo(case.region.time_zone)).date())


def _size(count: int) -> str:
    return f"{max(1, round(count / 1024)):,} kB".replace(",", ".")


WRITERS: dict[LetterKind, Callable[[Draft], Data]] = {
    LetterKind.TANDA_TERIMA: _receipt,
    LetterKind.KAJIAN_AWAL: _first_study,
    LetterKind.UNDANGAN_KLARIFIKASI: _invitation,
    LetterKind.UNDANGAN_KETERANGAN: _invitation_of_others,
    LetterKind.BERITA_ACARA_KLARIFIKASI: _minutes,
    LetterKind.KAJIAN: _study,
    LetterKind.SURAT_REKOMENDASI: _recommendation,
    LetterKind.PEMBERITAHUAN_STATUS: _status_notice,
}
