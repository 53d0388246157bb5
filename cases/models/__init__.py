"""The case reviewers handle, and everything that is decided on it by people."""

from cases.models.case import AsnStatus, Case, CaseReport, Respondent
from cases.models.casework import Assessment, Message, Note, Registration, Verdict
from cases.models.clarification import Clarification, ClarificationHost, ClarificationMethod
from cases.models.decision import DisciplineLevel, FollowUp, OversightBody, Recommendation, Sanction
from cases.models.masking import MaskedCopy
from cases.models.original_opening import OpeningState, OriginalOpening

__all__ = [
    "AsnStatus",
    "Assessment",
    "Case",
    "CaseReport",
    "Clarification",
    "ClarificationHost",
    "ClarificationMethod",
    "DisciplineLevel",
    "FollowUp",
    "MaskedCopy",
    "Message",
    "Note",
    "OpeningState",
    "OriginalOpening",
    "OversightBody",
    "Recommendation",
    "Registration",
    "Respondent",
    "Sanction",
    "Verdict",
]
