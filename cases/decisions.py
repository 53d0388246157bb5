"""What was recorded on a case on its way: register, hearings, letters, answers, sanction; as titles and facts."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accounts.models import User
from cases.hosts import hosts_for
from cases.models import Case, Clarification, HeardRole, Recommendation
from cases.results import Decision, Facts, day_words, gakkumdu_steps, letter_road, results


def decisions(case: Case, *, by: User) -> list[Decision]:
    """Everything recorded on the case, in the order of the road, without hearings the person has nothing to do with.

    No query after cases.case_rows.read_rows().
    """
    return [
        *_registration(case),
        *_clarifications(case, by),
        *gakkumdu_steps(case),
        *_recommendations(case),
        *_follow_ups(case),
        *results(case),
    ]


def _registration(case: Case) -> Iterator[Decision]:
    if entry := case.registration:
        yield Decision(_("Registrasi"), [(_("Nomor"), entry.number), (_("Tanggal"), day_words(entry.registered_date))])


def _clarifications(case: Case, by: User) -> Iterator[Decision]:
    readable = [row for row in case.clarifications.all() if row.host in hosts_for(by)]
    for hearing in sorted(readable, key=lambda row: (row.scheduled_at, row.pk)):
        planned = [
            (_("Dijadwalkan"), day_words(hearing.scheduled_date)),
            (_("Cara"), hearing.get_method_display()),
            (_("Diadakan oleh"), hearing.get_host_display()),
        ]
        if hearing.letter_number:
            planned.insert(0, (_("Surat undangan"), hearing.letter_number))
        yield Decision(_hearing_title(hearing), [*planned, *_hearing(hearing)])


def _hearing_title(hearing: Clarification) -> str:
    if hearing.role != HeardRole.RESPONDENT:
        return _("Keterangan %(role)s: %(name)s") % {"role": hearing.get_role_display(), "name": hearing.person_name}
    return _("Klarifikasi") if hearing.number == 1 else _("Klarifikasi, panggilan kedua")


def _hearing(hearing: Clarification) -> Facts:
    if hearing.held_date is None:
        return []
    came = _("Hadir") if hearing.attended else _("Tidak hadir")
    who = str(hearing.get_role_display()).capitalize()
    held = [(_("Dilaksanakan"), day_words(hearing.held_date)), (who, came), (_("Berita acara"), hearing.minutes)]
    return [*held, (hearing.get_ending_display(), hearing.ending_text)] if hearing.ending else held


def _recommendations(case: Case) -> Iterator[Decision]:
    for letter in sorted(case.recommendations.all(), key=lambda row: (row.drafted_at, row.pk)):
        facts = [
            (_("Ditujukan kepada"), letter.body.name),
            (_("Surat"), f"{letter.letter_number}, {day_words(letter.letter_date)}"),
            (_("Aturan"), ", ".join(letter.rule_codes)),
            (_("Usul tingkat"), letter.get_proposed_level_display() or _("diserahkan kepada badan penerima")),
            *([(_("Mengapa lain dari kasus serupa"), letter.level_reason)] if letter.level_reason else []),
            (_("Pertimbangan"), letter.reasons),
            (_("Disusun"), str(letter.drafted_by)),
            (_("Diperiksa dan dikirim"), _sending(letter)),
            *letter_road(letter),
        ]
        yield Decision(_("Rekomendasi"), facts)


def _sending(letter: Recommendation) -> str:
    if letter.withdrawn_at:
        return _("Ditarik kembali")
    return str(letter.sent_by) if letter.sent_by else _("Menunggu orang kedua")


def _follow_ups(case: Case) -> Iterator[Decision]:
    for row in sorted(case.follow_ups.all(), key=lambda row: (row.happened_date, row.pk)):
        yield Decision(_("Tindak lanjut"), [(_("Tanggal"), day_words(row.happened_date)), (row.actor, row.text)])
