"""What pictures and reports are compared by, and which were found alike. Made by the machine, made again at will."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.querysets_likeness import AlikeQuerySet, EvidenceLikenessQuerySet


class TextLikeness(models.Model):
    """Signature of a text (`evidence.likeness.text_signature`) and the keys an index finds it by."""

    version = models.PositiveSmallIntegerField()
    text_signature = models.BinaryField(default=bytes)
    text_keys = ArrayField(models.IntegerField(), default=list)
    compared_at = models.DateTimeField()

    class Meta:
        abstract = True


class EvidenceLikeness(TextLikeness):
    """A picture's hashes and the signature of the text read from it. Goes with the picture: it is derived from it."""

    evidence = models.OneToOneField(
        "reports.Evidence", on_delete=models.CASCADE, primary_key=True, related_name="likeness"
    )
    sha256 = models.CharField(max_length=64, db_index=True)
    # Empty for a picture without a clean copy
    picture_hash = models.BinaryField(default=bytes)
    picture_keys = ArrayField(models.IntegerField(), default=list)

    objects = EvidenceLikenessQuerySet.as_manager()

    class Meta:
        indexes = [
            # Without the pending list a lookup never has to read through what was inserted lately.
            GinIndex(fields=["picture_keys"], name="likeness_by_picture", fastupdate=False),
            GinIndex(fields=["text_keys"], name="likeness_by_text", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.sha256[:12]}"


class ReportLikeness(TextLikeness):
    """The signature of a report's own words and the spellings of the person it names."""

    report = models.OneToOneField("reports.Report", on_delete=models.CASCADE, primary_key=True, related_name="likeness")
    person_keys = ArrayField(models.CharField(max_length=400), default=list)

    class Meta:
        indexes = [
            GinIndex(fields=["text_keys"], name="report_by_text", fastupdate=False),
            GinIndex(fields=["person_keys"], name="report_by_person", fastupdate=False),
        ]

    def __str__(self) -> str:
        return str(self.report_id)


class AlikeKind(models.TextChoices):
    """In what two reports are alike."""

    PICTURE = "picture", _("gambar")
    TEXT = "text", _("teks laporan")
    PERSON = "person", _("terlapor")


class Alike(models.Model):
    """Two reports that are alike in something, written both ways round. A hint for people, never a vote."""

    kind = models.CharField(max_length=10, choices=AlikeKind)
    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="alike")
    other = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="+")
    # Only for pictures
    evidence = models.ForeignKey("reports.Evidence", on_delete=models.CASCADE, null=True, related_name="alike")
    other_evidence = models.ForeignKey("reports.Evidence", on_delete=models.CASCADE, null=True, related_name="+")
    is_same_file = models.BooleanField(default=False)
    # Bits (0 to 256) between two pictures, share (0 to 1) of two texts; empty where there was nothing to compare
    picture_distance = models.PositiveSmallIntegerField(null=True)
    text_similarity = models.FloatField(null=True)
    found_at = models.DateTimeField()

    objects = AlikeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=AlikeKind.PICTURE, evidence__isnull=False, other_evidence__isnull=False)
                | (~models.Q(kind=AlikeKind.PICTURE) & models.Q(evidence__isnull=True, other_evidence__isnull=True)),
                name="alike_pictures_are_named",
            ),
            models.CheckConstraint(condition=~models.Q(report=models.F("other")), name="no_report_is_alike_itself"),
            models.UniqueConstraint(
                fields=["kind", "report", "other", "evidence", "other_evidence"],
                name="alike_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.report_id} {self.other_id}"


class SenderMark(models.Model):
    """Tells whether one browser sent the same file in two anonymous reports of one day, and nothing else."""

    evidence = models.OneToOneField(
        "reports.Evidence", on_delete=models.CASCADE, primary_key=True, related_name="sender_mark"
    )
    mark = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.mark[:12]
