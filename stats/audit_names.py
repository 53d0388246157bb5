"""What the auditor reads for each kind of event, and which of them mean that somebody saw a case."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.actions import Action
from cases.events import LOOKS, OTHER_APPS, CaseEvent, event_label

# Events about no case, and those of a report that the case team is not told. tests/stats/test_audit_names.py finds one
# without a name here.
_NAMES: dict[str, Promise] = {
    "audit_exported": _("Jejak audit diunduh"),
    "catalogue.draft_discarded": _("Draf katalog aturan dibuang"),
    "catalogue.draft_saved": _("Draf katalog aturan disimpan"),
    "catalogue.draft_started": _("Draf katalog aturan dimulai"),
    "catalogue.published": _("Katalog aturan diterbitkan"),
    "catalogue.simulated": _("Draf katalog aturan diuji"),
    "election.changed": _("Data pemilihan diubah"),
    "election.created": _("Data pemilihan dibuat"),
    "evidence.erased": _("Gambar dihapus"),
    "evidence.prepared": _("Gambar diolah mesin"),
    "evidence.received": _("Gambar diterima"),
    "evidence.sealed": _("Berkas asli disegel"),
    "figures_exported": _("Angka diunduh"),
    "holiday.added": _("Hari libur ditambah"),
    "holiday.confirmed": _("Hari libur dikonfirmasi"),
    "holiday.removed": _("Hari libur dihapus"),
    "identity.opened": _("Identitas pelapor dibuka"),
    "keys.rotated": _("Kunci diganti"),
    "ledger_exported": _("Buku rekomendasi diunduh"),
    "letterhead.saved": _("Kop surat disimpan"),
    "link.visited": _("Tautan dikunjungi mesin"),
    "message_template.published": _("Templat pesan diterbitkan"),
    "report.erased": _("Laporan dihapus"),
    "reports.rejudged": _("Laporan dinilai ulang mesin"),
    "template.discarded": _("Draf templat surat dibuang"),
    "template.published": _("Templat surat diterbitkan"),
    "template.saved": _("Draf templat surat disimpan"),
    "template.started": _("Draf templat surat dimulai"),
    "weights.chosen": _("Model dipilih"),
    "weights.trained": _("Model dilatih"),
}
# Looking at a case, its files or its letters, and taking them along
SEEN = frozenset(
    {
        *LOOKS,
        CaseEvent.TERLAPOR_MASUK,
        CaseEvent.BUKTI_DICOCOKKAN,
        CaseEvent.DIBACA_KEDUA,
        CaseEvent.BUKTI_DIBACA_KEDUA,
        CaseEvent.ASLI_DIBUKA,
        CaseEvent.BUKTI_DIEKSPOR,
        CaseEvent.BERKAS_DIEKSPOR,
        "identity.opened",
    }
)
EVERY_NAME = frozenset({*Action.values, *CaseEvent.values, *OTHER_APPS, *_NAMES})


def event_name(action: str) -> str:
    """What the auditor reads for an event."""
    return str(_NAMES.get(action) or event_label(action))
