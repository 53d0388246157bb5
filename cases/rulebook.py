"""What case work needs to know of the rule catalogue in force."""

from rules.models import CatalogueVersion


def is_in_force(rule_code: str) -> bool:
    """Whether the newest catalogue has this rule."""
    return rule_code in _rows()


def has_disputed_level(rule_code: str) -> bool:
    """Whether sources contradict one another on the level, so that nobody may propose one."""
    sanction = _rows().get(rule_code, {}).get("sanction")
    return isinstance(sanction, dict) and bool(sanction.get("conflict"))


def _rows() -> dict[str, dict[str, object]]:
    newest = CatalogueVersion.objects.order_by("-loaded_at", "-id").first()
    return {row["code"]: row for row in newest.content["rows"]} if newest else {}
