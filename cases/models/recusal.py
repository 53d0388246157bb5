"""People who keep out of a case because of a conflict of interest."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from cases.models.grouping import Regrouping


class ConflictKind(models.TextChoices):
    """Why somebody should not judge."""

    FAMILY = "family", _("keluarga atau pasangan")
    FRIEND = "friend", _("hubungan dekat, baik atau buruk")
    WORK = "work", _("pernah atau sedang bekerja bersama")
    MONEY = "money", _("kepentingan usaha atau keuangan")
    INVOLVED = "involved", _("terlibat dalam kejadian atau pelaporannya")


class Recusal(models.Model):
    """This person neither sees nor handles the case any more.

    Declared by the person, or derived: reports of a case the person keeps out of came here with a regrouping. A derived
    one goes when that is undone.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recusals")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="recusals")
    kind = models.CharField(max_length=10, choices=ConflictKind)
    at = models.DateTimeField()
    derived_from = models.ForeignKey(Regrouping, on_delete=models.PROTECT, null=True, related_name="recusals")
    # Of a derived one: since when the person held the case it took from them, to give it back
    held_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "case"], name="a_person_keeps_out_of_a_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.case_id}"
