"""What an auditor asks the trail for."""

from typing import Any

import django_filters
from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent, User
from cases.events import event_label
from cases.forms.fields import REFERENCE
from cases.models import Case
from stats.audit_trail import events_of_case


class TrailFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Narrows the trail; a broken value narrows nothing and is said on the form."""

    first = django_filters.DateFilter(
        label=_("Dari tanggal"), field_name="at", lookup_expr="date__gte", widget=forms.DateInput({"type": "date"})
    )
    last = django_filters.DateFilter(
        label=_("Sampai tanggal"), field_name="at", lookup_expr="date__lte", widget=forms.DateInput({"type": "date"})
    )
    who = django_filters.CharFilter(label=_("Nama atau nama pengguna"), method="by_person", max_length=100)
    action = django_filters.ChoiceFilter(label=_("Langkah"), empty_label=_("Semua"))
    case = django_filters.CharFilter(
        label=_("Nomor kasus"),
        method="about_case",
        max_length=20,
        validators=[RegexValidator(REFERENCE, _("Tulis nomor kasus seperti LN-2024-000123."))],
    )

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    # Any: django-filter's own arguments, handed on unread
    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        names = AuditEvent.objects.order_by().values_list("action", flat=True).distinct()
        self.filters["action"].extra["choices"] = sorted(((name, event_label(name)) for name in names), key=str)

    def by_person(self, events: QuerySet[AuditEvent], name: str, words: str) -> QuerySet[AuditEvent]:
        """Words in the account's name or the person's."""
        about = Q(actor__username__icontains=words) | Q(actor__first_name__icontains=words)
        return events.filter(about | Q(actor__last_name__icontains=words))

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
