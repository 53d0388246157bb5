"""Everybody at every address: what access.txt says, and nothing else, happens."""

import pytest
from django.db import transaction
from django.urls import reverse

from tests.security import world
from tests.security.access_table import DENIED, read_table
from tests.security.posts import good_post

PEOPLE, ROWS = read_table()
LOGIN = "/akun/login/"
# Who asks has no business there, whatever the method.
FORBIDDEN_ANYWAY = {"cases:write-proposal", "stats:export"}
# Whose eyes each region's case is for. A reporter follows the report of Semarang.
MAY_READ = {
    "KenariSemarang": {"follower", "sari", "budi", "kartika_shared", "nasrul", "aminah"},
    "KenariDenpasar": {"wayan", "ketut", "nasrul", "aminah"},
    world.STAFF_CANARY: {"sari", "budi", "wayan", "kartika_shared", "ketut", "nasrul", "aminah"},
    world.HEARING_CANARY: {"sari", "budi", "wayan", "nasrul", "aminah"},
}

pytestmark = pytest.mark.django_db


def answer_of(response, tables: set[str]) -> str:
    """The word of the table for an answer and the tables it wrote to."""
    if response.status_code == 302:
        if response.url.startswith(LOGIN):
            return "login"
        return "done" if tables else "moved"
    if response.status_code == 200:
        return "done" if tables - world.LOOKS else "ok"
    return str(response.status_code)


def wrongs(visitor, name: str, method: str, place) -> tuple[str, list[str]]:
    """The answer at one address, and what is wrong with it whatever the table says. Nothing stays of the visit."""
    with transaction.atomic():
        before = world.written()
        response = visitor.visit(
            method, world.path_of(name, place), good_post(name, place) if method == "POST" else None
        )
        found, tables = world.body(response), world.tables_written_since(before)
        answer = answer_of(response, tables)
        transaction.set_rollback(True)
    faults = [
        f"{word} can be read" for word, readers in MAY_READ.items() if word in found and visitor.name not in readers
    ]
    if answer in DENIED and tables:
        faults.append(f"refused, yet {tables} were written to")
    if method != "POST" and tables - world.LOOKS:
        faults.append(f"reading wrote to {tables}")
    return answer, [f"{visitor.name} {method} {name}: {fault}" for fault in faults]


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_the_answer_of_the_table(person, visitors, semarang):
    visitor = visitors[person]()
    wrong = []
    for (name, method), answers in ROWS.items():
        answer, faults = wrongs(visitor, name, method, semarang)
        wrong += faults
        if answer != answers[person]:
            wrong.append(f"{person} {method} {name}: {answer}, not {answers[person]}")
    assert wrong == []


def test_the_table_names_every_address_and_no_other():
    every = {(name, method) for name in world.addresses() for method in ("GET", "POST")}
    assert set(ROWS) == every


def test_the_table_has_a_column_for_everybody(visitors):
    assert list(visitors) == PEOPLE


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_no_address_knows_another_method(method, visitors, semarang):
    client = visitors["sari"]().client
    before = world.written()
    answers = {name: client.generic(method, world.path_of(name, semarang)).status_code for name in world.addresses()}
    assert answers.pop("set_language") == 302  # Django's own view; it stores a choice for POST alone
    assert {name for name, status in answers.items() if status != 405} - FORBIDDEN_ANYWAY == set()
    assert world.tables_written_since(before) == set()


def test_asking_for_the_head_only_tells_no_more(visitors, semarang):
    visitor = visitors["wayan"]()
    for name in world.addresses():
        path = world.path_of(name, semarang)
        head = visitor.visit("HEAD", path)
        assert head.status_code == visitor.visit("GET", path).status_code, name
        assert semarang.canary not in str(head.headers), name


def test_a_picture_finding_or_case_of_another_region_is_not_reached_through_an_own_case(visitors, semarang, denpasar):
    visitor = visitors["sari"]()
    own = semarang.case.pk
    for name, identifier in [
        ("cases:evidence", denpasar.evidence.pk),
        ("cases:evidence-image", denpasar.evidence.pk),
        ("cases:assess-finding", denpasar.finding.pk),
    ]:
        assert visitor.visit("GET", reverse(name, args=[own, identifier])).status_code == 404
        assert visitor.visit("POST", reverse(name, args=[own, identifier]), {"verdict": "confirm"}).status_code in {
            404,
            405,
        }
    path = reverse("cases:take-step", args=[own, "tandai_dobel"])
    refused = visitor.visit("POST", path, {"other": denpasar.case.reference, "version": semarang.case.version})
    assert refused.status_code in {409, 422}
    assert denpasar.canary not in world.body(refused)


@pytest.mark.parametrize(
    "query", ["q=KenariDenpasar", "region=51.71", "q={number}", "daftar=semua&region=51.71", "daftar=semua&q=Kenari"]
)
def test_no_filter_of_the_inbox_reaches_another_region(query, visitors, denpasar):
    page = visitors["sari"]().visit("GET", f"/kotak-masuk/?{query.format(number=denpasar.case.number)}")
    assert page.status_code == 200
    # The words of the search stand in its field; the case would show its reference.
    assert denpasar.case.reference not in world.body(page)
    assert str(denpasar.case.pk) not in world.body(page)


@pytest.mark.parametrize("query", ["", "region=51.71", "region_code=51", "wilayah=51.71", "kode=&region="])
def test_no_parameter_brings_the_file_of_another_region(query, visitors, denpasar, semarang):
    file = world.body(visitors["dewi"]().visit("GET", f"/angka/kasus.csv?{query}"))
    assert denpasar.case.reference not in file
    assert "Denpasar" not in file
    assert semarang.case.reference in file
