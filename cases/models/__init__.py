"""The case reviewers handle, and everything that is decided on it by people."""

from cases.hosts import ClarificationHost
from cases.letters.models import Letter, LetterCounter, Letterhead, LetterTemplate
from cases.models.answering import Allegation, NamedPerson, RespondentAccess, RespondentAnswer, ScheduleRequest
from cases.models.case import AsnKind, AsnStatus, Case, CaseReport, Respondent
from cases.models.casework import Assessment, Message, Note, RegisterKind, Registration, Verdict
from cases.models.clarification import (
    Clarification,
    ClarificationEnding,
    ClarificationMethod,
    HeardRole,
    HearingParticipant,
    HearingQuestion,
    ScheduleChange,
    ServiceWay,
    SummonsService,
)
from cases.models.clock import ClockRun, Reminder, ReminderKind
from cases.models.confirmed_hint import ConfirmedHint, HintVerdict
from cases.models.decision import DisciplineLevel, FollowUp, OversightBody, Recommendation, Sanction
from cases.models.delivery import Delivery, DeliveryNotice, NoticeKind
from cases.models.document import CaseDocument, DocumentKind, DocumentPage
from cases.models.finding import OwnFinding
from cases.models.grouping import MovedReport, Regrouping, RegroupingKind
from cases.models.handover import MOVABLE, Handover, HandoverAnswer
from cases.models.leave import Leave
from cases.models.masking import MaskedCopy
from cases.models.mention import Mention
from cases.models.message_template import MessageKind, MessageLanguage, MessageTemplate
from cases.models.original_opening import OpeningState, Original, OriginalOpening
from cases.models.outcome import (
    Appeal,
    AppealBody,
    GakkumduKind,
    GakkumduStep,
    NoSanction,
    ReminderLetter,
    Ruling,
)
from cases.models.persons import SamePerson
from cases.models.recusal import ConflictKind, Recusal
from cases.models.release import Release
from cases.models.retention import Disposal, LegalHold
from cases.models.second_reading import Conclusion, SecondReading, SecondReadingDraw

__all__ = [
    "MOVABLE",
    "Allegation",
    "Appeal",
    "AppealBody",
    "AsnKind",
    "AsnStatus",
    "Assessment",
    "Case",
    "CaseDocument",
    "CaseReport",
    "Clarification",
    "ClarificationEnding",
    "ClarificationHost",
    "ClarificationMethod",
    "ClockRun",
    "Conclusion",
    "ConfirmedHint",
    "ConflictKind",
    "Delivery",
    "DeliveryNotice",
    "DisciplineLevel",
    "Disposal",
    "DocumentKind",
    "DocumentPage",
    "FollowUp",
    "GakkumduKind",
    "GakkumduStep",
    "Handover",
    "HandoverAnswer",
    "HeardRole",
    "HearingParticipant",
    "HearingQuestion",
    "HintVerdict",
    "Leave",
    "LegalHold",
    "Letter",
    "LetterCounter",
    "LetterTemplate",
    "Letterhead",
    "MaskedCopy",
    "Mention",
    "Message",
    "MessageKind",
    "MessageLanguage",
    "MessageTemplate",
    "MovedReport",
    "NamedPerson",
    "NoSanction",
    "Note",
    "NoticeKind",
    "OpeningState",
    "Original",
    "OriginalOpening",
    "OversightBody",
    "OwnFinding",
    "Recommendation",
    "Recusal",
    "RegisterKind",
    "Registration",
    "Regrouping",
    "RegroupingKind",
    "Release",
    "Reminder",
    "ReminderKind",
    "ReminderLetter",
    "Respondent",
    "RespondentAccess",
    "RespondentAnswer",
    "Ruling",
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
