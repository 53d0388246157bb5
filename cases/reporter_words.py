"""Keeps the reporter's own words out of what the respondent reads: a turn of phrase gives a reporter away."""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from cases.models import Case, Message
from cases.refusals import FactsRefused
from reports.models import Report

# So many words in a row are no coincidence any more.
WORDS_IN_A_ROW = 6
WORD = re.compile(r"\w+")


def refuse_reporter_words(case: Case, texts: Mapping[str, str]) -> None:
    """Raises FactsRefused, by field, where a text for the respondent repeats a reporter or the link of a report.

    What a picture says may be quoted: those are the words of the respondent's own post.
    """
    reports = list(Report.objects.filter(case_link__case=case))
    lines = Message.objects.filter(report__in=reports, by=None).values_list("text", flat=True)
    theirs = {run for text in (*(report.narrative for report in reports), *lines) for run in _runs(text)}
    links = [report.link.casefold() for report in reports if report.link]
    problems = {
        field: _(
            "Tulisan ini mengulang kata-kata atau tautan pelapor. Terlapor dapat mengenali pelapornya: "
            "tulis dengan kata-kata Anda sendiri."
        )
        for field, text in texts.items()
        if theirs.intersection(_runs(text)) or any(link in text.casefold() for link in links)
    }
    if problems:
        raise FactsRefused(problems)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return (tuple(words[start : start + WORDS_IN_A_ROW]) for start in range(len(words) - WORDS_IN_A_ROW + 1))
