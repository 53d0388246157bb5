"""Decided cases as labelled accounts for training. What a person decided is the label; nothing here is written.

A case counts once however many reports it has, and all cases together are a limited part of the training, so that a
campaign of reports cannot teach the machine. Texts keep public words only (rules.known_words).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain, zip_longest

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from cases.models import Assessment, Case, Recommendation, Verdict
from cases.querysets import CaseQuerySet
from cases.reader_pairs import reader_pairs
from cases.status import Outcome, Status
from reports.classification import account_of, known_elections, picture_texts
from reports.models import Report
from rules.catalogue import Catalogue
from rules.current import catalogue_in_force
from rules.engine.account import NEUTRAL, NOT_ASN
from rules.known_words import known_words
from rules.records import Record
from rules.stage import Election

# Of all accounts trained on, at most this part comes from cases.
MOST_SHARE = 0.25
# A row that speaks of more acts than this does not say which one was meant.
_MOST_ACTS = 2
_LABELLED_ENDINGS = (Outcome.SANKSI, Outcome.GAKKUMDU, Outcome.BUKAN_PELANGGARAN, Outcome.BUKAN_ASN)


def labelled_cases(*, shipped: int, at: datetime) -> list[Record]:
    """One account for every decided case whose label is settled, by name of the case; at most MOST_SHARE of all.

    `shipped` is the number of accounts of the release. Where there are too many, every province and month gives its
    newest in turn, so that a busy one does not crowd out the others.
    """
    catalogue, elections = catalogue_in_force(localdate(at)), known_elections()
    disputed = {pair.case_id for pair in reader_pairs(at=at) if pair.is_disputed}
    records = []
    for case in decided().exclude(pk__in=disputed).order_by("-status_since", "pk"):
        labels = labels_of(case, catalogue)
        if labels:
            records.append(_record(case, labels, elections))
    return _in_turn(records)[: int(shipped * MOST_SHARE / (1 - MOST_SHARE))]


def decided() -> CaseQuerySet:
    """Cases somebody decided on what was done: a recommendation that went out, and how others ended.

    Not registered, a duplicate, a correction of the national admin and "not proven" say nothing of the act as told.
    """
    sent = Recommendation.objects.filter(case=OuterRef("pk"), sent_at__isnull=False, withdrawn_at__isnull=True)
    ended = Q(status=Status.BUKAN_PELANGGARAN) | Q(outcome__in=_LABELLED_ENDINGS)
    recommended = Q(status__in=[Status.TINDAK_LANJUT, Status.SANKSI]) & Exists(sent)
    cases = Case.objects.filter(ended | recommended, erased_at=None)
    return cases.select_related("respondent").prefetch_related("assessments__finding")


def labels_of(case: Case, catalogue: Catalogue) -> tuple[str, ...]:
    """The labels people's decisions give a decided case; none where they do not settle it."""
    newest = {row.rule_code: row for row in sorted(case.assessments.all(), key=lambda row: row.pk)}
    standing = [row for row in newest.values() if row.verdict != Verdict.REJECTED]
    if case.outcome == Outcome.BUKAN_ASN:
        return (NOT_ASN,)
    if Outcome.BUKAN_PELANGGARAN in (case.outcome, case.status):
        # Without a verdict on the machine's findings it may have ended for want of proof.
        return (NEUTRAL,) if newest and not standing else ()
    return _acts(standing, catalogue)


def _acts(standing: Iterable[Assessment], catalogue: Catalogue) -> tuple[str, ...]:
    """The acts of the rules that stand: of a row for several acts the one the machine named and a person confirmed."""
    found: dict[str, None] = {}
    open_rows: list[tuple[str, ...]] = []
    for row in sorted(standing, key=lambda row: row.rule_code):
        labels = catalogue.rows[row.rule_code].labels if row.rule_code in catalogue.rows else ()
        named = row.finding.label if row.finding else ""
        if named in labels or len(labels) == 1:
            found[named if named in labels else labels[0]] = None
        else:
            open_rows.append(labels)
    for labels in open_rows:
        if found.keys().isdisjoint(labels):
            if not 0 < len(labels) <= _MOST_ACTS:
                return ()
            found |= dict.fromkeys(labels)
    return tuple(found)


def _record(case: Case, labels: tuple[str, ...], elections: Mapping[int, Election]) -> Record:
    """The first report of the case in public words, without the respondent's name."""
    report = Report.objects.filter(case_link__case=case).select_related("region").oldest_first()[0]
    account = account_of(report, picture_texts(report), elections)
    names, words = (report.respondent_name, case.respondent.name), known_words()
    account = replace(
        account,
        text=words.only_these(account.text, names=names),
        screenshot_text=words.only_these(account.screenshot_text, names=names),
        office=words.only_these(account.office, names=names),
    )
    group = f"{account.province}|{str(report.act_date)[:7]}"
    return Record(f"case {case.pk}", account, labels, account.stage, group)


def _in_turn(records: Iterable[Record]) -> list[Record]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.group].append(record)
    return [record for record in chain.from_iterable(zip_longest(*groups.values())) if record]
