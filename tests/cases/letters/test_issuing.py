"""Letters that come with steps: numbered at once, drafts until signed off, one path for the officer."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, InternalError, transaction

from accounts.models import AuditEvent
from cases.facts import ClarificationPlan, RecommendationDraft, StatusCorrection
from cases.letters.issuing import invite, write_up
from cases.letters.kinds import LetterKind
from cases.letters.writing import draft_letter, sign_off, withdraw_letter
from cases.minutes import write_minutes
from cases.models import ClarificationHost, ClarificationMethod, Letter, LetterCounter
from cases.refusals import ActionRefused, FactsRefused
from cases.status import Status
from cases.summons import move_hearing, summon_other
from cases.workflow import Action
from reports.models import Lane
from tests.case_factories import MONDAY, ROOM, make_case, step
from tests.cases.letters.specimens import signed_minutes, witness
from tests.clarification_factories import ALLEGED, allege, deliver

pytestmark = pytest.mark.django_db
INVITATION = LetterKind.UNDANGAN_KLARIFIKASI
NOTICE = LetterKind.PEMBERITAHUAN_STATUS
FIRST = "001/UND.KLARIF/BWS.33.74/X/2024"


@pytest.fixture
def case(sari, budi):
    return make_case(by=sari, second=budi, status=Status.KLARIFIKASI)


@pytest.fixture
def summons(case):
    return case.clarifications.get()


@pytest.fixture
def waiting(sari, budi):
    return make_case(by=sari, second=budi, status=Status.REKOMENDASI)


def plan(**changes) -> ClarificationPlan:
    known = {
        "scheduled_date": MONDAY.date(),
        "method": ClarificationMethod.IN_PERSON,
        "host": ClarificationHost.BAWASLU,
    }
    return ClarificationPlan(**(known | {"starts": time(9), "place": ROOM} | changes))


def named_case(sari, budi, **more):
    return make_case(by=sari, second=budi, lane=Lane.LAPORAN, identity_key=b"k", identity_box=b"b", **more)


def test_the_step_gives_the_invitation_its_number_and_a_draft(case, summons, sari):
    letter = case.letters.get()
    assert (letter.kind, letter.number, letter.letter_date) == (INVITATION, FIRST, MONDAY.date())
    assert (letter.is_draft, letter.drafted_by, letter.clarification) == (True, sari, summons)
    assert summons.letter_number == FIRST
    event = AuditEvent.objects.about(case.pk).get(action="jadwalkan_klarifikasi")
    assert event.told["letter_number"] == FIRST


def test_a_second_summons_has_a_letter_of_its_own(case, budi, sari):
    deliver(case, by=sari)
    step(case, Action.JADWALKAN_ULANG, by=sari, facts=plan(scheduled_date=MONDAY.date() + timedelta(days=3)))
    letters = case.letters.order_by("sequence")
    assert [letter.sequence for letter in letters] == [1, 2]
    assert letters[1].data["subject"] == "Undangan Klarifikasi (kedua)"


def test_a_letter_made_outside_the_portal_keeps_its_own_number_and_takes_none(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI)
    step(case, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=plan(letter_number=" 45/X/2024 ", starts=None, place=""))
    assert case.clarifications.get().letter_number == "45/X/2024"
    assert not case.letters.exists()
    assert not LetterCounter.objects.exists()
    with pytest.raises(ActionRefused, match="di luar portal"):
        invite(summons=case.clarifications.get(), by=sari, at=MONDAY)


@pytest.mark.parametrize(("changes", "field"), [({"starts": None}, "starts"), ({"place": " "}, "place")])
def test_an_invitation_says_when_and_where(changes, field, sari, budi):
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI)
    with pytest.raises(FactsRefused) as refused:
        step(case, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=plan(**changes))
    assert set(refused.value.problems) == {field}
    step(case, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=plan(**changes, method=ClarificationMethod.WRITTEN))
    assert case.letters.get().data["written"] is True


def test_a_step_that_fails_gives_its_number_back(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI)
    with transaction.atomic():
        step(case, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=plan())
        transaction.set_rollback(True)
    case.refresh_from_db()
    assert not LetterCounter.objects.exists()
    step(case, Action.JADWALKAN_KLARIFIKASI, by=sari, facts=plan())
    assert case.letters.get().sequence == 1


def test_the_invitation_waits_for_the_allegation_and_then_says_it(case, sari):
    letter = case.letters.get()
    with pytest.raises(ActionRefused, match="ringkasan dugaan"):
        sign_off(letter=letter, by=sari, at=MONDAY)
    allege(case, by=sari)
    signed = sign_off(letter=letter, by=sari, at=MONDAY)
    assert signed.data["allegation"] == [ALLEGED]
    assert (signed.data["act_date"], signed.data["act_place"]) == ("Sabtu, 12 Oktober 2024", "Kelurahan Tegalsari")
    assert (signed.number, signed.sequence) == (FIRST, 1)


def test_a_moved_hearing_moves_in_a_draft_and_asks_for_another_letter_after_the_signature(case, summons, sari):
    allege(case, by=sari)
    move_hearing(clarification=summons, new_date=date(2024, 10, 17), reason="Sakit.", by=sari, at=MONDAY)
    letter = case.letters.get()
    assert letter.data["day"] == "Kamis, 17 Oktober 2024"
    sign_off(letter=letter, by=sari, at=MONDAY)
    summons.refresh_from_db()
    with pytest.raises(ActionRefused, match="sudah ada"):
        invite(summons=summons, by=sari, at=MONDAY)
    moved = move_hearing(clarification=summons, new_date=date(2024, 10, 18), reason="Sakit.", by=sari, at=MONDAY)
    assert invite(summons=moved, by=sari, at=MONDAY).sequence == 2
    assert case.letters.get(sequence=1).data["day"] == "Kamis, 17 Oktober 2024"


def test_what_replaces_a_withdrawn_invitation_has_the_next_number(case, summons, sari):
    withdraw_letter(letter=case.letters.get(), reason="Salah tempat.", by=sari, at=MONDAY)
    assert invite(summons=summons, by=sari, at=MONDAY).number.startswith("002/")
    assert summons.letter_number.startswith("002/")


@pytest.mark.parametrize(
    "change", [{"number": "9"}, {"sequence": 9}, {"kind": "kajian"}, {"office_code": "BWS.RI"}, {"letter_date": None}]
)
def test_the_database_never_takes_a_number_back(change, case):
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic():
        Letter.objects.filter(case=case).update(**change)
    with pytest.raises(InternalError, match="never taken back"), transaction.atomic():
        Letter.objects.filter(case=case).delete()


def test_signed_minutes_go_onto_paper_once(case, summons, sari, budi):
    write_minutes(clarification=summons, minutes=signed_minutes(), by=sari, at=MONDAY)
    letter = case.letters.get(kind=LetterKind.BERITA_ACARA_KLARIFIKASI)
    assert (letter.number, letter.is_draft) == ("001/BA.KLARIF/BWS.33.74/X/2024", True)
    assert letter.data["attended"] == ""
    step(case, Action.CATAT_KLARIFIKASI, by=sari)
    letter.refresh_from_db()
    assert (letter.data["attended"], letter.data["minutes"]) == ("yes", ["Terlapor mengakui unggahan."])
    summons.refresh_from_db()
    with pytest.raises(ActionRefused, match="sudah ada"):
        write_up(hearing=summons, by=sari, at=MONDAY)


def test_minutes_still_being_written_are_no_paper(summons, sari):
    with pytest.raises(ActionRefused, match="tanda tangan"):
        write_up(hearing=summons, by=sari, at=MONDAY)


def test_the_recommendation_has_its_letter_and_the_second_person_signs_both(waiting, sari, budi):
    letter = waiting.letters.get(kind=LetterKind.SURAT_REKOMENDASI)
    recommendation = waiting.recommendations.get()
    assert recommendation.letter_number == letter.number == "001/REK/BWS.33.74/X/2024"
    assert recommendation.letter_date == letter.letter_date == MONDAY.date()
    with pytest.raises(ActionRefused, match="Setujui dan kirim"):
        sign_off(letter=letter, by=budi, at=MONDAY)
    step(waiting, Action.KIRIM_REKOMENDASI, by=budi)
    letter.refresh_from_db()
    assert (letter.signed_off_by, letter.number) == (budi, recommendation.letter_number)
    assert bytes(letter.pdf).startswith(b"%PDF")


def test_a_returned_recommendation_leaves_its_number_with_the_reason(waiting, sari, budi):
    letter = waiting.letters.get(kind=LetterKind.SURAT_REKOMENDASI)
    with pytest.raises(ActionRefused, match="Kembalikan rekomendasi"):
        withdraw_letter(letter=letter, reason="x", by=sari, at=MONDAY)
    step(waiting, Action.KEMBALIKAN_REKOMENDASI, by=budi, reason="Pertimbangan kurang.")
    letter.refresh_from_db()
    assert (letter.withdrawn_by, letter.withdrawal_reason) == (budi, "Pertimbangan kurang.")
    step(waiting, Action.SUSUN_REKOMENDASI, by=sari)
    assert waiting.recommendation.letter_number.startswith("002/")


def test_a_recommendation_made_outside_is_sent_without_a_letter_of_ours(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN)
    outside = RecommendationDraft(reasons="Cukup.", letter_number="7/K/2024", letter_date=MONDAY.date())
    step(case, Action.SUSUN_REKOMENDASI, by=sari, facts=outside)
    step(case, Action.KIRIM_REKOMENDASI, by=budi)
    assert not case.letters.filter(kind=LetterKind.SURAT_REKOMENDASI).exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [({"letter_number": "7/K/2024"}, "letter_date"), ({"letter_date": MONDAY.date()}, "letter_number")],
)
def test_a_letter_made_outside_has_both_number_and_date(given, field):
    assert set(RecommendationDraft(reasons="Cukup.", **given).problems(MONDAY.date())) == {field}


def test_who_reports_by_name_gets_a_receipt_and_in_the_end_a_notice(sari, budi):
    case = named_case(sari, budi, status=Status.TIDAK_DIREGISTRASI)
    step(case, Action.TUTUP, by=sari)
    report = case.case_reports.get().report
    receipt, notice = case.letters.order_by("pk")
    assert (receipt.kind, receipt.report, receipt.number) == ("tanda_terima", report, "001/TT/BWS.33.74/X/2024")
    assert (notice.kind, notice.report, notice.number) == (
        "pemberitahuan_status",
        report,
        "001/STATUS/BWS.33.74/X/2024",
    )
    assert "tidak" in notice.data["state"].lower()


REOPENED = [
    (Status.TIDAK_DIREGISTRASI, Action.KOREKSI_STATUS, Status.KAJIAN_AWAL),
    (Status.SANKSI, Action.BUKA_KEMBALI, Status.SANKSI),
]


@pytest.mark.parametrize(("before", "action", "target"), REOPENED)
def test_nobody_signs_that_a_case_ended_which_is_open_again(before, action, target, sari, budi, nasrul):
    case = named_case(sari, budi, status=before)
    earlier = draft_letter(case=case, kind=NOTICE, extra={}, report=case.case_reports.get().report, by=sari, at=MONDAY)
    step(case, Action.TUTUP, by=sari, at=MONDAY + timedelta(days=1))
    notice = case.letters.latest("pk")
    by, facts = (nasrul, StatusCorrection(target=target)) if action is Action.KOREKSI_STATUS else (sari, None)
    step(case, action, by=by, at=MONDAY + timedelta(days=2), facts=facts)
    notice.refresh_from_db()
    assert (notice.kind, notice.withdrawn_by, notice.withdrawn_at) == (NOTICE, by, MONDAY + timedelta(days=2))
    assert notice.withdrawal_reason.startswith("Kasus ini dibuka lagi")
    assert AuditEvent.objects.about(case.pk).get(action="surat_ditarik").details["letter"] == notice.pk
    with pytest.raises(ActionRefused, match="sudah ditarik"):
        sign_off(letter=notice, by=sari, at=MONDAY)
    earlier.refresh_from_db()
    assert earlier.withdrawn_at is None, "it says nothing of an end"
    assert case.letters.get(kind=LetterKind.TANDA_TERIMA).withdrawn_at is None


def test_a_signed_notice_stays_and_the_next_end_is_told_anew(sari, budi, nasrul):
    case = named_case(sari, budi, status=Status.TIDAK_DIREGISTRASI)
    step(case, Action.TUTUP, by=sari)
    sign_off(letter=case.letters.get(kind=NOTICE), by=sari, at=MONDAY)
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.TIDAK_DIREGISTRASI))
    step(case, Action.TUTUP, by=sari)
    signed, anew = case.letters.filter(kind=NOTICE).order_by("pk")
    assert (signed.withdrawn_at, signed.is_draft) == (None, False)
    assert (anew.withdrawn_at, anew.is_draft, anew.sequence) == (None, True, 2)


def test_kesbangpol_takes_a_case_up_without_writing_to_the_reporter(sari, budi, kartika):
    case = named_case(sari, budi)
    step(case, Action.MULAI_KAJIAN_AWAL, by=kartika)
    assert not case.letters.exists()


def test_an_anonymous_report_gets_no_letter_by_itself(sari, budi):
    case = make_case(by=sari, second=budi, status=Status.TIDAK_DIREGISTRASI)
    step(case, Action.TUTUP, by=sari)
    assert not case.letters.exists()


def test_the_office_that_invites_gives_the_number(sari, budi, kartika):
    case = make_case(by=sari, second=budi, status=Status.DIREGISTRASI)
    step(case, Action.JADWALKAN_KLARIFIKASI, by=kartika, facts=plan(host=ClarificationHost.KESBANGPOL))
    assert case.letters.get().number == "001/UND.KLARIF/KSB.33.74/X/2024"


def test_a_witness_is_invited_with_a_number_of_another_series(case, sari):
    row = summon_other(case=case, summons=witness(), by=sari, at=MONDAY)
    letter = case.letters.get(clarification=row)
    assert row.letter_number == letter.number == "001/UND.KET/BWS.33.74/X/2024"
    assert sign_off(letter=letter, by=sari, at=MONDAY).pdf_sha256
