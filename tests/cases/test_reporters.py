"""A case of several reporters: each reads what is meant for them, in words that give away no other one."""

from datetime import timedelta

import pytest

from cases.facts import Completion
from cases.follow_up import status_for_reporter
from cases.letters.kinds import LetterKind
from cases.letters.writing import draft_letter
from cases.messages import receive_from_reporter, send_to_reporter
from cases.models import Case, Message
from cases.refusals import FactsRefused
from cases.reporters import reporter_choices, reporter_names, talk
from cases.status import Status
from cases.workflow import Action
from reports.models import Report
from tests.case_factories import MONDAY, make_case, make_evidence, make_report, step

pytestmark = pytest.mark.django_db
STORY = "Lurah membagikan poster calon di grup warga RT 05 tadi malam."
OF_THEMSELVES = "Nama saya Kirana Zulaikha, nomor WA saya +62 812-9988-7766, surel kirana@contoh.id."
LINK = "https://contoh.id/grup-warga/77"
QUOTED = {
    "story": "Menurut keterangan, di grup warga RT 05 tadi malam poster itu terlihat.",
    "name": "Kami sudah berbicara dengan KIRANA  Zulaikha.",
    "number": "Nomor 081299887766 tercatat.",
    "address": "Surat ke Kirana@Contoh.id.",
    "link": f"Apakah maksud Anda {LINK}?",
}
COMPLETE = {"link": LINK, "narrative": STORY}


@pytest.fixture
def build(sari, budi):
    def build(status=Status.MASUK):
        """The real reporter's case, which a report of somebody else was joined to."""
        case = make_case(by=sari, second=budi, status=status, **COMPLETE)
        first = case.case_reports.get().report
        make_evidence(first)
        receive_from_reporter(report=first, text=OF_THEMSELVES, at=MONDAY)
        later = make_report(narrative="Saya juga melihatnya.", received_at=MONDAY - timedelta(days=1))
        case.case_reports.create(report=later, attached_at=MONDAY + timedelta(hours=1))
        return Case.objects.get(pk=case.pk)

    return build


@pytest.fixture
def case(build):
    return build()


@pytest.fixture
def first(case):
    return case.case_reports.get(report__link=LINK).report_id


@pytest.fixture
def later(case):
    return case.case_reports.exclude(report__link=LINK).get().report_id


def read_by(report) -> list[str]:
    return list(Message.objects.filter(report=report, by__isnull=False).values_list("text", flat=True))


def test_a_message_goes_to_the_reporters_somebody_chose_and_to_no_other(case, first, later, sari):
    send_to_reporter(case=case, text="Apakah unggahannya masih ada?", to=[first], by=sari, at=MONDAY)
    assert (len(read_by(first)), read_by(later)) == (1, [])
    send_to_reporter(case=case, text="Terima kasih.", to=[first, later], by=sari, at=MONDAY)
    assert read_by(later) == ["Terima kasih."]


@pytest.mark.parametrize("which", ["nobody", "a stranger", "a stranger too"])
def test_of_several_reporters_somebody_has_to_choose(which, case, first, sari):
    to = {"nobody": [], "a stranger": [make_report().pk], "a stranger too": [first, make_report().pk]}[which]
    with pytest.raises(FactsRefused) as refused:
        send_to_reporter(case=case, text="Terima kasih.", to=to, by=sari, at=MONDAY)
    assert set(refused.value.problems) == {"to"}
    assert not Message.objects.exclude(by=None).exists()


@pytest.mark.parametrize("quoted", QUOTED.values(), ids=QUOTED)
def test_what_one_reporter_wrote_is_told_to_no_other(quoted, case, first, later, sari):
    for to in ([later], [first, later]):
        with pytest.raises(FactsRefused, match="pelapor lain"):
            send_to_reporter(case=case, text=quoted, to=to, by=sari, at=MONDAY)
    assert len(send_to_reporter(case=case, text=quoted, to=[first], by=sari, at=MONDAY)) == 1, "these are the own words"


def test_a_reporter_who_quotes_the_office_keeps_nothing_from_another(case, first, later, sari):
    asked = "Kami menunggu tangkapan layar yang utuh dan terbaca jelas sampai hari Jumat."
    send_to_reporter(case=case, text=asked, to=[first], by=sari, at=MONDAY)
    receive_from_reporter(report=Report.objects.get(pk=first), text=f"Anda menulis: {asked}", at=MONDAY)
    send_to_reporter(case=case, text=asked, to=[later], by=sari, at=MONDAY)
    assert read_by(later) == [asked]


def test_what_a_reporter_had_written_before_the_office_repeated_it_stays_theirs(case, first, later, sari):
    for quoted in (STORY, OF_THEMSELVES):
        send_to_reporter(case=case, text=quoted, to=[first], by=sari, at=MONDAY)
        receive_from_reporter(report=Report.objects.get(pk=first), text=quoted, at=MONDAY)
        with pytest.raises(FactsRefused):
            send_to_reporter(case=case, text=quoted, to=[later], by=sari, at=MONDAY)


def test_a_letter_to_one_reporter_repeats_no_other(case, later, sari):
    link = case.case_reports.select_related("report").get(report=later)
    with pytest.raises(FactsRefused) as refused:
        draft_letter(
            case=case,
            kind=LetterKind.PEMBERITAHUAN_STATUS,
            extra={"remark": QUOTED["story"]},
            by=sari,
            at=MONDAY,
            report=link.report,
        )
    assert set(refused.value.problems) == {"remark"}


def test_only_who_left_something_out_is_asked_to_complete_it(build, sari):
    case = build(Status.KAJIAN_AWAL)
    complete, lacking = (case.case_reports.get(report__link=link).report for link in (LINK, ""))
    step(case, Action.MINTA_PERBAIKAN, by=sari)
    assert [len(read_by(report)) for report in (complete, lacking)] == [0, 1]
    told, asked = (status_for_reporter(report, MONDAY) for report in (complete, lacking))
    assert (told.answer_by, "menunggu tambahan" in told.state) == (None, False)
    late = [status_for_reporter(report, MONDAY + timedelta(days=30)).is_late for report in (complete, lacking)]
    assert late == [False, False], "the day that passed was the other reporter's"
    assert (asked.answer_by is not None, "menunggu tambahan" in asked.state) == (True, True)


def test_somebody_may_ask_another_reporter_for_what_no_answer_shows(build, sari):
    case = build(Status.KAJIAN_AWAL)
    complete = case.case_reports.get(report__link=LINK).report
    wanted = Completion(missing="Tanda tangan.", due_date=MONDAY.date() + timedelta(days=2), asked=[complete.pk])
    step(case, Action.MINTA_PERBAIKAN, by=sari, facts=wanted)
    assert status_for_reporter(complete, MONDAY).answer_by is not None
    assert len(read_by(complete)) == Message.objects.exclude(by=None).count() == 1


def test_a_request_to_one_reporter_quotes_no_other(build, sari):
    case = build(Status.KAJIAN_AWAL)
    wanted = Completion(missing=QUOTED["story"], due_date=MONDAY.date() + timedelta(days=2))
    with pytest.raises(FactsRefused) as refused:
        step(case, Action.MINTA_PERBAIKAN, by=sari, facts=wanted)
    assert set(refused.value.problems) == {"missing"}


def test_reporters_have_numbers_that_stay_when_another_report_comes(case, first, later):
    assert reporter_names(case) == {first: "Pelapor 1", later: "Pelapor 2"}
    assert reporter_choices(case)[1] == (str(later), "Pelapor 2, laporan diterima 13 Oktober 2024")
    case.case_reports.create(
        report=make_report(received_at=MONDAY - timedelta(days=9)), attached_at=MONDAY + timedelta(days=1)
    )
    assert {first: "Pelapor 1", later: "Pelapor 2"}.items() <= reporter_names(Case.objects.get(pk=case.pk)).items()


def test_a_single_reporter_has_no_number(sari, budi):
    case = make_case(by=sari, second=budi)
    assert list(reporter_names(case).values()) == ["Pelapor"]


def test_the_talk_says_who_wrote_and_for_whom_and_a_line_to_two_stands_there_once(case, first, later, sari):
    send_to_reporter(case=case, text="Terima kasih.", to=[first, later], by=sari, at=MONDAY)
    send_to_reporter(case=case, text="Masih ada?", to=[later], by=sari, at=MONDAY + timedelta(hours=1))
    lines = talk(case, Message.objects.order_by("at", "pk"))
    assert [(line.who, line.to) for line in lines] == [
        ("Pelapor 1", ""),
        ("sari", "Pelapor 1, Pelapor 2"),
        ("sari", "Pelapor 2"),
    ]
