"""What the reporter reads about the report: where it is and what comes next, in plain words.

No name of staff, no note, no reason and no date of the accused's side: only the state of the case.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import AuditEvent
from cases.actions import Action
from cases.models import Case, CaseReport
from cases.status import Outcome, Status
from reports.models import ClassificationState, Report

Words = tuple[Promise, Promise]

# The road as the reporter sees it; a case takes one stop after the other or leaves the road early.
STOPS: tuple[Promise, ...] = (
    gettext_lazy("Laporan diterima"),
    gettext_lazy("Pemeriksaan awal"),
    pgettext_lazy("untuk pelapor", "Klarifikasi"),
    pgettext_lazy("untuk pelapor", "Kajian"),
    gettext_lazy("Rekomendasi"),
    gettext_lazy("Keputusan instansi"),
    gettext_lazy("Selesai"),
)

_STOP_OF: dict[str, int] = {
    Status.MASUK: 0,
    Status.KAJIAN_AWAL: 1,
    Status.PERBAIKAN: 1,
    Status.TIDAK_DIREGISTRASI: 1,
    Status.DIREGISTRASI: 2,
    Status.KLARIFIKASI: 2,
    Status.KAJIAN: 3,
    Status.BUKAN_PELANGGARAN: 3,
    Status.GAKKUMDU: 3,
    Status.REKOMENDASI: 4,
    Status.TINDAK_LANJUT: 5,
    Status.SANKSI: 5,
    Status.TIDAK_TERBUKTI: 5,
    Status.SELESAI: 6,
}

_WORDS: dict[str, Words] = {
    Status.MASUK: (
        gettext_lazy("Laporan Anda sudah sampai di meja petugas."),
        gettext_lazy("Petugas memeriksa apakah laporan bisa ditangani. Anda belum perlu melakukan apa pun."),
    ),
    Status.KAJIAN_AWAL: (
        gettext_lazy("Petugas sedang memeriksa kelengkapan laporan Anda."),
        gettext_lazy(
            "Bila ada yang kurang, petugas bertanya lewat halaman ini. Buka halaman ini lagi dalam beberapa hari."
        ),
    ),
    Status.PERBAIKAN: (
        gettext_lazy("Petugas menunggu tambahan dari Anda."),
        gettext_lazy("Baca pesan di bawah, lalu kirim jawaban atau bukti tambahan di halaman ini."),
    ),
    Status.TIDAK_DIREGISTRASI: (
        gettext_lazy("Laporan Anda tidak didaftarkan sebagai kasus."),
        gettext_lazy("Bila Anda punya bukti baru, Anda boleh membuat laporan baru."),
    ),
    Status.DIREGISTRASI: (
        gettext_lazy("Laporan Anda sudah terdaftar dan ditangani."),
        gettext_lazy("Petugas menyiapkan klarifikasi dengan pihak terlapor. Identitas Anda tidak diberitahukan."),
    ),
    Status.KLARIFIKASI: (
        gettext_lazy("Petugas meminta penjelasan dari pihak terlapor."),
        gettext_lazy("Sesudah itu petugas menyusun kajian. Identitas Anda tidak diberitahukan."),
    ),
    Status.KAJIAN: (
        gettext_lazy("Petugas sedang mengkaji hasil klarifikasi dan bukti."),
        gettext_lazy("Hasil kajian menentukan apakah kasus diteruskan."),
    ),
    Status.BUKAN_PELANGGARAN: (
        gettext_lazy("Menurut kajian petugas, perbuatan ini bukan pelanggaran netralitas."),
        gettext_lazy("Kasus akan ditutup. Bila Anda punya bukti baru, Anda boleh membuat laporan baru."),
    ),
    Status.GAKKUMDU: (
        gettext_lazy("Kasus diteruskan ke sentra penegakan hukum terpadu (Gakkumdu)."),
        gettext_lazy("Polisi dan jaksa menilai langkah berikutnya."),
    ),
    Status.REKOMENDASI: (
        gettext_lazy("Petugas menyusun rekomendasi kepada lembaga pengawas ASN."),
        gettext_lazy("Rekomendasi diperiksa orang kedua sebelum dikirim."),
    ),
    Status.TINDAK_LANJUT: (
        gettext_lazy("Rekomendasi sudah dikirim kepada lembaga pengawas ASN."),
        gettext_lazy("Instansi tempat terlapor bekerja memutuskan. Ini bisa memakan waktu beberapa minggu."),
    ),
    Status.SANKSI: (
        gettext_lazy("Instansi sudah menjatuhkan sanksi."),
        gettext_lazy("Kasus akan ditutup. Terima kasih sudah melapor."),
    ),
    Status.TIDAK_TERBUKTI: (
        gettext_lazy("Instansi menyatakan pelanggaran tidak terbukti."),
        gettext_lazy("Kasus akan ditutup. Terima kasih sudah melapor."),
    ),
}

_NOTHING_MORE = gettext_lazy("Tidak ada yang perlu Anda lakukan lagi. Terima kasih sudah melapor.")
_NEW_EVIDENCE = gettext_lazy("Bila Anda punya bukti baru, Anda boleh membuat laporan baru.")

_ENDINGS: dict[str, Words] = {
    Outcome.SANKSI: (gettext_lazy("Selesai: instansi sudah menjatuhkan sanksi."), _NOTHING_MORE),
    Outcome.TIDAK_TERBUKTI: (gettext_lazy("Selesai: pelanggaran dinyatakan tidak terbukti."), _NOTHING_MORE),
    Outcome.BUKAN_PELANGGARAN: (gettext_lazy("Selesai: bukan pelanggaran netralitas."), _NEW_EVIDENCE),
    Outcome.TIDAK_DIREGISTRASI: (gettext_lazy("Selesai: laporan tidak didaftarkan sebagai kasus."), _NEW_EVIDENCE),
    Outcome.GAKKUMDU: (gettext_lazy("Selesai di portal ini: kasus berlanjut di jalur pidana."), _NOTHING_MORE),
    Outcome.DOBEL: (gettext_lazy("Laporan Anda digabung dengan laporan lain."), _NOTHING_MORE),
    Outcome.BUKAN_ASN: (
        gettext_lazy("Selesai: terlapor bukan pegawai ASN, jadi tidak bisa ditangani lewat jalur ini."),
        _NEW_EVIDENCE,
    ),
    Outcome.DITUTUP_ADMIN: (gettext_lazy("Selesai: kasus ditutup."), _NEW_EVIDENCE),
}

_BEFORE_A_CASE: dict[str, Words] = {
    ClassificationState.WAITING: (
        gettext_lazy("Laporan Anda sudah kami simpan."),
        gettext_lazy("Sistem sedang membaca bukti Anda. Setelah itu petugas memeriksanya."),
    ),
    ClassificationState.CLASSIFIED: (
        gettext_lazy("Laporan Anda sudah kami simpan."),
        gettext_lazy("Laporan segera diteruskan kepada petugas."),
    ),
    ClassificationState.NEEDS_PERSON: (
        gettext_lazy("Laporan Anda sudah kami simpan."),
        gettext_lazy("Laporan segera diteruskan kepada petugas, yang akan membaca bukti Anda sendiri."),
    ),
}


# The last stop before the end, for cases that leave the road early.
_LAST_STOP: dict[str, int] = {
    Outcome.TIDAK_DIREGISTRASI: 1,
    Outcome.BUKAN_ASN: 1,
    Outcome.BUKAN_PELANGGARAN: 3,
    Outcome.GAKKUMDU: 3,
    Outcome.SANKSI: 5,
    Outcome.TIDAK_TERBUKTI: 5,
    Outcome.DOBEL: 0,
    Outcome.DITUTUP_ADMIN: 0,
}


@dataclass(frozen=True, kw_only=True)
class ReporterStep:
    """One stop of the road: "done", "current" or "ahead"."""

    label: str
    state: str


@dataclass(frozen=True, kw_only=True)
class ReporterStatus:
    """What the reporter's page shows. `answer_by` is set while the office waits for the reporter."""

    state: str
    next_step: str
    steps: list[ReporterStep]
    is_merged: bool = False
    is_finished: bool = False
    is_late: bool = False
    answer_by: date | None = None


def status_for_reporter(report: Report, at: datetime) -> ReporterStatus:
    """Where the report is, also before a case exists. A merged report follows the case it was merged into."""
    link = CaseReport.objects.filter(report=report).select_related("case").first()
    if link is None:
        state, next_step = _BEFORE_A_CASE[report.classification_state]
        return ReporterStatus(state=str(state), next_step=str(next_step), steps=_steps(0))
    case = _leading_case(link.case)
    is_merged = case.pk != link.case_id or link.attached_at > case.opened_at
    if case.status == Status.SELESAI:
        state, next_step = words_of(case)
        return ReporterStatus(
            state=str(state),
            next_step=str(next_step),
            steps=_finished_steps(case),
            is_merged=is_merged,
            is_finished=True,
        )
    waits_for_reporter = case.status == Status.PERBAIKAN and case.pk == link.case_id and _is_asked(case, report)
    state, next_step = words_of(case) if waits_for_reporter else words_for_all(case)
    return ReporterStatus(
        state=str(state),
        next_step=str(next_step),
        steps=_steps(_STOP_OF[case.status]),
        is_merged=is_merged,
        # That day is a reporter's, whose reports nobody else is told of.
        is_late=case.status != Status.PERBAIKAN and case.due_at is not None and case.due_at < at,
        answer_by=_local_date(case) if waits_for_reporter else None,
    )


def _is_asked(case: Case, report: Report) -> bool:
    """Whether the reporter of this report was asked to complete something, and not the one of another report only."""
    asked = AuditEvent.objects.about(case.pk).filter(action=Action.MINTA_PERBAIKAN).order_by("-id").first()
    # Requests from before this was on record went to everybody.
    reports = asked.details.get("reports") if asked else None
    return not isinstance(reports, list) or str(report.pk) in reports


def words_of(case: Case) -> Words:
    """State and next step of a case, in the words of the reporter's page."""
    return _ENDINGS[case.outcome] if case.status == Status.SELESAI else _WORDS[case.status]


def words_for_all(case: Case) -> Words:
    """As `words_of`, but true for every reporter of the case, also for those nobody asked to complete anything."""
    return _WORDS[Status.KAJIAN_AWAL] if case.status == Status.PERBAIKAN else words_of(case)


def _leading_case(case: Case) -> Case:
    """The case a merged case went into, through every merge. Merging refuses circles."""
    while case.duplicate_of:
        case = case.duplicate_of
    return case


def _local_date(case: Case) -> date | None:
    return case.due_at.astimezone(ZoneInfo(case.region.time_zone)).date() if case.due_at else None


def _steps(current: int) -> list[ReporterStep]:
    return [ReporterStep(label=str(label), state=_place(stop, current)) for stop, label in enumerate(STOPS)]


def _place(stop: int, current: int) -> str:
    if stop == current:
        return "current"
    return "done" if stop < current else "ahead"


def _finished_steps(case: Case) -> list[ReporterStep]:
    """Only the stops the case took: the reporter is not told of a hearing that was never held."""
    taken = [*STOPS[: _LAST_STOP[case.outcome] + 1], STOPS[-1]]
    return [ReporterStep(label=str(label), state="done") for label in taken]
