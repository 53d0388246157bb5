"""The case reviewers handle, and everything that is decided on it by people."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.querysets import CaseQuerySet, OversightBodyQuerySet
from cases.status import Status
from regions.models import Region
from reports.models import Finding, Report


class AsnStatus(models.TextChoices):
    """Whether the respondent is a civil servant at all. Reports fail on this, so it is asked first."""

    UNVERIFIED = "unverified", _("belum diverifikasi")
    VERIFIED = "verified", _("terverifikasi ASN")
    NOT_ASN = "not_asn", _("bukan ASN")


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
    asn_status_source = models.CharField(max_length=200, blank=True)

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

    status = models.CharField(max_length=20, choices=Status, default=Status.MASUK)
    # Counts every step; a step taken on an older version is refused, so two people never overwrite each other.
    version = models.PositiveIntegerField(default=1)
    status_since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)

    assigned_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="assigned_cases")
    assigned_at = models.DateTimeField(null=True)

    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="duplicates")
    closed_as_not_asn = models.BooleanField(default=False)
    transferred_at = models.DateTimeField(null=True)
    shared_with_kesbangpol_at = models.DateTimeField(null=True)
    shared_with_kesbangpol_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="case_status_is_known"),
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
                condition=~models.Q(duplicate_of=models.F("id")), name="case_is_no_duplicate_of_itself"
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


class CaseReport(models.Model):
    """A report belongs to one case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_reports")
    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="case_link")
    attached_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} <- {self.report_id}"


class Verdict(models.TextChoices):
    """What a person says of a rule."""

    CONFIRMED = "confirmed", _("sesuai")
    REJECTED = "rejected", _("tidak sesuai")
    ADDED = "added", _("ditambahkan")


class Assessment(models.Model):
    """A human's verdict on a rule for a case. Rows are only added; the newest per rule counts."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    rule_code = models.CharField(max_length=20)
    verdict = models.CharField(max_length=10, choices=Verdict)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, null=True, related_name="assessments")
    reason = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.ADDED, finding__isnull=True)
                | models.Q(verdict__in=[Verdict.CONFIRMED, Verdict.REJECTED]),
                name="added_assessment_has_no_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_code} {self.verdict}"


class Note(models.Model):
    """An internal remark of the case team; Kesbangpol's proposals to Bawaslu are notes of their own kind."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    is_proposal = models.BooleanField(default=False)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d %H:%M}"


class Message(models.Model):
    """A line between the reporter (by empty) and the office. The reporter reads it with the receipt code."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id} {self.at:%Y-%m-%d %H:%M}"


class ClarificationMethod(models.TextChoices):
    """How the respondent is heard."""

    IN_PERSON = "in_person", _("tatap muka")
    ONLINE = "online", _("daring")
    WRITTEN = "written", _("tertulis")


class ClarificationHost(models.TextChoices):
    """Who hears the respondent; practice differs by region, so it is a fact and not an assumption."""

    BAWASLU = "bawaslu", "Bawaslu"
    KESBANGPOL = "kesbangpol", "Kesbangpol"
    BKN = "bkn", "BKN"
    BKPSDM = "bkpsdm", "BKPSDM"
    INSPEKTORAT = "inspektorat", "Inspektorat"


class Clarification(models.Model):
    """An invitation to be heard, and what came of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="clarifications")
    scheduled_date = models.DateField()
    method = models.CharField(max_length=12, choices=ClarificationMethod)
    host = models.CharField(max_length=12, choices=ClarificationHost)
    scheduled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    scheduled_at = models.DateTimeField()
    held_date = models.DateField(null=True)
    attended = models.BooleanField(null=True)
    minutes = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.case_id} {self.scheduled_date}"


class OversightBody(models.Model):
    """Whoever receives recommendations on a date. Data with validity dates, never code."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    valid_from = models.DateField()
    # Last day on which it received recommendations; empty while in force.
    valid_until = models.DateField(null=True)
    source = models.TextField(blank=True)

    objects = OversightBodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
                name="oversight_body_dates_are_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DisciplineLevel(models.TextChoices):
    """Weights of a sanction: moral (PP 42/2004 art. 15), discipline (PP 94/2021 art. 8), dismissal."""

    MORAL_CLOSED = "moral_closed", _("sanksi moral, pernyataan tertutup")
    MORAL_OPEN = "moral_open", _("sanksi moral, pernyataan terbuka")
    LIGHT = "light", _("hukuman disiplin ringan")
    MEDIUM = "medium", _("hukuman disiplin sedang")
    HEAVY = "heavy", _("hukuman disiplin berat")
    PDTH = "pdth", _("pemberhentian tidak dengan hormat")


class Recommendation(models.Model):
    """A letter to the oversight body in force on its date: drafted by one person, sent by another."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recommendations")
    body = models.ForeignKey(OversightBody, on_delete=models.PROTECT, related_name="+")
    letter_number = models.CharField(max_length=80)
    letter_date = models.DateField()
    # The rules confirmed by assessment when the letter was drafted
    rule_codes = models.JSONField(default=list)
    # Empty where the law leaves the level to the body
    proposed_level = models.CharField(max_length=12, choices=DisciplineLevel, blank=True)
    reasons = models.TextField()
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_by__isnull=True, sent_at__isnull=True)
                | models.Q(sent_by__isnull=False, sent_at__isnull=False),
                name="recommendation_sending_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(sent_by__isnull=True) | ~models.Q(sent_by=models.F("drafted_by")),
                name="recommendation_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.letter_number


class FollowUp(models.Model):
    """What the oversight body or the PPK answered or did while the case is with them."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    happened_date = models.DateField()
    actor = models.CharField(max_length=150)
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} {self.happened_date}"


class Sanction(models.Model):
    """What the PPK imposed."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="sanction")
    level = models.CharField(max_length=12, choices=DisciplineLevel)
    # The form within the level in the decree's own words, e.g. "pemotongan tukin 25 % selama 6 bulan"
    form = models.CharField(max_length=200)
    decree_number = models.CharField(max_length=80)
    decree_date = models.DateField()
    imposed_by = models.CharField(max_length=150)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.level} {self.decree_number}"
