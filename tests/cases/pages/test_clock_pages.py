"""Deadlines on pages: the month, what is late, the case, the inbox of the office above, the calendar."""

from datetime import date, timedelta

import pytest

from accounts.models import AuditEvent
from accounts.roles import Role
from cases import clock_page
from cases.clocks import running
from cases.models import Case
from cases.reminders import make_reminders
from cases.status import Status
from cases.workflow import Action
from regions.models import Holiday
from tests.case_factories import MONDAY, make_case, step
from tests.conftest import make_user

DAY = timedelta(days=1)
PEMILU = "pemilu-2024-legislatif"


@pytest.fixture
def late(sari, budi, monday):
    case = make_case(by=sari, second=budi)
    Case.objects.filter(pk=case.pk).update(due_at=monday - 5 * DAY)
    make_reminders(at=monday)
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def province(reference):
    return make_user("joko", Role.REVIEWER_BAWASLU, "33", "Bawaslu Jawa Tengah")


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_the_month_shows_deadlines_and_holidays_day_by_day(visit, sari, case):
    answer = visit(sari).get("/tenggat/?bulan=2024-10")
    assert [day.day for day in answer.context["month"].days] == [date(2024, 10, 16)]
    assert case.reference in text_of(answer)
    assert "16 Oktober 2024, 23.59 WIB" in text_of(answer)
    december = text_of(visit(sari).get("/tenggat/?bulan=2024-12"))
    assert "Natal" in december
    assert "cuti bersama" in december
    assert "belum dikonfirmasi" in december


@pytest.mark.parametrize(
    "asked", ["", "?bulan=2024-13", "?bulan=' or 1", "?bulan=0000-00", "?bulan=0001-01", "?bulan=9999-12"]
)
def test_a_month_nobody_knows_is_this_month(visit, sari, case, asked):
    assert visit(sari).get(f"/tenggat/{asked}").context["month"].first == date(2024, 10, 1)


@pytest.mark.parametrize("asked", ["0001-02", "9999-11"])
def test_the_first_and_the_last_month_with_neighbours_can_be_looked_at(visit, sari, case, asked):
    assert visit(sari).get(f"/tenggat/?bulan={asked}").context["month"].first == date.fromisoformat(f"{asked}-01")


def test_deadlines_of_the_months_beside_it_take_no_room_from_a_month(visit, sari, budi, monkeypatch):
    monkeypatch.setattr(clock_page, "MOST_OF_A_MONTH", 2)
    for due in ("2024-09-30", "2024-09-30", "2024-10-01", "2024-10-31", "2024-10-31", "2024-11-01"):
        case = make_case(by=sari, second=budi)
        Case.objects.filter(pk=case.pk).update(due_at=f"{due}T23:59:59+07:00")
    shown = visit(sari).get("/tenggat/?bulan=2024-10").context["month"]
    assert [(day.day.day, len(day.cases)) for day in shown.days] == [(1, 1), (31, 1)]
    assert shown.has_more
    shown = visit(sari).get("/tenggat/?bulan=2024-09").context["month"]
    assert ([len(day.cases) for day in shown.days if day.cases], shown.has_more) == ([2], False)


@pytest.mark.parametrize(("due", "month"), [("2024-10-01T00:30+09:00", 10), ("2024-09-30T23:59:59+09:00", 9)])
def test_a_deadline_belongs_to_the_month_of_its_office(visit, nasrul, due, month):
    person = make_user("yosua", Role.REVIEWER_BAWASLU, "91.71", "Bawaslu Kota Jayapura")
    case = make_case(by=person, second=person, region_code="91.71")
    Case.objects.filter(pk=case.pk).update(due_at=due)
    shown = [
        asked for asked in (9, 10) if case.reference in text_of(visit(nasrul).get(f"/tenggat/?bulan=2024-{asked:02}"))
    ]
    assert shown == [month]


def test_an_eastern_deadline_stands_on_its_own_day(visit, nasrul, sari, budi, wayan):
    person = make_user("yosua", Role.REVIEWER_BAWASLU, "91.71", "Bawaslu Kota Jayapura")
    make_case(by=person, second=person, region_code="91.71")
    answer = text_of(visit(nasrul).get("/tenggat/?bulan=2024-10"))
    assert "16 Oktober 2024, 23.59 WIT" in answer


def test_strangers_see_neither_month_nor_late_cases(visit, wayan, dewi, late):
    for page in ("/tenggat/?bulan=2024-10", "/tenggat/lewat/"):
        assert late.reference not in text_of(visit(wayan).get(page))
        assert visit(dewi).get(page).status_code == 403


def test_the_late_list_says_since_when_and_where(visit, nasrul, late):
    answer = visit(nasrul).get("/tenggat/lewat/")
    assert late.reference in text_of(answer)
    assert "lewat 5 hari" in text_of(answer)
    assert [(row.region.pk, row.count) for row in answer.context["regions"]] == [("33.74", 1)]


def test_the_late_list_can_be_empty(visit, sari, case):
    assert "Tidak ada kasus yang lewat batas" in text_of(visit(sari).get("/tenggat/lewat/"))


def test_the_office_above_sees_what_is_late_for_days(visit, province, sari, nasrul, late, case):
    tabs = {tab.value: tab.count for tab in visit(province).get("/kotak-masuk/").context["tabs"]}
    assert tabs["eskalasi"] == 1
    answer = visit(province).get("/kotak-masuk/?daftar=eskalasi")
    assert [row.case for row in answer.context["rows"]] == [late]
    assert "diteruskan ke kantor di atasnya" in text_of(answer)
    assert "eskalasi" not in {tab.value for tab in visit(sari).get("/kotak-masuk/").context["tabs"]}
    assert visit(nasrul).get("/kotak-masuk/?daftar=eskalasi").context["rows"] == []


def test_the_case_page_tells_rule_calendar_and_warnings(visit, sari, late, address):
    page, run = text_of(visit(sari).get(address("case", late))), running(late)
    assert "2 hari kalender · kajian awal" in page
    assert run.rules_version in page
    assert run.holidays_version in page
    assert "diteruskan ke kantor di atasnya" in page
    assert "Lamanya belum dibaca langsung di peraturan" in page


@pytest.fixture
def eastern(sari):
    """A case of Jayapura sent to Gakkumdu at 22.30 in Jakarta, which is half past midnight of the next day there."""
    person = make_user("yosua", Role.REVIEWER_BAWASLU, "91.71", "Bawaslu Kota Jayapura")
    case = make_case(by=person, second=person, region_code="91.71", status=Status.KAJIAN)
    return person, step(case, Action.TERUSKAN_GAKKUMDU, by=person, at=MONDAY.replace(hour=22, minute=30))


def test_a_deadline_in_hours_has_the_day_and_the_hour_of_the_office(visit, eastern, address):
    person, case = eastern
    page = text_of(visit(person).get(address("case", case)))
    assert "16 Oktober 2024, 00.30</time></strong> (waktu kantor, WIT)" in page
    assert "Mulai 15 Oktober 2024" in page
    row = text_of(visit(person).get("/kotak-masuk/?daftar=semua"))
    assert "16 Okt 2024, 00.30 WIT" in row


def test_no_clock_is_shown_once_gakkumdu_has_the_file(visit, eastern, address):
    person, case = eastern
    step(case, Action.CATAT_GAKKUMDU, by=person, at=MONDAY + DAY)
    assert running(Case.objects.get(pk=case.pk)) is None
    assert "waktu kantor" not in text_of(visit(person).get(address("case", case)))


def test_a_pause_begins_on_the_day_of_the_office(visit, address, reference):
    person = make_user("yosua", Role.REVIEWER_BAWASLU, "91.71", "Bawaslu Kota Jayapura")
    case = make_case(by=person, second=person, region_code="91.71", status=Status.KAJIAN_AWAL)
    step(case, Action.MINTA_PERBAIKAN, by=person, at=MONDAY.replace(hour=22, minute=30))
    assert "Berhenti sejak 15 Oktober 2024" in text_of(visit(person).get(address("case", case)))


def test_the_case_page_says_that_the_clock_stands_still(visit, sari, budi, address, monday):
    case = make_case(by=sari, second=budi, status=Status.PERBAIKAN)
    assert "Berhenti sejak 14 Oktober 2024" in text_of(visit(sari).get(address("case", case)))


def test_the_extension_is_offered_taken_once_and_told(visit, sari, budi, address, monday):
    case = make_case(by=sari, second=budi, status=Status.KAJIAN, event_code=PEMILU)
    client = visit(sari)
    assert address("extend-deadline", case) in text_of(client.get(address("case", case)))
    assert client.get(address("extend-deadline", case)).status_code == 200
    form = {"version": case.version, "reason": "Saksi baru perlu didengar."}
    assert client.post(address("extend-deadline", case), form | {"reason": ""}).status_code == 422
    assert client.post(address("extend-deadline", case), form).status_code == 302
    page = text_of(client.get(address("case", case)))
    assert "7 + 7 hari kerja" in page
    assert "Diperpanjang 14 Oktober 2024 oleh sari" in page
    assert "Batas baru" in page
    assert client.get(address("extend-deadline", case)).status_code == 409
    again = client.post(address("extend-deadline", case), form | {"version": case.version + 1})
    assert again.status_code == 409
    assert "satu kali saja" in text_of(again)


def test_the_calendar_is_the_national_admins(visit, nasrul, sari):
    assert visit(sari).get("/hari-libur/").status_code == 403
    page = text_of(visit(nasrul).get("/hari-libur/?tahun=2027"))
    assert "Hari libur 2027" in page
    assert "belum dikonfirmasi" in page
    assert "Hari libur 2024" in text_of(visit(nasrul).get("/hari-libur/?tahun=1999"))


def test_a_day_is_added_confirmed_and_removed(visit, nasrul, sari, budi, monday):
    case = make_case(by=sari, second=budi, event_code=PEMILU)
    client = visit(nasrul)
    form = {"day": "2024-10-15", "name": "Cuti daerah", "kind": "libur"}
    added = client.post("/hari-libur/", form, follow=True)
    assert "1 batas waktu kasus terbuka ikut berubah" in text_of(added)
    assert running(case).due_at.date() == date(2024, 10, 17)
    again = client.post("/hari-libur/", form)
    assert again.status_code == 422
    assert "sudah tercatat" in text_of(again)
    client.post("/hari-libur/2024-12-25/", {"change": "confirm"})
    assert Holiday.objects.get(day="2024-12-25").confirmed_by == "nasrul"
    client.post("/hari-libur/2024-10-15/", {"change": "remove"})
    assert running(case).due_at.date() == date(2024, 10, 16)
    assert "tidak tercatat" in text_of(client.post("/hari-libur/2024-10-15/", {"change": "remove"}, follow=True))
    told = AuditEvent.objects.filter(subject_kind="holiday").order_by("id").values_list("action", flat=True)
    assert list(told) == ["holiday.added", "holiday.confirmed", "holiday.removed"]


@pytest.mark.parametrize(("day", "change"), [("besok", "confirm"), ("2024-12-25", "burn"), ("2024-12-25", "")])
def test_a_change_nobody_knows_leads_nowhere(visit, nasrul, day, change):
    assert visit(nasrul).post(f"/hari-libur/{day}/", {"change": change}).status_code == 404


def test_the_cost_of_the_month_does_not_grow_with_the_cases(visit, sari, budi, case, django_assert_num_queries):
    client = visit(sari)
    client.get("/tenggat/?bulan=2024-10")
    with django_assert_num_queries(4):
        client.get("/tenggat/?bulan=2024-10")
    for _number in range(3):
        make_case(by=sari, second=budi, at=MONDAY)
    with django_assert_num_queries(4):
        client.get("/tenggat/?bulan=2024-10")
