"""The letters of a case: their names, who may write them, what the writer adds to the facts of the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission


class LetterKind(models.TextChoices):
    """Stable identifiers; they name the templates too."""

    TANDA_TERIMA = "tanda_terima", _("Tanda terima laporan")
    KAJIAN_AWAL = "kajian_awal", _("Kajian awal")
    UNDANGAN_KLARIFIKASI = "undangan_klarifikasi", _("Undangan klarifikasi")
    UNDANGAN_KETERANGAN = "undangan_keterangan", _("Undangan memberi keterangan")
    BERITA_ACARA_KLARIFIKASI = "berita_acara_klarifikasi", _("Berita acara klarifikasi")
    KAJIAN = "kajian", _("Kajian")
    SURAT_REKOMENDASI = "surat_rekomendasi", _("Surat rekomendasi")
    PEMBERITAHUAN_STATUS = "pemberitahuan_status", _("Pemberitahuan status laporan")


@dataclass(frozen=True, kw_only=True)
class Addition:
    """Something the writer adds. `lines` says that it is longer than a line."""

    label: Promise
    help_text: Promise | str = ""
    required: bool = False
    lines: bool = True
    longest: int = 8_000


@dataclass(frozen=True, kw_only=True)
class KindRules:
    """`code` stands in the number. A letter to the reporter is about one report and names nobody.

    A letter that comes with a step of the case is not written on its own.
    """

    code: str
    permission: Permission
    additions: Mapping[str, Addition] = field(default_factory=dict)
    comes_with_step: bool = False
    needs_two_people: bool = False
    goes_to_reporter: bool = False


RULES: dict[LetterKind, KindRules] = {
    LetterKind.TANDA_TERIMA: KindRules(code="TT", permission=Permission.MESSAGE_REPORTER, goes_to_reporter=True),
    LetterKind.KAJIAN_AWAL: KindRules(
        code="KA",
        permission=Permission.REGISTER,
        additions={
            "formal": Addition(label=_("Pemeriksaan syarat formal"), required=True),
            "material": Addition(label=_("Pemeriksaan syarat materiel"), required=True),
            "conclusion": Addition(label=_("Simpulan dan usul"), required=True),
        },
    ),
    LetterKind.UNDANGAN_KLARIFIKASI: KindRules(code="UND.KLARIF", permission=Permission.CLARIFY, comes_with_step=True),
    LetterKind.UNDANGAN_KETERANGAN: KindRules(code="UND.KET", permission=Permission.CLARIFY, comes_with_step=True),
    LetterKind.BERITA_ACARA_KLARIFIKASI: KindRules(
        code="BA.KLARIF", permission=Permission.CLARIFY, comes_with_step=True
    ),
    LetterKind.KAJIAN: KindRules(
        code="KJ",
        permission=Permission.STUDY,
        additions={
            "facts": Addition(
                label=_("Uraian kejadian"),
                help_text=_("Jangan menyalin kalimat yang membuka siapa pelapornya."),
                required=True,
            ),
            "analysis": Addition(label=_("Analisis"), required=True),
            "conclusion": Addition(label=_("Simpulan dan usul"), required=True),
        },
        needs_two_people=True,
    ),
    # Drafted by one person and sent by another, like the recommendation it carries.
    LetterKind.SURAT_REKOMENDASI: KindRules(
        code="REK", permission=Permission.RECOMMEND, comes_with_step=True, needs_two_people=True
    ),
    LetterKind.PEMBERITAHUAN_STATUS: KindRules(
        code="STATUS",
        permission=Permission.MESSAGE_REPORTER,
        additions={"remark": Addition(label=_("Keterangan tambahan"), longest=2_000)},
        goes_to_reporter=True,
    ),
}


def kinds_readable_with(permissions: frozenset[Permission]) -> list[LetterKind]:
    """The letters somebody with these powers may read: those they write; whoever checks the work reads them all.

    A letter to the reporter or a study is nothing for an office that may only call in the accused.
    """
    return list(LetterKind) if Permission.SEE_AUDIT in permissions else kinds_open_to(permissions)


def kinds_open_to(permissions: frozenset[Permission]) -> list[LetterKind]:
    """The letters somebody with these powers reads and signs."""
    return [kind for kind in LetterKind if RULES[kind].permission in permissions]


def kinds_written_by(permissions: frozenset[Permission]) -> list[LetterKind]:
    """Those of them a person writes; the others come with steps."""
    return [kind for kind in kinds_open_to(permissions) if not RULES[kind].comes_with_step]
