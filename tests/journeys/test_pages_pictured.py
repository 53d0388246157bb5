"""A picture of each page that the journey does not pass, at both widths."""

import pytest

from cases.status import Status
from tests.case_factories import make_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBLIC = {
    "perlindungan": "/perlindungan/",
    "aturan": "/aturan/",
    "aturan-b3": "/aturan/SKB2-II-B-3/",
    "masuk-petugas": "/akun/login/",
    "keluar-cepat": "/cuaca/",
    "tidak-ditemukan": "/tidak-ada/",
}


def test_every_public_page_is_kept(visitor, reference):
    citizen = visitor(360)
    for name, path in PUBLIC.items():
        citizen.go(path)
        citizen.keep(name)


def test_the_empty_and_the_finished_are_kept(visitor, wayan, sari, budi):
    reviewer = visitor()
    reviewer.log_in(wayan)
    reviewer.keep("kotak-masuk-kosong")
    case = make_case(by=sari, second=budi, status=Status.GAKKUMDU)
    reviewer = visitor()
    reviewer.log_in(sari)
    reviewer.go(f"/kasus/{case.pk}/")
    reviewer.keep("kasus-gakkumdu")
    reviewer.go(f"/kasus/{case.pk}/pesan/")
    reviewer.keep("pesan")
