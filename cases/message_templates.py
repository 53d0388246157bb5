"""Texts an officer starts a message from: filled in with facts of the case that name nobody, and written anew.

Short texts that are seen filled in before they are published: so there is no draft to keep, only the next version.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import yaml
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import required_text
from cases.follow_up import words_for_all
from cases.letters.offices import office_of
from cases.models import Case, MessageKind, MessageTemplate
from cases.refusals import ActionRefused, FactsRefused

SHIPPED = Path(__file__).parent / "data" / "message_templates.yaml"
LONGEST_TEMPLATE = 2_000
BLANK = re.compile(r"\{([^{}]*)\}")
# What a text may leave open. Nothing here names a person, and nothing else is ever filled in.
BLANKS: dict[str, Promise] = {
    "kasus": gettext_lazy("nomor kasus"),
    "kantor": gettext_lazy("kantor yang menulis"),
    "tanggal": gettext_lazy("tanggal hari ini"),
    "keadaan": gettext_lazy("keadaan laporan, dengan kata-kata halaman pelapor"),
}
SAMPLE = {
    "id": {
        "kasus": "LN-2024-000123",
        "kantor": "Bawaslu Kota Contoh",
        "tanggal": "14 Oktober 2024",
        "keadaan": "Petugas sedang memeriksa kelengkapan laporan Anda.",
    },
    "en": {
        "kasus": "LN-2024-000123",
        "kantor": "Bawaslu Kota Contoh",
        "tanggal": "14 October 2024",
        "keadaan": "Staff are checking whether your report is complete.",
    },
}


@dataclass(frozen=True, kw_only=True)
class Composed:
    """A text filled in for one case, and the template it began from."""

    text: str
    template: MessageTemplate
    language: str


def compose(*, case: Case, kind: str, language: str, by: User, at: datetime) -> Composed:
    """The text in force for a case, in a language of MessageLanguage. Raises ActionRefused before texts are loaded."""
    template = MessageTemplate.objects.in_force().filter(kind=kind).first()
    if template is None:
        raise ActionRefused(_("Templat ini belum ada. Tulis pesannya sendiri."))
    return Composed(
        text=fill(template.text(language), _values(case, language, by, at)), template=template, language=language
    )


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled in; one that is not known stays as it stands."""
    return BLANK.sub(lambda found: values.get(found[1], found[0]), text)


def publish_texts(
    *, kind: str, text_id: str, text_en: str, seen_version: int, by: User, at: datetime
) -> MessageTemplate:
    """From now on messages of this kind begin with these texts. Raises FactsRefused or another ActionRefused."""
    if not by.may(Permission.EDIT_RULES):
        raise ActionRefused(_("Peran Anda (%(role)s) tidak berwenang untuk ini.") % {"role": by.get_role_display()})
    texts = checked_texts(text_id, text_en)
    latest = MessageTemplate.objects.in_force().filter(kind=kind).first()
    if latest and latest.version != seen_version:
        raise ActionRefused(_faster(latest))
    version = latest.version + 1 if latest else 1
    try:
        with transaction.atomic():
            template = MessageTemplate.objects.create(kind=kind, version=version, **texts, changed_by=by, changed_at=at)
            record(
                action="message_template.published",
                by=by,
                at=at,
                subject_kind="message_template",
                subject_id=kind,
                details={"kind": kind, "version": version},
            )
    except IntegrityError as error:
        raise ActionRefused(_faster(MessageTemplate.objects.in_force().get(kind=kind))) from error
    return template


def checked_texts(text_id: str, text_en: str) -> dict[str, str]:
    """Both texts as they will be kept. Raises FactsRefused, naming the field, for a blank nobody fills in."""
    texts = {name: text.replace("\r\n", "\n") for name, text in (("text_id", text_id), ("text_en", text_en))}
    kept = {name: required_text(name, text, LONGEST_TEMPLATE) for name, text in texts.items()}
    if problems := {name: problem for name, text in kept.items() if (problem := _blank_problem(text))}:
        raise FactsRefused(problems)
    return kept


@transaction.atomic
def load_message_templates(*, at: datetime) -> int:
    """Publish what the release changed; returns how many. What the national admin wrote is not overwritten."""
    published = 0
    for kind, texts in shipped_texts().items():
        latest = MessageTemplate.objects.in_force().filter(kind=kind).first()
        if latest and (latest.changed_by_id or (latest.text_id, latest.text_en) == (texts["id"], texts["en"])):
            continue
        MessageTemplate.objects.create(
            kind=kind,
            version=latest.version + 1 if latest else 1,
            **checked_texts(texts["id"], texts["en"]),
            changed_at=at,
        )
        published += 1
    return published


def shipped_texts() -> dict[MessageKind, dict[str, str]]:
    """The texts of the release by kind and language. Raises KeyError for a kind or language that is missing."""
    table = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return {kind: {language: str(table[kind.value][language]) for language in ("id", "en")} for kind in MessageKind}


def _values(case: Case, language: str, by: User, at: datetime) -> dict[str, str]:
    with override(language):
        return {
            "kasus": case.reference,
            "kantor": office_of(by).name,
            "tanggal": date_format(at.astimezone(ZoneInfo(case.region.time_zone)).date(), "j F Y"),
            "keadaan": str(words_for_all(case)[0]),
        }


def _blank_problem(text: str) -> str:
    unknown = [found for found in BLANK.findall(text) if found not in BLANKS]
    if not unknown and not set("{}") & set(BLANK.sub("", text)):
        return ""
    known = ", ".join(f"{{{name}}}" for name in BLANKS)
    wrong = f"{{{unknown[0]}}}" if unknown else "{ }"
    return _("Isian %(wrong)s tidak dikenal. Pakai salah satu dari %(known)s.") % {"wrong": wrong, "known": known}


def _faster(latest: MessageTemplate) -> str:
    return _("Templat ini baru saja diubah oleh %(who)s. Salin dulu tulisan Anda, buka lagi, lalu ulangi.") % {
        "who": latest.changed_by or _("rilis baru")
    }
