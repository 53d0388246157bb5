"""Letters, the templates they are set with, the heads of the offices that send them and the numbers they take."""

import json
from hashlib import sha256

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.letters.kinds import RULES, LetterKind
from cases.letters.querysets import LetterQuerySet, LetterTemplateQuerySet
from cases.models.case import Case
from cases.models.clarification import Clarification
from cases.models.decision import Recommendation
from regions.working_days import VERSION_LENGTH
from reports.models import Report

# The head, the foot and the signature that all letters share; a template beside those of the letters.
LAYOUT = "tata_letak"
DEFAULT_NUMBER_FORMAT = "{sequence:03d}/{kind}/{office}/{month}/{year}"
TWO_PEOPLE = [kind for kind in LetterKind if RULES[kind].needs_two_people]


class LetterTemplate(models.Model):
    """A text in Typst. Published ones are kept as they are; at most one draft per kind may be written."""

    kind = models.CharField(max_length=30, choices=[(LAYOUT, _("Tata letak semua surat")), *LetterKind.choices])
    # Counts from 1 per kind; empty for a draft.
    version = models.PositiveSmallIntegerField(null=True)
    source = models.TextField()
    # Counts the savings, so that two people who edit at once do not overwrite one another.
    edition = models.PositiveIntegerField(default=1)
    # Empty: shipped with a release
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="one_template_per_version"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(version__isnull=True), name="one_template_draft_per_kind"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_for_good",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__version__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version or '-'}"


class Letterhead(models.Model):
    """How an office presents itself on paper. An office without a row is named as its people's accounts name it."""

    # BWS (Bawaslu) or KSB (Kesbangpol) and the Kemendagri code, e.g. BWS.33.74; RI for the whole country
    office_code = models.CharField(_("kode kantor"), max_length=12, primary_key=True)
    name = models.CharField(_("nama kantor"), max_length=150)
    place = models.CharField(_("kota kedudukan"), max_length=60)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    contact = models.CharField(_("telepon, surel, laman"), max_length=200, blank=True)
    signer_title = models.CharField(_("jabatan penanda tangan"), max_length=80, default="Ketua")
    # Empty: whoever signs off signs in the holder's name (a.n.)
    signer_name = models.CharField(_("nama penanda tangan"), max_length=150, blank=True)
    number_format = models.CharField(_("bentuk nomor"), max_length=100, default=DEFAULT_NUMBER_FORMAT)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.office_code


class LetterCounter(models.Model):
    """The last number an office gave to a kind of letter in a year. Held while the next one is taken."""

    office_code = models.CharField(max_length=12)
    kind = models.CharField(max_length=30, choices=LetterKind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office_code", "kind", "year"], name="one_counter_per_office_kind_year")
        ]

    def __str__(self) -> str:
        return f"{self.office_code} {self.kind} {self.year}: {self.last}"


class Letter(models.Model):
    """A letter: a draft until it is signed off, then as it was sent for good.

    A letter that comes with a step has its number from the start, any other when it is signed off.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    # The report a letter to the reporter is about; empty for every other letter.
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="letters")
    # The summons or the recommendation a letter came with; empty for every other letter.
    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, null=True, related_name="letters")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, null=True, related_name="letters")
    kind = models.CharField(max_length=30, choices=LetterKind)
    office_code = models.CharField(max_length=12)
    # The facts the letter is set from. Never a reporter's identity or words.
    data = models.JSONField()
    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="+")
    layout = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()

    number = models.CharField(max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    sequence = models.PositiveIntegerField(null=True)
    # The day the number was taken, at the place of the case; the date the letter bears
    letter_date = models.DateField(null=True)
    signed_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True)
    # In the row and not in a file, so that number and letter appear together or not at all.
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    # Why its number stands for no letter in use; empty for those withdrawn before reasons were asked for
    withdrawal_reason = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office_code", "kind", "year", "sequence"], name="letter_numbers_are_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(number="", year__isnull=True, sequence__isnull=True, letter_date__isnull=True)
                | models.Q(year__isnull=False, sequence__isnull=False, letter_date__isnull=False)
                & ~models.Q(number=""),
                name="letter_number_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    signed_off_by__isnull=True, signed_off_at__isnull=True, pdf__isnull=True, pdf_sha256=""
                )
                | models.Q(
                    signed_off_by__isnull=False,
                    signed_off_at__isnull=False,
                    pdf__isnull=False,
                    pdf_sha256__regex=r"^[0-9a-f]{64}$",
                )
                & ~models.Q(number=""),
                name="signed_letter_has_number_and_bytes",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=TWO_PEOPLE)
                | models.Q(signed_off_by__isnull=True)
                | ~models.Q(signed_off_by=models.F("drafted_by")),
                name="weighty_letter_takes_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | models.Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="letter_withdrawal_has_who_and_when",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signed_for_good",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__signed_off_at__isnull=False),
                declare=[("but_for_withdrawal", "cases_letter%ROWTYPE")],
                func="""
                but_for_withdrawal := NEW;
                but_for_withdrawal.withdrawn_by_id := OLD.withdrawn_by_id;
                but_for_withdrawal.withdrawn_at := OLD.withdrawn_at;
                but_for_withdrawal.withdrawal_reason := OLD.withdrawal_reason;
                IF but_for_withdrawal IS DISTINCT FROM OLD OR OLD.withdrawn_at IS NOT NULL THEN
                    RAISE EXCEPTION 'a letter that was signed off is not changed any more';
                END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="number_for_good",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.number <> ''"),
                func="""
                IF TG_OP = 'DELETE' OR (OLD.office_code, OLD.kind, OLD.number, OLD.year, OLD.sequence, OLD.letter_date)
                    IS DISTINCT FROM (NEW.office_code, NEW.kind, NEW.number, NEW.year, NEW.sequence, NEW.letter_date)
                THEN
                    RAISE EXCEPTION 'a number of a letter is never taken back';
                END IF;
                RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.kind} {self.drafted_at:%Y-%m-%d}"

    @property
    def is_draft(self) -> bool:
        """Whether nobody has signed it off yet."""
        return self.signed_off_at is None

    @property
    def facts_version(self) -> str:
        """Names exactly what the letter says, besides its number, its day and who signs."""
        return sha256(json.dumps(self.data, sort_keys=True).encode()).hexdigest()[:VERSION_LENGTH]
