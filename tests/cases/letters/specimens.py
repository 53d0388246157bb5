"""One letter of each kind, written on a case that has come far enough for it."""

from datetime import time, timedelta

from accounts.models import User
from cases.actions import Action
from cases.letters.kinds import RULES, LetterKind
from cases.letters.writing import draft_letter, sign_off
from cases.minutes import Minutes, Participant, Question, write_minutes
from cases.models import Case, ClarificationHost, ClarificationMethod, HeardRole, HearingParticipant, Letter
from cases.status import Status
from cases.summons import OtherSummons, summon_other
from tests.case_factories import MONDAY, ROOM, make_case, make_evidence, step
from tests.clarification_factories import allege

STATUS_FOR = {
    LetterKind.TANDA_TERIMA: Status.MASUK,
    LetterKind.KAJIAN_AWAL: Status.KAJIAN_AWAL,
    LetterKind.UNDANGAN_KLARIFIKASI: Status.KLARIFIKASI,
    LetterKind.UNDANGAN_KETERANGAN: Status.KLARIFIKASI,
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
    LetterKind.KAJIAN: {
        "facts": "Pada 12 Oktober 2024 terlapor membagikan poster calon wali kota di grup warga.",
        "analysis": "Unggahan dibuat sesudah penetapan calon.\n\nTerlapor mengakui bahwa akun itu miliknya.",
        "conclusion": CONCLUSION,
    },
}


CONVERSATION = [
    ("Apakah akun itu milik Saudara?", "Ya, akun itu milik saya."),
    ("Apakah Saudara yang mengunggah poster?", "Ya. Saya tidak tahu bahwa itu dilarang."),
]


def drafted(kind: LetterKind, *, by: User, second: User, at=MONDAY, **changes: str) -> Letter:
    """A draft of this kind, by the step it comes with or written; `changes` replace what its writer adds."""
    case = make_case(by=by, second=second, status=STATUS_FOR[kind], at=at)
    report = case.case_reports.get().report
    make_evidence(report, sha256="3f" * 32)
    if RULES[kind].comes_with_step:
        return with_step(kind, case, by=by, at=at)
    return draft_letter(
        case=case,
        kind=kind,
        extra=ADDITIONS.get(kind, {}) | changes,
        by=by,
        at=at,
        report=report if RULES[kind].goes_to_reporter else None,
    )


def with_step(kind: LetterKind, case: Case, *, by: User, at=MONDAY) -> Letter:
    """The draft that came with the step that led the case here, or comes with what is done here."""
    if kind == LetterKind.UNDANGAN_KLARIFIKASI:
        allege(case, by=by, at=at)
    if kind == LetterKind.UNDANGAN_KETERANGAN:
        summon_other(case=case, summons=witness(at), by=by, at=at)
    if kind == LetterKind.BERITA_ACARA_KLARIFIKASI:
        write_minutes(clarification=case.clarifications.get(), minutes=signed_minutes(at), by=by, at=at)
    return case.letters.get(kind=kind)


def witness(at=MONDAY, **changes) -> OtherSummons:
    """A neighbour who is to be heard."""
    known = {
        "role": HeardRole.WITNESS,
        "person_name": "Siti Aminah",
        "person_post": "Ketua RW 05",
        "scheduled_date": at.date() + timedelta(days=2),
        "starts": time(13, 30),
        "place": ROOM,
        "method": ClarificationMethod.IN_PERSON,
        "host": ClarificationHost.BAWASLU,
    }
    return OtherSummons(**(known | changes))


def signed_minutes(at=MONDAY, conversation=CONVERSATION) -> Minutes:
    """Who was there, what was said, read back and signed."""
    people = [
        ("Sari Wulandari", HearingParticipant.Role.OFFICER),
        ("Budi Hartono", HearingParticipant.Role.OFFICER),
        ("Bambang Sutrisno", HearingParticipant.Role.RESPONDENT),
    ]
    return Minutes(
        participants=[Participant(name, role) for name, role in people],
        questions=[Question(asked, answered) for asked, answered in conversation],
        was_read_back=True,
        signed_date=at.date(),
    )


def signed(kind: LetterKind, *, by: User, second: User, at=MONDAY, **changes: str) -> Letter:
    """The same, signed off by the other person."""
    letter = drafted(kind, by=by, second=second, at=at, **changes)
    if kind == LetterKind.SURAT_REKOMENDASI:
        step(letter.case, Action.KIRIM_REKOMENDASI, by=second, at=at)
        return Letter.objects.select_related("case__region", "layout", "template").get(pk=letter.pk)
    return sign_off(letter=letter, by=second, at=at)
