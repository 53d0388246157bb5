"""What is done about a case without a step of the workflow: each takes (case, another case, a person, a moment)."""

from datetime import timedelta

from cases.answering import add_evidence, answer, ask_for_date, name_person
from cases.copies import newest_masks
from cases.grouping import attach_report, split_case, undo_regrouping
from cases.masking import confirm_nothing_to_hide
from cases.models import (
    Case,
    ClarificationHost,
    ClarificationMethod,
    HeardRole,
    NamedPerson,
    Regrouping,
    ServiceWay,
)
from cases.refusals import ActionRefused
from cases.releases import release_copy, withdraw_release
from cases.respondent_access import current_access, issue_code, revoke_code
from cases.summons import OtherSummons, Service, move_hearing, record_service, summon_other
from reports.models import Evidence
from reports.originals import Picture
from tests.clarification_factories import allege
from tests.factories import png

WHY = "Sesuai hasil pemeriksaan."


def _first(rows):
    """The first of them; nothing to act on is as good as a refusal."""
    row = rows.first()
    if row is None:
        raise ActionRefused(WHY)
    return row


def _attach(case, other, by, at):
    report = _first(case.case_reports.order_by("-pk")).report_id
    target = Case.objects.select_related("region", "respondent").get(pk=other.pk)
    attach_report(case=case, report_id=report, to=target, reason=WHY, by=by, at=at)


def _split(case, other, by, at):
    report = _first(case.case_reports.order_by("-pk")).report_id
    split_case(case=case, report_ids=[report], reason=WHY, by=by, at=at)


def _undo(case, other, by, at):
    rows = Regrouping.objects.of_case(case.pk).standing().newest_first().select_related("source", "target")
    undo_regrouping(regrouping=_first(rows), reason=WHY, by=by, at=at)


def _hearing(case):
    return _first(case.clarifications.open().of_respondent().newest_first())


def _serve(case, other, by, at):
    service = Service(way=ServiceWay.POST, served_date=at.date(), served_by="Kurir")
    record_service(clarification=_hearing(case), service=service, by=by, at=at)


def _move(case, other, by, at):
    new_date = at.date() + timedelta(days=2)
    move_hearing(clarification=_hearing(case), new_date=new_date, reason=WHY, by=by, at=at)


def _witness(case, other, by, at):
    summons = OtherSummons(
        role=HeardRole.WITNESS,
        person_name="Ketua RW",
        person_post="",
        scheduled_date=at.date() + timedelta(days=1),
        method=ClarificationMethod.IN_PERSON,
        host=ClarificationHost.KESBANGPOL,
    )
    summon_other(case=case, summons=summons, by=by, at=at)


def _access(case):
    access = current_access(case)
    if access is None:
        raise ActionRefused(WHY)
    return access


def _clear(case, other, by, at):
    picture = _first(Evidence.objects.filter(report__case_link__case=case).order_by("pk"))
    confirm_nothing_to_hide(evidence=picture, by=by, at=at)


def _release(case, other, by, at):
    picture = _first(Evidence.objects.filter(report__case_link__case=case).order_by("pk"))
    copy = newest_masks([picture.pk]).get(picture.pk)
    release_copy(evidence=picture, seen_sha256=copy.sha256 if copy else "", by=by, at=at)


def _withdraw(case, other, by, at):
    withdraw_release(release=_first(case.releases.standing().select_related("case", "copy")), by=by, at=at)


WORK = {
    "attach": _attach,
    "split": _split,
    "undo": _undo,
    "serve": _serve,
    "move": _move,
    "witness": _witness,
    "allege": lambda case, other, by, at: allege(case, by=by, at=at, act_date=at.date()),
    "issue": lambda case, other, by, at: issue_code(case=case, by=by, at=at),
    "revoke": lambda case, other, by, at: revoke_code(case=case, by=by, at=at),
    "answer": lambda case, other, by, at: answer(access=_access(case), text="Saya sedang cuti.", at=at),
    "ask": lambda case, other, by, at: ask_for_date(
        access=_access(case), wanted_date=at.date() + timedelta(days=3), reason="Dinas.", at=at
    ),
    "name": lambda case, other, by, at: name_person(
        access=_access(case), role=NamedPerson.Role.WITNESS, name="Ketua RT", contact="", knows="Ada di sana.", at=at
    ),
    "send": lambda case, other, by, at: _send(case, at),
    "clear": _clear,
    "release": _release,
    "withdraw": _withdraw,
}
# What one who was let in does, and what they are shown
OF_THE_RESPONDENT = ("answer", "ask", "name", "send", "clear", "release", "revoke")
# Told of the picture, not of the case
ABOUT_A_PICTURE = {"clear", "release", "withdraw"}


def _send(case, at):
    if add_evidence(access=_access(case), pictures=[Picture.of(png())], at=at) is None:
        raise ActionRefused(WHY)
