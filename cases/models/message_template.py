"""Texts an officer starts a message to a reporter from."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class MessageKind(models.TextChoices):
    """What a message is for, in the order of the list."""

    GAMBAR_JELAS = "gambar_jelas", _("Minta gambar yang lebih jelas")
    TANGGAL = "tanggal", _("Tanya kapan kejadiannya")
    TEMPAT = "tempat", _("Tanya di mana kejadiannya")
    NAMA_KANTOR = "nama_kantor", _("Tanya nama kantor terlapor")
    TAUTAN = "tautan", _("Minta tautan unggahan")
    TAMBAHAN_DITERIMA = "tambahan_diterima", _("Tambahan sudah diterima")
    DIDAFTARKAN = "didaftarkan", _("Laporan sudah didaftarkan")
    DIALIHKAN = "dialihkan", _("Laporan pindah ke kantor lain")
    DITERUSKAN = "diteruskan", _("Rekomendasi sudah diteruskan")
    PERLU_WAKTU = "perlu_waktu", _("Penanganan perlu waktu lebih lama")
    TIDAK_DIDAFTARKAN = "tidak_didaftarkan", _("Laporan tidak dapat didaftarkan")
    SELESAI = "selesai", _("Penanganan sudah selesai")


class MessageLanguage(models.TextChoices):
    """The languages every template is written in."""

    INDONESIAN = "id", "Bahasa Indonesia"
    ENGLISH = "en", "English"


class MessageTemplateQuerySet(models.QuerySet["MessageTemplate"]):
    """Reads of message templates."""

    def in_force(self) -> "MessageTemplateQuerySet":
        """The newest version of each kind."""
        return self.order_by("kind", "-version").distinct("kind")


class MessageTemplate(models.Model):
    """One version of one text in both languages. What was published once never changes."""

    kind = models.CharField(max_length=30, choices=MessageKind)
    # Counts from 1 per kind
    version = models.PositiveSmallIntegerField()
    text_id = models.TextField()
    text_en = models.TextField()
    # Empty: shipped with a release
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = MessageTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="one_message_template_per_version"),
        ]
        triggers = [pgtrigger.Protect(name="written_for_good", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"

    def text(self, language: str) -> str:
        """The text in a language of MessageLanguage."""
        return self.text_en if language == MessageLanguage.ENGLISH else self.text_id
