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


# The name under which an event's details hold the salted SHA-256, in hex, of what people typed
WORDS_DIGEST = "words_sha256"


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Reads of the audit trail."""

    def about(self, *subject_ids: object) -> "AuditEventQuerySet":
        """Events of these subjects (UUIDs)."""
        return self.filter(subject_id__in=[str(subject_id) for subject_id in subject_ids])

    def oldest_first(self) -> "AuditEventQuerySet":
        """In the order in which things happened."""
        return self.order_by("id")

    def to_read(self) -> "AuditEventQuerySet":
        """With who did it and what they typed, in the same query."""
        return self.select_related("actor", "words")


# TRUNCATE deletes no row, so no trigger on rows sees it.
_NEVER_EMPTIED = pgtrigger.Trigger(
    name="never_emptied",
    level=pgtrigger.Statement,
    when=pgtrigger.Before,
    operation=pgtrigger.Truncate,
    func="RAISE EXCEPTION 'the audit trail cannot be emptied';",
)
# The database function accounts_record_event says so for the length of its own insert.
_ONE_DOOR = pgtrigger.Trigger(
    name="one_door",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
                IF current_setting('lapor.recording', true) IS DISTINCT FROM 'yes' THEN
                    RAISE EXCEPTION 'audit events are written by accounts_record_event alone';
                END IF;
                RETURN NEW;
                """,
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
    # Ids, dates, numbers and codes of the step, kept for good. Where people typed something, the salted hash of it.
    details = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_id", "id"], name="audit_by_subject"),
            # For the auditor's page, newest first whatever it is narrowed to
            models.Index(fields=["action", "id"], name="audit_by_action"),
            models.Index(fields=["actor", "id"], name="audit_by_actor"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]
        triggers = [
            _WRITTEN_ONCE,
            _NEVER_EMPTIED,
            _ONE_DOOR,
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

    @property
    def told(self) -> dict[str, object]:
        """What the step recorded: the facts the chain keeps and, until they are erased, the words people typed."""
        return {name: value for name, value in self.details.items() if name != WORDS_DIGEST} | self.words_there

    @property
    def words_there(self) -> dict[str, object]:
        """The words people typed; empty where there are none, or none any more."""
        return (self._words and self._words.told) or {}

    @property
    def is_erased(self) -> bool:
        """Whether people typed something at this step that is gone."""
        return bool(self._words and self._words.told is None)

    @property
    def _words(self) -> "AuditWords | None":
        return getattr(self, "words", None) if WORDS_DIGEST in self.details else None


class AuditWords(models.Model):
    """What people typed at a step. The chain holds only its SHA-256 with the salt before it, so it can be erased.

    Without the salt nobody can try out guesses against that hash. `erased_in` is then the event of the erasing, which
    names the two people, the rule and how many texts went with it.
    """

    event = models.OneToOneField(
        AuditEvent, on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="words"
    )
    # 32 random bytes
    salt = models.BinaryField(null=True)
    told = models.JSONField(null=True)
    erased_in = models.ForeignKey(
        AuditEvent, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="erased_words"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(salt__isnull=False, told__isnull=False, erased_in__isnull=True)
                | models.Q(salt__isnull=True, told__isnull=True, erased_in__isnull=False),
                name="audit_words_are_there_or_erased",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            _NEVER_EMPTIED,
            _ONE_DOOR,
            # An event without a link yet is of this very transaction: no old erasing is a licence for a new one.
            pgtrigger.Trigger(
                name="erased_by_two_people",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                IF OLD.erased_in_id IS NOT NULL OR NEW.event_id <> OLD.event_id
                    OR NEW.salt IS NOT NULL OR NEW.told IS NOT NULL
                    OR NOT EXISTS (
                        SELECT 1 FROM accounts_auditevent erasing
                        WHERE erasing.id = NEW.erased_in_id
                            AND (erasing.details->>'proposed_by')::bigint <> erasing.actor_id
                            AND NOT EXISTS (SELECT 1 FROM accounts_auditlink link WHERE link.event_id = erasing.id)
                    )
                THEN
                    RAISE EXCEPTION 'words of the audit trail go with an erasing by two people and not otherwise';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"words of {self.event_id}"


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
