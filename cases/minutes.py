"""The minutes of a hearing (berita acara): who was there, what was asked and answered, read back and signed."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import AuditEvent, User
from accounts.roles import Permission
from cases.access import require, required_text
from cases.events import CaseEvent
from cases.hearings import require_host
from cases.letters.issuing import write_up
from cases.models import Case, Clarification, HeardRole, HearingParticipant, HearingQuestion
from cases.refusals import ActionRefused, FactsRefused
from cases.reporter_words import refuse_reporter_words

MOST_PARTICIPANTS = 20
MOST_QUESTIONS = 80
LONGEST_NAME = 150
LONGEST_WORDS = 4_000
SAVED = (CaseEvent.BERITA_ACARA_DITULIS, CaseEvent.BERITA_ACARA_DITANDATANGANI)


@dataclass(frozen=True)
class Participant:
    """Somebody who was there."""

    name: str
    role: HearingParticipant.Role


@dataclass(frozen=True)
class Question:
    """A question with its answer."""

    question: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """The minutes as they stand. `held_date` and `attended` are for witnesses and superiors alone: what came of the
    respondent's hearing is a step of the case. A `signed_date` closes the minutes.
    """

    participants: Sequence[Participant]
    questions: Sequence[Question]
    was_read_back: bool
    signed_date: date | None = None
    held_date: date | None = None
    attended: bool | None = None

    @property
    def version(self) -> str:
        """64 hex digits, the same for the same minutes and no others: what a form was opened with."""
        return sha256(json.dumps(asdict(self), cls=DjangoJSONEncoder).encode()).hexdigest()

    def problems(self, *, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if self.signed_date and not self.was_read_back:
            found["was_read_back"] = _("Berita acara ditandatangani sesudah dibacakan kembali. Centang ini lebih dulu.")
        if self.signed_date and not self.participants:
            found["signed_date"] = _("Tulis siapa yang hadir sebelum berita acara ditandatangani.")
        for name in ("signed_date", "held_date"):
            day = getattr(self, name)
            if day and day > today:
                found[name] = _("Tanggal belum terjadi. Isi tanggal hari ini atau sebelumnya.")
        if (self.held_date is None) != (self.attended is None):
            found["held_date"] = _("Isi tanggal dan kehadiran bersama-sama.")
        if len(self.participants) > MOST_PARTICIPANTS or len(self.questions) > MOST_QUESTIONS:
            found["questions"] = _("Paling banyak %(people)d peserta dan %(questions)d pertanyaan.") % {
                "people": MOST_PARTICIPANTS,
                "questions": MOST_QUESTIONS,
            }
        return found


class MinutesChanged(ActionRefused):
    """Somebody else saved these minutes since the form was opened. `standing` are those saved now."""

    def __init__(self, standing: Minutes, saved: AuditEvent | None) -> None:
        super().__init__(_who_was_first(saved))
        self.standing = standing


def standing_minutes(hearing: Clarification) -> Minutes:
    """The minutes as they are saved now."""
    people = hearing.participants.order_by("position")
    said = hearing.questions.order_by("position")
    # What came of the respondent's hearing belongs to a step of the case and not to its minutes.
    has_own_end = hearing.role != HeardRole.RESPONDENT
    return Minutes(
        participants=[Participant(row.name, HearingParticipant.Role(row.role)) for row in people],
        questions=[Question(row.question, row.answer) for row in said],
        was_read_back=hearing.was_read_back,
        signed_date=hearing.signed_date,
        held_date=hearing.held_date if has_own_end else None,
        attended=hearing.attended if has_own_end else None,
    )


def write_minutes(
    *, clarification: Clarification, minutes: Minutes, by: User, at: datetime, seen_version: str | None = None
) -> Clarification:
    """Write the minutes anew, until they are signed; afterwards they never change, and go onto paper.

    `seen_version` is that of the minutes the form was opened with: who saves over somebody else's words is refused with
    MinutesChanged. The same minutes sent twice are written once.

    The respondent signs these words, so neither names nor questions may repeat a reporter, but for a witness's name in
    the minutes of their own hearing; an answer is written as it was given. Raises ActionRefused, FactsRefused.
    """
    case = clarification.case
    require(case, Permission.CLARIFY, by)
    require_host(clarification.host, by)
    _check(case, clarification, minutes, at)
    with transaction.atomic():
        row = Clarification.objects.select_for_update(no_key=True).get(pk=clarification.pk)
        standing = standing_minutes(row)
        is_stale = seen_version not in {None, standing.version}
        if is_stale and _are_same(minutes, standing):
            return row
        if row.is_signed:
            raise ActionRefused(_("Berita acara ini sudah ditandatangani dan tidak dapat diubah lagi."))
        if is_stale:
            raise MinutesChanged(standing, _last_saved(row))
        _replace_rows(row, minutes)
        row.was_read_back, row.signed_date = minutes.was_read_back, minutes.signed_date
        if minutes.held_date and row.is_open:
            row.held_date, row.attended = minutes.held_date, minutes.attended
            row.recorded_by, row.recorded_at = by, at
        row.save()
        if row.is_signed:
            write_up(hearing=row, by=by, at=at)
        _tell(case, row, minutes, by, at)
    return row


def _check(case: Case, clarification: Clarification, minutes: Minutes, at: datetime) -> None:
    today = at.astimezone(ZoneInfo(case.region.time_zone)).date()
    problems = minutes.problems(today=today)
    if clarification.role == HeardRole.RESPONDENT and minutes.held_date:
        problems["held_date"] = _("Hasil klarifikasi terlapor dicatat lewat langkah kasus.")
    if problems:
        raise FactsRefused(problems)
    for person in minutes.participants:
        required_text("participants", person.name, LONGEST_NAME)
    for row in minutes.questions:
        required_text("questions", row.question, LONGEST_WORDS)
        required_text("questions", row.answer, LONGEST_WORDS)
    printed = {
        "participants": "\n".join(person.name for person in minutes.participants),
        "questions": "\n".join(row.question for row in minutes.questions),
    }
    heard = {"participants": clarification.person_name} if clarification.role == HeardRole.WITNESS else {}
    refuse_reporter_words(case, printed, heard=heard)


def _are_same(minutes: Minutes, standing: Minutes) -> bool:
    # A form opened after somebody was heard asks no more whether they were.
    if minutes.held_date is None:
        minutes = replace(minutes, held_date=standing.held_date, attended=standing.attended)
    return minutes.version == standing.version


def _last_saved(row: Clarification) -> AuditEvent | None:
    saved = AuditEvent.objects.about(row.case_id).filter(action__in=SAVED, details__clarification=row.pk)
    return saved.select_related("actor").order_by("-id").first()


def _who_was_first(saved: AuditEvent | None) -> str:
    if saved is None:
        return _("Berita acara ini sudah berubah sejak Anda membukanya. Isian Anda belum disimpan; bandingkan dahulu.")
    return _(
        "%(who)s lebih dulu menyimpan berita acara ini, %(when)s. Isian Anda belum disimpan dan masih ada di bawah. "
        "Bandingkan dengan yang tersimpan, gabungkan, lalu simpan lagi: isian Anda akan menggantikannya."
    ) % {"who": saved.actor, "when": timezone.localtime(saved.at).strftime("%d-%m-%Y %H.%M")}


def _replace_rows(row: Clarification, minutes: Minutes) -> None:
    row.participants.all().delete()
    row.questions.all().delete()
    HearingParticipant.objects.bulk_create(
        HearingParticipant(clarification=row, position=position, name=person.name.strip(), role=person.role)
        for position, person in enumerate(minutes.participants, start=1)
    )
    HearingQuestion.objects.bulk_create(
        HearingQuestion(
            clarification=row, position=position, question=said.question.strip(), answer=said.answer.strip()
        )
        for position, said in enumerate(minutes.questions, start=1)
    )


def _tell(case: Case, row: Clarification, minutes: Minutes, by: User, at: datetime) -> None:
    event = CaseEvent.BERITA_ACARA_DITANDATANGANI if row.is_signed else CaseEvent.BERITA_ACARA_DITULIS
    details: dict[str, object] = {
        "clarification": row.pk,
        "heard": row.role,
        "participants": len(minutes.participants),
        "questions": len(minutes.questions),
    }
    record(action=event, by=by, at=at, subject_kind="case", subject_id=case.pk, details=details)
