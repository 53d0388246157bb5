"""The names of the steps of a case. Names are stable identifiers, kept in the audit; labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What a person may do to a case. The order here is the order of the buttons."""

    MULAI_KAJIAN_AWAL = "mulai_kajian_awal", _("Mulai kajian awal")
    DAFTARKAN = "daftarkan", _("Daftarkan (registrasi)")
    MINTA_PERBAIKAN = "minta_perbaikan", _("Minta pelapor melengkapi")
    TERIMA_PERBAIKAN = "terima_perbaikan", _("Terima perbaikan")
    JADWALKAN_KLARIFIKASI = "jadwalkan_klarifikasi", _("Jadwalkan klarifikasi")
    CATAT_KLARIFIKASI = "catat_klarifikasi", _("Catat hasil klarifikasi")
    JADWALKAN_ULANG = "jadwalkan_ulang", _("Panggil untuk kedua kalinya")
    SUSUN_REKOMENDASI = "susun_rekomendasi", _("Susun rekomendasi")
    KIRIM_REKOMENDASI = "kirim_rekomendasi", _("Setujui dan kirim rekomendasi")
    CATAT_TINDAK_LANJUT = "catat_tindak_lanjut", _("Catat tindak lanjut")
    CATAT_PENGINGAT = "catat_pengingat", _("Catat surat pengingat")
    CATAT_SANKSI = "catat_sanksi", _("Catat sanksi")
    CATAT_KEBERATAN = "catat_keberatan", _("Catat keberatan atau banding")
    CATAT_HASIL_KEBERATAN = "catat_hasil_keberatan", _("Catat hasil keberatan atau banding")
    CATAT_GAKKUMDU = "catat_gakkumdu", _("Catat perkembangan Gakkumdu")
    TUTUP = "tutup", _("Tutup kasus")
    KEMBALIKAN_REKOMENDASI = "kembalikan_rekomendasi", _("Kembalikan rekomendasi")
    SUSUN_ULANG = "susun_ulang_rekomendasi", _("Susun ulang rekomendasi")
    KEMBALI_KE_KAJIAN = "kembali_ke_kajian", _("Kembali ke kajian")
    TERUSKAN_GAKKUMDU = "teruskan_gakkumdu", _("Teruskan ke Gakkumdu")
    CATAT_TIDAK_TERBUKTI = "catat_tidak_terbukti", _("Catat tidak terbukti")
    PERBAIKI_SANKSI = "perbaiki_sanksi", _("Perbaiki data sanksi")
    CATAT_PEMBATALAN = "catat_pembatalan", _("Catat pembatalan sanksi")
    BUKA_KEMBALI = "buka_kembali", _("Buka kembali kasus")
    PUTUSKAN_BUKAN_PELANGGARAN = "putuskan_bukan_pelanggaran", _("Putuskan bukan pelanggaran")
    TOLAK_REGISTRASI = "tolak_registrasi", _("Tidak diregistrasi")
    NYATAKAN_BUKAN_ASN = "nyatakan_bukan_asn", _("Nyatakan terlapor bukan ASN")
    TANDAI_DOBEL = "tandai_dobel", _("Gabungkan sebagai dobel")
    BATALKAN_DOBEL = "batalkan_dobel", _("Batalkan penggabungan")
    ALIHKAN = "alihkan", _("Alihkan ke wilayah lain")
    KOREKSI_STATUS = "koreksi_status", _("Koreksi status")
