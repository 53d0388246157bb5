"""Who may do what, role by role."""

import pytest

from accounts.models import User
from accounts.roles import POWERS, Permission, Role

CASEWORK = {"see_cases", "write_notes", "triage", "clarify"}
DECIDING = {
    "message_reporter",
    "register",
    "study",
    "assess",
    "recommend",
    "record_outcome",
    "share",
    "see_figures",
} | {
    "open_original",
    "export_case",
    "hold",
}
MAY = {
    Role.REVIEWER_BAWASLU: CASEWORK | DECIDING,
    Role.REVIEWER_KESBANGPOL: CASEWORK | {"propose"},
    Role.REGIONAL_ADMIN: {"see_figures", "export_figures"},
    Role.NATIONAL_ADMIN: {"see_cases", "see_figures", "export_figures", "see_audit", "override", "edit_rules"}
    | {"hold", "dispose"},
    Role.AUDITOR: {"see_cases", "see_figures", "see_audit"},
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_each_role_may_exactly_what_its_office_may(role, permission):
    assert User(role=role).may(permission) == (permission.value in MAY[role])


def test_every_role_has_powers():
    assert set(POWERS) == set(Role)


def test_an_inactive_account_may_nothing():
    assert not any(User(role=Role.REVIEWER_BAWASLU, is_active=False).may(permission) for permission in Permission)


@pytest.mark.parametrize(
    ("scope", "region", "inside"),
    [
        ("", "33.74", True),
        ("33", "33", True),
        ("33", "33.74", True),
        ("33.74", "33.74", True),
        ("33.74", "33", False),
        ("33.74", "33.75", False),
        ("3", "33.74", False),
        ("33.7", "33.74", False),
    ],
)
def test_a_scope_is_a_subtree_of_regions(scope, region, inside):
    assert User(region_code=scope).works_in(region) == inside
