"""What the writer of a letter would otherwise type off the case page: the fields of a form begin with it."""

from cases.letters.kinds import LetterKind
from cases.letters.wording import asked_and_answered
from cases.models import Case, Clarification, HeardRole

# Short names of the zones of the country, by the name the region has
ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def suggested_additions(case: Case, kind: LetterKind) -> dict[str, str]:
    """Texts by the names of the kind's additions, from the latest summons of the respondent; none where unknown."""
    if kind not in {LetterKind.UNDANGAN_KLARIFIKASI, LetterKind.BERITA_ACARA_KLARIFIKASI}:
        return {}
    hearing = case.clarifications.filter(role=HeardRole.RESPONDENT).order_by("scheduled_at", "pk").last()
    if hearing is None:
        return {}
    if kind == LetterKind.UNDANGAN_KLARIFIKASI:
        return {"time": _time(case, hearing), "venue": hearing.place}
    people = hearing.participants.order_by("position")
    asked = hearing.questions.order_by("position").values_list("question", "answer")
    return {
        "venue": hearing.place,
        "participants": "\n".join(f"{person.name}, {person.get_role_display()}" for person in people),
        "questions": asked_and_answered(asked),
    }


def _time(case: Case, hearing: Clarification) -> str:
    zone = ZONES.get(case.region.time_zone, "")
    return f"{hearing.starts:%H.%M} {zone}".strip() if hearing.starts else ""
