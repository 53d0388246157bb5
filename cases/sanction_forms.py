"""The forms a sanction of each level can take, as `data/sanction_forms.yaml` has them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cases.models import AsnKind, DisciplineLevel

FORMS_FILE = Path(__file__).parent / "data" / "sanction_forms.yaml"
# A decree may name a form the table lacks; then its own words are all there is.
OTHER_FORM = "lain"


class Employment(StrEnum):
    """Whom a form is for."""

    PNS = "pns"
    PPPK = "pppk"
    BOTH = "both"


class Others(StrEnum):
    """What of the kind of ASN a form is not for."""

    REFUSED = "refused"
    OPEN = "open"


class BadSanctionForms(ValueError):
    """The file of forms cannot be used; the message names the file and the entry."""


@dataclass(frozen=True, kw_only=True)
class SanctionForm:
    """One form. Where `confirmed` is False nobody has read it in the regulation itself.

    `others` is None for a form that is for both kinds.
    """

    code: str
    level: DisciplineLevel
    employment: Employment
    others: Others | None
    confirmed: bool
    source: str
    title_id: str
    title_en: str

    @property
    def title(self) -> str:
        """The form in the language of the page."""
        return self.title_en if (get_language() or "").startswith("en") else self.title_id

    @property
    def label(self) -> str:
        """The form as a choice: whom it is for, and whether it still has to be checked."""
        text = _("PPPK: %(form)s") % {"form": self.title} if self.employment is Employment.PPPK else self.title
        return text if self.confirmed else _("%(form)s (periksa naskah peraturannya)") % {"form": text}


@lru_cache(maxsize=1)
def sanction_forms(path: Path = FORMS_FILE) -> dict[str, SanctionForm]:
    """The forms by code, in the order of their weight. Raises BadSanctionForms."""
    forms = [_form(path, row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]
    found = {form.code: form for form in forms}
    if len(found) != len(forms) or OTHER_FORM in found:
        raise BadSanctionForms(f"{path.name}: codes must differ, and none may be {OTHER_FORM}")
    if missing := set(DisciplineLevel) - {form.level for form in forms}:
        raise BadSanctionForms(f"{path.name}: no form for {', '.join(sorted(missing))}")
    return found


def is_form_of(code: str, level: str) -> bool:
    """Whether the level can take the form; the form in the decree's own words fits every level."""
    form = sanction_forms().get(code)
    return code == OTHER_FORM or (form is not None and form.level == level)


def misfit(code: str, kind: str) -> Others | None:
    """What stands against the form for a respondent of that AsnKind; None where nothing does or the kind is unknown."""
    form = sanction_forms().get(code)
    return form.others if form and kind and form.employment not in {Employment.BOTH, kind} else None


def remark_on(code: str, kind: str) -> str:
    """What to check about a form for a respondent of that AsnKind, empty while unknown; empty when nothing."""
    form = sanction_forms().get(code)
    if form is None or form.employment in {Employment.BOTH, kind}:
        return ""
    meant = str(AsnKind(form.employment).label)
    if not kind:
        return _("Bentuk ini diatur untuk %(meant)s, dan jenis ASN terlapor belum tercatat.") % {"meant": meant}
    return _("Bentuk ini diatur untuk %(meant)s, sedangkan terlapor %(kind)s. Periksa dasar hukum keputusannya.") % {
        "meant": meant,
        "kind": str(AsnKind(kind).label),
    }


def form_title(code: str) -> str:
    """A form in words; empty for one that only the decree names."""
    form = sanction_forms().get(code)
    return form.title if form else ""


def _form(path: Path, row: dict[str, object]) -> SanctionForm:
    titles = row.get("title")
    try:
        if not isinstance(titles, dict):
            raise ValueError("title must be texts in id and en")
        return SanctionForm(
            code=str(row["code"]),
            level=DisciplineLevel(str(row["level"])),
            employment=Employment(str(row["for"])),
            others=Others(str(row["others"])) if row["for"] != Employment.BOTH else None,
            confirmed=row["confirmed"] is True,
            source=str(row["source"]),
            title_id=str(titles["id"]),
            title_en=str(titles["en"]),
        )
    except (KeyError, ValueError) as error:
        raise BadSanctionForms(f"{path.name}: {row.get('code')}: {error}") from error
