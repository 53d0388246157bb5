"""People who log in, and the audit trail of what everybody did."""

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import POWERS, Permission, Powers, Role


class User(AbstractUser):
    """A member of staff. Reporters and respondents never have an account."""

    role = models.CharField(_("peran"), max_length=30, choices=Role)
    # Kemendagri code of the region whose subtree the person works in; empty means the whole country. A code and not
    # a foreign key, because `accounts` and `regions` are leaves that do not know one another.
    region_code = models.CharField(_("kode wilayah"), max_length=5, blank=True)
    office_name = models.CharField(_("kantor"), max_length=150, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_is_known"),
            models.CheckConstraint(
                condition=models.Q(region_code__regex=r"^([0-9]{2}([.][0-9]{2})?)?$"),
                name="user_region_code_has_the_kemendagri_form",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def powers(self) -> Powers:
        """What this person's role carries."""
        return POWERS[Role(self.role)]

    def may(self, permission: Permission) -> bool:
        """Whether the role carries this permission; an inactive account carries none."""
        return self.is_active and permission in self.powers.permissions

    def works_in(self, region_code: str) -> bool:
        """Whether a region lies in this person's subtree."""
        scope = self.region_code
        return not scope or region_code == scope or region_code.startswith(f"{scope}.")


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Reads of the audit trail."""

    def about(self, *subject_ids: object) -> "AuditEventQuerySet":
        """Events of these subjects (UUIDs)."""
        return self.filter(subject_id__in=[str(subject_id) for subject_id in subject_ids])

    def oldest_first(self) -> "AuditEventQuerySet":
        """In the order in which things happened."""
        return self.order_by("id")


class AuditEvent(models.Model):
    """One step somebody (or the machine, actor empty) took. Written once; the database refuses to change it."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=40)
    # Facts of the step. Never a reporter's identity, address or receipt code.
    details = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_id", "id"], name="audit_by_subject")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            # TRUNCATE deletes no row, so no trigger on rows sees it.
            pgtrigger.Trigger(
                name="never_emptied",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'the audit trail cannot be emptied';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_kind} {self.subject_id}"
