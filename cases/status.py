"""The states of a case. Names are stable identifiers; labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Where a case is. Written by `cases.workflow` alone."""

    MASUK = "masuk", pgettext_lazy("status kasus", "Masuk")
    KAJIAN_AWAL = "kajian_awal", _("Kajian awal")
    PERBAIKAN = "perbaikan", _("Menunggu perbaikan")
    TIDAK_DIREGISTRASI = "tidak_diregistrasi", _("Tidak diregistrasi")
    DIREGISTRASI = "diregistrasi", _("Diregistrasi")
    KLARIFIKASI = "klarifikasi", _("Klarifikasi")
    KAJIAN = "kajian", _("Kajian")
    BUKAN_PELANGGARAN = "bukan_pelanggaran", _("Bukan pelanggaran")
    GAKKUMDU = "gakkumdu", _("Jalur pidana (Gakkumdu)")
    REKOMENDASI = "rekomendasi", _("Rekomendasi disusun")
    TINDAK_LANJUT = "tindak_lanjut", _("Tindak lanjut")
    SANKSI = "sanksi", _("Sanksi dijatuhkan")
    TIDAK_TERBUKTI = "tidak_terbukti", _("Tidak terbukti")
    SELESAI = "selesai", _("Selesai")


class Outcome(models.TextChoices):
    """How a finished case ended; statistics and the reporter's page ask for it."""

    SANKSI = "sanksi", _("Sanksi dijatuhkan")
    TIDAK_TERBUKTI = "tidak_terbukti", _("Tidak terbukti")
    BUKAN_PELANGGARAN = "bukan_pelanggaran", _("Bukan pelanggaran")
    TIDAK_DIREGISTRASI = "tidak_diregistrasi", _("Tidak diregistrasi")
    GAKKUMDU = "gakkumdu", _("Diteruskan ke jalur pidana")
    DOBEL = "dobel", _("Digabung dengan kasus lain")
    BUKAN_ASN = "bukan_asn", _("Terlapor bukan ASN")
    DITUTUP_ADMIN = "ditutup_admin", _("Ditutup lewat koreksi admin nasional")
