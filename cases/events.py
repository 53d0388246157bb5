"""Names of what the audit tells about a case besides the steps of the workflow."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.actions import Action


class CaseEvent(models.TextChoices):
    """Stable identifiers in the audit; labels are for the timeline."""

    DIBUKA = "kasus_dibuka", _("Kasus dibuka")
    DILIHAT = "kasus_dilihat", _("Kasus dilihat")
    BUKTI_DILIHAT = "bukti_dilihat", _("Bukti dilihat")
    BUKTI_DISAMARKAN = "bukti_disamarkan", _("Salinan tersamar dibuat")
    BUKTI_DIEKSPOR = "bukti_diekspor", _("Salinan keluar bersama berkas kasus")
    BUKTI_DICOCOKKAN = "bukti_dicocokkan", _("Berkas dicocokkan dengan bukti ini")
    ASLI_DIMINTA = "asli_diminta", _("Pembukaan berkas asli diminta")
    ASLI_DISETUJUI = "asli_disetujui", _("Pembukaan berkas asli disetujui orang kedua")
    ASLI_DISIAPKAN = "asli_disiapkan", _("Berkas asli disiapkan untuk diunduh")
    ASLI_GAGAL = "asli_gagal", _("Berkas asli gagal disiapkan")
    ASLI_DIBUKA = "asli_dibuka", _("Berkas asli diunduh")
    BERKAS_DIEKSPOR = "berkas_diekspor", _("Berkas kasus diunduh")
    DIAMBIL = "kasus_diambil", _("Kasus diambil")
    DISERAHKAN = "kasus_diserahkan", _("Kasus diserahkan ke petugas lain")
    DILEPAS = "kasus_dilepas", _("Kasus dilepas")
    DIBAGIKAN = "kasus_dibagikan", _("Dibagikan kepada Kesbangpol")
    ATURAN_DINILAI = "aturan_dinilai", _("Aturan dinilai")
    CATATAN_DITULIS = "catatan_ditulis", _("Catatan ditulis")
    USULAN_DITULIS = "usulan_ditulis", _("Usulan kepada Bawaslu ditulis")
    TERLAPOR_DIUBAH = "terlapor_diubah", _("Data terlapor diubah")
    PESAN_KE_PELAPOR = "pesan_ke_pelapor", _("Pesan dikirim kepada pelapor")
    PESAN_DARI_PELAPOR = "pesan_dari_pelapor", _("Pesan diterima dari pelapor")


# Looking changes nothing: kept for the auditor, left out of the timeline.
VIEWS = frozenset({CaseEvent.DILIHAT, CaseEvent.BUKTI_DILIHAT})


# Steps of other apps that belong to the story of a case. Opening a reporter's identity is the auditor's to see.
OTHER_APPS = {
    "report.received": _("Laporan diterima"),
    "report.classified": _("Laporan diolah mesin"),
    "report.evidence_added": _("Pelapor menambah gambar"),
    "work.given_up": _("Mesin tidak berhasil; perlu diperiksa petugas"),
}

# What the timeline tells.
TOLD = frozenset({*Action.values, *CaseEvent.values, *OTHER_APPS}) - VIEWS


def event_label(name: str) -> str:
    """What people read for the name of an event."""
    if name in Action.values:
        return str(Action(name).label)
    if name in CaseEvent.values:
        return str(CaseEvent(name).label)
    return str(OTHER_APPS.get(name, name))
