"""What somebody who drafts the letter should have before them: the articles, the options, what similar cases got."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.assessment import confirmed_rules
from cases.models import Case
from cases.precedents import ENOUGH, Precedents, level_words, precedents
from cases.rule_texts import RuleText, rows_by_code, rule_text
from cases.rulebook import catalogue_today, disputed_levels
from cases.sanction_forms import sanction_forms

# The catalogue's words for a level, and the levels of a decree they stand for
_LEVELS_OF = {
    "moral": ("moral_closed", "moral_open"),
    "ringan": ("light",),
    "sedang": ("medium",),
    "berat": ("heavy",),
    "pdth": ("pdth",),
}


@dataclass(frozen=True)
class RuleOptions:
    """A confirmed rule with its articles, and the forms the table threatens; none where the level is disputed."""

    rule: RuleText
    forms: list[str]


@dataclass(frozen=True)
class RecommendationBackground:
    """The rules, the version they are of, and what similar cases got in words."""

    rules: list[RuleOptions]
    catalogue: str
    similar: list[str]
    similar_caution: str


def recommendation_background(case: Case) -> RecommendationBackground:
    """Reads the catalogue version in force and the sanctions of similar cases."""
    codes = confirmed_rules(case)
    catalogue = catalogue_today()
    rows, disputed = rows_by_code(catalogue.content), disputed_levels(codes, catalogue)
    known = Precedents({}) if disputed else precedents(case, codes)
    return RecommendationBackground(
        rules=[
            RuleOptions(rule_text(code, rows.get(code)), [] if code in disputed else _forms(rows.get(code)))
            for code in codes
        ],
        catalogue=f"{catalogue.label} ({catalogue.version[:8]})",
        similar=_words(known),
        similar_caution=_disputed_caution() if disputed else _caution(known),
    )


def _forms(row: object) -> list[str]:
    sanction = row.get("sanction") if isinstance(row, dict) else None
    if not isinstance(sanction, dict):
        return []
    levels = _LEVELS_OF.get(str(sanction.get("level")), ())
    return [form.label for form in sanction_forms().values() if form.level in levels]


def _words(known: Precedents) -> list[str]:
    return [
        ngettext("%(level)s: %(count)d kasus", "%(level)s: %(count)d kasus", count)
        % {"level": level_words(level), "count": count}
        for level, count in known.counts.items()
    ]


def _disputed_caution() -> str:
    return _("Tingkat kasus serupa tidak ditampilkan karena sumber hukumnya saling bertentangan.")


def _caution(known: Precedents) -> str:
    if not known.total:
        return _("Belum ada kasus serupa yang sudah diputus.")
    if known.total < ENOUGH:
        return _("Baru %(total)d kasus serupa: terlalu sedikit untuk menjadi ukuran.") % {"total": known.total}
    if known.usual_level:
        return _("Kebanyakan mendapat «%(level)s». Usul yang berbeda perlu alasan.") % {
            "level": level_words(known.usual_level)
        }
    return _("Tidak ada tingkat yang lazim pada kasus serupa.")
