"""Filters every page may use. Templates load them by name; Python outside portal never imports them."""

from __future__ import annotations  # Page takes no parameter when Django runs, only when types are checked

from collections.abc import Iterator

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def elided_pages(page: Page[object]) -> Iterator[int | str]:
    """The page numbers to offer around `page`: both ends, the neighbours, and an ellipsis for each gap."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
