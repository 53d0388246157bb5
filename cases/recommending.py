"""The letter: drafted on what people confirmed, compared with similar cases, sent by a second person."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cases.actions import Action
from cases.assessment import confirmed_rules
from cases.clocks import end_clock, reopen_clock
from cases.facts import RecommendationDraft
from cases.letters.issuing import sign_recommendation, withdraw_recommendation, write_recommendation
from cases.models import OversightBody
from cases.oversight import NoBodyInForce, body_in_force, receives_on
from cases.precedents import Precedents, level_words, precedents
from cases.recommendation_guards import sent_last
from cases.recording import Recorded, Step
from cases.refusals import ActionRefused, FactsRefused
from cases.rulebook import catalogue_today, disputed_levels


def draft_letter(step: Step) -> Recorded:
    """Raises FactsRefused where no level may be proposed, no body is in force, or a deviation has no reason."""
    facts = step.facts(RecommendationDraft)
    rule_codes = confirmed_rules(step.case)
    disputed = disputed_levels(rule_codes, catalogue_today())
    _check_disputed(facts, disputed)
    known = Precedents({}) if disputed else precedents(step.case, rule_codes)
    _check_deviation(facts, known)
    day = facts.letter_date or _day_of(step)
    body = _addressee(day)
    recommendation = step.case.recommendations.create(
        body=body,
        letter_number=facts.letter_number.strip(),
        letter_date=day,
        rule_codes=rule_codes,
        proposed_level=facts.proposed_level or "",
        level_reason=facts.level_reason.strip(),
        reasons=facts.reasons.strip(),
        drafted_by=step.by,
        drafted_at=step.at,
    )
    if not recommendation.letter_number:
        write_recommendation(recommendation=recommendation, by=step.by, at=step.at)
    return Recorded(
        details={
            "letter_date": day.isoformat(),
            "body": body.code,
            "rule_codes": rule_codes,
            "similar_levels": dict(known.counts),
        },
        words={"letter_number": recommendation.letter_number},
    )


def send_letter(step: Step) -> Recorded:
    """The second person's signature on the letter that waits.

    Raises cases.letters.writing.LetterNotSet, or ActionRefused where its body receives no recommendations any more.
    """
    letter = step.case.recommendations.select_related("body").get(sent_at=None, withdrawn_at=None)
    _check_body(letter.body, _day_of(step))
    letter.sent_by = step.by
    letter.sent_at = step.at
    letter.save(update_fields=["sent_by", "sent_at"])
    sign_recommendation(recommendation=letter, by=step.by, at=step.at)
    return Recorded(details={"body": letter.body.code}, words={"letter_number": letter.letter_number})


def withdraw_letter(step: Step) -> Recorded:
    """A letter that was not sent goes back; it stays on record."""
    for letter in step.case.recommendations.filter(sent_at=None, withdrawn_at=None):
        letter.withdrawn_at = step.at
        letter.save(update_fields=["withdrawn_at"])
        withdraw_recommendation(recommendation=letter, reason=step.reason, by=step.by, at=step.at)
    return Recorded()


def take_back_draft(step: Step) -> Recorded:
    """The draft is withdrawn; the clock of an earlier letter that stands goes on as if it had never stopped."""
    draft = step.case.recommendations.filter(sent_at=None, withdrawn_at=None).first()
    withdraw_letter(step)
    if draft is None or sent_last(step.case) is None:
        return Recorded()
    end_clock(case=step.case, at=step.at)
    run = reopen_clock(case=step.case, ended_at=draft.drafted_at, at=step.at)
    return Recorded(changes={"due_at": run.due_at}) if run else Recorded()


def _check_disputed(facts: RecommendationDraft, disputed: list[str]) -> None:
    if facts.proposed_level and disputed:
        raise FactsRefused(
            {
                "proposed_level": _(
                    "Sumber hukum berbeda tentang tingkat sanksi %(codes)s. "
                    "Kosongkan usulan tingkat; lembaga pengawas yang menentukan."
                )
                % {"codes": ", ".join(disputed)}
            }
        )


def _check_deviation(facts: RecommendationDraft, known: Precedents) -> None:
    if known.depart_from(facts.proposed_level or "") and not facts.level_reason.strip():
        raise FactsRefused(
            {
                "level_reason": _(
                    "Kebanyakan dari %(total)d kasus serupa mendapat «%(usual)s». Tulis mengapa kasus ini lain, "
                    "atau usulkan tingkat itu."
                )
                % {"total": known.total, "usual": level_words(known.usual_level)}
            }
        )


def _day_of(step: Step) -> date:
    """The day of the step on the clock of the place."""
    return step.at.astimezone(ZoneInfo(step.case.region.time_zone)).date()


def _check_body(body: OversightBody, day: date) -> None:
    """A letter may have waited over a change of the body it is addressed to."""
    if receives_on(body, day):
        return
    raise ActionRefused(
        _(
            "Surat ini ditujukan kepada %(body)s, yang tidak lagi menerima rekomendasi. "
            "Pilih «%(back)s», lalu susun surat baru bertanggal hari ini."
        )
        % {"body": body.name, "back": Action.KEMBALIKAN_REKOMENDASI.label}
    )


def _addressee(day: date) -> OversightBody:
    try:
        return body_in_force(day)
    except NoBodyInForce as error:
        raise FactsRefused(
            {"letter_date": _("Tidak ada lembaga pengawas yang berlaku pada tanggal surat. Periksa tanggalnya.")}
        ) from error
