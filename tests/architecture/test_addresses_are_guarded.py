"""Every address asks for a login unless it is on this list."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "portal:home",
    "portal:protection",
    "portal:quick-exit",
    "health",
    "set_language",
    "reports:submit",
    "reports:completeness",
    "reports:hold-picture",
    "reports:drop-picture",
    "rules:check",
    "rules:catalogue",
    "rules:rule",
    "cases:follow-up",
    "cases:followed-report",
    "cases:write-to-office",
    "cases:add-pictures",
    "cases:hold-added-picture",
    "cases:drop-added-picture",
    "cases:followed-letter",
    "cases:leave-report",
    "cases:open-delivery",
    "cases:delivered",
    "cases:delivered-notice",
    "cases:check-own-file",
    "cases:signing-key",
    "cases:respondent-code",
    "cases:respondent",
    "cases:respondent-evidence",
    "cases:respondent-thumbnail",
    "cases:respondent-answer",
    "cases:respondent-date",
    "cases:respondent-pictures",
    "cases:respondent-hold-picture",
    "cases:respondent-drop-picture",
    "cases:respondent-named",
    "cases:respondent-leave",
}


def addresses(resolver: URLResolver, namespace: str = "") -> list[tuple[str, URLPattern]]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            found += addresses(pattern, namespace + inner)
        else:
            found.append((f"{namespace}{pattern.name}", pattern))
    return found


@pytest.mark.parametrize(("name", "pattern"), addresses(get_resolver()), ids=lambda value: str(value)[:60])
def test_it_asks_for_a_login_unless_it_is_meant_to_be_public(name, pattern):
    login_required = getattr(pattern.callback, "login_required", True)
    if name.startswith("account_"):
        return  # django-allauth guards its own pages
    assert login_required == (name not in PUBLIC), name
