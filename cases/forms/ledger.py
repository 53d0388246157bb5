"""Filters of the book of recommendations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import OversightBody
from cases.querysets import RecommendationQuerySet, in_subtree
from regions.models import Region


class LedgerFilter(forms.Form):
    """Narrows the letters; values it does not know narrow nothing and are said on the form."""

    tanpa_hasil = forms.BooleanField(label=_("Hanya yang belum ada hasil"), required=False)

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = [(body.code, body.name) for body in OversightBody.objects.order_by("-valid_from")]
        regions = Region.objects.within(by.region_code).by_code()
        every = ("", _("Semua"))
        self.fields["lembaga"] = forms.ChoiceField(label=_("Lembaga"), required=False, choices=[every, *bodies])
        self.fields["wilayah"] = forms.ChoiceField(
            label=_("Wilayah"), required=False, choices=[every, *((row.code, row.name) for row in regions)]
        )

    @property
    def is_active(self) -> bool:
        """Whether anything is narrowed."""
        return self.is_bound and self.is_valid() and any(self.cleaned_data.values())

    def narrow(self, letters: RecommendationQuerySet) -> RecommendationQuerySet:
        """The letters that fit."""
        self.is_valid()
        wanted = getattr(self, "cleaned_data", {})
        if wanted.get("tanpa_hasil"):
            letters = letters.without_result()
        if code := wanted.get("lembaga"):
            letters = letters.filter(body__code=code)
        if region := wanted.get("wilayah"):
            letters = letters.filter(in_subtree("case__region__code", region))
        return letters
