"""The case reviewers handle, the person it is about and the reports it rests on."""

import uuid
from datetime import date
from typing import TYPE_CHECKING

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.querysets import CaseQuerySet
from cases.status import Outcome, Status
from cases.status_guard import BeginsAtTheBeginning, KeepsToTheRoads
from regions.models import Holiday, Region
from reports.models import Report
from rules.models import ElectionKind

if TYPE_CHECKING:
    from cases.models.casework import Registration
    from cases.models.decision import Recommendation, Sanction


class AsnStatus(models.TextChoices):
    """Whether the respondent is a civil servant at all. Reports fail on this, so it is asked first."""

    UNVERIFIED = "unverified", _("belum diverifikasi")
    VERIFIED = "verified", _("terverifikasi ASN")
    NOT_ASN = "not_asn", _("bukan ASN")


class AsnKind(models.TextChoices):
    """Which of the two kinds of ASN: a decree cannot impose on one what only the other can lose."""

    PNS = "pns", _("PNS")
    PPPK = "pppk", _("PPPK")


class Respondent(models.Model):
    """The reported civil servant (terlapor), as far as known."""

    name = models.CharField(max_length=150)
    post = models.CharField(max_length=150, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    nip = models.CharField(max_length=18, blank=True)
    # Whose government employs the respondent: a Kemendagri code, "pusat" for a ministry, empty while unknown.
    # Kesbangpol of that government sees the case only after Bawaslu shares it.
    employer_code = models.CharField(max_length=5, blank=True)
    asn_status = models.CharField(max_length=12, choices=AsnStatus, default=AsnStatus.UNVERIFIED)
    # Empty while unknown; of a verified ASN alone, by the same source
    asn_kind = models.CharField(max_length=4, choices=AsnKind, blank=True)
    asn_status_source = models.CharField(max_length=200, blank=True)
    # The day the source was asked, and who asked
    asn_status_date = models.DateField(null=True)
    asn_status_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(nip="") | models.Q(nip__regex=r"^[0-9]{18}$"),
                name="respondent_nip_has_18_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(employer_code__regex=r"^(pusat|[0-9]{2}([.][0-9]{2})?)?$"),
                name="respondent_employer_is_a_government",
            ),
            models.CheckConstraint(
                condition=models.Q(asn_kind="") | models.Q(asn_kind__in=AsnKind.values, asn_status=AsnStatus.VERIFIED),
                name="respondent_kind_is_of_an_asn",
            ),
        ]
        indexes = [
            # For "contains these words", among a province's cases and in the whole country
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="respondent_name_words"),
            models.Index(fields=["nip"], condition=~models.Q(nip=""), name="respondent_nip"),
        ]

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """One or more reports about the same conduct of one respondent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # A short number people can say on the phone; it tells nothing about the content.
    number = models.PositiveIntegerField(unique=True)
    opened_at = models.DateTimeField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, related_name="cases")
    # Decides the deadlines; empty while nobody knows which election the act belongs to.
    election_kind = models.CharField(max_length=10, choices=ElectionKind, blank=True)

    status = models.CharField(max_length=20, choices=Status, default=Status.MASUK)
    # Counts every step; a step taken on an older version is refused, so two people never overwrite each other.
    version = models.PositiveIntegerField(default=1)
    status_since = models.DateTimeField()
    # How the case ended; empty until it is finished.
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    due_at = models.DateTimeField(null=True)

    assigned_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="assigned_cases")
    assigned_at = models.DateTimeField(null=True)

    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="duplicates")
    closed_as_not_asn = models.BooleanField(default=False)
    transferred_at = models.DateTimeField(null=True)
    shared_with_kesbangpol_at = models.DateTimeField(null=True)
    shared_with_kesbangpol_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    # When everything personal was erased (cases.disposal); what is left is a tombstone.
    erased_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="case_status_is_known"),
            models.CheckConstraint(
                condition=models.Q(status=Status.SELESAI, outcome__in=Outcome.values)
                | (~models.Q(status=Status.SELESAI) & models.Q(outcome="")),
                name="finished_case_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.SELESAI) | models.Q(due_at__isnull=True),
                name="finished_case_has_no_deadline",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=Outcome.DOBEL, duplicate_of__isnull=False)
                | (~models.Q(outcome=Outcome.DOBEL) & models.Q(duplicate_of__isnull=True)),
                name="duplicate_case_names_the_other",
            ),
            models.CheckConstraint(
                condition=models.Q(assigned_to__isnull=True, assigned_at__isnull=True)
                | models.Q(assigned_to__isnull=False, assigned_at__isnull=False),
                name="case_assignment_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(shared_with_kesbangpol_at__isnull=True, shared_with_kesbangpol_by__isnull=True)
                | models.Q(shared_with_kesbangpol_at__isnull=False, shared_with_kesbangpol_by__isnull=False),
                name="case_sharing_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(status=Status.SELESAI),
                name="only_a_finished_case_is_erased",
            ),
            models.CheckConstraint(
                condition=~models.Q(duplicate_of=models.F("id")), name="case_is_no_duplicate_of_itself"
            ),
        ]
        triggers = [
            KeepsToTheRoads(),
            BeginsAtTheBeginning(),
            pgtrigger.Trigger(
                name="erased_by_two_people",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__erased_at__isnull=False),
                func="""
                IF NOT EXISTS (
                    SELECT FROM cases_disposal WHERE case_id = NEW.id AND approved_at IS NOT NULL
                ) THEN
                    RAISE EXCEPTION 'a case is erased only after two people decided so';
                END IF;
                IF OLD.erased_at IS NULL AND EXISTS (
                    SELECT FROM cases_legalhold WHERE case_id = NEW.id AND lifted_at IS NULL
                ) THEN
                    RAISE EXCEPTION 'a held case is not erased';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
        indexes = [
            models.Index(fields=["region", "status", "due_at"], name="case_inbox"),
            models.Index(fields=["assigned_to", "status"], name="case_by_assignee"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How people name the case, e.g. LN-2024-000123."""
        return f"LN-{self.opened_at:%Y}-{self.number:06d}"

    @cached_property
    def holidays(self) -> frozenset[date]:
        """The officers' calendar, read once for this object however many parts of a page ask."""
        return Holiday.objects.counting().days()

    @property
    def registration(self) -> "Registration | None":
        """The entry in the register that counts: the latest."""
        return max(self.registrations.all(), key=lambda row: row.pk, default=None)

    @property
    def recommendation(self) -> "Recommendation | None":
        """The letter that counts: the latest that was not withdrawn."""
        return self.recommendations.filter(withdrawn_at=None).select_related("body").order_by("-id").first()

    @property
    def sanction(self) -> "Sanction | None":
        """The sanction that counts, if any."""
        return next((row for row in self.sanctions.all() if row.withdrawn_at is None), None)


class CaseReport(models.Model):
    """A report belongs to one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_reports")
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="case_link")
    attached_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} <- {self.report_id}"
