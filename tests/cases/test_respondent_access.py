"""The respondent's code: made once, kept nowhere, closed by itself, never a receipt code."""

from datetime import timedelta

import pytest

from accounts.models import AuditEvent
from cases import respondent_code
from cases.assessment import add_rule
from cases.facts import Duplicate, StatusCorrection
from cases.grouping import undo_regrouping
from cases.messages import receive_from_reporter
from cases.models import Case, Regrouping, RespondentAccess
from cases.refusals import ActionRefused, FactsRefused, NotVisible
from cases.respondent_access import (
    OPEN_AFTER_HEARING,
    access_with_code,
    current_access,
    issue_code,
    open_access,
    revoke_code,
)
from cases.status import Status
from cases.workflow import Action
from reports import receipt
from reports.models import Report
from tests.case_factories import MONDAY, RULE, make_case, step
from tests.clarification_factories import allege, invite


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KLARIFIKASI)


@pytest.mark.parametrize("write", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_the_code_opens_its_case_however_it_is_written(write, case, sari):
    invited = invite(case, by=sari)
    assert access_with_code(write(invited.code), at=MONDAY).case == case


def test_only_a_digest_is_kept(case, sari):
    invited = invite(case, by=sari)
    bare = invited.code.replace("-", "")
    kept = str(RespondentAccess.objects.values().get()) + str([event.told for event in AuditEvent.objects.to_read()])
    assert bare not in kept.replace("-", "")
    assert invited.access.code_digest not in str([event.told for event in AuditEvent.objects.to_read()])
    assert receipt.BITS >= 100


def test_no_two_codes_are_alike():
    assert len({respondent_code.new_code() for _ in range(1000)}) == 1000


def test_a_receipt_code_and_a_respondents_code_never_stand_for_one_another(case, sari):
    invited = invite(case, by=sari)
    assert respondent_code.digest(invited.code) != receipt.digest(invited.code)
    assert not Report.objects.with_receipt(invited.code).exists()
    Report.objects.update(receipt_digest=receipt.digest("ABCDE-FGHJK-MNPQR-STVWX-YZ0123"))
    assert access_with_code("ABCDE-FGHJK-MNPQR-STVWX-YZ0123", at=MONDAY) is None


def test_a_new_code_ends_the_old_one(case, sari, budi):
    old = invite(case, by=sari)
    new = issue_code(case=case, by=budi, at=MONDAY)
    assert access_with_code(old.code, at=MONDAY) is None
    assert open_access(old.access.pk, at=MONDAY) is None
    assert access_with_code(new, at=MONDAY).issued_by == budi


def test_a_revoked_code_opens_nothing_also_where_it_is_in_use(case, sari):
    invited = invite(case, by=sari)
    revoke_code(case=case, by=sari, at=MONDAY)
    assert access_with_code(invited.code, at=MONDAY) is None
    assert open_access(invited.access.pk, at=MONDAY) is None
    with pytest.raises(ActionRefused, match="Tidak ada kode"):
        revoke_code(case=case, by=sari, at=MONDAY)


def test_the_code_closes_some_days_after_the_hearing(case, sari):
    invited = invite(case, by=sari)
    assert access_with_code(invited.code, at=MONDAY + timedelta(days=60)), "open while nobody was heard"
    step(case, Action.CATAT_KLARIFIKASI, by=sari)
    assert access_with_code(invited.code, at=MONDAY + OPEN_AFTER_HEARING)
    assert access_with_code(invited.code, at=MONDAY + OPEN_AFTER_HEARING + timedelta(seconds=1)) is None


def test_the_code_closes_when_the_case_leaves(case, sari):
    invited = invite(case, by=sari)
    step(case, Action.CATAT_KLARIFIKASI, by=sari)
    step(case, Action.PUTUSKAN_BUKAN_PELANGGARAN, by=sari)
    assert access_with_code(invited.code, at=MONDAY) is None


# Every way out of the hearing and the study behind it
WAYS_OUT = [
    (Action.NYATAKAN_BUKAN_ASN,),
    (Action.TANDAI_DOBEL,),
    (Action.CATAT_KLARIFIKASI, Action.PUTUSKAN_BUKAN_PELANGGARAN),
    (Action.CATAT_KLARIFIKASI, Action.TERUSKAN_GAKKUMDU),
    (Action.CATAT_KLARIFIKASI, Action.SUSUN_REKOMENDASI),
    (Action.CATAT_KLARIFIKASI, Action.NYATAKAN_BUKAN_ASN),
    (Action.CATAT_KLARIFIKASI, Action.TANDAI_DOBEL),
    (Action.KOREKSI_STATUS,),
]


@pytest.mark.parametrize("way", WAYS_OUT, ids=lambda way: way[-1])
def test_the_code_dies_with_the_step_that_ends_the_clarification(way, case, sari, budi, nasrul):
    invited = invite(case, by=sari)
    add_rule(case=case, rule_code=RULE, reason="Jelas.", by=sari, at=MONDAY)
    facts = {
        Action.TANDAI_DOBEL: Duplicate(other=make_case(by=sari, second=budi)),
        Action.KOREKSI_STATUS: StatusCorrection(target=Status.DIREGISTRASI),
    }
    for action in way:
        assert not RespondentAccess.objects.get().revoked_at
        step(case, action, by=nasrul if action is Action.KOREKSI_STATUS else sari, facts=facts.get(action))
    assert RespondentAccess.objects.get().revoked_at == MONDAY
    assert access_with_code(invited.code, at=MONDAY) is None
    assert open_access(invited.access.pk, at=MONDAY) is None
    assert AuditEvent.objects.about(case.pk).filter(action="kode_terlapor_dicabut").count() == 1


def test_after_an_undone_merge_the_old_code_stays_dead_and_a_new_one_is_made_on_purpose(case, sari, budi):
    invited = invite(case, by=sari)
    step(case, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=make_case(by=sari, second=budi)))
    undo_regrouping(regrouping=Regrouping.objects.get(), reason="Keliru.", by=budi, at=MONDAY)
    case = Case.objects.get(pk=case.pk)
    assert case.status == Status.KLARIFIKASI
    assert current_access(case) is None
    assert access_with_code(invited.code, at=MONDAY) is None
    code = issue_code(case=case, by=sari, at=MONDAY)
    assert access_with_code(code, at=MONDAY)
    assert access_with_code(invited.code, at=MONDAY) is None


def test_the_code_of_the_case_that_goes_on_lives_through_a_merge(case, sari, budi):
    invited = invite(case, by=sari)
    duplicate = make_case(by=sari, second=budi)
    step(duplicate, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=Case.objects.get(pk=case.pk)))
    assert access_with_code(invited.code, at=MONDAY).case == case


def test_a_case_corrected_back_to_its_hearing_needs_a_new_code(case, sari, nasrul):
    invited = invite(case, by=sari)
    step(case, Action.CATAT_KLARIFIKASI, by=sari)
    late = MONDAY + OPEN_AFTER_HEARING + timedelta(days=1)
    step(case, Action.KOREKSI_STATUS, by=nasrul, at=late, facts=StatusCorrection(target=Status.KLARIFIKASI))
    assert access_with_code(invited.code, at=late) is None
    assert access_with_code(issue_code(case=case, by=sari, at=late), at=late)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.KLARIFIKASI}))
def test_no_code_outside_clarification(status, sari, budi):
    case = make_case(by=sari, second=budi, status=status)
    allege(case, by=sari)
    with pytest.raises(ActionRefused, match="selama kasus berstatus"):
        issue_code(case=case, by=sari, at=MONDAY)


def test_no_code_for_an_empty_page(case, sari):
    with pytest.raises(ActionRefused, match="ringkasan dugaan"):
        issue_code(case=case, by=sari, at=MONDAY)


def test_nobody_outside_the_case_and_nobody_who_only_checks_makes_a_code(case, sari, wayan, aminah, nasrul):
    allege(case, by=sari)
    for person, why in ((wayan, NotVisible), (aminah, ActionRefused), (nasrul, ActionRefused)):
        for act in (issue_code, revoke_code):
            with pytest.raises(why):
                act(case=case, by=person, at=MONDAY)
        with pytest.raises(why):
            allege(case, by=person)


def test_what_the_respondent_is_told_never_repeats_the_reporter(case, sari):
    report = case.case_reports.get().report
    Report.objects.filter(pk=report.pk).update(link="https://contoh.id/grup/rahasia")
    receive_from_reporter(report=report, text="Saya melihatnya dari loket dua di kantor kami.", at=MONDAY)
    copied = [
        "Diduga: LURAH membagikan poster, calon wali kota di grup warga!",
        "Terlihat dari loket dua di kantor kami pada hari itu.",
        "Unggahan di HTTPS://contoh.id/grup/rahasia oleh terlapor.",
    ]
    for text in copied:
        with pytest.raises(FactsRefused) as refused:
            allege(case, by=sari, text=text)
        assert list(refused.value.problems) == ["text"]
        with pytest.raises(FactsRefused):
            allege(case, by=sari, place=text[:200])
    assert not case.allegations.exists()
    assert allege(case, by=sari, text="Diduga membagikan poster seorang calon.").pk
