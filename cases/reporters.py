"""The reporters of a case, told apart by a number and nothing else, and the lines between them and the office."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cases.models import Case, CaseReport, Message
from cases.refusals import FactsRefused


@dataclass(frozen=True, kw_only=True)
class TalkLine:
    """One line of the talk. `to` says for whom an officer wrote it; empty where there is one reporter only."""

    text: str
    who: str
    to: str
    at: datetime


def links_in_order(case: Case) -> list[CaseReport]:
    """The reports of a case in the order they came to it, so that one that comes later changes no number."""
    return sorted(case.case_reports.all(), key=lambda link: (link.attached_at, link.pk))


def reporter_names(case: Case) -> dict[UUID, str]:
    """What the reporter of each report is called, by report: the number, where there is more than one."""
    links = links_in_order(case)
    if len(links) == 1:
        return {links[0].report_id: _("Pelapor")}
    numbers = enumerate(links, start=1)
    return {link.report_id: _("Pelapor %(number)d") % {"number": number} for number, link in numbers}


def reporter_choices(case: Case) -> list[tuple[str, str]]:
    """The reporters as choices of a form: the report, and the name with the day the report came."""
    names = reporter_names(case)
    return [(str(link.report_id), _choice(names[link.report_id], link)) for link in links_in_order(case)]


def talk(case: Case, messages: Iterable[Message]) -> list[TalkLine]:
    """The lines in their order; one that went to several reporters at once stands there once."""
    names = reporter_names(case)
    sent: dict[object, list[Message]] = {}
    for message in messages:
        # A reporter may well write the same twice; an officer writes to several in one go.
        key = (message.by_id, message.at, message.text) if message.by_id else message.pk
        sent.setdefault(key, []).append(message)
    return [_line(rows, names) for rows in sent.values()]


def readers(case: Case, chosen: Collection[UUID] | None, *, field: str) -> list[CaseReport]:
    """The reports whose reporters read what is written. Raises FactsRefused, naming the field.

    Where there is more than one, somebody has to choose: who is asked one thing must not learn what another is asked.
    """
    links = links_in_order(case)
    if len(links) == 1 and not chosen:
        return links
    picked = [link for link in links if link.report_id in (chosen or ())]
    if not picked or len(picked) != len(chosen or ()):
        raise FactsRefused({field: _("Pilih pelapor yang membaca tulisan ini, dari laporan yang ada di kasus ini.")})
    return picked


def _choice(name: str, link: CaseReport) -> str:
    day = date_format(localtime(link.report.received_at), "j F Y")
    return _("%(who)s, laporan diterima %(day)s") % {"who": name, "day": day}


def _line(rows: list[Message], names: dict[UUID, str]) -> TalkLine:
    first, known = rows[0], [names[row.report_id] for row in rows if row.report_id in names]
    if first.by is None:
        return TalkLine(text=first.text, who=", ".join(known), to="", at=first.at)
    to = ", ".join(sorted(known)) if len(names) > 1 else ""
    return TalkLine(text=first.text, who=str(first.by), to=to, at=first.at)
