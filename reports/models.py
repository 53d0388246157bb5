"""What one person sent, the pictures with it, the work still to be done on it, and the machine's opinion."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region
from reports import links
from reports import models_capture as models_capture
from reports import models_likeness as models_likeness
from reports.models_keys import erased_has_no_key
from reports.models_opinions import Classification as Classification
from reports.models_opinions import Finding as Finding
from reports.querysets import EvidenceQuerySet, HeldImageQuerySet, OutboxQuerySet, ReportQuerySet
from rules.models import ElectionEvent


class Lane(models.TextChoices):
    """Two ways in: first information (may be anonymous, no legal clock) and a formal report (identified)."""

    INFORMASI_AWAL = "informasi_awal", _("Informasi awal (boleh tanpa nama)")
    LAPORAN = "laporan", _("Laporan resmi (dengan identitas)")


class Platform(models.TextChoices):
    """Where the act was seen."""

    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    TIKTOK = "tiktok", "TikTok"
    WHATSAPP = "whatsapp", "WhatsApp"
    X = "x", "X (Twitter)"
    YOUTUBE = "youtube", "YouTube"
    TELEGRAM = "telegram", "Telegram"
    OTHER_MEDIA = "other_media", _("Media sosial atau situs lain")
    IN_PERSON = "in_person", _("Di lapangan (bukan media sosial)")


class ClassificationState(models.TextChoices):
    """How far the machine is with a report."""

    WAITING = "waiting", _("menunggu diolah")
    CLASSIFIED = "classified", _("sudah diolah")
    NEEDS_PERSON = "needs_person", _("perlu diperiksa petugas")


class Report(models.Model):
    """What one person sent. The text never changes after it was received."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lane = models.CharField(max_length=20, choices=Lane)
    # HMAC-SHA-256 of the receipt code under the pepper, hex. The code itself is kept nowhere.
    receipt_digest = models.CharField(max_length=64, unique=True)
    # HMAC-SHA-256 of the form's idempotency key, hex: a form sent twice makes one report.
    idempotency_digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()

    narrative = models.TextField()
    act_date = models.DateField()
    act_date_is_approximate = models.BooleanField(default=False)
    # When the reporter learned of it; asked in the laporan lane alone, whose time to report runs from that day.
    known_since = models.DateField(null=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    platform = models.CharField(max_length=20, choices=Platform)
    link = models.CharField(max_length=500, blank=True)
    link_address = models.CharField(max_length=1000, blank=True)  # in one form (reports.links); empty for no address
    # A witness often knows the post but not the name, or the other way round.
    respondent_name = models.CharField(max_length=150, blank=True)
    respondent_post = models.CharField(max_length=150, blank=True)
    respondent_agency = models.CharField(max_length=200, blank=True)
    respondent_nip = models.CharField(max_length=18, blank=True)
    candidate = models.CharField(max_length=200, blank=True)
    election_event = models.ForeignKey(ElectionEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    # The reporter's identity as JSON, sealed to a key that no running process holds.
    identity_key = models.BinaryField(null=True)
    identity_box = models.BinaryField(null=True)

    classification_state = models.CharField(
        max_length=20, choices=ClassificationState, default=ClassificationState.WAITING
    )
    # When every word of the report was erased (reports.erasing_reports); the row stays for statistics and its code.
    erased_at = models.DateTimeField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lane=Lane.LAPORAN, identity_key__isnull=False, identity_box__isnull=False)
                | models.Q(lane=Lane.INFORMASI_AWAL, identity_key__isnull=True, identity_box__isnull=True)
                | models.Q(erased_at__isnull=False, identity_key__isnull=True, identity_box__isnull=True),
                name="identity_only_in_the_laporan_lane",
            ),
            models.CheckConstraint(
                condition=models.Q(respondent_nip="") | models.Q(respondent_nip__regex=r"^[0-9]{18}$"),
                name="report_nip_has_18_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=False)
                | ~models.Q(respondent_name="")
                | ~models.Q(respondent_post=""),
                name="report_says_name_or_post",
            ),
            models.CheckConstraint(
                condition=models.Q(known_since__isnull=True) | models.Q(lane=Lane.LAPORAN),
                name="only_a_laporan_says_when_it_was_known",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(
                    narrative="",
                    link="",
                    link_address="",
                    respondent_name="",
                    respondent_post="",
                    respondent_agency="",
                    respondent_nip="",
                    candidate="",
                    identity_key__isnull=True,
                    identity_box__isnull=True,
                ),
                name="erased_report_holds_no_words",
            ),
        ]
        indexes = [models.Index(fields=["classification_state", "received_at"], name="report_by_state")]

    def __str__(self) -> str:
        return f"{self.lane} {self.received_at:%Y-%m-%d}"

    @property
    def has_disguised_link(self) -> bool:
        """Whether the link's host could be taken for another one."""
        return links.is_disguised(self.link_address)


class SealedImage(models.Model):
    """Exact bytes somebody uploaded: sealed in a file, with what was measured before any decoder saw them.

    The file opens with its `models_keys.DataKey`.
    """

    SEALED_COLUMNS = ("id", "sha256", "byte_size", "image_format", "width", "height")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64)
    byte_size = models.PositiveIntegerField()
    image_format = models.CharField(max_length=10)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def sealed_name(self) -> str:
        """The name of the sealed file in the vault."""
        return f"{self.id}.sealed"


class HeldImage(SealedImage):
    """A picture whose form is not sent yet; kept a day so that it need not be chosen again."""

    # HMAC of the form's idempotency key and the browser's secret: only the same form in the same browser finds it.
    form_digest = models.CharField(max_length=64, db_index=True)
    # HMAC of the browser's secret: how much one browser has in keeping.
    browser_digest = models.CharField(max_length=64, db_index=True)
    position = models.PositiveSmallIntegerField(default=1)

    objects = HeldImageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form_digest", "sha256"], name="a_form_holds_a_picture_once")]

    def __str__(self) -> str:
        return f"held {self.sha256[:12]}"


class PreparationState(models.TextChoices):
    """How far the machine is with a picture."""

    WAITING = "waiting", _("menunggu diolah")
    READY = "ready", _("siap dilihat")
    NEEDS_PERSON = "needs_person", _("perlu diperiksa petugas")
    ERASED = "erased", _("sudah dihapus")


class ReadingState(models.TextChoices):
    """Whether the text of a picture was read."""

    WAITING = "waiting", _("belum dibaca")
    READ = "read", _("terbaca")
    FAILED = "failed", _("gagal dibaca otomatis")


class ViewableImage(SealedImage):
    """A sealed original with the clean copy a worker rebuilds from its pixels; only the copy is ever shown."""

    state = models.CharField(max_length=20, choices=PreparationState, default=PreparationState.WAITING)
    clean_sha256 = models.CharField(max_length=64, blank=True)
    clean_media_type = models.CharField(max_length=20, blank=True)
    clean_width = models.PositiveIntegerField(null=True)
    clean_height = models.PositiveIntegerField(null=True)
    # An animation keeps its first frame only; reviewers are told.
    frames_dropped = models.BooleanField(default=False)
    # Why the decoder refused the picture (a value of evidence.refusals.Refusal)
    refusal = models.CharField(max_length=20, blank=True)
    prepared_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def clean_name(self) -> str:
        """The name of the clean copy in its folder."""
        return f"{self.id}.{'jpg' if self.clean_media_type == 'image/jpeg' else 'png'}"


class Evidence(ViewableImage):
    """One uploaded picture of a report: sealed original, clean copy rebuilt from its pixels, text read from that."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="evidence")
    position = models.PositiveSmallIntegerField()

    reading_state = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.WAITING)
    text = models.TextField(blank=True)
    # [{"text": str, "box": [left, top, right, bottom] in pixels of the clean copy, "confidence": 0..1}, ...]
    lines = models.JSONField(default=list)
    reading_engine = models.CharField(max_length=40, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="one_evidence_per_position"),
            models.CheckConstraint(
                condition=~models.Q(state=PreparationState.READY) | ~models.Q(clean_sha256=""),
                name="ready_evidence_has_a_clean_copy",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(state=PreparationState.ERASED, text=""),
                name="erased_evidence_is_empty",
            ),
        ]
        triggers = [erased_has_no_key()]

    def __str__(self) -> str:
        return f"{self.report_id} {self.position}"


class Step(models.TextChoices):
    """Work the machine owes a report."""

    PREPARE_EVIDENCE = "prepare_evidence", "prepare evidence"
    CLASSIFY_REPORT = "classify_report", "classify report"
    CAPTURE_LINK = "capture_link", "capture link"


class OutboxEntry(models.Model):
    """One piece of work, written in the transaction that caused it. Messages are a hint; this row is the promise."""

    step = models.CharField(max_length=20, choices=Step)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="outbox")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="outbox")
    created_at = models.DateTimeField()
    # Counted and committed before each try, so that work which kills its worker is counted too.
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(step=Step.PREPARE_EVIDENCE, evidence__isnull=False)
                | models.Q(step__in=[Step.CLASSIFY_REPORT, Step.CAPTURE_LINK], evidence__isnull=True),
                name="outbox_step_has_its_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(finished_at__isnull=True) | models.Q(gave_up_at__isnull=True),
                name="outbox_entry_ends_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["leased_until"],
                condition=models.Q(finished_at__isnull=True, gave_up_at__isnull=True),
                name="outbox_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.report_id}"
