"""Forms that bring pictures: a request too large has its files left unread, which the form must not take for none."""

from typing import Any

from django import forms

from reports.form_checks import brings_too_much, is_too_large, too_large_a_body

TOO_LARGE = 413
UNPROCESSABLE = 422


class FormWithPictures(forms.Form):
    """A form whose field `pictures_field` takes pictures. `body_bytes` is the size of the whole request."""

    pictures_field = "pictures"

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, body_bytes: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body_bytes = body_bytes

    def clean(self) -> dict[str, Any]:
        """Beyond the limit of bytes the pictures were not read, so that nothing else can be said of them."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if is_too_large(self.body_bytes):
            self.errors.pop(self.pictures_field, None)
            self.add_error(self.pictures_field, too_large_a_body(self.body_bytes))
        return answers


def fault_status(form: forms.Form) -> int:
    """How a page with the faults of a form is answered, whether it brings pictures or not."""
    field = form.pictures_field if isinstance(form, FormWithPictures) else "pictures"
    return TOO_LARGE if brings_too_much(form, field) else UNPROCESSABLE
