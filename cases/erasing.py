"""What becomes of every text and file of a case when it is erased. Called by cases.disposal alone.

The tables say it column by column; tests/cases/test_erasing.py fails for a column that stands in none of them.
"""

from datetime import datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models import QuerySet

from accounts.models import AuditEvent, AuditWords, User
from cases.models import (
    Allegation,
    Assessment,
    Case,
    CaseDocument,
    CaseReport,
    Clarification,
    ConfirmedHint,
    Delivery,
    DeliveryNotice,
    DocumentPage,
    FollowUp,
    GakkumduStep,
    Handover,
    HearingParticipant,
    HearingQuestion,
    LegalHold,
    Letter,
    MaskedCopy,
    Message,
    NamedPerson,
    NoSanction,
    Note,
    OriginalOpening,
    OwnFinding,
    Recommendation,
    Regrouping,
    Respondent,
    RespondentAccess,
    RespondentAnswer,
    SamePerson,
    Sanction,
    ScheduleChange,
    ScheduleRequest,
    SecondReading,
    SummonsService,
)
from cases.refusals import ActionRefused
from evidence import vault
from reports.erasing import NotErased, remove_files
from reports.erasing_reports import erase_report
from reports.models import Evidence, PreparationState, Report
from reports.originals import discard_keys

GONE = "—"


def _gone_if_any(column: str) -> models.Case:
    """Empty stays empty: some rows must hold a text and some must not."""
    return models.Case(models.When(**{column: ""}, then=models.Value("")), default=models.Value(GONE))


def _no_bytes(column: str) -> models.Case:
    """Without its bytes; a draft never had any."""
    field = models.BinaryField()
    return models.Case(
        models.When(**{f"{column}__isnull": True}, then=models.Value(None, output_field=field)),
        default=models.Value(b"", output_field=field),
    )


# Where the rows of a case are found, and what their columns hold afterwards
ERASED: dict[type[models.Model], tuple[str, dict[str, object]]] = {
    Assessment: ("case", {"reason": ""}),
    Note: ("case", {"text": ""}),
    Message: ("report__case_link__case", {"text": ""}),
    Clarification: (
        "case",
        {"person_name": _gone_if_any("person_name"), "person_post": "", "place": "", "minutes": "", "ending_text": ""},
    ),
    SummonsService: ("clarification__case", {"served_by": "", "note": ""}),
    ScheduleChange: ("clarification__case", {"reason": ""}),
    ScheduleRequest: ("clarification__case", {"reason": "", "remark": ""}),
    # Number, office and the hash of what was sent stay.
    Letter: (
        "case",
        {"data": {}, "pdf": _no_bytes("pdf"), "withdrawal_reason": _gone_if_any("withdrawal_reason")},
    ),
    Delivery: ("recommendation__case", {"officer_name": _gone_if_any("officer_name")}),
    DeliveryNotice: ("delivery__recommendation__case", {"remark": ""}),
    Handover: ("case", {"reason": "", "answer_reason": ""}),
    OwnFinding: ("case", {"basis": GONE}),
    NoSanction: ("case", {"decided_by": "", "reason": ""}),
    GakkumduStep: ("case", {"text": ""}),
    Allegation: ("case", {"addressed_to": "", "text": "", "place": ""}),
    Recommendation: ("case", {"reasons": "", "level_reason": ""}),
    FollowUp: ("case", {"actor": "", "text": ""}),
    # Number and form of a decree name the person to whoever holds it; its level and date are counted.
    Sanction: ("case", {"form": _gone_if_any("form"), "decree_number": "", "imposed_by": ""}),
    CaseDocument: ("case", {"witness": _gone_if_any("witness"), "remark": ""}),
    SecondReading: ("draw__case", {"reason": ""}),
    LegalHold: ("case", {"reason": ""}),
    OriginalOpening: ("case", {"reason": GONE, "parcel_key": None, "parcel_sealed_key": None}),
    MaskedCopy: ("evidence__report__case_link__case", {"boxes": [[0, 0, 0, 0]]}),
    DocumentPage: ("document__case", {"state": PreparationState.ERASED}),
}
# Words about two cases or two people: gone with either of them, unless the other side is held
BETWEEN: dict[type[models.Model], tuple[tuple[str, str], dict[str, object]]] = {
    Regrouping: (("source", "target"), {"reason": GONE}),
    SamePerson: (
        ("first__cases", "second__cases"),
        {"reason": GONE, "undone_reason": _gone_if_any("undone_reason")},
    ),
}
# Rows that are nothing but words and count nowhere
DELETED: dict[type[models.Model], str] = {
    ConfirmedHint: "evidence__report__case_link__case",
    HearingParticipant: "clarification__case",
    HearingQuestion: "clarification__case",
    NamedPerson: "case",
    RespondentAnswer: "case",
}
# Of a person whose cases are all erased. The government that employed them is counted and names nobody.
ERASED_RESPONDENT: dict[str, object] = {
    "name": "",
    "post": "",
    "agency": "",
    "nip": "",
    "asn_status_source": "",
}


def words_about(case: Case) -> list[int]:
    """Ids of the events whose words go with the case: those about it, its reports and their pictures, and those about
    another case and this one. A case that is held keeps its own.
    """
    reports = list(CaseReport.objects.filter(case=case).values_list("report_id", flat=True))
    pictures = Evidence.objects.filter(report__in=reports).values_list("pk", flat=True)
    steps = AuditEvent.objects.about(case.pk).filter(details__has_key="other")
    others = set(steps.values_list("details__other", flat=True)) - {
        str(pk) for pk in _holds().values_list("case_id", flat=True)
    }
    told = AuditEvent.objects.about(case.pk, *reports, *pictures)
    told |= AuditEvent.objects.about(*others).filter(details__other=str(case.pk))
    return list(AuditWords.objects.filter(event__in=told, erased_in=None).values_list("pk", flat=True))


def _holds() -> QuerySet[LegalHold]:
    return LegalHold.objects.filter(lifted_at=None)


def erase_contents(*, case: Case, by: User, at: datetime, reason: str) -> None:
    """Erase identity, words, files and keys of a case, inside the caller's transaction; files go when it is kept.

    Raises ActionRefused while the machine still works on one of its reports.
    """
    # The letters first, as whoever makes or stops a link holds them.
    list(case.recommendations.select_for_update(no_key=True).order_by("pk"))
    parcels = [opening.parcel_name for opening in OriginalOpening.objects.filter(case=case)]
    pages = list(DocumentPage.objects.filter(document__case=case, erased_at=None))
    try:
        for report in Report.objects.filter(case_link__case=case).order_by("pk"):
            erase_report(report=report, by=by, at=at, reason=reason)
    except NotErased as why:
        raise ActionRefused(str(why)) from why
    for model, path in DELETED.items():
        _rows(model, path, case).delete()
    # Second readings and signed letters never change; this is the one end they have.
    with pgtrigger.ignore("cases.SecondReading:read_once", "cases.Letter:signed_for_good"):
        for model, (path, values) in ERASED.items():
            _rows(model, path, case).update(**values)
    for model, (sides, values) in BETWEEN.items():
        for own, other in (sides, reversed(sides)):
            _rows(model, own, case).exclude(**{f"{other}__in": _holds().values("case")}).update(**values)
    discard_keys(page.pk for page in pages)
    DocumentPage.objects.filter(pk__in=[page.pk for page in pages]).update(erased_at=at)
    RespondentAccess.objects.filter(case=case, revoked_at=None).update(revoked_at=at)
    Delivery.objects.filter(recommendation__case=case, revoked_at=None).update(revoked_at=at)
    _erase_respondent(case)
    transaction.on_commit(lambda: _remove(pages, parcels))


# Any: the manager of whichever model the tables name
def _rows(model: type[models.Model], path: str, case: Case) -> Any:
    rows = model._default_manager.filter(**{path: case})
    # PostgreSQL updates through one table only.
    return model._default_manager.filter(pk__in=rows.values("pk"))


def _erase_respondent(case: Case) -> None:
    """One person may stand in several cases; what is known of them goes with the last."""
    others = Case.objects.filter(respondent=case.respondent_id, erased_at=None).exclude(pk=case.pk)
    if not others.exists():
        Respondent.objects.filter(pk=case.respondent_id).update(**ERASED_RESPONDENT)


def _remove(pages: list[DocumentPage], parcels: list[str]) -> None:
    remove_files(pages)
    for name in parcels:
        vault.discard(settings.SEALED_ROOT, name)
