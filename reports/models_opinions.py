"""What the machine holds of a report. Runs and opinions are added, never overwritten, and are no verdict."""

from django.db import models

from rules.models import CatalogueVersion, Stage


class Classification(models.Model):
    """One run of the machine over a report. A later run is another row; nothing is overwritten."""

    report = models.ForeignKey("reports.Report", on_delete=models.PROTECT, related_name="classifications")
    made_at = models.DateTimeField()
    catalogue_version = models.ForeignKey(CatalogueVersion, on_delete=models.PROTECT, related_name="+")
    engine_version = models.CharField(max_length=40)
    # The word model beside the rules: its version, and the answer it is sure of if the rules put another first.
    second_version = models.CharField(max_length=12, blank=True)
    second_label = models.CharField(max_length=30, blank=True)
    second_rule_code = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, choices=Stage)
    abstained = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.report_id} {self.made_at:%Y-%m-%d %H:%M}"


class Finding(models.Model):
    """The machine's opinion on one rule (or one way of being no violation). Never overwritten, never a verdict."""

    classification = models.ForeignKey(Classification, on_delete=models.PROTECT, related_name="findings")
    rank = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=30)
    # Empty for the NONE_* labels, which are answers too.
    rule_code = models.CharField(max_length=20, blank=True)
    probability = models.FloatField()
    # What the word model gives the same answer; none where it was not asked.
    second_probability = models.FloatField(null=True, blank=True)
    # Other rows of the catalogue the same act may fall under
    also_rule_codes = models.JSONField(default=list)
    # [{"source": "report"|"screenshot", "start": int, "end": int, "words": str, "why": str}, ...]. A span of a
    # screenshot also names its "evidence", in whose text start and end count; the others count in the narrative.
    spans = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["classification", "rank"], name="one_finding_per_rank"),
            models.CheckConstraint(
                condition=models.Q(probability__gte=0, probability__lte=1), name="finding_probability_in_0_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.probability:.2f}"
