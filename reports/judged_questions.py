"""The rules of the report form for place, dates and link, which hold as well while it is still being filled in."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from regions.models import Region
from reports.form_checks import checked_act_date, checked_link
from reports.places import province_choices, regency_choices
from reports.questions import Questions
from rules.models import ElectionEvent

# The first place in the country where a day begins.
EASTERNMOST = "Asia/Jayapura"


class JudgedQuestions(Questions):
    """The questions with what can be chosen now. `now` decides which dates lie in the future."""

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.regions = {region.code: region for region in Region.objects.by_code()}
        self._choice("province").choices = province_choices(self.regions)
        self._choice("regency").choices = regency_choices(self.regions)
        cast(
            "forms.ModelChoiceField[ElectionEvent]", self.fields["election_event"]
        ).queryset = ElectionEvent.objects.newest_first()

    def clean_link(self) -> str:
        """See checked_link()."""
        return checked_link(self.cleaned_data["link"])

    def clean(self) -> dict[str, Any]:
        """The regency lies in the province, and both days are past."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_place(facts)
        place = self.regions.get(facts.get("regency") or facts.get("province") or "")
        self._check_day("act_date", place.time_zone if place else EASTERNMOST)
        self._check_day("known_since", EASTERNMOST)
        return facts

    def _check_place(self, facts: dict[str, Any]) -> None:
        province, regency = facts.get("province"), facts.get("regency")
        if province and regency and self.regions[regency].parent_id != province:
            self.add_error(
                "regency",
                ValidationError(
                    _("%(regency)s tidak terletak di %(province)s. Pilih yang sesuai, atau “Tidak tahu”."),
                    params={"regency": self.regions[regency].name, "province": self.regions[province].name},
                ),
            )

    def _check_day(self, name: str, time_zone: str) -> None:
        if day := self.cleaned_data.get(name):
            self._try(name, lambda: checked_act_date(day, now=self.now, time_zone=time_zone))

    def _choice(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])

    def _try(self, name: str, check: Callable[[], object]) -> None:
        try:
            check()
        except ValidationError as error:
            self.add_error(name, error)
