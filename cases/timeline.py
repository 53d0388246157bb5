"""What happened on a case, for people who may see it: who, what, when, and what was recorded."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AuditEvent, User
from cases.events import BETWEEN_OFFICES, TOLD, event_label
from cases.hosts import hosts_for
from cases.models import (
    AppealBody,
    AsnKind,
    AsnStatus,
    Case,
    ClarificationEnding,
    ClarificationHost,
    ClarificationMethod,
    ConflictKind,
    DisciplineLevel,
    GakkumduKind,
    HeardRole,
    HintVerdict,
    NoticeKind,
    Ruling,
    Verdict,
)
from cases.sanction_forms import form_title
from cases.status import Status
from regions.models import Region
from rules.models import ElectionKind

# Who is close to the reporter keeps out too: how an officer is involved can point at the reporter's circle.
KEPT_FROM_THE_HOUSE = frozenset({"conflict"})


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """One event by its name. `who` is empty for the machine and the reporter; `lines` are (label, text) pairs."""

    name: str
    at: datetime
    who: str
    what: str
    lines: list[tuple[str, str]]


def timeline(case: Case, *, by: User) -> list[TimelineEntry]:
    """Every step on the case and every message of its reporters, oldest first; looking is left out.

    Kesbangpol is not told what offices of Bawaslu settle between them, whom others than itself hear, nor why somebody
    keeps out of the case.
    """
    told = TOLD - BETWEEN_OFFICES if by.powers.needs_sharing else TOLD
    subjects = [case.pk, *(link.report_id for link in case.case_reports.all())]
    events = AuditEvent.objects.about(*subjects).filter(action__in=told).to_read()
    hidden = _of_others(case, by) if by.powers.needs_sharing else frozenset()
    return [
        TimelineEntry(
            name=event.action,
            at=event.at,
            who=str(event.actor) if event.actor else "",
            what=event_label(event.action),
            lines=lines_for(event, by),
        )
        for event in events.oldest_first()
        if not hidden & {(name, event.details.get(name)) for name in ("clarification", "letter")}
    ]


def _of_others(case: Case, by: User) -> frozenset[tuple[str, object]]:
    """How events name hearings this person has nothing to do with, and the letters about them."""
    hearings = {row.pk for row in case.clarifications.all() if row.host not in hosts_for(by)}
    letters = {row.pk for row in case.letters.all() if row.clarification_id in hearings}
    return frozenset([*(("clarification", pk) for pk in hearings), *(("letter", pk) for pk in letters)])


def lines_for(event: AuditEvent, by: User) -> list[tuple[str, str]]:
    """What the event recorded, in words, as far as a person who sees the case may read it."""
    return detail_lines(event, but=KEPT_FROM_THE_HOUSE if by.powers.needs_sharing else frozenset())


def detail_lines(event: AuditEvent, *, but: Collection[str] = ()) -> list[tuple[str, str]]:
    """What the event recorded, in words; details that are for the machine, or named in `but`, are left out."""
    told = {name: value for name, value in event.told.items() if name not in but}
    lines = [
        (str(label), text) for name, (label, words) in _LINES.items() if name in told and (text := words(told[name]))
    ]
    source, target = told.get("from"), told.get("to")
    if source and source != target:
        lines.insert(0, (_("Status"), f"{_status(source)} → {_status(target)}"))
    return [*lines, *erased_lines(event)]


def erased_lines(event: AuditEvent) -> list[tuple[str, str]]:
    """That something was typed at this step and is gone, where it is."""
    return [(_("Teks"), _("sudah dihapus"))] if event.is_erased else []


def _status(value: object) -> str:
    return str(Status(value).label) if value in Status.values else str(value)


def _date(value: object) -> str:
    return date_format(date.fromisoformat(str(value)), "j F Y")


def _moment(value: object) -> str:
    return date_format(timezone.localtime(datetime.fromisoformat(str(value))), "j F Y")


def _codes(value: object) -> str:
    return ", ".join(str(code) for code in value) if isinstance(value, list) else ""


# Regions change with a release only; an event of a case that moved often would otherwise cost a query each time.
@cache
def _region(code: object) -> str:
    return ", ".join(Region.objects.filter(pk=str(code)).values_list("name", flat=True)) or str(code)


def _came(value: object) -> str:
    return _("hadir") if value else _("tidak hadir")


def _level(value: object) -> str:
    return str(DisciplineLevel(str(value)).label) if value else ""


def _election(value: object) -> str:
    return str(ElectionKind(str(value)).label) if value else _("belum dipilih")


# What is said of a rule, and of a hint the machine read: both are told under this name, and stay so in the chain.
_VERDICTS: dict[object, Promise | str] = {
    choice.value: choice.label for kind in (Verdict, HintVerdict) for choice in kind
}


def _verdict(value: object) -> str:
    return str(_VERDICTS[value])


def _changes(value: object) -> str:
    if not isinstance(value, dict):
        return ""
    return "; ".join(
        f"{label}: {_known(name, value[name])}" for name, label in _RESPONDENT_FIELDS.items() if name in value
    )


def _known(name: str, value: str | None) -> str:
    if name == "asn_status" and value:
        return str(AsnStatus(value).label)
    if name == "asn_kind" and value:
        return str(AsnKind(value).label)
    return (_date(value) if name == "asn_status_date" else value) if value else _("belum diketahui")


_RESPONDENT_FIELDS: dict[str, Promise] = {
    "name": gettext_lazy("nama"),
    "post": gettext_lazy("jabatan"),
    "agency": gettext_lazy("instansi"),
    "employer_code": gettext_lazy("pemerintah tempat bekerja"),
    "nip": gettext_lazy("NIP"),
    "asn_status": gettext_lazy("status ASN"),
    "asn_kind": gettext_lazy("jenis ASN"),
    "asn_status_source": gettext_lazy("sumber status ASN"),
    "asn_status_date": gettext_lazy("tanggal verifikasi"),
}

_LINES: dict[str, tuple[Promise, Callable[[object], str]]] = {
    "reason": (gettext_lazy("Alasan"), str),
    # Of a registration, or of a picture as the accused sees it
    "number": (gettext_lazy("Nomor"), str),
    "registered_date": (gettext_lazy("Tanggal registrasi"), _date),
    "due_date": (gettext_lazy("Batas perbaikan"), _date),
    "scheduled_date": (gettext_lazy("Tanggal klarifikasi"), _date),
    "held_date": (gettext_lazy("Klarifikasi dilaksanakan"), _date),
    "attended": (gettext_lazy("Kehadiran terlapor"), _came),
    "summons": (gettext_lazy("Panggilan ke"), str),
    "new_date": (gettext_lazy("Tanggal baru"), _date),
    "served_date": (gettext_lazy("Disampaikan"), _date),
    "ending": (gettext_lazy("Hasil"), lambda value: str(ClarificationEnding(str(value)).label)),
    "heard": (gettext_lazy("Yang didengar"), lambda value: str(HeardRole(str(value)).label)),
    "method": (gettext_lazy("Cara"), lambda value: str(ClarificationMethod(str(value)).label)),
    "host": (gettext_lazy("Pelaksana"), lambda value: str(ClarificationHost(str(value)).label)),
    "letter_number": (gettext_lazy("Nomor surat"), str),
    "letter_date": (gettext_lazy("Tanggal surat"), _date),
    "body": (gettext_lazy("Lembaga tujuan"), lambda value: str(value).upper()),
    "rule_codes": (gettext_lazy("Aturan"), _codes),
    "proposed_level": (gettext_lazy("Usulan tingkat"), _level),
    "signed_date": (gettext_lazy("Tanggal ditandatangani"), _date),
    "happened_date": (gettext_lazy("Tanggal kejadian"), _date),
    "happened_time": (gettext_lazy("Pukul"), lambda value: str(value).replace(":", ".")),
    "actor": (gettext_lazy("Pihak"), str),
    "level": (gettext_lazy("Tingkat sanksi"), _level),
    "form": (gettext_lazy("Bentuk sanksi"), str),
    "form_code": (gettext_lazy("Bentuk menurut peraturan"), lambda value: form_title(str(value))),
    "decree_number": (gettext_lazy("Nomor keputusan"), str),
    "decree_date": (gettext_lazy("Tanggal keputusan"), _date),
    "imposed_by": (gettext_lazy("Dijatuhkan oleh"), str),
    "withdrawn_decree": (gettext_lazy("Keputusan yang ditarik"), str),
    "moved_appeal": (gettext_lazy("Keberatan atau banding"), lambda value: _("berlanjut terhadap keputusan yang baru")),
    "decided_by": (gettext_lazy("Diputuskan oleh"), str),
    "reminders": (gettext_lazy("Pengingat ke"), str),
    "appeal_body": (gettext_lazy("Upaya administratif"), lambda value: str(AppealBody(str(value)).label)),
    "filed_date": (gettext_lazy("Tanggal diajukan"), _date),
    "ruling": (gettext_lazy("Hasil upaya administratif"), lambda value: str(Ruling(str(value)).label)),
    "decision_number": (gettext_lazy("Nomor putusan"), str),
    "decided_date": (gettext_lazy("Tanggal putusan"), _date),
    "gakkumdu": (gettext_lazy("Jalur pidana"), lambda value: str(GakkumduKind(str(value)).label)),
    "sent_to": (gettext_lazy("Tautan untuk"), str),
    "notice": (gettext_lazy("Kabar lembaga"), lambda value: str(NoticeKind(str(value)).label)),
    "other_reference": (gettext_lazy("Dobel dari"), str),
    "report_count": (gettext_lazy("Jumlah laporan"), str),
    "from_region": (gettext_lazy("Dari wilayah"), _region),
    "to_region": (gettext_lazy("Ke wilayah"), _region),
    "rule_code": (gettext_lazy("Aturan"), str),
    "verdict": (gettext_lazy("Penilaian"), _verdict),
    "to_name": (gettext_lazy("Dipegang"), str),
    "old_kind": (gettext_lazy("Jenis pemilihan semula"), _election),
    "new_kind": (gettext_lazy("Jenis pemilihan"), _election),
    "old_due": (gettext_lazy("Batas semula"), _moment),
    "new_due": (gettext_lazy("Batas baru"), _moment),
    "conflict": (gettext_lazy("Benturan kepentingan"), lambda value: str(ConflictKind(str(value)).label)),
    "kept_out_name": (gettext_lazy("Petugas yang mundur"), str),
    "known_since": (gettext_lazy("Diketahui sejak"), _date),
    "old": (gettext_lazy("Semula"), _changes),
    "new": (gettext_lazy("Menjadi"), _changes),
}
