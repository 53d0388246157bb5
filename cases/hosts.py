"""Who hears somebody, and whose hearings a person has to do with: plans, records, reads, signs letters about."""

from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User


class ClarificationHost(models.TextChoices):
    """Who hears; practice differs by region, so it is a fact and not an assumption."""

    BAWASLU = "bawaslu", "Bawaslu"
    KESBANGPOL = "kesbangpol", "Kesbangpol"
    BKN = "bkn", "BKN"
    BKPSDM = "bkpsdm", "BKPSDM"
    INSPEKTORAT = "inspektorat", "Inspektorat"


def hosts_for(by: User) -> list[ClarificationHost]:
    """Whose hearings this person reads, plans and records, as far as the role goes.

    Bawaslu answers for the case and records every hearing, also of bodies without an account here. An office outside
    its team (Kesbangpol, possibly the accused's own house) has to do with its own and no other: a reporter may be
    among the witnesses of the others.
    """
    return [ClarificationHost.KESBANGPOL] if by.powers.needs_sharing else list(ClarificationHost)


def host_refusal(host: str, by: User) -> str | None:
    """Why this person cannot record a hearing of that host, in plain words; None when they can."""
    if host in hosts_for(by):
        return None
    return _("Kesbangpol hanya mencatat klarifikasi yang diadakannya sendiri. Yang ini dicatat Bawaslu.")
