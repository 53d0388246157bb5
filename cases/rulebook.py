"""What case work needs to know of the rule catalogue in force."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import get_language

from rules.catalogue import Catalogue
from rules.current import catalogue_in_force


def is_in_force(rule_code: str) -> bool:
    """Whether the catalogue has this rule."""
    return rule_code in catalogue_today().rows


def disputed_levels(rule_codes: Iterable[str], catalogue: Catalogue) -> list[str]:
    """The rules on whose level sources contradict one another, so that nobody may propose one.

    A rule of an older catalogue that is no longer in force has no level we could vouch for either.
    """
    rows = ((code, catalogue.rows.get(code)) for code in rule_codes)
    return [code for code, row in rows if row is None or row.sanction.conflict]


def title_in_force(rule_code: str) -> str:
    """A rule's title in the language of the page, empty where the catalogue in force no longer has it."""
    row = catalogue_today().rows.get(rule_code)
    if row is None:
        return ""
    return row.title_en if (get_language() or "").startswith("en") else row.title_id


def catalogue_today() -> Catalogue:
    """The catalogue in force. One query; the content is parsed once per process."""
    return catalogue_in_force(timezone.localdate())
