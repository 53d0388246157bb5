"""Choosing a place: two lists that work without JavaScript and are narrowed where there is some."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from regions.models import Region

Choices = list[tuple[str | Promise, Any]]


class RegencySelect(forms.Select):
    """All kabupaten and kota in groups by province; each option names its province for js/region-select.js."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """Draw the list. Django has a template for each option, and 514 of them take longer than the whole page."""
        chosen = str(value or "")
        groups = ((_group(name_or_code, content, chosen),) for name_or_code, content in self.choices)
        attributes = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", attributes, format_html_join("", "{}", groups))


def _group(name_or_code: Any, content: Any, chosen: str) -> SafeString:
    """A province with its kabupaten and kota, or an option that stands alone."""
    if not isinstance(content, list):
        return format_html('<option value="{}"{}>{}</option>', name_or_code, _mark(name_or_code, chosen), content)
    options = format_html_join(
        "",
        '<option value="{}" data-parent="{}"{}>{}</option>',
        ((code, code[:2], _mark(code, chosen), name) for code, name in content),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', name_or_code, options)


def _mark(code: str, chosen: str) -> SafeString:
    return SafeString(" selected" if code == chosen else "")


def province_choices(regions: Mapping[str, Region]) -> Choices:
    """The provinces by name, because nobody knows their codes."""
    return [("", _("Pilih …")), *((province.code, province.name) for province in _provinces(regions))]


def regency_choices(regions: Mapping[str, Region]) -> Choices:
    """Kabupaten and kota in the order of their codes, in one group per province."""
    groups: dict[str, tuple[str, list[tuple[str, str]]]] = {
        province.code: (province.name, []) for province in _provinces(regions)
    }
    for region in regions.values():
        if region.parent_id is not None:
            groups[region.parent_id][1].append((region.code, region.name))
    return [("", _("Tidak tahu")), *groups.values()]


def _provinces(regions: Mapping[str, Region]) -> list[Region]:
    return sorted((region for region in regions.values() if region.parent_id is None), key=lambda region: region.name)
