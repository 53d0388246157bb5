"""What case work needs to know of the rule catalogue in force."""

from django.utils import timezone
from django.utils.translation import get_language

from rules.catalogue import Catalogue
from rules.current import catalogue_in_force


def is_in_force(rule_code: str) -> bool:
    """Whether the catalogue has this rule."""
    return rule_code in _catalogue().rows


def has_disputed_level(rule_code: str) -> bool:
    """Whether sources contradict one another on the level, so that nobody may propose one.

    A rule of an older catalogue that is no longer in force has no level we could vouch for either.
    """
    row = _catalogue().rows.get(rule_code)
    return row is None or bool(row.sanction.conflict)


def title_in_force(rule_code: str) -> str:
    """A rule's title in the language of the page, empty where the catalogue in force no longer has it."""
    row = _catalogue().rows.get(rule_code)
    if row is None:
        return ""
    return row.title_en if (get_language() or "").startswith("en") else row.title_id


def _catalogue() -> Catalogue:
    return catalogue_in_force(timezone.localdate())
