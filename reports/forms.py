"""The public report form."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from regions.models import Region
from reports.form_checks import (
    EARLIEST_ACT,
    NIK_DIGITS,
    NIP_DIGITS,
    checked_act_date,
    checked_contact,
    checked_link,
    checked_number,
)
from reports.form_layout import report_form_helper
from reports.identity import Identity
from reports.intake import ReportFacts
from reports.models import Lane, Report
from reports.picture_form import FormWithHeldPictures
from reports.places import province_choices, regency_choices
from reports.questions import LANES, Questions
from rules.models import ElectionEvent

# The first place in the country where a day begins.
EASTERNMOST = "Asia/Jayapura"

REQUIRED_OF_REPORTER = {
    "reporter_name": _("Laporan resmi memerlukan nama Anda. Tanpa nama, pilih “Informasi awal”."),
    "reporter_address": _("Laporan resmi memerlukan alamat Anda. Tanpa alamat, pilih “Informasi awal”."),
    "reporter_contact": _("Isi nomor telepon atau alamat surel, supaya Bawaslu dapat memanggil Anda."),
}


class ReportForm(FormWithHeldPictures, Questions):
    """The report form and its rules. `now` decides which dates lie in the future."""

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.regions = {region.code: region for region in Region.objects.by_code()}
        self.helper = report_form_helper()
        self._choice("lane").choices = [
            (lane, format_html("<strong>{}</strong><br>{}", name, explanation)) for lane, name, explanation in LANES
        ]
        for name in ("act_date", "known_since"):
            self.fields[name].widget = forms.DateInput(
                format="%Y-%m-%d",
                attrs={"type": "date", "min": EARLIEST_ACT, "max": now.astimezone(ZoneInfo(EASTERNMOST)).date()},
            )
        self._choice("province").choices = province_choices(self.regions)
        self._choice("regency").choices = regency_choices(self.regions)
        cast(
            "forms.ModelChoiceField[ElectionEvent]", self.fields["election_event"]
        ).queryset = ElectionEvent.objects.newest_first()
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

    def clean_link(self) -> str:
        """See checked_link()."""
        return checked_link(self.cleaned_data["link"])

    def clean_respondent_nip(self) -> str:
        """18 digits or nothing."""
        return checked_number(self.cleaned_data["respondent_nip"], digits=NIP_DIGITS)

    def clean(self) -> dict[str, Any]:
        """What hangs together: pictures, place and date, name or post, identity and lane."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_place(facts)
        self._check_date(facts)
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

    def _choice(self, name: str) -> forms.ChoiceField:
        return cast(forms.ChoiceField, self.fields[name])

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

    def _check_date(self, facts: dict[str, Any]) -> None:
        day = facts.get("act_date")
        if day is None:
            return
        place = self.regions.get(facts.get("regency") or facts.get("province") or "")
        self._try(
            "act_date", lambda: checked_act_date(day, now=self.now, time_zone=place.time_zone if place else EASTERNMOST)
        )

    def _check_reporter(self, facts: dict[str, Any]) -> None:
        for name, message in REQUIRED_OF_REPORTER.items():
            if name not in self.errors and not facts.get(name):
                self.add_error(name, message)
        if day := facts.get("known_since"):
            self._try("known_since", lambda: checked_act_date(day, now=self.now, time_zone=EASTERNMOST))
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

    def _try(self, name: str, check: Callable[[], object]) -> None:
        try:
            check()
        except ValidationError as error:
            self.add_error(name, error)
