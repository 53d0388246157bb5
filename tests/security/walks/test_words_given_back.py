"""A form of staff that comes back shows what was typed as text."""

import pytest

from tests.security import world
from tests.security.test_planted_markup import PLANTS, created_by

pytestmark = pytest.mark.django_db


def test_words_given_back_to_staff_stay_text(visitors, semarang):
    visitor = visitors["sari"]()
    fields = {
        "cases:write-note": "text",
        "cases:take-step": "version",
        "cases:change-respondent": "nip",
        "cases:assess-finding": "verdict",
        "cases:add-rule": "rule_code",
        "cases:follow-up": "code",
        "account_login": "login",
    }
    for name, field in fields.items():
        for plant in PLANTS:
            page = visitor.visit(
                "POST", world.path_of(name, semarang), {field: plant * (300 if field == "text" else 1)}
            )
            assert created_by(page) == [], name
