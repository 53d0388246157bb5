"""Why a step on a case was not taken. The message is for people: what is wrong and what to do next."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AuditEvent
from cases.events import BETWEEN_OFFICES, event_label
from cases.models import Case, MaskedCopy


class ActionRefused(Exception):
    """The step was not taken and nothing was written. `str()` says why, in plain words."""


class NotVisible(ActionRefused):
    """The case lies outside what this person may see; pages answer 404."""


class FactsRefused(ActionRefused):
    """Something that was filled in cannot be used. `problems` maps the field to what is wrong with it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class CopyReplaced(ActionRefused):
    """Somebody made another copy of a picture since it was looked at. `copy` is the one that counts now."""

    def __init__(self, copy: MaskedCopy | None) -> None:
        super().__init__(_("Salinannya berganti sejak Anda melihatnya. Periksa dulu salinan yang sekarang."))
        self.copy = copy


class SomebodyWasFaster(ActionRefused):
    """The case changed since it was read. `event` is the latest step of the other person (who, what, when)."""

    def __init__(self, event: AuditEvent | None) -> None:
        super().__init__(_words(event))
        self.event = event


def _words(event: AuditEvent | None) -> str:
    if event is None:
        return _("Kasus ini sudah berubah sejak Anda membukanya. Periksa isinya lagi, lalu ulangi bila masih perlu.")
    return _(
        "%(who)s lebih dulu mengubah kasus ini: «%(what)s», %(when)s. "
        "Langkah Anda belum dicatat. Periksa keadaan terbaru, lalu ulangi bila masih perlu."
    ) % {
        "who": event.actor or _("Sistem"),
        "what": event_label(event.action),
        "when": timezone.localtime(event.at).strftime("%d-%m-%Y %H.%M"),
    }


def last_step(case: Case) -> AuditEvent | None:
    """The latest event that changed the case (looking at it changes nothing)."""
    # Kesbangpol may ask too, and is not to learn what offices of Bawaslu settle between them: then nobody is named.
    steps = AuditEvent.objects.about(case.pk).filter(details__has_key="version").select_related("actor")
    last = steps.order_by("-id").first()
    return None if last and last.action in BETWEEN_OFFICES else last
