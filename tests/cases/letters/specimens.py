"""One letter of each kind, written on a case that has come far enough for it."""

from accounts.models import User
from cases.letters.kinds import RULES, LetterKind
from cases.letters.writing import draft_letter, sign_off
from cases.models import Letter
from cases.status import Status
from tests.case_factories import MONDAY, make_case, make_evidence

STATUS_FOR = {
    LetterKind.TANDA_TERIMA: Status.MASUK,
    LetterKind.KAJIAN_AWAL: Status.KAJIAN_AWAL,
    LetterKind.UNDANGAN_KLARIFIKASI: Status.KLARIFIKASI,
    LetterKind.BERITA_ACARA_KLARIFIKASI: Status.KAJIAN,
    LetterKind.KAJIAN: Status.KAJIAN,
    LetterKind.SURAT_REKOMENDASI: Status.REKOMENDASI,
    LetterKind.PEMBERITAHUAN_STATUS: Status.KAJIAN,
}
CONCLUSION = (
    "Perbuatan terlapor patut diduga melanggar aturan yang dinilai sesuai. "
    "Diusulkan agar diteruskan kepada badan yang berwenang."
)
ADDITIONS: dict[LetterKind, dict[str, str]] = {
    LetterKind.KAJIAN_AWAL: {
        "formal": "Identitas pelapor, pihak terlapor, dan batas waktu pelaporan terpenuhi.",
        "material": "Waktu dan tempat kejadian, uraian kejadian, serta bukti tersedia.",
        "conclusion": "Laporan memenuhi syarat formal dan materiel. Diusulkan untuk diregistrasi.",
    },
    LetterKind.UNDANGAN_KLARIFIKASI: {
        "time": "09.00 WIB",
        "venue": "Ruang Klarifikasi, Kantor Bawaslu Kota Semarang\nJalan Taman Sari 12, Semarang",
        "bring": "Kartu tanda pengenal\nSurat keputusan pengangkatan terakhir",
    },
    LetterKind.BERITA_ACARA_KLARIFIKASI: {
        "venue": "Ruang Klarifikasi, Kantor Bawaslu Kota Semarang",
        "participants": "Sari Wulandari, penelaah\nBudi Hartono, penelaah\nBambang Sutrisno, terlapor",
        "questions": "Apakah akun itu milik Saudara?\nYa, akun itu milik saya.\n\n"
        "Apakah Saudara yang mengunggah poster?\nYa. Saya tidak tahu bahwa itu dilarang.\n\n"
        "Apakah ada yang meminta Saudara mengunggahnya?",
    },
    LetterKind.KAJIAN: {
        "facts": "Pada 12 Oktober 2024 terlapor membagikan poster calon wali kota di grup warga.",
        "analysis": "Unggahan dibuat sesudah penetapan calon.\n\nTerlapor mengakui bahwa akun itu miliknya.",
        "conclusion": CONCLUSION,
    },
}


def drafted(kind: LetterKind, *, by: User, second: User, at=MONDAY, **changes: str) -> Letter:
    """A draft of this kind; `changes` replace what its writer adds."""
    case = make_case(by=by, second=second, status=STATUS_FOR[kind], at=at)
    report = case.case_reports.get().report
    make_evidence(report, sha256="3f" * 32)
    return draft_letter(
        case=case,
        kind=kind,
        extra=ADDITIONS.get(kind, {}) | changes,
        by=by,
        at=at,
        report=report if RULES[kind].goes_to_reporter else None,
    )


def signed(kind: LetterKind, *, by: User, second: User, at=MONDAY, **changes: str) -> Letter:
    """The same, signed off by the other person."""
    return sign_off(letter=drafted(kind, by=by, second=second, at=at, **changes), by=second, at=at)
