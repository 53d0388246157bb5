"""Keeps a reporter's own words out of what the respondent or another reporter reads: a turn of phrase gives away."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from cases.models import Case, Message
from cases.refusals import FactsRefused
from reports.models import Report

# So many words in a row are no coincidence any more.
WORDS_IN_A_ROW = 6
WORDS_OF_A_NAME = 2
WORD = re.compile(r"\w+")
# What people say of themselves. The respondent's own name and number may stand in a report too and stay quotable.
OWN_NAME = re.compile(r"(?i:\b(?:nama(?: lengkap)? saya|saya bernama))\W+(?:adalah\W+)?([A-Z]\w+\s+[A-Z]\w+)")
MOBILE = r"(?:\+?62|0)[\s.-]?(8(?:[\s.-]?\d){7,11})"
ANY_NUMBER = re.compile(MOBILE)
OWN_NUMBER = re.compile(rf"(?i:\b(?:saya|hubungi|kontak))\W+(?:\w+\W+){{0,3}}?{MOBILE}")
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")

Mark = tuple[str, ...]


def refuse_reporter_words(case: Case, texts: Mapping[str, str], *, heard: Mapping[str, str] | None = None) -> None:
    """Raises FactsRefused, by field, where a text for the respondent repeats a reporter or the link of a report.

    Repeated is a run of words, and the name, mobile number or e-mail address reporters gave of themselves in what they
    wrote. The sealed identity is not compared: no running process can open it, and an answer would let people guess.
    What a picture says may be quoted: those are the words of the respondent's own post.

    `heard` gives, by field, the name of the witness whose own paper it is: a reporter may be heard as one, and the name
    alone is no fault there.
    """
    said = _said(case).values()
    theirs = {mark for one in said for mark in one.marks}
    links = {one.link for one in said if one.link}
    problems = {}
    for field, text in texts.items():
        known = _runs((heard or {}).get(field, ""), WORDS_OF_A_NAME)
        repeated = theirs.intersection(_in_any(text)).difference(known)
        if repeated or any(link in text.casefold() for link in links):
            problems[field] = _problem(repeated)
    if problems:
        raise FactsRefused(problems)


def refuse_words_of_others(case: Case, texts: Mapping[str, str], *, to: Collection[UUID]) -> None:
    """Raises FactsRefused, by field, where a text for the reporters of these reports repeats another one of the case.

    Who reports may be a friend of the accused, whose report was joined to the real reporter's. What the readers wrote
    themselves may be said to them.
    """
    said = _said(case)
    # What is somebody's and not the reader's is another one's: no need to compare every reader with every report.
    said_by_any = frozenset().union(*(one.marks for one in said.values()))
    links = {one.link for one in said.values() if one.link}
    problems = {}
    for field, text in texts.items():
        repeated = said_by_any & set(_in_any(text))
        shown = {link for link in links if link in text.casefold()}
        if any(repeated - said[reader].marks or shown - {said[reader].link} for reader in to):
            problems[field] = _(
                "Tulisan ini mengulang kata-kata, nama, atau tautan pelapor lain di kasus ini. Pembacanya dapat "
                "mengenali pelapor itu: tulis dengan kata-kata Anda sendiri, tanpa nama."
            )
    if problems:
        raise FactsRefused(problems)


@dataclass(frozen=True)
class Said:
    """What gives a reporter away: marks of the report and of the reporter's messages, and the link."""

    marks: frozenset[Mark]
    link: str


def _said(case: Case) -> dict[UUID, Said]:
    reports = list(Report.objects.filter(case_link__case=case))
    talks: dict[UUID, list[Message]] = {report.pk: [] for report in reports}
    for message in Message.objects.filter(report__in=talks).order_by("pk"):
        talks[message.report_id].append(message)
    return {
        report.pk: Said(marks=_marks(report.narrative, talks[report.pk]), link=report.link.casefold())
        for report in reports
    }


def _marks(narrative: str, talk: Iterable[Message]) -> frozenset[Mark]:
    """Marks of the reporter's own words: whoever quotes the office's message does not make its words theirs.

    What the reporter had written before the office repeated it stays the reporter's.
    """
    marks, heard = set(_of_reporter(narrative)), set[Mark]()
    for message in talk:
        if message.by_id:
            heard.update(_runs(message.text, WORDS_IN_A_ROW))
            heard -= marks
        else:
            marks.update(mark for mark in _of_reporter(message.text) if mark not in heard)
    return frozenset(marks)


def _problem(repeated: set[Mark]) -> str:
    if repeated and all(len(mark) == WORDS_OF_A_NAME for mark in repeated):
        return _("Jangan tulis nama pelapor di sini: terlapor dapat mengenalinya. Tulis tanpa nama itu.")
    return _(
        "Tulisan ini mengulang kata-kata atau tautan pelapor. Terlapor dapat mengenali pelapornya: "
        "tulis dengan kata-kata Anda sendiri."
    )


def _of_reporter(text: str) -> Iterator[Mark]:
    yield from _runs(text, WORDS_IN_A_ROW)
    yield from (mark for name in OWN_NAME.findall(text) for mark in _runs(name, WORDS_OF_A_NAME))
    yield from _addresses(text, OWN_NUMBER)


def _in_any(text: str) -> Iterator[Mark]:
    yield from _runs(text, WORDS_IN_A_ROW)
    yield from _runs(text, WORDS_OF_A_NAME)
    yield from _addresses(text, ANY_NUMBER)


def _runs(text: str, length: int) -> Iterator[Mark]:
    words = WORD.findall(text.casefold())
    return (tuple(words[start : start + length]) for start in range(len(words) - length + 1))


def _addresses(text: str, number: re.Pattern[str]) -> Iterator[Mark]:
    """Mobile numbers without what people put between the digits, and e-mail addresses."""
    yield from (("".join(filter(str.isdigit, found)),) for found in number.findall(text))
    yield from ((found.casefold(),) for found in E_MAIL.findall(text))
