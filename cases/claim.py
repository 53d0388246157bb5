"""Compare-and-swap on the version of a case: of many who act at once exactly one goes on."""

from django.db.models import F

from cases.models import Case
from cases.refusals import SomebodyWasFaster, last_step


def claim(case: Case) -> int:
    """Count one step on the case as it was read and hold its row until the transaction ends.

    Returns the new version. Raises SomebodyWasFaster when the row has moved on since.
    """
    unchanged = Case.objects.filter(pk=case.pk, version=case.version, status=case.status)
    if not unchanged.update(version=F("version") + 1):
        raise SomebodyWasFaster(last_step(case))
    return case.version + 1


def hold(case: Case) -> int:
    """As `claim`, for a step that counts itself: the database takes a new status only with the new version.

    Returns the version to write. Raises SomebodyWasFaster when the row has moved on since.
    """
    unchanged = Case.objects.filter(pk=case.pk, version=case.version, status=case.status)
    if unchanged.select_for_update(no_key=True).first() is None:
        raise SomebodyWasFaster(last_step(case))
    return case.version + 1


def require_current(case: Case, seen_version: int | None) -> None:
    """Raises SomebodyWasFaster when the page a person acted on showed an older version."""
    if seen_version is not None and seen_version != case.version:
        raise SomebodyWasFaster(last_step(case))
