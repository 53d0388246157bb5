"""Everything around the hearings of a case on one page: summonses, delivery, the code, what the respondent sent."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from accounts.models import User
from accounts.roles import Permission
from cases.absence import absence_warning
from cases.documents import documents_of
from cases.hearings import inviting_refusal
from cases.letters.issuing import INVITATIONS, invitation_refusal, writing_up_refusal
from cases.letters.kinds import LetterKind
from cases.models import (
    Allegation,
    Case,
    CaseDocument,
    Clarification,
    DocumentKind,
    DocumentPage,
    HeardRole,
    Letter,
    NamedPerson,
    RespondentAccess,
    RespondentAnswer,
    ScheduleChange,
    ScheduleRequest,
    SummonsService,
)
from cases.releases import Releasable, releasable_pictures
from cases.respondent_access import current_access, is_open, issuing_refusal


@dataclass(frozen=True)
class SummonsRow:
    """A summons with its papers. `lacks_invitation` and `lacks_minutes`: one can be made now.

    `may_write`: this person records this hearing. `warning`: why an absence could not be recorded; empty when it could.
    """

    summons: Clarification
    invitations: list[Letter]
    minutes: list[Letter]
    lacks_invitation: bool
    lacks_minutes: bool
    may_write: bool
    warning: str


@dataclass(frozen=True, kw_only=True)
class ClarificationRoom:
    """What the page shows. `issuing_refusal` says why no code can be made now; empty when one can.

    `sees_own_only`: hearings of other hosts are left out. What the respondent sent is for whoever `hears` them.
    `pictures` are all that could be shown to the respondent for those who choose, for others what is shown now.
    """

    summonses: list[SummonsRow]
    allegation: Allegation | None
    access: RespondentAccess | None
    access_is_open: bool
    issuing_refusal: str
    answers: list[RespondentAnswer]
    pictures: list[Releasable]
    may_release: bool
    evidence: list[CaseDocument]
    named: list[NamedPerson]
    may_write: bool
    may_invite: bool
    hears: bool
    sees_own_only: bool


def clarification_room(case: Case, *, by: User, at: datetime) -> ClarificationRoom:
    """Read the hearings of a case the person may see."""
    access, may_release = current_access(case), by.may(Permission.SHARE) and not case.outcome
    may_write = by.may(Permission.CLARIFY) and not case.outcome
    hears = inviting_refusal(case, by) is None
    return ClarificationRoom(
        summonses=[_row(summons, may_write, at) for summons in _summonses(case, by)],
        allegation=case.allegations.select_related("by").order_by("-id").first(),
        access=access,
        access_is_open=access is not None and is_open(access, at=at),
        issuing_refusal=issuing_refusal(case) or "",
        answers=list(case.respondent_answers.order_by("at", "pk")) if hears else [],
        pictures=[row for row in releasable_pictures(case) if may_release or row.release],
        may_release=may_release,
        evidence=documents_of(case, DocumentKind.RESPONDENT_EVIDENCE) if hears else [],
        named=list(case.named_people.order_by("at", "pk")) if hears else [],
        may_write=may_write,
        may_invite=may_write and hears,
        hears=hears,
        sees_own_only=by.powers.needs_sharing,
    )


def _summonses(case: Case, by: User) -> list[Clarification]:
    pages = Prefetch("document__pages", queryset=DocumentPage.objects.order_by("position"))
    services = SummonsService.objects.select_related("by", "document").prefetch_related(pages).order_by("pk")
    rows = (
        case.clarifications.readable_by(by)
        .order_by("pk")
        .prefetch_related(
            Prefetch("services", queryset=services),
            Prefetch("schedule_changes", queryset=ScheduleChange.objects.select_related("by").order_by("pk")),
            Prefetch("schedule_requests", queryset=ScheduleRequest.objects.order_by("pk")),
            Prefetch("letters", queryset=Letter.objects.latest_first()),
            "participants",
            "questions",
        )
    )
    return list(rows)


def _row(summons: Clarification, may_write: bool, at: datetime) -> SummonsRow:
    letters = [letter for letter in summons.letters.all() if letter.withdrawn_at is None]
    return SummonsRow(
        summons=summons,
        invitations=[letter for letter in letters if letter.kind in INVITATIONS],
        minutes=[letter for letter in letters if letter.kind == LetterKind.BERITA_ACARA_KLARIFIKASI],
        lacks_invitation=invitation_refusal(summons) is None,
        lacks_minutes=writing_up_refusal(summons) is None,
        may_write=may_write,
        warning=_warning(summons, at),
    )


def _warning(summons: Clarification, at: datetime) -> str:
    if not summons.is_open or summons.role != HeardRole.RESPONDENT:
        return ""
    return absence_warning(summons, zone=ZoneInfo(summons.case.region.time_zone), at=at) or ""
