"""Names of what the audit tells about a case besides the steps of the workflow."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.actions import Action


class CaseEvent(models.TextChoices):
    """Stable identifiers in the audit; labels are for the timeline."""

    DIBUKA = "kasus_dibuka", _("Kasus dibuka")
    DILIHAT = "kasus_dilihat", _("Kasus dilihat")
    BUKTI_DILIHAT = "bukti_dilihat", _("Bukti dilihat")
    BUKTI_DIBACA_KEDUA = "bukti_dibaca_kedua", _("Bukti dilihat pembaca kedua")
    BUKTI_DIBACA_ULANG = "bukti_dibaca_ulang", _("Pembacaan ulang gambar diminta")
    BUKTI_DISAMARKAN = "bukti_disamarkan", _("Salinan tersamar dibuat")
    BUKTI_DIEKSPOR = "bukti_diekspor", _("Salinan keluar bersama berkas kasus")
    BUKTI_TANPA_SAMARAN = "bukti_tanpa_samaran", _("Dinyatakan tidak ada yang perlu disamarkan")
    BUKTI_DISERAHKAN = "bukti_diserahkan", _("Salinan diperlihatkan kepada terlapor")
    BUKTI_DITARIK = "bukti_ditarik", _("Salinan tidak lagi diperlihatkan kepada terlapor")
    DILIHAT_TERLAPOR = "bukti_dilihat_terlapor", _("Salinan dilihat terlapor")
    BUKTI_DICOCOKKAN = "bukti_dicocokkan", _("Berkas dicocokkan dengan bukti ini")
    ASLI_DIMINTA = "asli_diminta", _("Pembukaan berkas asli diminta")
    ASLI_DISETUJUI = "asli_disetujui", _("Pembukaan berkas asli disetujui orang kedua")
    ASLI_DISIAPKAN = "asli_disiapkan", _("Berkas asli disiapkan untuk diunduh")
    ASLI_GAGAL = "asli_gagal", _("Berkas asli gagal disiapkan")
    ASLI_DIBUKA = "asli_dibuka", _("Berkas asli diunduh")
    BERKAS_DIEKSPOR = "berkas_diekspor", _("Berkas kasus diunduh")
    DIAMBIL = "kasus_diambil", _("Kasus diambil")
    DISERAHKAN = "kasus_diserahkan", _("Kasus diserahkan ke petugas lain")
    MUNDUR = "mundur_dari_kasus", _("Petugas mundur karena benturan kepentingan")
    MUNDUR_IKUT = (
        "mundur_ikut_laporan",
        _("Petugas ikut mundur karena laporannya dipindahkan ke sini"),
    )
    MUNDUR_IKUT_DICABUT = "mundur_ikut_dicabut", _("Petugas tidak lagi mundur karena laporannya dikembalikan")
    DILEPAS = "kasus_dilepas", _("Kasus dilepas")
    CUTI_DICATAT = "cuti_dicatat", _("Cuti dicatat")
    CUTI_DIAKHIRI = "cuti_diakhiri", _("Cuti diakhiri")
    ALIH_DIUSULKAN = "alih_diusulkan", _("Alih ke wilayah lain diusulkan")
    ALIH_DITOLAK = "alih_ditolak", _("Usulan alih ditolak kantor tujuan")
    ALIH_DITARIK = "alih_ditarik", _("Usulan alih ditarik kembali")
    DIBAGIKAN = "kasus_dibagikan", _("Dibagikan kepada Kesbangpol")
    PETUNJUK_DINILAI = "petunjuk_dinilai", _("Petunjuk dari gambar dinilai")
    ATURAN_DINILAI = "aturan_dinilai", _("Aturan dinilai")
    CATATAN_DITULIS = "catatan_ditulis", _("Catatan ditulis")
    SEBUTAN_DILIHAT = "sebutan_dilihat", _("Sebutan ditandai sudah dilihat")
    USULAN_DITULIS = "usulan_ditulis", _("Usulan kepada Bawaslu ditulis")
    TERLAPOR_DIUBAH = "terlapor_diubah", _("Data terlapor diubah")
    PAKTA_DICATAT = "pakta_dicatat", _("Pakta integritas dicatat")
    BERKAS_DIOLAH = "berkas_diolah", _("Berkas diolah mesin")
    BERKAS_DILIHAT = "berkas_dilihat", _("Berkas dilihat")
    DUGAAN_DITULIS = "dugaan_ditulis", _("Ringkasan dugaan untuk terlapor ditulis")
    KODE_TERLAPOR_DIBUAT = "kode_terlapor_dibuat", _("Kode untuk terlapor dibuat")
    KODE_TERLAPOR_DICABUT = "kode_terlapor_dicabut", _("Kode untuk terlapor dicabut")
    TERLAPOR_MASUK = "terlapor_masuk", _("Halaman terlapor dibuka dengan kodenya")
    JAWABAN_TERLAPOR = "jawaban_terlapor", _("Terlapor menjawab")
    BUKTI_TERLAPOR = "bukti_terlapor", _("Terlapor mengirim bukti")
    NAMA_DARI_TERLAPOR = "nama_dari_terlapor", _("Terlapor menyebut saksi atau atasan")
    TANGGAL_DIMINTA = "tanggal_diminta", _("Terlapor meminta tanggal lain")
    PERMINTAAN_DITOLAK = "permintaan_ditolak", _("Permintaan tanggal lain ditolak")
    JADWAL_DIPINDAHKAN = "jadwal_dipindahkan", _("Tanggal klarifikasi dipindahkan")
    PANGGILAN_DISAMPAIKAN = "panggilan_disampaikan", _("Panggilan disampaikan")
    SAKSI_DIUNDANG = "saksi_diundang", _("Saksi atau atasan diundang")
    BERITA_ACARA_DITULIS = "berita_acara_ditulis", _("Berita acara ditulis")
    BERITA_ACARA_DITANDATANGANI = "berita_acara_ditandatangani", _("Berita acara ditandatangani")
    SURAT_DISUSUN = "surat_disusun", _("Konsep surat disusun")
    SURAT_DIPERBARUI = "surat_diperbarui", _("Konsep surat mengikuti perubahan kasus")
    SURAT_DITANDATANGANI = "surat_ditandatangani", _("Surat ditandatangani")
    SURAT_DITARIK = "surat_ditarik", _("Surat ditarik")
    SURAT_DILIHAT = "surat_dilihat", _("Surat dilihat")
    TERLAPOR_DITAUTKAN = "terlapor_ditautkan", _("Terlapor ditautkan sebagai orang yang sama")
    TAUTAN_DILEPAS = "tautan_terlapor_dilepas", _("Tautan terlapor dilepas")
    LAPORAN_PINDAH = "laporan_keluar", _("Laporan dipindahkan dari kasus ini")
    LAPORAN_MASUK = "laporan_masuk_kasus", _("Laporan dipindahkan ke kasus ini")
    KASUS_DITERIMA = "kasus_digabung_ke_sini", _("Kasus lain digabungkan ke sini")
    PINDAH_DIBATALKAN = "pindah_dibatalkan", _("Pemindahan laporan dibatalkan")
    DIBUKA_DARI_KASUS = "kasus_dipisahkan", _("Kasus dibuka dari laporan kasus lain")
    JADI_TEMUAN = "jadi_temuan", _("Informasi awal dijadikan temuan")
    PESAN_KE_PELAPOR = "pesan_ke_pelapor", _("Pesan dikirim kepada pelapor")
    TAUTAN_DIBUAT = "tautan_lembaga_dibuat", _("Tautan tanda terima dibuat")
    TAUTAN_DICABUT = "tautan_lembaga_dicabut", _("Tautan tanda terima dicabut")
    TANDA_TERIMA = "rekomendasi_diterima", _("Lembaga menyatakan menerima rekomendasi")
    KABAR_LEMBAGA = "kabar_lembaga", _("Kabar dari lembaga penerima")
    DIBACA_KEDUA = "kasus_dibaca_kedua", _("Kasus dibuka untuk pembacaan kedua")
    PEMBACAAN_KEDUA = "pembacaan_kedua", _("Pembacaan kedua dicatat")
    PEMILIHAN_DIPILIH = "jenis_pemilihan_dipilih", _("Jenis pemilihan dipilih")
    DIPERPANJANG = "batas_diperpanjang", _("Batas waktu diperpanjang")
    BATAS_DIHITUNG_ULANG = "batas_dihitung_ulang", _("Batas waktu dihitung ulang karena kalender berubah")
    PENAHANAN_DIPASANG = "penahanan_dipasang", _("Penghapusan ditahan")
    PENAHANAN_DICABUT = "penahanan_dicabut", _("Penahanan penghapusan dicabut")
    PENGHAPUSAN_DIUSULKAN = "penghapusan_diusulkan", _("Penghapusan isi kasus diusulkan")
    PENGHAPUSAN_DITOLAK = "penghapusan_ditolak", _("Usulan penghapusan ditolak")
    KASUS_DIHAPUS = "kasus_dihapus", _("Isi kasus dihapus")
    PENYIMPANAN_DITINJAU = "penyimpanan_ditinjau", _("Daftar kasus yang lewat masa simpan ditinjau")
    PESAN_DARI_PELAPOR = "pesan_dari_pelapor", _("Pesan diterima dari pelapor")


# The second reader's own steps: the case team is not to know which case was drawn, nor by whom it was read. A step
# without a name would tell the first, so timeline and custody tell neither.
BLIND = frozenset({CaseEvent.DIBACA_KEDUA, CaseEvent.BUKTI_DIBACA_KEDUA, CaseEvent.PEMBACAAN_KEDUA})

# Looking, and making something viewable, changes nothing: kept for the auditor, left out of the timeline.
LOOKS = frozenset(
    {
        CaseEvent.DILIHAT,
        CaseEvent.BUKTI_DILIHAT,
        CaseEvent.BERKAS_DILIHAT,
        CaseEvent.SURAT_DILIHAT,
        CaseEvent.SEBUTAN_DILIHAT,
        CaseEvent.DILIHAT_TERLAPOR,
    }
)
VIEWS = LOOKS | {CaseEvent.BERKAS_DIOLAH} | BLIND


# Between two offices of Bawaslu: the local government's office is not to learn where a case might go.
BETWEEN_OFFICES = frozenset({CaseEvent.ALIH_DIUSULKAN, CaseEvent.ALIH_DITOLAK, CaseEvent.ALIH_DITARIK, Action.ALIHKAN})


# Steps of other apps that belong to the story of a case. Opening a reporter's identity is the auditor's to see.
OTHER_APPS = {
    "report.received": _("Laporan diterima"),
    "report.classified": _("Laporan diolah mesin"),
    "report.evidence_added": _("Pelapor menambah gambar"),
    "work.given_up": _("Mesin tidak berhasil; perlu diperiksa petugas"),
}

# What the timeline tells.
TOLD = frozenset({*Action.values, *CaseEvent.values, *OTHER_APPS}) - VIEWS


# Looked up once per line of an export, so made once.
_LABELS = {**OTHER_APPS, **{str(member.value): member.label for kind in (Action, CaseEvent) for member in kind}}


def event_label(name: str) -> str:
    """What people read for the name of an event."""
    return str(_LABELS.get(name, name))
