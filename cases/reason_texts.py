"""The machine's reasons in the language of the page. Findings keep them in Indonesian, as the lexicon words them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

REASONS = frozenset(
    {
        gettext_noop("KTP atau surat dukungan untuk calon perseorangan"),
        gettext_noop("TNI atau Polri, bukan ASN"),
        gettext_noop("ancaman kepada bawahan"),
        gettext_noop("anggota atau pengurus partai"),
        gettext_noop("bahan lama sebelum tahapan"),
        gettext_noop("baru rencana"),
        gettext_noop("belum mundur"),
        gettext_noop("berfoto dengan calon atau alat peraga"),
        gettext_noop("berfoto dengan tokoh yang akan maju"),
        gettext_noop("berkomentar pada unggahan"),
        gettext_noop("cuti di luar tanggungan negara"),
        gettext_noop("dalih terlapor"),
        gettext_noop("di pendaftaran ke KPU"),
        gettext_noop("dikatakan ASN"),
        gettext_noop("dikatakan bukan ASN"),
        gettext_noop("disebut ASN"),
        gettext_noop("foto beredar"),
        gettext_noop("foto berlatar partai"),
        gettext_noop("hadir di kegiatan calon"),
        gettext_noop("hadir di kegiatan partai"),
        gettext_noop("hadir di penyerahan dukungan partai"),
        gettext_noop("hadir pasif"),
        gettext_noop("hadir tanpa maksud berpihak"),
        gettext_noop("isyarat jari atau nomor urut"),
        gettext_noop("isyarat kecil di media sosial"),
        gettext_noop("jabatan yang dipegang ASN"),
        gettext_noop("kata-kata dukungan"),
        gettext_noop("keluhan layanan"),
        gettext_noop("laporan ditarik atau dibetulkan"),
        gettext_noop("lewat grup percakapan atau media sosial"),
        gettext_noop("masa kampanye"),
        gettext_noop("memakai atribut calon atau partai"),
        gettext_noop("memakai fasilitas negara"),
        gettext_noop("memakai seragam dinas saat berpihak"),
        gettext_noop("memasang atau membawa alat peraga"),
        gettext_noop("membagikan uang atau barang"),
        gettext_noop("membagikan unggahan orang lain"),
        gettext_noop("membuat atau mengirim bahan kampanye"),
        gettext_noop("mendekati partai atau masyarakat untuk maju"),
        gettext_noop("mengadakan kegiatan yang mengarah"),
        gettext_noop("mengajak masyarakat"),
        gettext_noop("mengarahkan bawahan atau aparat"),
        gettext_noop("mengikuti akun atau masuk grup pemenangan"),
        gettext_noop("mengunggah dukungan sendiri"),
        gettext_noop("menjadi bagian tim atau pelaksana kampanye"),
        gettext_noop("menjadi pembawa acara atau pembicara"),
        gettext_noop("menolak atau segera pergi"),
        gettext_noop("menyangkut calon perseorangan"),
        gettext_noop("menyangkut pemilihan"),
        gettext_noop("menyukai atau memberi reaksi pada unggahan"),
        gettext_noop("mutasi, pencopotan, izin atau bantuan sebagai hukuman"),
        gettext_noop("nama atau KTP dicatut"),
        gettext_noop("pegawai, status belum jelas"),
        gettext_noop("pejabat politik, bukan ASN"),
        gettext_noop("pelapor bicara tentang dirinya atau keluarganya"),
        gettext_noop("pelapor meminta tindakan"),
        gettext_noop("pelapor sendiri ragu"),
        gettext_noop("pemilihan kepala desa"),
        gettext_noop("penyelenggara pemilu, bukan ASN"),
        gettext_noop("perangkat desa, bukan ASN"),
        gettext_noop("perbuatan netral"),
        gettext_noop("perbuatan tim atau calon sendiri"),
        gettext_noop("perorangan, bukan ASN"),
        gettext_noop("suami atau istri calon"),
        gettext_noop("sudah mengundurkan diri"),
        gettext_noop("sudah pensiun, bukan ASN lagi"),
        gettext_noop("tenaga honorer atau kontrak, bukan ASN"),
        gettext_noop("tidak cuti"),
        gettext_noop("tugas resmi"),
    }
)
# What the engine puts before the reason of a word that was denied
NEGATION = "bukan: "


def reason_text(why: str) -> str:
    """A stored reason in the language of the page; one the lexicon no longer knows stays as it was stored."""
    reason = why.removeprefix(NEGATION)
    words = _(reason) if reason in REASONS else reason
    return _("bukan: %(reason)s") % {"reason": words} if why.startswith(NEGATION) else words
