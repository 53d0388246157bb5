"""A form that brings pictures: those chosen now, and those kept from an earlier try or sent ahead one by one."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evidence.limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES
from reports.fields import PicturesField
from reports.form_checks import TOO_MANY, check_amount, is_too_large, too_large_a_body
from reports.models import HeldImage
from reports.originals import Picture


class FormWithHeldPictures(forms.Form):
    """`held` are the pictures kept for this form, `taken` the ids of those an earlier sending of it was received with.

    `body_bytes` is the size of the whole request: above the limit the server lets the pictures go unread. Such a form
    has the fields `pictures`, `held_pictures` (ticked: not to be sent) and `shown_pictures` (shown as kept by it).
    """

    max_files = MAX_FILES
    max_bytes = MAX_FILE_BYTES
    max_total_bytes = MAX_TOTAL_BYTES
    too_many: str | Promise = TOO_MANY

    # Any: Django's own arguments of a form, handed on unread
    def __init__(
        self,
        *args: Any,
        held: Sequence[HeldImage] = (),
        taken: Collection[UUID] = (),
        body_bytes: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        # Places of pictures the page shows as kept that are kept no longer
        self.gone: list[int] = []
        self.taken = {str(identifier): identifier for identifier in taken}
        self.body_bytes = body_bytes
        self.show_held(held)

    def show_held(self, held: Sequence[HeldImage]) -> None:
        """Say which pictures are kept, each with a way not to send it."""
        self.held = list(held)
        self.fields["pictures"].required = not self.held
        cast(forms.ChoiceField, self.fields["held_pictures"]).choices = [
            (str(image.id), _held_label(position, image)) for position, image in enumerate(self.held, start=1)
        ]

    def clean_held_pictures(self) -> set[UUID]:
        """The ids of held pictures that are to be sent, and of those that came with an earlier sending.

        With JavaScript the page names no others than those it shows, and an empty one: one whose upload was broken off
        may be held all the same. A picture it shows twice takes two ticks.
        """
        shown, ticked = self.cleaned_data["shown_pictures"], self.cleaned_data["held_pictures"]
        still_shown = Counter(shown) - Counter(ticked)
        known = {str(image.id): image.id for image in self.held} | self.taken
        self.gone = [
            position
            for position, name in enumerate(filter(None, shown), start=1)
            if name in still_shown and name not in known
        ]
        unshown = set() if "" in shown else {str(image.id) for image in self.held} - set(ticked)
        return {known[name] for name in unshown | still_shown.keys() if name in known}

    def clean(self) -> dict[str, Any]:
        """Kept and new pictures together."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = answers.get("held_pictures", set())
        wanted = [image for image in self.held if image.id in chosen]
        if is_too_large(self.body_bytes):
            # They were not read, so that nothing else can be said of them.
            self.errors.pop("pictures", None)
            self.add_error("pictures", too_large_a_body(self.body_bytes))
        elif chosen and self.has_error("pictures", "required"):
            del self.errors["pictures"]
            answers["pictures"] = []
        if "pictures" in answers:
            known = {image.sha256 for image in wanted}
            # Chosen once more although they were kept
            answers["pictures"] = [picture for picture in answers["pictures"] if picture.sha256 not in known]
            self._check_amount(wanted, answers["pictures"], is_repeat=bool(chosen) and not wanted)
        if self.gone:
            self.add_error("pictures", [_gone(position) for position in self.gone])
        return answers

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

    def _check_amount(self, wanted: Sequence[HeldImage], new: Sequence[Picture], *, is_repeat: bool) -> None:
        if is_repeat and not new:
            return
        try:
            check_amount(wanted, new, too_many=self.too_many)
        except ValidationError as error:
            self.add_error("pictures", error)


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
