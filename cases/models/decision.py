"""From the recommendation to what the PPK imposed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.case import Case
from cases.querysets import OversightBodyQuerySet, RecommendationQuerySet


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
    # As the letter bears them, whether the portal gave the number or another register
    letter_number = models.CharField(max_length=100)
    letter_date = models.DateField()
    # The rules confirmed by assessment when the letter was drafted
    rule_codes = models.JSONField(default=list)
    # Empty where the law leaves the level to the body
    proposed_level = models.CharField(max_length=12, choices=DisciplineLevel, blank=True)
    # Why the level differs from what similar cases got; empty where it does not
    level_reason = models.TextField(blank=True)
    reasons = models.TextField()
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(sent_at__isnull=True, withdrawn_at__isnull=True),
                name="one_recommendation_waits_per_case",
            ),
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
        indexes = [models.Index(fields=["rule_codes", "-sent_at"], name="recommendation_by_rules")]

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
    """What the PPK imposed. One counts at a time; a corrected one stays on record as withdrawn."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sanctions")
    level = models.CharField(max_length=12, choices=DisciplineLevel)
    # The form within the level: a code of data/sanction_forms.yaml, or "lain"
    form_code = models.CharField(max_length=40, default="lain")
    # The decree's own words for it, e.g. "pemotongan tukin 25 % selama 6 bulan"; may be empty beside a code
    form = models.CharField(max_length=200, blank=True)
    decree_number = models.CharField(max_length=80)
    decree_date = models.DateField()
    imposed_by = models.CharField(max_length=150)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_sanction_counts_per_case",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=DisciplineLevel.values), name="sanction_level_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(form_code="lain", form=""), name="sanction_form_is_coded_or_in_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.decree_number}"
