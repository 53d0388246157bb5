"""One row of the draft as a form. The YAML stays the one truth: the form reads it and writes it back."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from rules import row_lines
from rules.catalogue.parser import LABELS, LONGEST_CODE, SANCTION_KINDS
from rules.catalogue.rows import STAGES
from rules.drafting import Mistake
from rules.models import ElectionKind

Read = TypeVar("Read")

LONGEST = 8000
# What the check of a catalogue says begins so; the field it is about.
SAID_OF = (
    ("code ", "code"),
    ("stage ", "stage"),
    ("unknown labels", "labels"),
    ("sanction kind", "kind"),
    ("a penalty figure", "warning"),
    ("a level must not", "level"),
    ("a sanction option", "options"),
    ("sources without", "legal_basis"),
    ("the counterpart", "counterpart"),
    ("unknown label", "near_misses"),
)
LISTS = ("aggravating", "negating", "phrases")
ELEMENTS = ("actor", "act", "object", "channel")
SANCTION_WORDS = ("kind", "level", "legal", "conflict", "conflict_note", "as_enacted", "warning")
STAGE_WORDS = {
    "bakal_calon": _("sebelum penetapan calon"),
    "calon": _("sesudah penetapan calon"),
    "any": _("kapan saja"),
}


def _text(label: Any, *, rows: int = 0, required: bool = False, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=required, max_length=LONGEST, help_text=help_text, widget=widget)


ONE_A_LINE = _("Satu per baris.")


class RowForm(forms.Form):
    """The fields of a row in the order a person thinks of them."""

    edition = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
    code = forms.CharField(label=_("Kode"), max_length=LONGEST_CODE)
    title_id = _text(_("Judul"), required=True)
    title_en = _text(_("Judul dalam bahasa Inggris"), required=True)
    plain = _text(_("Bunyi dalam kata biasa"), rows=3, required=True)
    stage = forms.ChoiceField(label=_("Tahap"), choices=[(stage, STAGE_WORDS[stage]) for stage in STAGES])
    event_kind = forms.ChoiceField(
        label=_("Hanya dalam"), required=False, choices=[("", _("semua pemilihan")), *ElectionKind.choices]
    )
    labels = forms.MultipleChoiceField(
        label=_("Perbuatan yang dikenali mesin"),
        required=False,
        choices=[(label, label) for label in sorted(LABELS)],
        widget=forms.CheckboxSelectMultiple,
    )
    counterpart = forms.ChoiceField(
        label=_("Pasangannya di tahap lain"),
        required=False,
        help_text=_("Pasangan saling menunjuk: aturan yang dipilih ikut diubah."),
    )
    chosen_by_machine = forms.BooleanField(label=_("Boleh dipilih mesin"), required=False)
    actor = _text(_("Pelaku"), required=True)
    act = _text(_("Perbuatan"), rows=2, required=True)
    object = _text(_("Objek"), rows=2, required=True)
    channel = _text(_("Saluran"), required=True)
    aggravating = _text(_("Yang memberatkan"), rows=4, help_text=ONE_A_LINE)
    negating = _text(_("Yang meniadakan"), rows=4, help_text=ONE_A_LINE)
    phrases = _text(_("Kata pelapor"), rows=4, help_text=ONE_A_LINE)
    legal_basis = _text(
        _("Dasar hukum"),
        rows=5,
        help_text=_("Satu pasal per baris: pasal | keyakinan | sumber, dipisah koma. Sumber ada di meta.yaml."),
    )
    sources = _text(_("Sumber baris ini"), help_text=_("Dipisah koma, misalnya s03, s04b."))
    confidence = _text(_("Keyakinan"), rows=3, help_text=_("Satu per baris: nama | isi."))
    kind = forms.ChoiceField(label=_("Jenis sanksi"), choices=[(kind, kind) for kind in sorted(SANCTION_KINDS)])
    level = _text(_("Tingkat sanksi"), help_text=_("Kosongkan bila sumber berbeda atau Satgas yang memutuskan."))
    options = forms.MultipleChoiceField(label=_("Bentuk sanksi"), required=False, widget=forms.CheckboxSelectMultiple)
    legal = _text(_("Pasal sanksi"))
    conflict = _text(_("Perbedaan sumber"), rows=2)
    conflict_note = _text(_("Catatan perbedaan"), rows=2)
    as_enacted = _text(_("Angka sebagaimana diundangkan"), rows=2)
    warning = _text(_("Peringatan di samping angka"), rows=2)
    allowed = _text(_("Boleh"), rows=3, help_text=ONE_A_LINE)
    not_allowed = _text(_("Tidak boleh"), rows=3, help_text=ONE_A_LINE)
    depends = _text(_("Tergantung"), rows=3, help_text=ONE_A_LINE)
    match = _text(_("Contoh yang cocok"), rows=5, help_text=ONE_A_LINE)
    near_misses = _text(
        _("Contoh yang mirip tetapi bukan"), rows=5, help_text=_("Satu per baris: label jawaban yang benar | contoh.")
    )
    notes = _text(_("Catatan"), rows=2)

    # Any: Django's own arguments of a form, handed on unread
    def __init__(self, *args: Any, codes: list[str], option_words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["counterpart"]).choices = [
            ("", _("tidak ada")),
            *((code, code) for code in codes),
        ]
        cast(forms.ChoiceField, self.fields["options"]).choices = [
            (name, f"{words} ({name})") for name, words in option_words.items()
        ]
        self.helper = _layout()

    def clean_legal_basis(self) -> list[dict[str, Any]]:
        """The articles."""
        return self._read("legal_basis", row_lines.read_basis)

    def clean_near_misses(self) -> list[dict[str, Any]]:
        """The near misses."""
        return self._read("near_misses", row_lines.read_near_misses)

    def clean_confidence(self) -> dict[str, Any]:
        """How sure each part of the row is."""
        return self._read("confidence", row_lines.read_pairs)

    def row(self) -> dict[str, Any]:
        """The row as the YAML holds it; None for a field that is not to be written."""
        given = self.cleaned_data
        lists = {name: row_lines.lines_of(given[name]) for name in LISTS}
        sanction = {name: given[name].strip() for name in SANCTION_WORDS if given[name].strip()}
        guidance = {name: row_lines.lines_of(given[name]) for name in ("allowed", "not_allowed", "depends")}
        return lists | {
            "code": given["code"],
            "stage": given["stage"],
            "labels": given["labels"],
            "title": {"id": given["title_id"], "en": given["title_en"]},
            "plain": given["plain"],
            "elements": {name: given[name] for name in ELEMENTS},
            "event_kind": given["event_kind"] or None,
            "chosen_by_machine": None if given["chosen_by_machine"] else False,
            "counterpart": given["counterpart"] or None,
            "legal_basis": given["legal_basis"],
            "sources": row_lines.words_of(given["sources"]),
            "confidence": given["confidence"],
            "sanction": {"kind": "", "level": None, "options": given["options"]} | sanction,
            "guidance": guidance,
            "examples": {"match": row_lines.lines_of(given["match"]), "near_miss": given["near_misses"]},
            "notes": given["notes"] or None,
        }

    def say(self, mistake: Mistake) -> None:
        """Put a mistake the check of the catalogue found beside its field, with file and line."""
        field = next((name for words, name in SAID_OF if mistake.words.startswith(words)), None)
        self.add_error(
            field,
            _("%(file)s baris %(line)d: %(words)s")
            % {"file": mistake.file, "line": mistake.line, "words": mistake.words},
        )

    def _read(self, name: str, read: Callable[[str], Read]) -> Read:
        try:
            return read(self.cleaned_data[name])
        except row_lines.LineRefused as refused:
            raise ValidationError(str(refused)) from refused


def typed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the YAML as the form shows it; a part of the wrong kind is shown empty and stays until it is saved."""
    title, elements, sanction, guidance, examples = (
        _mapping(fields.get(name)) for name in ("title", "elements", "sanction", "guidance", "examples")
    )
    plain = {name: fields.get(name) or "" for name in ("code", "plain", "stage", "event_kind", "counterpart", "notes")}
    lists = {name: "\n".join(_list(fields.get(name))) for name in LISTS}
    guided = {name: "\n".join(_list(guidance.get(name))) for name in ("allowed", "not_allowed", "depends")}
    return (
        plain
        | lists
        | guided
        | {name: elements.get(name, "") for name in ELEMENTS}
        | {name: sanction.get(name) or "" for name in SANCTION_WORDS}
        | {
            "title_id": title.get("id", ""),
            "title_en": title.get("en", ""),
            "labels": _list(fields.get("labels")),
            "chosen_by_machine": fields.get("chosen_by_machine", True),
            "options": _list(sanction.get("options")),
            "sources": ", ".join(_list(fields.get("sources"))),
            "confidence": row_lines.pair_lines(_mapping(fields.get("confidence"))),
            "legal_basis": row_lines.basis_lines(_mappings(fields.get("legal_basis"))),
            "match": "\n".join(_list(examples.get("match"))),
            "near_misses": row_lines.near_miss_lines(_mappings(examples.get("near_miss"))),
        }
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _list(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def _layout() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(
        "edition",
        Fieldset(str(_("Aturan")), "code", "title_id", "title_en", "plain"),
        Fieldset(str(_("Kapan")), "stage", "counterpart", "event_kind", "labels", "chosen_by_machine"),
        Fieldset(str(_("Unsur")), *ELEMENTS, *LISTS),
        Fieldset(str(_("Dasar hukum")), "legal_basis", "sources", "confidence"),
        Fieldset(str(_("Sanksi")), "kind", "level", "options", *SANCTION_WORDS[2:]),
        Fieldset(str(_("Petunjuk")), "allowed", "not_allowed", "depends"),
        Fieldset(str(_("Contoh")), "match", "near_misses", "notes"),
    )
    return helper
