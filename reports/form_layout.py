"""The order of the report form on the page, in short sections with a sentence each."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def report_form_helper() -> FormHelper:
    """How crispy-forms draws the report form; the <form> tag itself is in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(
        _section(_("1. Cara melapor"), Field("lane"), css_class="choices"),
        _section(_("2. Apa yang terjadi"), "narrative", "act_date", "act_date_is_approximate"),
        _section(_("3. Tempat"), "province", "regency"),
        _section(_("4. Sumber"), "platform", "link"),
        _section(
            _("5. Orang yang dilaporkan"),
            _sentence(_("Isi yang Anda tahu. Nama atau jabatan: salah satu sudah cukup.")),
            "respondent_name",
            "respondent_post",
            "respondent_agency",
            "respondent_nip",
        ),
        _section(_("6. Pemilihan"), "candidate", "election_event"),
        _section(
            _("7. Bukti"),
            _sentence(_("Periksa dulu: foto profil, nama, atau percakapan Anda sendiri jangan sampai terlihat.")),
            _part("reports/_held.html"),
            "pictures",
            _part("reports/_previews.html"),
        ),
        Div(
            _section(
                _("8. Identitas Anda"),
                _part("reports/_identity.html"),
                "known_since",
                "reporter_name",
                "reporter_address",
                "reporter_contact",
                "reporter_nik",
            ),
            data_lane_fields="laporan",
        ),
    )
    return helper


def _section(title: str | Promise, *parts: object, css_class: str = "") -> Fieldset:
    return Fieldset(title, *parts, css_class=css_class)


def _sentence(text: str | Promise) -> HTML:
    return HTML(_Paragraph(text))


def _part(template: str) -> HTML:
    return HTML(f'{{% include "{template}" %}}')


class _Paragraph:
    """A sentence whose language is decided when the page is drawn, not when the layout is made."""

    def __init__(self, text: str | Promise) -> None:
        self.text = text

    def __str__(self) -> str:
        return f"<p>{self.text}</p>"
