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

    @property
    def has_offices_below(self) -> bool:
        """Whether this person's office stands above others: a province's, or the country's."""
        return "." not in self.region_code

    def works_in(self, region_code: str) -> bool:
        """Whether a region lies in this person's subtree."""
        scope = self.region_code
        return not scope or region_code == scope or region_code.startswith(f"{scope}.")


# Any number, the same for every process of this installation.
CHAIN_LOCK = 7_204_411
# What the digest of a link covers: the digest before it, then the columns of the event, a line each.
LINK_EVENT_SQL = """
INSERT INTO accounts_auditlink (position, event_id, digest)
SELECT coalesce(last.position, 0) + 1, {event}.id, sha256(coalesce(last.digest, ''::bytea) || convert_to(concat_ws(
    chr(10), {event}.id, to_char({event}.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
    coalesce({event}.actor_id, 0), {event}.action, {event}.subject_kind, {event}.subject_id, {event}.details::text
), 'UTF8'))
FROM (SELECT 1) one
LEFT JOIN (SELECT position, digest FROM accounts_auditlink ORDER BY position DESC LIMIT 1) last ON true;
"""


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Reads of the audit trail."""

    def about(self, *subject_ids: object) -> "AuditEventQuerySet":
        """Events of these subjects (UUIDs)."""
        return self.filter(subject_id__in=[str(subject_id) for subject_id in subject_ids])

    def oldest_first(self) -> "AuditEventQuerySet":
        """In the order in which things happened."""
        return self.order_by("id")


# TRUNCATE deletes no row, so no trigger on rows sees it.
_NEVER_EMPTIED = pgtrigger.Trigger(
    name="never_emptied",
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    operation=pgtrigger.Truncate,
    func="RAISE EXCEPTION 'the audit trail cannot be emptied';",
)
_WRITTEN_ONCE = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


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
            _WRITTEN_ONCE,
            _NEVER_EMPTIED,
            # The database function accounts_record_event says so for the length of its own insert.
            pgtrigger.Trigger(
                name="one_door",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                IF current_setting('lapor.recording', true) IS DISTINCT FROM 'yes' THEN
                    RAISE EXCEPTION 'audit events are written by accounts_record_event alone';
                END IF;
                RETURN NEW;
                """,
            ),
            # Runs when the transaction commits, so that the lock that puts the links in a row is held for a moment.
            pgtrigger.Trigger(
                name="chained",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=f"""
                PERFORM pg_advisory_xact_lock({CHAIN_LOCK});
                {LINK_EVENT_SQL.format(event="NEW")}
                RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.subject_kind} {self.subject_id}"


class AuditLink(models.Model):
    """An event's place in the chain. Written by the database alone, when the event's transaction commits.

    Each digest covers the one before it (Haber and Stornetta, 1991), so that a row changed, removed or slipped in
    later, triggers switched off, shows at the place where it happened. `accounts.chain` checks it.
    """

    position = models.BigIntegerField(primary_key=True)
    # No cascade, no foreign key check to disturb: a missing event is for the check to find.
    event = models.OneToOneField(AuditEvent, on_delete=models.DO_NOTHING, db_constraint=False, related_name="link")
    # SHA-256, 32 bytes
    digest = models.BinaryField()

    class Meta:
        triggers = [
            _WRITTEN_ONCE,
            _NEVER_EMPTIED,
            pgtrigger.Trigger(
                name="written_by_the_chain",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                IF pg_trigger_depth() < 2 THEN
                    RAISE EXCEPTION 'links of the audit trail are written by the database alone';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {bytes(self.digest).hex()[:12]}"


class AuditHead(models.Model):
    """How far the chain had come on a day. A copy kept outside shows a trail that was rewritten as a whole."""

    day = models.DateField(unique=True)
    position = models.BigIntegerField()
    # SHA-256 of the chain up to the position, 32 bytes
    digest = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        triggers = [_WRITTEN_ONCE, _NEVER_EMPTIED]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.position}"
