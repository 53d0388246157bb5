"""The public report form."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from regions.models import Region
from reports.fields import PicturesField
from reports.form_checks import (
    EARLIEST_ACT,
    NIK_DIGITS,
    NIP_DIGITS,
    check_amount,
    checked_act_date,
    checked_contact,
    checked_link,
    checked_number,
    is_too_large,
    too_large_a_body,
)
from reports.form_layout import report_form_helper
from reports.identity import Identity
from reports.intake import ReportFacts
from reports.models import HeldImage, Lane, Report
from reports.originals import Picture
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


class ReportForm(Questions):
    """The report form and its rules.

    `now` decides which dates lie in the future, `held` are pictures of an earlier try, `body_bytes` is the size of
    the whole request: above the limit the server lets the pictures go unread.
    """

    def __init__(
        self, *args: Any, now: datetime, held: Sequence[HeldImage] = (), body_bytes: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        # Places of pictures the page shows as kept that are kept no longer
        self.gone: list[int] = []
        self.body_bytes = body_bytes
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
        self.show_held(held)
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"

    def show_held(self, held: Sequence[HeldImage]) -> None:
        """Say which pictures are kept, each with a way not to send it."""
        self.held = list(held)
        self.fields["pictures"].required = not self.held
        self._choice("held_pictures").choices = [
            (str(image.id), _held_label(position, image)) for position, image in enumerate(self.held, start=1)
        ]

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

    def clean_held_pictures(self) -> set[UUID]:
        """The ids of held pictures that are to be sent.

        With JavaScript the page names no others than those it shows, and an empty one: one whose upload was broken off
        may be held all the same. A picture it shows twice takes two ticks.
        """
        shown, ticked = self.cleaned_data["shown_pictures"], self.cleaned_data["held_pictures"]
        still_shown = Counter(shown) - Counter(ticked)
        self.gone = [
            position
            for position, name in enumerate(filter(None, shown), start=1)
            if name in still_shown and name not in {str(image.id) for image in self.held}
        ]
        unshown = set() if "" in shown else {str(image.id) for image in self.held} - set(ticked)
        return {image.id for image in self.held if str(image.id) in unshown | still_shown.keys()}

    def clean(self) -> dict[str, Any]:
        """What hangs together: place and date, name or post, pictures, identity and lane."""
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_place(facts)
        self._check_date(facts)
        if not facts.get("respondent_name") and not facts.get("respondent_post"):
            self.add_error("respondent_name", _("Isi nama atau jabatannya; salah satu sudah cukup."))
        self._check_pictures(facts)
        if facts.get("lane") == Lane.LAPORAN:
            self._check_reporter(facts)
        else:
            self._overlook_reporter()
        return facts

    @property
    def unwanted(self) -> set[UUID]:
        """The ids of held pictures that are not to be sent after all."""
        wanted: set[UUID] = self.cleaned_data.get("held_pictures", set())
        return {image.id for image in self.held} - wanted

    @property
    def fine_pictures(self) -> list[Picture]:
        """The new pictures that can be taken, also when others cannot."""
        field = self.fields["pictures"]
        return field.fine if isinstance(field, PicturesField) else []

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

    def _check_pictures(self, facts: dict[str, Any]) -> None:
        wanted = [image for image in self.held if image.id in facts.get("held_pictures", set())]
        if is_too_large(self.body_bytes):
            # They were not read, so that nothing else can be said of them.
            self.errors.pop("pictures", None)
            self.add_error("pictures", too_large_a_body(self.body_bytes))
        elif "pictures" in facts:
            known = {image.sha256 for image in wanted}
            # Chosen once more although they were kept
            facts["pictures"] = [picture for picture in facts["pictures"] if picture.sha256 not in known]
            self._try("pictures", lambda: check_amount(wanted, facts["pictures"]))
        if self.gone:
            self.add_error("pictures", [_gone(position) for position in self.gone])

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


def _gone(position: int) -> ValidationError:
    return ValidationError(
        _("Gambar ke-%(position)d tidak tersimpan lagi; gambar disimpan paling lama sehari. Pilih lagi gambarnya."),
        code="gone",
        params={"position": position},
    )


def _held_label(position: int, image: HeldImage) -> str:
    return _("Gambar %(position)d: %(format)s, %(width)d × %(height)d piksel, %(size)s") % {
        "position": position,
        "format": image.image_format,
        "width": image.width,
        "height": image.height,
        "size": filesizeformat(image.byte_size),
    }
