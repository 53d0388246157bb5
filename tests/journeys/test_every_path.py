"""Every step of the table from every status it starts in, taken by pressing the portal's own buttons."""

import csv
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.roles import Role
from cases.actions import Action
from cases.documents import prepare_waiting_pages
from cases.models import Case, ClarificationEnding, ClarificationHost, Conclusion, NoticeKind, Ruling
from cases.moving import BEFORE_RECOMMENDATION
from cases.opening import open_waiting_cases
from cases.second_reading import draw_cases
from cases.status import Outcome, Status
from cases.workflow import TRANSITIONS
from reports.models import Report
from tests.case_factories import RULE, make_case
from tests.conftest import make_user
from tests.factories import finish_work, png
from tests.journeys.doors import BY_SCRIPT, ROAD
from tests.journeys.officers import REASON, Officer, today
from tests.journeys.outsiders import RESPONDENT, OversightBody, Reporter, Respondent, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EVERY_STEP = {(source, action) for action, row in TRANSITIONS.items() for source in row.sources}
# Words of the reporter that nobody but the office may read
ONLY_FOR_THE_OFFICE = "Saya melihatnya dari grup RT 05"


@pytest.fixture
def people(visitor, sari, budi, kartika, nasrul, aminah, dewi):
    """Everybody at their own browser; `taken` are the steps they take by clicking."""
    taken = set()
    citra = make_user("citra", Role.REVIEWER_BAWASLU, "33.74", "Bawaslu Kota Semarang")
    surya = make_user("surya", Role.REVIEWER_BAWASLU, "33.72", "Bawaslu Kota Surakarta")
    staff = (sari, budi, citra, surya, kartika, nasrul, aminah, dewi)
    seen = []

    def open_browser(*size):
        seen.append(visitor(*size))
        return seen[-1]

    officers = {user.username: Officer(open_browser(), user, taken) for user in staff}
    rahma = Reporter(open_browser(360))
    return SimpleNamespace(**officers, rahma=rahma, taken=taken, visitor=open_browser, doors=lambda: pressed_by(seen))


def test_every_step_of_the_table_is_taken_in_a_browser(people):
    case = a_report_comes_in(people)
    the_reporter_completes_it(people, case)
    kesbangpol_hears_the_respondent(people, case)
    a_second_reader_reads_it_blind(people, case)
    two_people_recommend(people, case)
    the_body_answers_and_the_sanction_is_annulled(people, case)
    the_reporter_reads_the_end(people)
    the_auditor_reads_the_trail(people, case)
    the_regional_admin_counts(people, case)
    cases_end_early(people)
    cases_are_merged_by_mistake(people)
    an_office_hands_over(people)
    the_national_admin_corrects(people)
    assert people.taken == EVERY_STEP
    assert people.doors() - BY_SCRIPT == ROAD


def pressed_by(visitors):
    """The addresses of cases that took what these people sent."""
    return {door for one in visitors for door in one.doors if door.startswith("cases:")}


def new_case(people, status):
    """One more case, brought to a status by Sari and Budi."""
    return make_case(by=people.sari.user, second=people.budi.user, status=status)


def a_report_comes_in(people):
    """A citizen sends it; the office finds it in its inbox."""
    rahma, sari = people.rahma, people.sari
    rahma.fills_in([picture(png())], **RESPONDENT)
    rahma.sends()
    with transaction.atomic():
        finish_work(Report.objects.get(), text="Ayo pilih nomor 2", at=timezone.now())
    assert open_waiting_cases(at=timezone.now()) == 1
    case = Case.objects.get()
    sari.finds(case)
    sari.takes_over(case)
    sari.begins(case)
    return case


def the_reporter_completes_it(people, case):
    """The office asks, the reporter answers with words and a picture."""
    rahma, sari = people.rahma, people.sari
    sari.asks_reporter_for(case, "Tautan unggahan atau nama grupnya.")
    rahma.follows()
    assert "Tautan unggahan atau nama grupnya." in rahma.visitor.read()
    rahma.visitor.keep("lacak-perbaikan")
    rahma.replies(ONLY_FOR_THE_OFFICE)
    shown = png()
    rahma.adds(shown)
    rahma.checks(shown)
    assert "Sama persis" in rahma.visitor.read()
    sari.takes(case, Action.TERIMA_PERBAIKAN)
    assert ONLY_FOR_THE_OFFICE in sari.visitor.read()
    sari.writes(case, "pesan/", text="Terima kasih, sudah kami terima.")
    sari.registers(case)


def kesbangpol_hears_the_respondent(people, case):
    """Kesbangpol sees nothing before Bawaslu shares; it calls in, hears, and proposes."""
    kartika, sari = people.kartika, people.sari
    assert not kartika.sees(case)
    sari.shares(case)
    assert kartika.sees(case)
    assert ONLY_FOR_THE_OFFICE not in kartika.visitor.read()
    kartika.summons(case, host=ClarificationHost.KESBANGPOL)
    the_respondent_answers(people, case, kartika.makes_code(case))
    kartika.delivers(case)
    the_day_of_the_hearing_passes(case)
    kartika.summons(case, host=ClarificationHost.KESBANGPOL, again=True)
    proposal = {"ending": ClarificationEnding.PROPOSAL, "ending_text": "Kami mengusulkan kajian."}
    kartika.records_hearing(case, **proposal)
    kartika.writes(case, "usulan/", text="Terlapor mengakui; mohon dilanjutkan.")
    assert kartika.may_take(case) == set()


def the_day_of_the_hearing_passes(case):
    """The portal keeps the wall's clock, so everything about the summons happened days earlier instead."""
    summons, day = case.clarifications.get(), timedelta(days=1)
    before = {"scheduled_date": summons.scheduled_date - day, "scheduled_at": summons.scheduled_at - 2 * day}
    case.clarifications.update(**before)
    summons.services.update(served_date=before["scheduled_date"])


def the_respondent_answers(people, case, code):
    """With a code of their own; no page of theirs speaks of the report."""
    bambang = Respondent(people.visitor(360), code)
    bambang.enters()
    bambang.asks_for(today(3), "Saya bertugas di luar kota.")
    bambang.answers("Unggahan itu bukan milik saya; ponsel saya dipinjam.")
    bambang.shows(png())
    bambang.names("Tuti Wahyuni", "Bersama saya di kantor seharian.")
    bambang.visitor.keep("jawab-undangan")
    assert ONLY_FOR_THE_OFFICE not in bambang.page.content()
    assert prepare_waiting_pages(at=timezone.now()) == 1
    kartika = people.kartika
    kartika.opens(case, page="klarifikasi/")
    kartika.visitor.follow("a[href$='/tolak/']")
    kartika.visitor.send(remark="Klarifikasi tetap hari ini, boleh lewat sambungan video.")
    assert "Klarifikasi tetap hari ini" in kartika.visitor.read()
    kartika.visitor.keep("klarifikasi")
    bambang.visitor.go("/jawab/undangan/")
    assert "Klarifikasi tetap hari ini" in bambang.visitor.read()
    assert "tersimpan, dapat dibaca petugas" in bambang.visitor.read()
    bambang.leaves()
    bambang.visitor.go("/jawab/undangan/")
    assert bambang.page.url.endswith("/jawab/")


def a_second_reader_reads_it_blind(people, case):
    """Drawn by lot; whoever has opened the case is not asked, and the reading changes nothing."""
    people.sari.names_rule(case, RULE)
    draw_cases(at=timezone.now(), share=1.0)
    citra = people.citra
    citra.visitor.go("/pembacaan-kedua/")
    citra.visitor.follow("main a[href^='/pembacaan-kedua/']")
    assert "Ajakannya terbaca jelas" not in citra.visitor.read()
    citra.visitor.keep("pembacaan-kedua")
    citra.visitor.send(conclusion=Conclusion.VIOLATION, rule_codes=[RULE], reason="Ajakan memilih jelas.")
    assert citra.page.locator("main a[href^='/pembacaan-kedua/']").count() == 0
    people.sari.opens(case)
    assert "Ajakan memilih jelas." not in people.sari.visitor.read()


def two_people_recommend(people, case):
    """Who drafts the letter cannot send it; the second person sends it back once."""
    sari, budi = people.sari, people.budi
    sari.drafts_recommendation(case, picture="langkah-rekomendasi")
    assert Action.KIRIM_REKOMENDASI not in sari.may_take(case)
    budi.decides(case, Action.KEMBALIKAN_REKOMENDASI)
    sari.drafts_recommendation(case)
    budi.sends_recommendation(case)


def the_body_answers_and_the_sanction_is_annulled(people, case):
    """Receipt by link, a letter written anew, reminder, sanction, appeal, correction, and what comes after the end."""
    sari = people.sari
    the_body_finds_the_letter_wanting(people, case)
    body = OversightBody(people.visitor(360), sari.makes_link(case))
    body.opens()
    body.receives()
    body.tells(NoticeKind.TO_PPK)
    body.visitor.keep("lembaga")
    assert RESPONDENT["respondent_name"] not in body.page.content()
    sari.takes(case, Action.CATAT_TINDAK_LANJUT, happened_date=today(), actor="BKN", text="Diteruskan ke PPK.")
    assert "Ratna Dewi" in sari.visitor.read()
    sari.reminds(case)
    sari.visitor.go("/buku-rekomendasi/")
    sari.visitor.keep("buku-rekomendasi")
    sari.records_sanction(case)
    sari.records_appeal(case)
    sari.records_ruling(case, Ruling.CHANGED)
    assert Action.TUTUP not in sari.may_take(case)
    sari.records_sanction(case, action=Action.PERBAIKI_SANKSI, number="800/124/2026", reason=REASON)
    sari.closes(case)
    sari.decides(case, Action.BUKA_KEMBALI)
    sari.records_appeal(case)
    annulled = {"decision_number": "9/BPASN/2026", "decided_date": today()}
    sari.takes(case, Action.CATAT_PEMBATALAN, reason=REASON, **annulled)
    sari.closes(case)
    sari.visitor.keep("kasus-dibatalkan")


def the_body_finds_the_letter_wanting(people, case):
    """Then, and only then, two people write it anew; the inbox shows that the body wrote."""
    sari, body = people.sari, OversightBody(people.visitor(360), people.sari.makes_link(case))
    body.opens()
    body.receives()
    assert Action.SUSUN_ULANG not in sari.may_take(case)
    body.tells(NoticeKind.INCOMPLETE)
    sari.visitor.go("/kotak-masuk/?daftar=semua")
    assert "ada kabar baru" in sari.visitor.read()
    sari.takes(case, Action.SUSUN_ULANG, reasons="Unsur terpenuhi; lampiran dilengkapi.", reason=REASON)
    people.budi.sends_recommendation(case)


def the_reporter_reads_the_end(people):
    """The outcome and the office's words; then nothing is left on the phone."""
    rahma = people.rahma
    rahma.follows()
    assert "Terima kasih, sudah kami terima." in rahma.visitor.read()
    rahma.visitor.keep("lacak-selesai")
    rahma.leaves()
    rahma.visitor.go("/lacak/laporan/")
    assert rahma.page.url.endswith("/lacak/")


def the_auditor_reads_the_trail(people, case):
    """Every step with its person, as a page and as a file without anybody's words; no step to take."""
    aminah = people.aminah
    assert aminah.may_take(case) == set()
    assert aminah.page.locator("main form").count() == 0
    for page in ("pesan/", "catatan/", "aturan/", "berkas/", "tautan-lembaga/", "klarifikasi/dugaan/"):
        assert aminah.opens(case, page=page) == 403
    aminah.visitor.go("/audit/")
    aminah.visitor.send(case=case.reference)
    assert str(Action.CATAT_PEMBATALAN.label) in aminah.visitor.read()
    aminah.visitor.keep("audit")
    with aminah.page.expect_download() as download:
        aminah.page.click("a[href^='/audit/jejak.csv']")
    rows = download.value.path().read_text(encoding="utf-8-sig")
    assert ONLY_FOR_THE_OFFICE not in rows
    assert [action for _, action in people.taken if str(action.label) not in rows] == []


def the_regional_admin_counts(people, case):
    """Figures and their file; no case."""
    dewi = people.dewi
    assert not dewi.sees(case)
    dewi.visitor.go("/angka/")
    with dewi.page.expect_download() as download:
        dewi.page.click("a[href^='/angka/kasus.csv']")
    rows = list(csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    row = next(row for row in rows if row[0] == case.reference)
    assert "Badan Kepegawaian Negara (BKN)" in row
    dewi.visitor.keep("angka")


def cases_end_early(people):
    """The exits, each from every status it leads from."""
    sari = people.sari
    for status in (Status.KAJIAN_AWAL, Status.PERBAIKAN):
        refused = new_case(people, status)
        sari.decides(refused, Action.TOLAK_REGISTRASI)
    sari.closes(refused)
    for status in (Status.KAJIAN_AWAL, Status.DIREGISTRASI, Status.KLARIFIKASI, Status.KAJIAN):
        no_servant = new_case(people, status)
        sari.decides(no_servant, Action.NYATAKAN_BUKAN_ASN)
        assert Case.objects.get(pk=no_servant.pk).outcome == Outcome.BUKAN_ASN
    lawful = new_case(people, Status.KAJIAN)
    sari.decides(lawful, Action.PUTUSKAN_BUKAN_PELANGGARAN)
    sari.closes(lawful)
    crime = new_case(people, Status.GAKKUMDU)
    sari.decides(crime, Action.KEMBALI_KE_KAJIAN)
    sari.decides(crime, Action.TERUSKAN_GAKKUMDU)
    assert Action.TUTUP not in sari.may_take(crime)
    sari.records_gakkumdu(crime)
    sari.closes(crime)
    unproven = new_case(people, Status.TINDAK_LANJUT)
    sari.records_no_sanction(unproven)


def cases_are_merged_by_mistake(people):
    """From every status before the letter; the last comes back to where it was."""
    other = new_case(people, Status.MASUK)
    for status in sorted(BEFORE_RECOMMENDATION):
        case = new_case(people, status)
        people.sari.merges(case, other)
    people.sari.decides(case, Action.BATALKAN_DOBEL)
    assert Case.objects.get(pk=case.pk).status == status


def an_office_hands_over(people):
    """To the office of another place, where the first one no longer sees it; and back."""
    sari, surya, case = people.sari, people.surya, new_case(people, Status.MASUK)
    sari.hands_over(case, to=surya)
    assert not sari.sees(case)
    surya.begins(case)
    surya.hands_over(case, to=sari)
    assert sari.sees(case)


def the_national_admin_corrects(people):
    """From every status to the next, all the way round; the end comes where a case may end without a decree."""
    nasrul, case = people.nasrul, new_case(people, Status.MASUK)
    statuses = [status for status in Status if status is not Status.SELESAI]
    statuses.insert(statuses.index(Status.BUKAN_PELANGGARAN) + 1, Status.SELESAI)
    for status in (*statuses[1:], statuses[0]):
        nasrul.corrects(case, status)
    assert nasrul.may_take(case) == {Action.KOREKSI_STATUS}
