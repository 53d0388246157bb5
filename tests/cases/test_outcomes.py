"""After the letter: the PPK's decision, its correction, appeals, reminders, the criminal route."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, User
from cases.actions import Action
from cases.decisions import decisions
from cases.facts import StatusCorrection
from cases.models import Appeal, DisciplineLevel, GakkumduKind, Ruling
from cases.outcome_facts import AppealFiling, AppealResult, GakkumduEntry
from cases.sanction_forms import OTHER_FORM, BadSanctionForms, sanction_forms
from cases.status import Outcome, Status
from cases.timeline import timeline
from cases.workflow import ActionRefused, FactsRefused, available_actions, refusal
from tests.case_factories import MONDAY, decree, make_case, step

TODAY = MONDAY.date()
DAY = timedelta(days=1)


@pytest.fixture
def case_in(sari, budi):
    return lambda status: make_case(by=sari, second=budi, status=status)


def last_event(case):
    return AuditEvent.objects.about(case.pk).order_by("-id").first()


def told(case):
    by = User.objects.get(username="sari")
    return [(decision.title, dict(decision.facts)) for decision in decisions(case, by=by)]


def gakkumdu(kind):
    words = {"letter_number": "11/G/2024", "text": "Berkas diterima."}
    return GakkumduEntry(kind=kind, happened_date=TODAY, happened_time=MONDAY.time(), **words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "form_code", "form", "wrong"),
    [
        (DisciplineLevel.LIGHT, "teguran_lisan", "", set()),
        (DisciplineLevel.MEDIUM, "potong_tukin_12", "TPP dipotong 25 %", set()),
        (DisciplineLevel.HEAVY, "pppk_putus_hormat", "", set()),
        (DisciplineLevel.PDTH, "pdth", "", set()),
        (DisciplineLevel.MORAL_OPEN, OTHER_FORM, "permohonan maaf saat apel", set()),
        (DisciplineLevel.LIGHT, "pdth", "", {"form_code"}),
        (DisciplineLevel.LIGHT, "karangan", "", {"form_code"}),
        (DisciplineLevel.LIGHT, OTHER_FORM, " ", {"form"}),
        (DisciplineLevel.LIGHT, "teguran_lisan", "x" * 201, {"form"}),
    ],
)
def test_a_sanction_takes_a_form_of_its_level_or_the_words_of_the_decree(case_in, sari, level, form_code, form, wrong):
    case = case_in(Status.TINDAK_LANJUT)
    facts = decree(TODAY, level=level, form_code=form_code, form=form)
    if wrong:
        with pytest.raises(FactsRefused) as refused:
            step(case, Action.CATAT_SANKSI, by=sari, facts=facts)
        assert set(refused.value.problems) == wrong
        return
    step(case, Action.CATAT_SANKSI, by=sari, facts=facts)
    assert (case.sanction.level, case.sanction.form_code) == (level, form_code)


def test_a_broken_table_of_forms_is_named_with_its_entry(tmp_path):
    broken = tmp_path / "forms.yaml"
    broken.write_text("- {code: a, level: enteng, for: pns, confirmed: true, source: s, title: {id: a, en: a}}")
    with pytest.raises(BadSanctionForms, match=r"forms.yaml: a: 'enteng'"):
        sanction_forms(broken)


def test_every_form_nobody_read_in_the_regulation_says_so():
    unread = [form for form in sanction_forms().values() if not form.confirmed]
    assert {form.employment for form in unread} == {"pppk"}
    assert all("periksa naskah" in form.label for form in unread)


@pytest.mark.django_db
def test_a_ppk_that_imposes_nothing_says_so_by_letter_and_with_a_reason(case_in, sari):
    case = step(case_in(Status.TINDAK_LANJUT), Action.CATAT_TIDAK_TERBUKTI, by=sari, reason="Akunnya palsu.")
    row = case.no_sanctions.get()
    assert (row.decided_by, row.letter_number, row.reason) == ("Wali Kota Semarang", "800/311/2024", "Akunnya palsu.")
    assert last_event(case).told["letter_number"] == "800/311/2024"
    assert step(case, Action.TUTUP, by=sari).outcome == Outcome.TIDAK_TERBUKTI


@pytest.mark.django_db
def test_a_sanction_reached_by_a_correction_is_closed_only_with_its_decree(case_in, sari, nasrul):
    case = case_in(Status.TINDAK_LANJUT)
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.SANKSI))
    assert "lewat «Perbaiki data sanksi»" in refusal(case, Action.TUTUP, sari)
    with pytest.raises(FactsRefused, match="belum tercatat") as refused:
        step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.SELESAI))
    assert set(refused.value.problems) == {"target"}
    step(case, Action.PERBAIKI_SANKSI, by=sari)
    assert step(case, Action.TUTUP, by=sari).outcome == Outcome.SANKSI


@pytest.mark.django_db
@pytest.mark.parametrize("source", [Status.TINDAK_LANJUT, Status.SANKSI])
def test_no_sanction_reached_by_a_correction_is_closed_only_with_the_letter(case_in, sari, nasrul, source):
    case = step(case_in(source), Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.TIDAK_TERBUKTI))
    assert "«Tindak lanjut»" in refusal(case, Action.TUTUP, sari)
    step(case, Action.KOREKSI_STATUS, by=nasrul, facts=StatusCorrection(target=Status.TINDAK_LANJUT))
    step(case, Action.CATAT_TIDAK_TERBUKTI, by=sari)
    assert step(case, Action.TUTUP, by=sari).outcome == Outcome.TIDAK_TERBUKTI


@pytest.mark.django_db
def test_reminders_are_counted_and_the_deadline_runs_on(case_in, sari):
    case = case_in(Status.TINDAK_LANJUT)
    due = case.due_at
    for days in (20, 30):
        step(case, Action.CATAT_PENGINGAT, by=sari, at=MONDAY + days * DAY)
    assert case.recommendation.reminders.count() == 2
    assert (case.due_at, last_event(case).told["reminders"]) == (due, 2)


@pytest.mark.django_db
def test_a_correction_withdraws_the_old_sanction_writes_a_new_one_and_tells_of_both(case_in, sari):
    case = case_in(Status.SANKSI)
    old = case.sanction
    step(case, Action.PERBAIKI_SANKSI, by=sari, reason="Salah ketik nomor.")
    old.refresh_from_db()
    assert (old.withdrawn_at, case.sanction.decree_number) == (MONDAY, "800/124/2024")
    details = last_event(case).told
    assert (details["withdrawn_sanction"], details["sanction"]) == (old.pk, case.sanction.pk)
    assert details["withdrawn_decree"] == "800/123/2024"
    assert ("Keputusan yang ditarik", "800/123/2024") in timeline(case, by=sari)[-1].lines
    assert [facts.get("Keadaan") for title, facts in told(case) if title == "Sanksi"] == ["Tidak berlaku lagi", None]


@pytest.mark.django_db
def test_a_case_is_not_closed_while_an_appeal_waits(case_in, sari):
    case = step(case_in(Status.SANKSI), Action.CATAT_KEBERATAN, by=sari)
    assert "belum diputus" in refusal(case, Action.TUTUP, sari)
    assert "belum diputus" in refusal(case, Action.CATAT_KEBERATAN, sari)
    step(case, Action.CATAT_HASIL_KEBERATAN, by=sari, at=MONDAY + 30 * DAY)
    assert step(case, Action.TUTUP, by=sari, at=MONDAY + 30 * DAY).outcome == Outcome.SANKSI


@pytest.mark.django_db
def test_a_sanction_that_was_changed_is_corrected_before_the_case_is_closed(case_in, sari):
    case = step(case_in(Status.SANKSI), Action.CATAT_KEBERATAN, by=sari)
    changed = AppealResult(ruling=Ruling.CHANGED, decision_number="7/BPASN/2024", decided_date=TODAY)
    step(case, Action.CATAT_HASIL_KEBERATAN, by=sari, facts=changed)
    assert "Perbaiki data sanksi" in refusal(case, Action.TUTUP, sari)
    step(case, Action.PERBAIKI_SANKSI, by=sari, facts=decree(TODAY, level="light", form_code="teguran_tertulis"))
    assert step(case, Action.TUTUP, by=sari).sanction.level == DisciplineLevel.LIGHT


@pytest.mark.django_db
def test_an_appeal_that_waits_goes_on_against_the_corrected_decree(case_in, sari):
    case = step(case_in(Status.SANKSI), Action.CATAT_KEBERATAN, by=sari)
    appeal = case.sanction.appeals.get()
    step(case, Action.PERBAIKI_SANKSI, by=sari, reason="Salah ketik nomor.")
    assert case.sanction.appeals.get() == appeal
    assert last_event(case).told["moved_appeal"] == appeal.pk
    assert "berlanjut terhadap keputusan yang baru" in str(timeline(case, by=sari)[-1].lines)
    assert "belum diputus" in refusal(case, Action.TUTUP, sari)
    step(case, Action.CATAT_HASIL_KEBERATAN, by=sari)
    assert step(case, Action.TUTUP, by=sari).outcome == Outcome.SANKSI


@pytest.mark.django_db
def test_a_decree_younger_than_the_appeal_that_waits_is_not_what_the_appeal_is_about(case_in, sari):
    case = step(case_in(Status.SANKSI), Action.CATAT_KEBERATAN, by=sari)
    with pytest.raises(FactsRefused, match="14 Oktober 2024") as refused:
        step(case, Action.PERBAIKI_SANKSI, by=sari, at=MONDAY + DAY, facts=decree(TODAY + DAY))
    assert set(refused.value.problems) == {"decree_date"}
    assert case.sanctions.get().appeals.count() == 1


@pytest.mark.django_db
def test_an_appeal_that_was_decided_stays_with_the_decree_it_was_about(case_in, sari):
    case = step(case_in(Status.SANKSI), Action.CATAT_KEBERATAN, by=sari)
    step(case, Action.CATAT_HASIL_KEBERATAN, by=sari)
    step(case, Action.PERBAIKI_SANKSI, by=sari)
    assert case.sanction.appeals.count() == 0
    assert "moved_appeal" not in last_event(case).told


@pytest.mark.django_db
def test_an_annulled_sanction_no_longer_counts_and_the_case_ends_without_one(case_in, sari):
    case = step(case_in(Status.SANKSI), Action.CATAT_KEBERATAN, by=sari)
    step(case, Action.CATAT_PEMBATALAN, by=sari, reason="BPASN membatalkan.")
    assert (case.status, case.sanction) == (Status.TIDAK_TERBUKTI, None)
    assert Appeal.objects.get().ruling == Ruling.ANNULLED
    assert step(case, Action.TUTUP, by=sari).outcome == Outcome.TIDAK_TERBUKTI
    assert "sanksi dibatalkan" in str(told(case))


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 1])
def test_an_appeal_is_filed_between_the_decree_and_today(case_in, sari, days):
    case = case_in(Status.SANKSI)
    facts = AppealFiling(appeal_body="bpasn", filed_date=TODAY + days * DAY)
    with pytest.raises(FactsRefused) as refused:
        step(case, Action.CATAT_KEBERATAN, by=sari, facts=facts)
    assert set(refused.value.problems) == {"filed_date"}


@pytest.mark.django_db
def test_a_ruling_is_not_older_than_the_appeal(case_in, sari):
    case = step(case_in(Status.SANKSI), Action.CATAT_KEBERATAN, by=sari)
    early = AppealResult(ruling=Ruling.UPHELD, decision_number="7", decided_date=TODAY - DAY)
    with pytest.raises(FactsRefused) as refused:
        step(case, Action.CATAT_HASIL_KEBERATAN, by=sari, facts=early)
    assert set(refused.value.problems) == {"decided_date"}
    with pytest.raises(IntegrityError, match="appeal_ruling_has_its_date"), transaction.atomic():
        Appeal.objects.update(ruling=Ruling.UPHELD)


@pytest.mark.django_db
def test_a_finished_case_is_opened_again_only_where_a_sanction_can_still_change(case_in, sari):
    case = step(case_in(Status.SELESAI), Action.BUKA_KEMBALI, by=sari, reason="Ada banding.")
    assert (case.status, case.outcome, case.sanction.decree_number) == (Status.SANKSI, "", "800/123/2024")
    assert Action.CATAT_KEBERATAN in available_actions(case, sari)
    other = step(case_in(Status.TIDAK_TERBUKTI), Action.TUTUP, by=sari)
    with pytest.raises(ActionRefused, match="berakhir dengan sanksi"):
        step(other, Action.BUKA_KEMBALI, by=sari)


@pytest.mark.django_db
def test_gakkumdu_has_a_day_until_the_file_is_with_them(case_in, sari):
    case = case_in(Status.GAKKUMDU)
    assert case.due_at == MONDAY + DAY
    step(case, Action.CATAT_GAKKUMDU, by=sari, facts=gakkumdu(GakkumduKind.FORWARDED))
    assert case.due_at is None
    assert "hasil jalur pidana" in refusal(case, Action.TUTUP, sari)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [GakkumduKind.STOPPED, GakkumduKind.INVESTIGATION, GakkumduKind.VERDICT])
def test_the_criminal_route_is_closed_only_with_a_result(case_in, sari, kind):
    case = case_in(Status.GAKKUMDU)
    assert Action.TUTUP not in available_actions(case, sari)
    step(case, Action.CATAT_GAKKUMDU, by=sari, facts=gakkumdu(kind))
    assert step(case, Action.TUTUP, by=sari).outcome == Outcome.GAKKUMDU


@pytest.mark.django_db
def test_a_second_time_on_the_criminal_route_needs_its_own_result(case_in, sari):
    case = step(case_in(Status.GAKKUMDU), Action.CATAT_GAKKUMDU, by=sari)
    step(case, Action.KEMBALI_KE_KAJIAN, by=sari)
    step(case, Action.TERUSKAN_GAKKUMDU, by=sari, at=MONDAY + DAY)
    assert Action.TUTUP not in available_actions(case, sari)
