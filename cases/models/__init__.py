"""The case reviewers handle, and everything that is decided on it by people."""

from cases.models.answering import Allegation, NamedPerson, RespondentAccess, RespondentAnswer, ScheduleRequest
from cases.models.case import AsnStatus, Case, CaseReport, Respondent
from cases.models.casework import Assessment, Message, Note, RegisterKind, Registration, Verdict
from cases.models.clarification import (
    Clarification,
    ClarificationEnding,
    ClarificationHost,
    ClarificationMethod,
    HeardRole,
    HearingParticipant,
    HearingQuestion,
    ScheduleChange,
    ServiceWay,
    SummonsService,
)
from cases.models.confirmed_hint import ConfirmedHint, HintVerdict
from cases.models.decision import DisciplineLevel, FollowUp, OversightBody, Recommendation, Sanction
from cases.models.document import CaseDocument, DocumentKind, DocumentPage
from cases.models.finding import OwnFinding
from cases.models.grouping import MovedReport, Regrouping, RegroupingKind
from cases.models.masking import MaskedCopy
from cases.models.original_opening import OpeningState, OriginalOpening
from cases.models.persons import SamePerson
from cases.models.recusal import ConflictKind, Recusal
from cases.models.second_reading import Conclusion, SecondReading, SecondReadingDraw

__all__ = [
    "Allegation",
    "AsnStatus",
    "Assessment",
    "Case",
    "CaseDocument",
    "CaseReport",
    "Clarification",
    "ClarificationEnding",
    "ClarificationHost",
    "ClarificationMethod",
    "Conclusion",
    "ConfirmedHint",
    "ConflictKind",
    "DisciplineLevel",
    "DocumentKind",
    "DocumentPage",
    "FollowUp",
    "HeardRole",
    "HearingParticipant",
    "HearingQuestion",
    "HintVerdict",
    "MaskedCopy",
    "Message",
    "MovedReport",
    "NamedPerson",
    "Note",
    "OpeningState",
    "OriginalOpening",
    "OversightBody",
    "OwnFinding",
    "Recommendation",
    "Recusal",
    "RegisterKind",
    "Registration",
    "Regrouping",
    "RegroupingKind",
    "Respondent",
    "RespondentAccess",
    "RespondentAnswer",
    "SamePerson",
    "Sanction",
    "ScheduleChange",
    "ScheduleRequest",
    "SecondReading",
    "SecondReadingDraw",
    "ServiceWay",
    "SummonsService",
    "Verdict",
]
