"""Warnings that public offices published, in the words people use for the same act: data only.

Each entry: who warned, what of, the answers that are right (an act has more than one where two rows share it), the rows
before and after penetapan, and the phrasings.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Published:
    """One published warning."""

    by: str
    act: str
    labels: frozenset[str]
    before: str
    after: str
    phrasings: tuple[str, ...]


def _warning(by, act, labels, before, after, *phrasings):
    return Published(by, act, frozenset(labels.split()), before, after, phrasings)


MAGELANG, MINISTER, KALTIM, SKB = "Pemkab Magelang", "MenPANRB", "Kesbangpol Kaltim", "SKB 2022"

WARNINGS = (
    _warning(
        MAGELANG,
        "kampanye lewat unggahan sendiri",
        "SOCMED_CAMPAIGN",
        "SKB2-II-A-2",
        "SKB2-II-B-2",
        "ASN kampanye di media sosial lewat postingan dukungan untuk calon bupati",
        "PNS bikin status WA ajak pilih paslon bupati",
        "Pegawai dinas memposting dukungan ke cabup di Facebook",
        "guru pns upload story ig dukung cagub",
    ),
    _warning(
        MAGELANG,
        "membagikan, mengomentari, menyukai",
        "SOCMED_ENGAGE",
        "SKB2-II-A-4",
        "SKB2-II-B-6",
        "ASN membagikan postingan calon bupati di Facebook",
        "PNS komentar di postingan calon wali kota",
        "pegawai dinas like unggahan paslon bupati",
        "PNS nge-share video kampanye cabup",
        "Bu guru PNS suka dan komen di TikTok calon walikota",
    ),
    _warning(
        MAGELANG,
        "menghadiri deklarasi",
        "ATTEND_DECLARATION",
        "SKB2-II-A-3",
        "SKB2-II-B-4",
        "ASN menghadiri deklarasi pasangan calon bupati",
        "PNS datang ke acara deklarasi paslon dan bersorak",
        "pak camat ikut deklarasi cabup, teriak yel-yel",
    ),
    _warning(
        MAGELANG,
        "menjadi panitia atau pelaksana",
        "COMMITTEE",
        "SKB2-II-B-9",
        "SKB2-II-B-10",
        "ASN menjadi panitia kampanye calon bupati",
        "PNS jadi pelaksana kampanye paslon bupati",
        "kepala sekolah jadi panitia acara deklarasi paslon",
        "pegawai dinas masuk tim sukses cagub",
    ),
    _warning(
        MAGELANG,
        "kampanye dengan atribut PNS",
        "ATTRIBUTES",
        "SKB2-II-A-6",
        "PP94-5N-2",
        "ASN ikut kampanye memakai seragam dinas",
        "PNS pakai baju korpri saat kampanye calon bupati",
        "pegawai datang ke kampanye paslon dengan atribut PNS",
        "guru pns hadir kampanye cabup pake seragam keki",
    ),
    _warning(
        MAGELANG,
        "kampanye dengan fasilitas negara",
        "STATE_FACILITY",
        "SKB2-II-B-12",
        "PP94-5N-4",
        "ASN kampanye memakai mobil dinas",
        "PNS meminjamkan mobil dinas untuk kampanye paslon",
        "ASN pakai fasilitas negara untuk kampanye cabup",
        "kadis pakai gedung dinas untuk acara kampanye paslon",
    ),
    _warning(
        MAGELANG,
        "menghadiri acara partai",
        "PARTY_EVENT",
        "SKB2-II-A-6",
        "PP94-5N-1",
        "ASN menghadiri acara partai politik",
        "PNS ikut rapat kerja partai",
        "kepala bidang datang ke HUT partai",
        "lurah hadir di konsolidasi parpol",
    ),
    _warning(
        MAGELANG,
        "menghadiri penyerahan dukungan partai kepada pasangan calon",
        "ATTEND_DECLARATION",
        "SKB2-II-A-3",
        "SKB2-II-B-4",
        "camat hadir di penyerahan dukungan partai kepada pasangan calon",
        "Kepala dinas ikut acara serah terima SK rekomendasi parpol untuk calon bupati",
        "PNS menghadiri penyerahan B1-KWK dari partai ke paslon",
        "Sekda datang saat partai menyerahkan surat dukungan kepada pasangan calon",
    ),
    _warning(
        MAGELANG,
        "kegiatan yang mengarah: ajakan, imbauan, seruan",
        "MOBILISE APPEAL",
        "SKB2-II-B-8",
        "SKB2-II-B-8",
        "ASN mengajak pegawai lain mendukung calon bupati",
        "kepala dinas mengimbau staf memilih paslon itu",
        "PNS mengadakan pertemuan mengajak warga memilih cabup",
        "camat menyerukan kepada warga untuk memilih calon bupati",
        "lurah mengundang warga ke rumahnya untuk dukung paslon",
        "ASN bagi-bagi barang ke warga supaya pilih paslon",
    ),
    _warning(
        MAGELANG,
        "memberikan KTP kepada calon perseorangan",
        "KTP_SUPPORT",
        "SKB2-II-B-11",
        "SKB2-II-B-11",
        "ASN memberikan fotokopi KTP untuk calon bupati perseorangan",
        "PNS menyerahkan KTP dukungan kepada calon bupati independen",
        "pegawai kasih KTP ke tim calon bupati independen",
        "ASN setor KTP buat paslon jalur independen",
    ),
    _warning(
        MINISTER,
        "like dan komentar pada unggahan calon",
        "SOCMED_ENGAGE",
        "SKB2-II-A-4",
        "SKB2-II-B-6",
        "ASN kasih jempol di status cabup",
        "PNS nge-like foto calon gubernur di Instagram",
        "asn komen semangat pak di postingan cagub",
    ),
    _warning(
        MINISTER,
        "stiker calon di WhatsApp",
        "SOCMED_CAMPAIGN",
        "SKB2-II-A-2",
        "SKB2-II-B-2",
        "Guru PNS kirim stiker WhatsApp bergambar calon gubernur ke grup kantor",
        "ASN pakai stiker WA paslon bupati di grup",
        "Pegawai pemda ngirim stiker cabup di grup WhatsApp keluarga",
    ),
    _warning(
        MINISTER,
        "spanduk dan baliho",
        "PROPS",
        "SKB2-II-A-1",
        "SKB2-II-B-1",
        "ASN memasang spanduk calon bupati di depan rumah",
        "PNS pasang baliho cabup",
        "kepala dinas menyuruh staf memasang billboard calon gubernur",
        "pegawai PNS pasang banner paslon di pagar",
    ),
    _warning(
        KALTIM,
        "foto dengan tokoh yang akan maju",
        "PHOTO",
        "SKB2-II-A-5",
        "SKB2-II-B-7",
        "PNS foto bersama calon bupati lalu diunggah ke instagram",
        "ASN mengunggah foto dengan tokoh yang akan maju pilkada",
        "kabid upload selfie sama figur yang mau maju bupati",
        "ASN selfie dengan calon gubernur dan diposting",
    ),
    _warning(
        KALTIM,
        "foto berlatar partai",
        "PHOTO",
        "SKB2-II-A-5",
        "SKB2-II-B-7",
        "kepala dinas berfoto dengan latar bendera partai dan diunggah",
        "Pegawai upload foto berlatar logo partai",
        "PNS posting foto di depan lambang partai",
    ),
    _warning(
        KALTIM,
        "isyarat tangan atau nomor urut diunggah",
        "PHOTO SOCMED_CAMPAIGN",
        "SKB2-II-A-5",
        "SKB2-II-B-7",
        "PNS foto pose dua jari diunggah di Facebook bersama cagub",
        "guru pns foto bareng cabup sambil acungkan jari nomor urut",
        "PNS pasang foto pose jari nomor urut paslon di status WA",
        "ASN posting foto salam dua jari",
    ),
    _warning(
        SKB,
        "mengikuti akun, masuk grup",
        "SOCMED_ENGAGE",
        "SKB2-II-A-4",
        "SKB2-II-B-6",
        "ASN follow akun calon gubernur",
        "PNS mengikuti akun instagram relawan paslon",
        "ASN gabung grup WhatsApp tim pemenangan calon bupati",
        "Guru PNS masuk grup telegram pendukung cabup",
        "Pegawai kecamatan jadi anggota grup facebook pemenangan paslon",
    ),
)

UNINTENDED_PRESENCE = (
    "ASN tidak sengaja hadir di acara yang ternyata acara partai, lalu langsung pulang",
    "PNS diundang pengajian, ternyata ada calon bupati kampanye, dia langsung pergi",
    "pegawai negeri datang ke hajatan tetangga, ternyata ada deklarasi paslon, ia tidak tahu dan segera pergi",
    "Camat menghadiri undangan acara warga yang ternyata berubah jadi kampanye, ia pulang dan melapor ke atasan",
    "Saya PNS ikut jalan sehat warga, ternyata ada cabup orasi. Saya kaget dan langsung pulang",
)
