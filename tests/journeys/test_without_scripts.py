"""Reporter and respondent with a browser that runs no script: every form is sent, nothing typed is lost."""

import pytest

from cases.status import Status
from reports.models import Report
from tests.case_factories import make_case
from tests.clarification_factories import invite
from tests.factories import png
from tests.journeys.officers import today
from tests.journeys.outsiders import RESPONDENT, STORY, Reporter, Respondent, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_reporter_needs_no_script(visitor, reference):
    rahma = Reporter(visitor(360, java_script_enabled=False))
    rahma.fills_in([picture(png())], **RESPONDENT | {"respondent_name": "", "respondent_post": ""})
    rahma.visitor.follow("form[enctype] button:not([formnovalidate], [type=button])")
    assert rahma.page.input_value("[name=narrative]") == STORY
    rahma.visitor.look_over("laporkan-tanpa-skrip")
    rahma.page.fill("[name=respondent_post]", "Camat")
    rahma.sends()
    assert Report.objects.get().evidence.count() == 1
    rahma.follows()
    rahma.replies("Grupnya bernama Warga RT 05.")
    rahma.adds(png())
    assert "2 gambar" in rahma.visitor.read()
    assert "Grupnya bernama Warga RT 05." in rahma.visitor.read()
    rahma.leaves()
    rahma.visitor.go("/lacak/laporan/")
    assert rahma.page.url.endswith("/lacak/")


def test_a_respondent_needs_no_script(visitor, sari, budi):
    case = make_case(by=sari, second=budi, status=Status.KLARIFIKASI)
    bambang = Respondent(visitor(360, java_script_enabled=False), invite(case, by=sari).code)
    bambang.enters()
    bambang.asks_for(today(3), "Saya bertugas di luar kota.")
    bambang.answers("Ponsel saya dipinjam.")
    bambang.shows(png())
    bambang.names("Tuti Wahyuni", "Bersama saya di kantor.")
    said = bambang.visitor.read()
    assert all(words in said for words in ("Ponsel saya dipinjam.", "SHA-256", "Tuti Wahyuni"))
    assert "Petugas belum menjawab." in said
    bambang.leaves()
