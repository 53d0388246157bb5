"""Filters of the inbox, each limited to what the person may see anyway."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.forms.fields import REFERENCE, rules_in_force
from cases.leave import colleagues
from cases.models import Case, CaseReport
from cases.querysets import CaseQuerySet
from regions.models import Region
from reports.models import Platform
from rules.models import ElectionEvent, ElectionKind

# A rule the machine ranks lower is no reason to look for the case under it.
RANKS_THAT_COUNT = 3


class CaseFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Narrows a list of cases; unknown or broken values narrow nothing and are said on the form."""

    q = django_filters.CharFilter(label=_("Cari terlapor atau nomor kasus"), method="search", max_length=100)
    free = django_filters.BooleanFilter(
        label=_("Hanya yang belum dipegang"), method="only_unassigned", widget=forms.CheckboxInput
    )
    holder = django_filters.ChoiceFilter(label=_("Dipegang"), field_name="assigned_to", empty_label=_("Semua"))
    region = django_filters.ChoiceFilter(label=_("Kabupaten atau kota"), field_name="region_id", empty_label=_("Semua"))
    kind = django_filters.ChoiceFilter(
        label=_("Jenis pemilihan"), field_name="election_kind", choices=ElectionKind, empty_label=_("Semua")
    )
    event = django_filters.ChoiceFilter(label=_("Pemilihan"), method="of_event", empty_label=_("Semua"))
    rule = django_filters.ChoiceFilter(label=_("Aturan"), method="under_rule", empty_label=_("Semua"))
    platform = django_filters.ChoiceFilter(
        label=_("Tempat kejadian"), method="on_platform", choices=Platform, empty_label=_("Semua")
    )

    class Meta:
        model = Case
        fields: list[str] = []

    # Any: django-filter's own arguments, handed on unread
    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["holder"].extra["choices"] = [(person.pk, str(person)) for person in colleagues(by)]
        self.filters["region"].extra["choices"] = [
            (region.code, region.name) for region in Region.objects.regencies().within(by.region_code).by_code()
        ]
        self.filters["event"].extra["choices"] = [
            (event.code, event.name) for event in ElectionEvent.objects.newest_first()
        ]
        self.filters["rule"].extra["choices"] = rules_in_force()[1:]

    @property
    def active(self) -> int:
        """How many filters narrow the list, the search words and the box beside them aside."""
        values = getattr(self.form, "cleaned_data", {}) if self.form.is_bound else {}
        return sum(bool(value) for name, value in values.items() if name not in {"q", "free"})

    def search(self, cases: CaseQuerySet, name: str, words: str) -> CaseQuerySet:
        """Words in the respondent's name, post or agency, or a case number."""
        about = Q(respondent__name__icontains=words) | Q(respondent__post__icontains=words)
        about |= Q(respondent__agency__icontains=words)
        if reference := REFERENCE.fullmatch(words.strip()):
            about |= Q(number=int(reference[1]))
        return cases.filter(about)

    def only_unassigned(self, cases: CaseQuerySet, name: str, wanted: bool) -> CaseQuerySet:
        """Nobody works on them."""
        return cases.filter(assigned_to=None) if wanted else cases

    def of_event(self, cases: CaseQuerySet, name: str, code: str) -> CaseQuerySet:
        """Some report names this election."""
        return cases.filter(_with_report(report__election_event__code=code))

    def on_platform(self, cases: CaseQuerySet, name: str, platform: str) -> CaseQuerySet:
        """Some report saw the act there."""
        return cases.filter(_with_report(report__platform=platform))

    def under_rule(self, cases: CaseQuerySet, name: str, code: str) -> CaseQuerySet:
        """The machine ranked this rule high, or a person named it."""
        found = _with_report(
            report__classifications__findings__rule_code=code,
            report__classifications__findings__rank__lte=RANKS_THAT_COUNT,
        )
        assessed = Exists(Case.objects.filter(pk=OuterRef("pk"), assessments__rule_code=code))
        return cases.filter(found | assessed)


def _with_report(**conditions: object) -> Exists:
    return Exists(CaseReport.objects.filter(case=OuterRef("pk"), **conditions))
