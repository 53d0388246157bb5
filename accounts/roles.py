"""What each role may do. Roles are few and fixed by the law's division of work, so they are code, not rows."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """Names of powers; views, the workflow table and templates ask for these, never for a role."""

    SEE_CASES = "see_cases"
    WRITE_NOTES = "write_notes"
    MESSAGE_REPORTER = "message_reporter"
    TRIAGE = "triage"
    CLARIFY = "clarify"
    PROPOSE = "propose"
    REGISTER = "register"
    STUDY = "study"
    ASSESS = "assess"
    RECOMMEND = "recommend"
    RECORD_OUTCOME = "record_outcome"
    SHARE = "share"
    OPEN_ORIGINAL = "open_original"
    EXPORT_CASE = "export_case"
    SEE_FIGURES = "see_figures"
    EXPORT_FIGURES = "export_figures"
    SEE_AUDIT = "see_audit"
    OVERRIDE = "override"
    EDIT_RULES = "edit_rules"
    HOLD = "hold"
    DISPOSE = "dispose"


class Role(models.TextChoices):
    """Who somebody is in the portal."""

    REVIEWER_BAWASLU = "reviewer_bawaslu", _("Penelaah Bawaslu")
    REVIEWER_KESBANGPOL = "reviewer_kesbangpol", _("Penelaah Kesbangpol")
    REGIONAL_ADMIN = "regional_admin", _("Admin daerah")
    NATIONAL_ADMIN = "national_admin", _("Admin nasional")
    AUDITOR = "auditor", _("Auditor")


@dataclass(frozen=True, kw_only=True)
class Powers:
    """The permissions of one role, and whether cases must be shared before they are seen."""

    permissions: frozenset[Permission]
    needs_sharing: bool = False


_CASEWORK = {Permission.SEE_CASES, Permission.WRITE_NOTES, Permission.TRIAGE, Permission.CLARIFY}

POWERS: dict[Role, Powers] = {
    Role.REVIEWER_BAWASLU: Powers(
        permissions=frozenset(
            _CASEWORK
            | {
                Permission.MESSAGE_REPORTER,
                Permission.REGISTER,
                Permission.STUDY,
                Permission.ASSESS,
                Permission.RECOMMEND,
                Permission.RECORD_OUTCOME,
                Permission.SHARE,
                Permission.OPEN_ORIGINAL,
                Permission.EXPORT_CASE,
                Permission.HOLD,
                Permission.SEE_FIGURES,
            }
        )
    ),
    # Kesbangpol belongs to the local government, possibly the accused's own: triage, clarification, notes and a
    # proposal; registration, study and recommendation stay with Bawaslu.
    Role.REVIEWER_KESBANGPOL: Powers(permissions=frozenset(_CASEWORK | {Permission.PROPOSE}), needs_sharing=True),
    Role.REGIONAL_ADMIN: Powers(permissions=frozenset({Permission.SEE_FIGURES, Permission.EXPORT_FIGURES})),
    Role.NATIONAL_ADMIN: Powers(
        permissions=frozenset(
            {
                Permission.SEE_CASES,
                Permission.SEE_FIGURES,
                Permission.EXPORT_FIGURES,
                Permission.SEE_AUDIT,
                Permission.OVERRIDE,
                Permission.EDIT_RULES,
                Permission.HOLD,
                Permission.DISPOSE,
            }
        )
    ),
    Role.AUDITOR: Powers(permissions=frozenset({Permission.SEE_CASES, Permission.SEE_FIGURES, Permission.SEE_AUDIT})),
}
