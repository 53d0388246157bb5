"""What stood at the address of a report when the machine looked; only where LINK_CAPTURE is on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.link_policy import LONGEST_URL, CaptureRefusal

# The step in the audit, about the report
LINK_VISITED = "link.visited"
WHY_NOT = {
    CaptureRefusal.BAD_ADDRESS: _("alamat ini tidak dapat dipakai"),
    CaptureRefusal.CLOSED_PORT: _("alamat ini memakai port yang tidak lazim"),
    CaptureRefusal.CLOSED_NETWORK: _("alamat ini menuju jaringan tertutup"),
    CaptureRefusal.UNKNOWN_HOST: _("nama situs ini tidak ditemukan"),
    CaptureRefusal.UNREACHABLE: _("situs tidak dapat dihubungi"),
    CaptureRefusal.NOT_TRUSTED: _("sertifikat situs tidak dapat dipercaya"),
    CaptureRefusal.TOO_SLOW: _("situs menjawab terlalu lama"),
    CaptureRefusal.TOO_LARGE: _("halaman ini terlalu besar"),
    CaptureRefusal.TOO_MANY_REDIRECTS: _("alamat ini terlalu sering dialihkan"),
    CaptureRefusal.BROKEN_ANSWER: _("jawaban situs rusak"),
    CaptureRefusal.GAVE_UP: _("mesin tidak berhasil menyimpannya"),
}


class LinkCapture(models.Model):
    """One visit to the address of a report: the sealed answer, or why there is none. The address itself stays as given.

    The answer lies sealed beside the originals and is taken out as they are: by two people, with a reason.
    """

    report = models.OneToOneField(
        "reports.Report", on_delete=models.PROTECT, primary_key=True, related_name="link_capture"
    )
    requested_url = models.CharField(max_length=LONGEST_URL)
    fetched_at = models.DateTimeField()
    # Why nothing was kept (a value of reports.link_policy.CaptureRefusal); then the rest is empty.
    refusal = models.CharField(max_length=20, blank=True)
    final_url = models.CharField(max_length=LONGEST_URL, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    byte_size = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(refusal="", sha256__gt="", status__isnull=False, byte_size__isnull=False)
                | models.Q(refusal__gt="", sha256="", status__isnull=True, byte_size__isnull=True),
                name="capture_is_kept_or_refused",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.refusal or self.sha256[:12]}"

    @property
    def sealed_name(self) -> str:
        """The name of the sealed file in the vault; a second try writes over the first."""
        return f"links/{self.report_id}.sealed"

    @property
    def context(self) -> str:
        """What ties the sealed file to its row."""
        return f"link|{self.report_id}|v1"

    @property
    def why_not(self) -> str:
        """Why nothing was kept, in words; empty where something was."""
        return str(WHY_NOT[CaptureRefusal(self.refusal)]) if self.refusal else ""
