"""The public report form."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from reports.form_checks import (
    EARLIEST_ACT,
    NIK_DIGITS,
    NIP_DIGITS,
    checked_contact,
    checked_number,
)
from reports.form_layout import report_form_helper
from reports.identity import Identity
from reports.intake import ReportFacts
from reports.judged_questions import EASTERNMOST, JudgedQuestions
from reports.models import Lane, Report
from reports.picture_form import FormWithHeldPictures
from reports.questions import LANES

REQUIRED_OF_REPORTER = {
    "reporter_name": _("Laporan resmi memerlukan nama Anda. Tanpa nama, pilih “Informasi awal”."),
    "reporter_address": _("Laporan resmi memerlukan alamat Anda. Tanpa alamat, pilih “Informasi awal”."),
    "reporter_contact": _("Isi nomor telepon atau alamat surel, supaya Bawaslu dapat memanggil Anda."),
}


class ReportForm(FormWithHeldPictures, JudgedQuestions):
    """The report form and its rules."""

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = report_form_helper()
        self._choice("lane").choices = [
            (lane, format_html("<strong>{}</strong><br>{}", name, explanation)) for lane, name, explanation in LANES
        ]
        for name in ("act_date", "known_since"):
            self.fields[name].widget = forms.DateInput(
                format="%Y-%m-%d",
                attrs={"type": "date", "min": EARLIEST_ACT, "max": self.now.astimezone(ZoneInfo(EASTERNMOST)).date()},
            )
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def clean_narrative(self) -> str:
        """Refuse a receipt code in the text: whoever handles the report could read it and answer as the reporter."""
        narrative: str = self.cleaned_data["narrative"]
        if Report.objects.with_a_receipt_in(narrative).exists():
            raise ValidationError(
                _("Di cerita ini ada kode laporan. Hapus kodenya: siapa pun yang membacanya dapat memakainya."),
                code="receipt_code",
            )
        return narrative

    def clean_respondent_nip(self) -> str:
        """18 digits or nothing."""
        return checked_number(self.cleaned_data["respondent_nip"], digits=NIP_DIGITS)

    def clean(self) -> dict[str, Any]:
        """What hangs together: pictures, place and dates, name or post, identity and lane."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        if not facts.get("respondent_name") and not facts.get("respondent_post"):
            self.add_error("respondent_name", _("Isi nama atau jabatannya; salah satu sudah cukup."))
        if facts.get("lane") == Lane.LAPORAN:
            self._check_reporter(facts)
        else:
            self._overlook_reporter()
        return facts

    def facts(self) -> ReportFacts:
        """What a valid form says. An identity typed in the other lane is left out here and goes nowhere."""
        answers = self.cleaned_data
        same = (
            "narrative", "act_date", "act_date_is_approximate", "known_since", "platform", "link", "respondent_name",
            "respondent_post", "respondent_agency", "respondent_nip", "candidate", "election_event",
        )  # fmt: skip
        identity = Identity(
            name=answers["reporter_name"],
            address=answers["reporter_address"],
            contact=answers["reporter_contact"],
            nik=answers["reporter_nik"],
        )
        return ReportFacts(
            lane=Lane(answers["lane"]),
            region_code=answers["regency"] or answers["province"],
            identity=identity if answers["lane"] == Lane.LAPORAN else None,
            **{name: answers[name] for name in same},
        )

    def _check_reporter(self, facts: dict[str, Any]) -> None:
        for name, message in REQUIRED_OF_REPORTER.items():
            if name not in self.errors and not facts.get(name):
                self.add_error(name, message)
        self._try("reporter_contact", lambda: checked_contact(facts.get("reporter_contact", "")))
        nik = facts.get("reporter_nik", "")
        self._try("reporter_nik", lambda: facts.update(reporter_nik=checked_number(nik, digits=NIK_DIGITS)))

    def _overlook_reporter(self) -> None:
        """In the other lane whatever stands in these fields is neither judged nor kept."""
        for name in (*REQUIRED_OF_REPORTER, "reporter_nik"):
            self.errors.pop(name, None)
            self.cleaned_data[name] = ""
        self.errors.pop("known_since", None)
        self.cleaned_data["known_since"] = None
