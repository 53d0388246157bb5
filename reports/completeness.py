"""What a report needs to be handled as the law asks: declared once, judged by the same code wherever it is shown.

The machine only says what it can see in the answers; what it cannot see is for a person. Nothing here stops a report.
Formal and material requirements: UU 7/2017 art. 454(4), Perbawaslu 7/2022 art. 15(3)-(4), UU 1/2015 art. 134(3).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions.models import Holiday, Region
from reports.intake import ReportFacts
from reports.models import Lane, Platform, Report
from reports.time_limits import last_day_to_report

# Posts there can be found again by their address; chats and what was seen in the street have none.
WITHOUT_AN_ADDRESS = frozenset({Platform.WHATSAPP, Platform.TELEGRAM, Platform.IN_PERSON})
BOTH_LANES = frozenset(Lane)


class Kind(StrEnum):
    """The two sides of completeness, as Bawaslu names them."""

    FORMAL = "formal"
    MATERIAL = "material"


class State(StrEnum):
    """What the answers say of a requirement."""

    MET = "met"
    MISSING = "missing"
    # No answer of the form can show it.
    FOR_A_PERSON = "for_a_person"


SIDES = {Kind.FORMAL: _("Formal"), Kind.MATERIAL: _("Materiel")}
STATES = {State.MET: _("ada"), State.MISSING: _("belum ada"), State.FOR_A_PERSON: _("diperiksa petugas")}


@dataclass(frozen=True, kw_only=True)
class Given:
    """What is known of a report when it is judged. Dates are those of the place of the act, holidays the officers'."""

    lane: str
    has_identity: bool
    respondent_name: str
    respondent_post: str
    respondent_agency: str
    narrative: str
    act_date: date | None
    act_date_is_approximate: bool
    received_on: date
    election_kind: str
    region_code: str
    platform: str
    link: str
    pictures: int
    holidays: frozenset[date]
    known_since: date | None = None

    @classmethod
    def of(
        cls, report: Report, *, pictures: int, holidays: frozenset[date], election_kind: str | None = None
    ) -> "Given":
        """What a stored report says; `election_kind` is its case's, None before there is one."""
        if election_kind is None:
            election_kind = report.election_event.kind if report.election_event else ""
        return cls(
            lane=report.lane,
            # The database sees to it (identity_only_in_the_laporan_lane); the sealed name itself is not touched here.
            has_identity=report.lane == Lane.LAPORAN and report.erased_at is None,
            respondent_name=report.respondent_name,
            respondent_post=report.respondent_post,
            respondent_agency=report.respondent_agency,
            narrative=report.narrative,
            act_date=report.act_date,
            act_date_is_approximate=report.act_date_is_approximate,
            received_on=report.received_at.astimezone(ZoneInfo(report.region.time_zone)).date(),
            election_kind=election_kind,
            region_code=report.region_id,
            platform=report.platform,
            link=report.link,
            pictures=pictures,
            holidays=holidays,
            known_since=report.known_since,
        )

    @classmethod
    def of_answers(cls, facts: ReportFacts, *, pictures: int, at: datetime) -> "Given":
        """What a form says at the moment it is sent."""
        region = Region.objects.get(pk=facts.region_code)
        event = facts.election_event
        return cls(
            lane=facts.lane,
            has_identity=facts.identity is not None,
            respondent_name=facts.respondent_name,
            respondent_post=facts.respondent_post,
            respondent_agency=facts.respondent_agency,
            narrative=facts.narrative,
            act_date=facts.act_date,
            act_date_is_approximate=facts.act_date_is_approximate,
            received_on=at.astimezone(ZoneInfo(region.time_zone)).date(),
            election_kind=event.kind if event else "",
            region_code=facts.region_code,
            platform=facts.platform,
            link=facts.link,
            pictures=pictures,
            holidays=Holiday.objects.counting().days(),
            known_since=facts.known_since,
        )


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One thing a report needs. `how` tells the reporter how to add it, in plain words."""

    code: str
    kind: Kind
    label: Promise
    how: Promise
    check: Callable[[Given], State]
    lanes: frozenset[Lane] = BOTH_LANES

    @property
    def side(self) -> str:
        """What people read for the side it belongs to."""
        return str(SIDES[self.kind])


@dataclass(frozen=True)
class Checked:
    """A requirement and what the answers say of it."""

    requirement: Requirement
    state: State

    @property
    def is_missing(self) -> bool:
        """Whether the answers show that it is not there."""
        return self.state is State.MISSING

    @property
    def words(self) -> str:
        """What people read for the state."""
        return str(STATES[self.state])


def checklist(given: Given) -> list[Checked]:
    """Every requirement of the report's lane, in their order."""
    return [Checked(row, row.check(given)) for row in REQUIREMENTS if given.lane in row.lanes]


def missing(given: Given) -> list[Requirement]:
    """What the answers show to be missing; what only a person can tell is not said to be."""
    return [row.requirement for row in checklist(given) if row.is_missing]


def missing_in_any(reports: Iterable[Given]) -> list[Requirement]:
    """What is missing in at least one of several reports, each once, in their order."""
    found = {requirement.code for given in reports for requirement in missing(given)}
    return [row for row in REQUIREMENTS if row.code in found]


def _met(holds: bool) -> State:
    return State.MET if holds else State.MISSING


def _identity(given: Given) -> State:
    return _met(given.has_identity)


def _respondent(given: Given) -> State:
    return _met(bool(given.respondent_name or (given.respondent_post and given.respondent_agency)))


def _in_time(given: Given) -> State:
    """From the day the reporter names; without one from the act: nobody knows of it before it happens."""
    known_since = given.known_since or given.act_date
    if known_since is None:
        return State.MISSING
    last_day = last_day_to_report(known_since, given.election_kind, holidays=given.holidays)
    return _met(given.received_on <= last_day)


def _time(given: Given) -> State:
    return _met(given.act_date is not None and not given.act_date_is_approximate)


def _place(given: Given) -> State:
    return _met("." in given.region_code)


def _act(given: Given) -> State:
    return _met(bool(given.narrative.strip()))


def _source(given: Given) -> State:
    return _met(bool(given.link) or given.platform in WITHOUT_AN_ADDRESS)


def _evidence(given: Given) -> State:
    return _met(given.pictures > 0)


def _for_a_person(given: Given) -> State:
    return State.FOR_A_PERSON


ONLY_LAPORAN = frozenset({Lane.LAPORAN})

REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        code="identity",
        kind=Kind.FORMAL,
        lanes=ONLY_LAPORAN,
        label=_("Nama dan alamat pelapor"),
        how=_("Buat laporan resmi baru dengan nama dan alamat Anda. Jangan menulisnya di pesan."),
        check=_identity,
    ),
    Requirement(
        code="signature",
        kind=Kind.FORMAL,
        lanes=ONLY_LAPORAN,
        label=_("Tanda tangan pelapor"),
        how=_("Petugas memberi tahu di mana Anda dapat menandatangani laporan."),
        check=_for_a_person,
    ),
    Requirement(
        code="respondent",
        kind=Kind.FORMAL,
        label=_("Siapa yang dilaporkan"),
        how=_("Tulis namanya, atau jabatan dan nama kantornya, di pesan kepada petugas."),
        check=_respondent,
    ),
    Requirement(
        code="in_time",
        kind=Kind.FORMAL,
        lanes=ONLY_LAPORAN,
        label=_("Dilaporkan paling lambat 7 hari sejak diketahui"),
        how=_("Tulis di pesan, tanggal berapa Anda mengetahui kejadian ini dan dari mana."),
        check=_in_time,
    ),
    Requirement(
        code="time",
        kind=Kind.MATERIAL,
        label=_("Tanggal kejadian yang pasti"),
        how=_("Bila Anda kini tahu tanggalnya, tulis di pesan. Tanggal unggahan juga boleh."),
        check=_time,
    ),
    Requirement(
        code="place",
        kind=Kind.MATERIAL,
        label=_("Kabupaten atau kota tempat kejadian"),
        how=_("Tulis di pesan, di kabupaten atau kota mana itu terjadi."),
        check=_place,
    ),
    Requirement(
        code="act",
        kind=Kind.MATERIAL,
        label=_("Uraian perbuatan"),
        how=_("Ceritakan di pesan, siapa melakukan apa."),
        check=_act,
    ),
    Requirement(
        code="source",
        kind=Kind.MATERIAL,
        label=_("Tautan atau nama akun unggahan"),
        how=_("Salin tautan unggahannya, atau tulis nama akunnya, di pesan."),
        check=_source,
    ),
    Requirement(
        code="evidence",
        kind=Kind.MATERIAL,
        label=_("Bukti berupa gambar"),
        how=_("Tambahkan tangkapan layar atau foto lewat “Tambah gambar”."),
        check=_evidence,
    ),
    Requirement(
        code="witness",
        kind=Kind.MATERIAL,
        label=_("Saksi"),
        how=_("Bila ada orang lain yang melihat, tulis bagaimana petugas dapat menemukannya. Tanyakan dulu izinnya."),
        check=_for_a_person,
    ),
)
