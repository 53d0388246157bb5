"""Choosing the weights that count: the one place where a challenger takes over, or the release comes back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from accounts.roles import Permission
from rules.current import fits_release, release_engine, version_in_force
from rules.models import TrainedWeights, WeightsChoice

LONGEST_REASON = 1_000
_RELEASE = "release"
_SUBJECT = 40


class PromotionRefused(Exception):
    """Nothing was chosen. `str()` says why and what to do, in plain words."""


@transaction.atomic
def keep_weights(
    *, content: str, digest: str, accounts: int, learned_from: Sequence[str], report: dict[str, object], at: datetime
) -> TrainedWeights:
    """Keep a training with its report; it counts for nothing yet. The same weights are kept once."""
    engine = release_engine()
    weights, is_new = TrainedWeights.objects.get_or_create(
        version=digest,
        defaults={
            "content": content,
            "lexicon_version": engine.lexicon.version,
            "release_version": engine.model.version,
            "made_at": at,
            "accounts": accounts,
            "learned_from": sorted(learned_from),
            "report": report,
        },
    )
    if is_new:
        _record("weights.trained", weights, by=None, at=at, details={"accounts": accounts, "cases": len(learned_from)})
    return weights


@transaction.atomic
def promote(
    *, weights: TrainedWeights | None, reason: str, by: User, at: datetime, despite_worse: bool = False
) -> WeightsChoice:
    """Let these weights count from now on; None brings back those of the release.

    Raises PromotionRefused without the permission or a reason, for weights of another release or those that already
    count, and for weights that did worse unless `despite_worse`.
    """
    reason = reason.strip()
    if refused := why_not_promotable(weights, by=by):
        raise PromotionRefused(refused)
    if not 0 < len(reason) <= LONGEST_REASON:
        raise PromotionRefused(_("Tulis alasannya, paling panjang %(most)d huruf.") % {"most": LONGEST_REASON})
    if weights and did_worse(weights) and not despite_worse:
        raise PromotionRefused(
            _("Bobot ini terbukti lebih buruk dalam uji. Centang «tetap berlakukan» bila itu memang maksud Anda.")
        )
    choice = WeightsChoice.objects.create(weights=weights, reason=reason, by=by, at=at)
    details = {"weights": weights.short_version if weights else _RELEASE, "despite_worse": despite_worse}
    _record("weights.chosen", weights, by=by, at=at, details=details)
    return choice


def why_not_promotable(weights: TrainedWeights | None, *, by: User) -> str:
    """What stands against choosing these weights now, whatever the reason; empty for nothing."""
    if not by.may(Permission.EDIT_RULES):
        return _("Peran Anda tidak berwenang memilih bobot mesin.")
    if weights and not fits_release(weights):
        return _("Bobot ini dilatih untuk kamus atau bobot rilis lain. Latih ulang dengan manage.py train.")
    if (weights.version if weights else "") == version_in_force():
        return _("Bobot ini memang sedang berlaku.")
    return ""


def did_worse(weights: TrainedWeights) -> bool:
    """Whether something that may not get worse did, beyond chance."""
    return bool(weights.report.get("verdict") == "worse")


def _record(
    action: str, weights: TrainedWeights | None, *, by: User | None, at: datetime, details: dict[str, object]
) -> None:
    subject = weights.version[:_SUBJECT] if weights else _RELEASE
    audit.record(action=action, by=by, at=at, subject_kind="weights", subject_id=subject, details=details)
