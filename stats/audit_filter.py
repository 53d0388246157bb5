"""What an auditor asks the trail for."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent, User
from cases.forms.fields import REFERENCE
from cases.models import Case
from stats.audit_names import EVERY_NAME, SEEN, event_name
from stats.audit_trail import events_of_case

# Stands among the names of events for all that mean that somebody saw
LOOKING = "melihat"


class TrailFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Narrows the trail; a broken value narrows nothing and is said on the form."""

    case = django_filters.CharFilter(
        label=_("Nomor kasus"),
        method="about_case",
        max_length=20,
        validators=[RegexValidator(REFERENCE, _("Tulis nomor kasus seperti LN-2024-000123."))],
    )
    action = django_filters.ChoiceFilter(label=_("Langkah"), empty_label=_("Semua"), method="of_kind")
    who = django_filters.CharFilter(label=_("Nama atau nama pengguna"), method="by_person", max_length=100)
    first = django_filters.DateFilter(
        label=_("Dari tanggal"), method="from_day", widget=forms.DateInput({"type": "date"})
    )
    last = django_filters.DateFilter(
        label=_("Sampai tanggal"), method="to_day", widget=forms.DateInput({"type": "date"})
    )

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    # Any: django-filter's own arguments, handed on unread
    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        names = sorted(((name, event_name(name)) for name in EVERY_NAME), key=lambda choice: choice[1])
        self.filters["action"].extra["choices"] = [(LOOKING, _("Melihat atau mengunduh (semua cara)")), *names]

    def by_person(self, events: QuerySet[AuditEvent], name: str, words: str) -> QuerySet[AuditEvent]:
        """Words in the account's name or the person's."""
        people = Q(username__icontains=words) | Q(first_name__icontains=words) | Q(last_name__icontains=words)
        # The people first: the database then reads their events alone.
        return events.filter(actor__in=list(User.objects.filter(people).values_list("pk", flat=True)))

    def of_kind(self, events: QuerySet[AuditEvent], name: str, kind: str) -> QuerySet[AuditEvent]:
        """One kind of event, or everything that means that somebody saw."""
        return events.filter(action__in=SEEN if kind == LOOKING else [kind])

    def from_day(self, events: QuerySet[AuditEvent], name: str, day: date) -> QuerySet[AuditEvent]:
        """From the first moment of a day, in the portal's time zone."""
        return events.filter(at__gte=_begin(day))

    def to_day(self, events: QuerySet[AuditEvent], name: str, day: date) -> QuerySet[AuditEvent]:
        """To the last moment of a day, in the portal's time zone."""
        return events.filter(at__lt=_begin(day + timedelta(days=1))) if day < date.max else events

    def about_case(self, events: QuerySet[AuditEvent], name: str, reference: str) -> QuerySet[AuditEvent]:
        """The case of this number, of those the person may see."""
        number = REFERENCE.fullmatch(reference.strip())
        case = Case.objects.visible_to(self.by).filter(number=int(number[1])).first() if number else None
        return events_of_case(events, case) if case else events.none()

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, by field; empty values left out."""
        values = getattr(self.form, "cleaned_data", {}) if self.form.is_bound else {}
        return {name: str(value) for name, value in values.items() if value}


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
