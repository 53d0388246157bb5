"""Giving a case to a colleague, and days off."""

from datetime import datetime
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from cases.forms.fields import CalendarField
from cases.leave import colleagues
from cases.models import Case
from cases.workload import Load, loads


class GiveForm(forms.Form):
    """Which colleague gets the case; who is away is not offered."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    to = forms.ModelChoiceField(
        label=_("Rekan sekantor"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("Yang paling sedikit memegang kasus terbuka ada di atas. Yang sedang cuti tidak ditampilkan."),
    )

    def __init__(self, data: object = None, *, case: Case, by: User, at: datetime) -> None:
        super().__init__(data, initial={"version": case.version})  # type: ignore[arg-type]  # QueryDict or None
        offered = [load for load in loads(by, at=at) if not load.is_away and load.person.pk != case.assigned_to_id]
        field = cast("forms.ModelChoiceField[User]", self.fields["to"])
        field.queryset = User.objects.filter(pk__in=[load.person.pk for load in offered])
        field.choices = [(load.person.pk, _words(load)) for load in offered]


class LeaveForm(forms.Form):
    """Days off, own ones unless said otherwise, and who covers."""

    who = forms.ModelChoiceField(label=_("Yang cuti"), queryset=User.objects.none(), empty_label=None, required=False)
    first = CalendarField(label=_("Hari pertama"))
    last = CalendarField(label=_("Hari terakhir"))
    cover = forms.ModelChoiceField(label=_("Pengganti"), queryset=User.objects.none(), empty_label=_("Pilih rekan"))

    def __init__(self, data: object = None, *, by: User) -> None:
        super().__init__(data, initial={"who": by.pk})  # type: ignore[arg-type]  # QueryDict or None
        office = User.objects.filter(pk__in=[person.pk for person in colleagues(by)]).order_by("username")
        for name in ("who", "cover"):
            cast("forms.ModelChoiceField[User]", self.fields[name]).queryset = office


def _words(load: Load) -> str:
    count = ngettext("%(count)d kasus terbuka", "%(count)d kasus terbuka", load.open_cases) % {"count": load.open_cases}
    return f"{load.person} · {count}"
