"""Papers about a case that the case team receives: what they are, who witnessed them, and their scanned pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from cases.querysets import DocumentPageQuerySet
from reports.models import PreparationState, ViewableImage
from reports.models_keys import erased_has_no_key


class DocumentKind(models.TextChoices):
    """What a paper is."""

    INTEGRITY_PACT = "pakta_integritas", _("Pakta integritas")
    SERVICE_PROOF = "bukti_penyampaian", _("Bukti penyampaian panggilan")
    RESPONDENT_EVIDENCE = "bukti_terlapor", _("Bukti dari terlapor")


class CaseDocument(models.Model):
    """A paper that exists, as somebody of the case team recorded it or the respondent sent it. Rows are only added."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=30, choices=DocumentKind)
    signed_date = models.DateField()
    # Before whom it was signed, or who delivered it; empty for what the respondent sent
    witness = models.CharField(max_length=150, blank=True)
    remark = models.TextField(blank=True)
    # Empty for the respondent
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=DocumentKind.RESPONDENT_EVIDENCE, witness="", by__isnull=True)
                | ~(models.Q(kind=DocumentKind.RESPONDENT_EVIDENCE) | models.Q(witness="") | models.Q(by__isnull=True)),
                name="case_document_has_who_and_witness",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id} {self.signed_date}"


class DocumentPage(ViewableImage):
    """A photo or scan of one page: sealed original, clean copy rebuilt from its pixels."""

    # So often a worker tries before a person is asked
    MOST_ATTEMPTS = 3

    document = models.ForeignKey(CaseDocument, on_delete=models.PROTECT, related_name="pages")
    position = models.PositiveSmallIntegerField()
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = DocumentPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="one_page_per_position"),
            models.CheckConstraint(
                condition=~models.Q(state=PreparationState.READY) | ~models.Q(clean_sha256=""),
                name="ready_page_has_a_clean_copy",
            ),
        ]
        triggers = [erased_has_no_key()]

    def __str__(self) -> str:
        return f"{self.document_id} {self.position}"

    @property
    def is_viewable(self) -> bool:
        """Whether there is a clean copy to look at."""
        return self.state == PreparationState.READY
