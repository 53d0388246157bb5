"""What each step leaves behind: rows, columns, deadline, one event, words for the reporter."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from accounts.models import AuditEvent
from cases.facts import Completion, Duplicate, RegistrationEntry, StatusCorrection
from cases.models import AsnStatus, Case, Respondent
from cases.status import Outcome, Status
from cases.workflow import Action, ActionRefused, FactsRefused, NotVisible, available_actions
from tests.case_factories import MONDAY, RULE, WIB, facts_for, hand_over, make_case, other_region, step
from tests.clarification_factories import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def case_in(sari, budi):
    def build(status, **more):
        return make_case(by=sari, second=budi, status=status, **more)

    return build


def correction_if_asked(action):
    return StatusCorrection(target=Status.MASUK) if action is Action.KOREKSI_STATUS else None


def last_event(case):
    return AuditEvent.objects.about(case.pk).order_by("-id").first()


def test_registration_is_kept_and_starts_the_clock_of_the_handling(case_in, sari):
    case = step(case_in(Status.KAJIAN_AWAL, event_code="pilkada-2024"), Action.DAFTARKAN, by=sari)
    assert case.registration.number == "001/LP/PW/Kota/14.01/X/2024"
    assert case.registration.registered_date == MONDAY.date()
    assert case.due_at == datetime(2024, 10, 17, 23, 59, 59, tzinfo=WIB)
    assert case.status_since == MONDAY


def test_the_clock_of_the_handling_runs_on_through_clarification_and_study(case_in, sari):
    case = step(case_in(Status.KAJIAN_AWAL), Action.DAFTARKAN, by=sari)
    due = case.due_at
    step(case, Action.JADWALKAN_KLARIFIKASI, by=sari, at=MONDAY + timedelta(days=1))
    step(case, Action.CATAT_KLARIFIKASI, by=sari, at=MONDAY + timedelta(days=2))
    assert case.due_at == due
    assert case.status_since == MONDAY + timedelta(days=2)


def test_asking_to_complete_writes_to_the_reporter_in_indonesian(case_in, sari):
    case = case_in(Status.KAJIAN_AWAL)
    with translation.override("en"):
        step(case, Action.MINTA_PERBAIKAN, by=sari)
    message = case.case_reports.get().report.messages.get()
    assert message.text.startswith("Laporan Anda belum lengkap")
    assert "16 Oktober 2024" in message.text
    assert "Tautan unggahan" in message.text
    assert case.due_at == datetime(2024, 10, 16, 23, 59, 59, tzinfo=WIB)
    assert "Tautan" not in str(last_event(case).told)


def test_taking_the_completion_starts_the_preliminary_study_anew(case_in, sari):
    case = case_in(Status.PERBAIKAN, event_code="pilkada-2024")
    step(case, Action.TERIMA_PERBAIKAN, by=sari, at=MONDAY + timedelta(days=1))
    assert case.due_at == datetime(2024, 10, 17, 23, 59, 59, tzinfo=WIB)


def test_a_duplicate_names_the_other_case_and_ends(case_in, sari):
    original, case = case_in(Status.KAJIAN), case_in(Status.MASUK)
    step(case, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=original))
    assert (case.duplicate_of, case.outcome, case.due_at) == (original, Outcome.DOBEL, None)
    assert last_event(case).told["other_reference"] == original.reference


def test_a_duplicate_cannot_point_at_itself_a_duplicate_or_a_hidden_case(case_in, sari, budi, wayan):
    case, original, copy = case_in(Status.MASUK), case_in(Status.MASUK), case_in(Status.MASUK)
    step(copy, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=original))
    hidden = make_case(by=wayan, second=wayan, region_code="51.71")
    for other in (case, copy, hidden):
        with pytest.raises(FactsRefused) as refused:
            step(case, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=other))
        assert set(refused.value.problems) == {"other"}
    assert Case.objects.get(pk=case.pk).version == 1


def test_a_transfer_hands_a_clean_case_to_the_other_office(case_in, sari, budi, nasrul):
    case = case_in(Status.KAJIAN_AWAL, employer="33.74")
    Case.objects.filter(pk=case.pk).update(
        assigned_to=sari, assigned_at=MONDAY, shared_with_kesbangpol_at=MONDAY, shared_with_kesbangpol_by=sari
    )
    due = case.due_at
    later = MONDAY + timedelta(hours=3)
    hand_over(case, other_region(), by=sari, at=later)
    assert (case.status, case.region_id, case.transferred_at, case.status_since) == ("masuk", "33.72", later, later)
    assert case.assigned_to is None
    assert case.shared_with_kesbangpol_at is None
    assert case.due_at == due, "the law's clock does not stop for a handover"
    assert last_event(case).told["from_region"] == "33.74"
    with pytest.raises(NotVisible):
        step(case, Action.MULAI_KAJIAN_AWAL, by=sari)


@pytest.mark.parametrize("status", [Status.KAJIAN_AWAL, Status.DIREGISTRASI, Status.KLARIFIKASI, Status.KAJIAN])
def test_a_respondent_who_is_no_civil_servant_ends_the_case(case_in, sari, status):
    case = step(case_in(status), Action.NYATAKAN_BUKAN_ASN, by=sari, reason="Tenaga honorer menurut BKPSDM.")
    assert case.respondent.asn_status == AsnStatus.NOT_ASN
    assert case.closed_as_not_asn
    assert case.outcome == Outcome.BUKAN_ASN


def test_a_clarification_is_planned_summoned_again_and_recorded(case_in, sari):
    case = case_in(Status.KLARIFIKASI)
    step(deliver(case, by=sari), Action.JADWALKAN_ULANG, by=sari)
    step(case, Action.CATAT_KLARIFIKASI, by=sari)
    first, second = case.clarifications.order_by("id")
    assert (first.held_date, first.attended, first.recorded_by) == (MONDAY.date(), False, sari)
    assert (second.held_date, second.attended, second.recorded_by) == (MONDAY.date(), True, sari)
    assert second.minutes == "Terlapor mengakui unggahan."
    assert "mengakui" not in str(last_event(case).told)


def test_follow_ups_add_up_and_keep_the_clock(case_in, sari):
    case = case_in(Status.TINDAK_LANJUT)
    due = case.due_at
    for day in (1, 2):
        step(case, Action.CATAT_TINDAK_LANJUT, by=sari, at=MONDAY + timedelta(days=day))
    assert case.follow_ups.count() == 2
    assert (case.status, case.due_at, case.status_since) == (Status.TINDAK_LANJUT, due, MONDAY)


def test_a_sanction_is_kept_and_needs_no_deadline(case_in, sari):
    case = step(case_in(Status.TINDAK_LANJUT), Action.CATAT_SANKSI, by=sari)
    assert (case.sanction.level, case.sanction.decree_number) == ("medium", "800/123/2024")
    assert case.due_at is None
    step(case, Action.TUTUP, by=sari, reason="")
    assert (case.status, case.outcome) == (Status.SELESAI, Outcome.SANKSI)


@pytest.mark.parametrize(
    "status",
    [Status.BUKAN_PELANGGARAN, Status.TIDAK_TERBUKTI, Status.TIDAK_DIREGISTRASI, Status.SANKSI],
)
def test_closing_keeps_how_the_case_ended(case_in, sari, status):
    assert step(case_in(status), Action.TUTUP, by=sari).outcome == status.value


def test_each_step_leaves_one_event_with_where_from_where_to_and_why(case_in, sari):
    case = step(case_in(Status.KAJIAN), Action.TERUSKAN_GAKKUMDU, by=sari, reason=" Ada unsur pidana. ")
    event = last_event(case)
    assert (event.action, event.actor, event.at, event.subject_kind) == ("teruskan_gakkumdu", sari, MONDAY, "case")
    assert event.told == {
        "from": "kajian",
        "to": "gakkumdu",
        "version": case.version,
        "reason": "Ada unsur pidana.",
    }
    assert case.due_at == MONDAY + timedelta(hours=24)


def test_the_override_is_told_as_such_and_withdraws_what_no_longer_holds(case_in, nasrul):
    case = case_in(Status.SANKSI)
    step(case, Action.KOREKSI_STATUS, by=nasrul, reason="Salah kasus.", facts=StatusCorrection(target=Status.KAJIAN))
    assert case.status == Status.KAJIAN
    assert case.sanction is None
    assert case.sanctions.get().withdrawn_at == MONDAY
    event = last_event(case)
    assert (event.action, event.actor) == ("koreksi_status", nasrul)
    assert event.told["reason"] == "Salah kasus."


def test_the_override_withdraws_a_letter_that_waits(case_in, nasrul):
    case = case_in(Status.REKOMENDASI)
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.KAJIAN))
    assert case.recommendation is None
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.REKOMENDASI))
    with pytest.raises(ActionRefused, match="Belum ada surat"):
        step(case, Action.KIRIM_REKOMENDASI, by=case.assessments.first().by)


def test_a_sanction_can_be_recorded_again_after_a_correction(case_in, sari, nasrul):
    case = case_in(Status.SANKSI)
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.TINDAK_LANJUT))
    step(case, Action.CATAT_SANKSI, by=sari)
    assert case.sanctions.count() == 2
    assert case.sanction.withdrawn_at is None


def test_the_override_needs_another_status_and_a_reason(case_in, nasrul):
    case = case_in(Status.KAJIAN)
    with pytest.raises(FactsRefused) as refused:
        step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.KAJIAN))
    assert set(refused.value.problems) == {"target"}
    with pytest.raises(FactsRefused) as refused:
        step(case, Action.KOREKSI_STATUS, by=nasrul, reason=" ", facts=StatusCorrection(target=Status.MASUK))
    assert set(refused.value.problems) == {"reason"}


@pytest.mark.parametrize(
    ("target", "outcome"), [(Status.GAKKUMDU, Outcome.GAKKUMDU), (Status.DIREGISTRASI, Outcome.DITUTUP_ADMIN)]
)
def test_a_case_closed_by_override_says_how_it_ended(case_in, nasrul, target, outcome):
    case = case_in(target)
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.SELESAI))
    assert (case.outcome, case.due_at) == (outcome, None)
    assert available_actions(case, nasrul) == [Action.KOREKSI_STATUS]


# How a case ends, and the last step there
ENDINGS = {
    Outcome.BUKAN_ASN: (Status.KAJIAN, Action.NYATAKAN_BUKAN_ASN),
    Outcome.BUKAN_PELANGGARAN: (Status.BUKAN_PELANGGARAN, Action.TUTUP),
    Outcome.TIDAK_DIREGISTRASI: (Status.TIDAK_DIREGISTRASI, Action.TUTUP),
    Outcome.TIDAK_TERBUKTI: (Status.TIDAK_TERBUKTI, Action.TUTUP),
    Outcome.SANKSI: (Status.SANKSI, Action.TUTUP),
    Outcome.DITUTUP_ADMIN: (Status.DIREGISTRASI, Action.KOREKSI_STATUS),
}


@pytest.mark.parametrize("outcome", ENDINGS)
def test_a_mistaken_end_is_corrected_by_the_national_admin_and_by_nobody_else(case_in, sari, nasrul, outcome):
    before, last = ENDINGS[outcome]
    facts = StatusCorrection(target=Status.SELESAI) if last is Action.KOREKSI_STATUS else None
    case = step(case_in(before, event_code="pilkada-2024"), last, by=nasrul if facts else sari, facts=facts)
    assert (case.status, case.outcome) == (Status.SELESAI, outcome)
    to_study = StatusCorrection(target=Status.KAJIAN)
    with pytest.raises(ActionRefused, match="tidak berwenang"):
        step(case, Action.KOREKSI_STATUS, by=sari, facts=to_study)
    with pytest.raises(FactsRefused):
        step(case, Action.KOREKSI_STATUS, by=nasrul, reason=" ", facts=to_study)
    step(case, Action.KOREKSI_STATUS, by=nasrul, reason="Salah tekan.", facts=to_study)
    assert (case.status, case.outcome, case.closed_as_not_asn) == (Status.KAJIAN, "", False)
    assert case.due_at == datetime(2024, 10, 17, 23, 59, 59, tzinfo=WIB), "its clock runs"
    assert (last_event(case).actor, last_event(case).told["reason"]) == (nasrul, "Salah tekan.")
    step(case, Action.PUTUSKAN_BUKAN_PELANGGARAN, by=sari)


def test_who_was_held_to_be_no_civil_servant_by_mistake_is_unverified_again(case_in, sari, nasrul):
    case = step(case_in(Status.KAJIAN), Action.NYATAKAN_BUKAN_ASN, by=sari)
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.KAJIAN))
    person = Case.objects.get(pk=case.pk).respondent
    assert (person.asn_status, person.asn_status_source) == (AsnStatus.UNVERIFIED, "")
    assert (person.asn_status_date, person.asn_status_by) == (None, None)


def test_what_an_officer_found_out_about_somebody_since_outlives_the_correction(case_in, sari, nasrul):
    case = step(case_in(Status.KAJIAN), Action.NYATAKAN_BUKAN_ASN, by=sari)
    Respondent.objects.filter(pk=case.respondent_id).update(asn_status_source="Surat BKPSDM 800/1")
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.KAJIAN))
    person = Case.objects.get(pk=case.pk).respondent
    assert (person.asn_status, person.asn_status_source) == (AsnStatus.NOT_ASN, "Surat BKPSDM 800/1")


@pytest.mark.parametrize(("target", "counts"), [(Status.SANKSI, True), (Status.TINDAK_LANJUT, False)])
def test_a_case_corrected_to_where_it_ended_keeps_its_sanction(case_in, nasrul, target, counts):
    case = step(case_in(Status.SELESAI), Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=target))
    assert (case.sanction is not None) is counts


def test_a_merged_case_is_not_corrected_but_undone(case_in, sari, nasrul):
    case, other = case_in(Status.MASUK), case_in(Status.MASUK)
    step(case, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=other))
    with pytest.raises(ActionRefused, match="Batalkan penggabungannya"):
        step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.MASUK))
    assert available_actions(case, nasrul) == []


def test_a_merge_that_cannot_be_undone_now_says_what_can_be_done_and_that_is_possible(case_in, sari, nasrul):
    case, other = case_in(Status.MASUK), case_in(Status.KAJIAN)
    step(case, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=other))
    step(Case.objects.get(pk=other.pk), Action.SUSUN_REKOMENDASI, by=sari)
    for action, by in ((Action.BATALKAN_DOBEL, sari), (Action.KOREKSI_STATUS, nasrul)):
        with pytest.raises(ActionRefused, match="sudah sampai rekomendasi") as refused:
            step(case, action, by=by, facts=correction_if_asked(action))
        assert "koreksi dulu status kasus induk itu" in str(refused.value)
    back = StatusCorrection(target=Status.KAJIAN)
    step(Case.objects.get(pk=other.pk), Action.KOREKSI_STATUS, by=nasrul, facts=back)
    assert step(case, Action.BATALKAN_DOBEL, by=sari).status == Status.MASUK


def test_a_merge_without_reports_into_a_case_beyond_its_study_is_still_undone(case_in, sari, nasrul):
    case, other = case_in(Status.MASUK), case_in(Status.TINDAK_LANJUT)
    step(case, Action.TANDAI_DOBEL, by=sari, facts=Duplicate(other=other))
    with pytest.raises(ActionRefused, match="Batalkan penggabungannya"):
        step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.MASUK))
    assert step(case, Action.BATALKAN_DOBEL, by=sari).status == Status.MASUK


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (RegistrationEntry(number=" ", registered_date=date(2024, 10, 14)), "number"),
        (RegistrationEntry(number="9" * 81, registered_date=date(2024, 10, 14)), "number"),
        (RegistrationEntry(number="1", registered_date=date(2024, 10, 15)), "registered_date"),
        (Completion(missing="Tautan", due_date=date(2024, 10, 14)), "due_date"),
    ],
)
def test_unusable_facts_name_their_field_and_change_nothing(case_in, sari, facts, field):
    case = case_in(Status.KAJIAN_AWAL)
    action = Action.DAFTARKAN if isinstance(facts, RegistrationEntry) else Action.MINTA_PERBAIKAN
    with pytest.raises(FactsRefused) as refused:
        step(case, action, by=sari, facts=facts)
    assert set(refused.value.problems) == {field}
    assert Case.objects.get(pk=case.pk).status == Status.KAJIAN_AWAL


def test_today_is_the_day_at_the_office_and_not_in_london(sari, budi):
    late_evening_utc = datetime.fromisoformat("2024-10-14T18:30:00+00:00")
    case = make_case(by=sari, second=budi, status=Status.KAJIAN_AWAL, at=late_evening_utc)
    entry = RegistrationEntry(number="1", registered_date=date(2024, 10, 15))
    assert step(case, Action.DAFTARKAN, by=sari, at=late_evening_utc, facts=entry).registration


def test_facts_of_another_step_are_a_programming_error(case_in, sari):
    with pytest.raises(TypeError):
        step(case_in(Status.KAJIAN_AWAL), Action.DAFTARKAN, by=sari, facts=facts_for(Action.CATAT_SANKSI, MONDAY))


def test_the_letter_lists_the_confirmed_rules(case_in, sari):
    assert step(case_in(Status.KAJIAN), Action.SUSUN_REKOMENDASI, by=sari).recommendation.rule_codes == [RULE]
