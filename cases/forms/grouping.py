"""Forms about which reports make a case, who the respondent is, and who should not judge."""

from typing import Any, TypedDict
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.forms.fields import CalendarField, CaseReferenceField, LongTextField
from cases.models import Case, ConflictKind
from cases.own_findings import FindingFacts


class GivenReason(TypedDict):
    """The part of a use case that comes from a form with a reason."""

    reason: str
    seen_version: int


class VersionForm(forms.Form):
    """Carries the version of the case the person was looking at."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = case.version


class ReasonForm(VersionForm):
    """Why something is done."""

    reason = LongTextField(label=_("Alasan"), help_text=_("Masuk riwayat kasus. Jangan tulis apa pun tentang pelapor."))

    def given(self) -> GivenReason:
        """What a valid form gives: why, and the version of the case the person saw."""
        return GivenReason(reason=self.cleaned_data["reason"], seen_version=self.cleaned_data["version"])


class MergeForm(ReasonForm):
    """Joining two cases; both versions are those the person saw."""

    other_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    # Any: as above
    def __init__(self, *args: Any, case: Case, other: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.fields["other_version"].initial = other.version


class AttachForm(ReasonForm):
    """The case a report belongs to."""

    other = CaseReferenceField(label=_("Kasus tujuan"), help_text=_("Nomornya, misalnya LN-2024-000123."))
    field_order = ("version", "other", "reason")

    # Any: as above
    def __init__(self, *args: Any, case: Case, by: User, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        field = self.fields["other"]
        if isinstance(field, CaseReferenceField):
            field.by = by


class SplitForm(ReasonForm):
    """The reports that are about something else."""

    reports = forms.TypedMultipleChoiceField(
        label=_("Laporan yang menjadi kasus sendiri"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu laporan.")},
    )
    field_order = ("version", "reports", "reason")

    # Any: as above
    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        links = case.case_reports.select_related("report").order_by("report__received_at", "pk")
        field = self.fields["reports"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(link.report_id), report_label(link.report)) for link in links]


class OwnFindingForm(VersionForm):
    """Since when the office knows, and what the finding rests on."""

    known_since = CalendarField(
        label=_("Diketahui kantor sejak"), help_text=_("Temuan dibuat paling lambat 7 hari sejak diketahui.")
    )
    basis = LongTextField(
        label=_("Dasar temuan"), help_text=_("Apa yang Anda lihat atau periksa sendiri. Jangan sebut pelapor.")
    )

    def facts(self) -> FindingFacts:
        """The facts of a valid form, not judged yet."""
        return FindingFacts(known_since=self.cleaned_data["known_since"], basis=self.cleaned_data["basis"])


class ConflictForm(VersionForm):
    """Why somebody keeps out of a case."""

    kind = forms.ChoiceField(label=_("Hubungan Anda dengan kasus ini"), choices=ConflictKind, widget=forms.RadioSelect)
    note = LongTextField(
        label=_("Catatan untuk tim"),
        required=False,
        help_text=_(
            "Tidak wajib. Dibaca rekan di Bawaslu yang menangani kasus ini, bukan Kesbangpol; tidak masuk riwayat."
        ),
    )


# Any: a report of the relation
def report_label(report: Any) -> str:
    """How one report among several is told apart, without its text."""
    return gettext("%(lane)s, diterima %(day)s, tentang %(who)s") % {
        "lane": report.get_lane_display(),
        "day": date_format(localtime(report.received_at), "j F Y, H.i"),
        "who": report.respondent_name or report.respondent_post,
    }
