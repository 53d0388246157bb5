"""Numbers without gaps or doubles, however many write at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, transaction

from accounts.roles import Role
from cases.letters.kinds import LetterKind
from cases.letters.models import DEFAULT_NUMBER_FORMAT
from cases.letters.numbering import format_problem, take_number
from cases.letters.writing import sign_off
from cases.models import Letter, LetterCounter
from cases.refusals import ActionRefused
from tests.cases.letters.specimens import drafted
from tests.conftest import make_user

INVITATION = LetterKind.UNDANGAN_KLARIFIKASI
WRITERS, LETTERS_EACH = 16, 5
DAY = date(2024, 11, 3)


class Abandoned(Exception):
    """A letter that came to nothing after it had its number."""


def take(kind=INVITATION, office="BWS.33.74") -> int:
    return take_number(office_code=office, kind=kind, day=DAY, number_format=DEFAULT_NUMBER_FORMAT).sequence


def all_at_once(task, count: int) -> list:
    barrier = Barrier(count)

    def run(number):
        try:
            barrier.wait(timeout=20)
            return task(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_sixteen_writers_leave_no_gap_and_no_double(reference):
    def write(writer):
        numbers = []
        for letter in range(LETTERS_EACH):
            try:
                with transaction.atomic():
                    number = take()
                    if (writer + letter) % 4 == 0:
                        raise Abandoned
                numbers.append(number)
            except Abandoned:
                continue
        return numbers

    taken = sorted(number for numbers in all_at_once(write, WRITERS) for number in numbers)
    assert taken == list(range(1, WRITERS * LETTERS_EACH * 3 // 4 + 1))


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_sign_a_letter_at_once_one_does(sari, budi):
    letter = drafted(INVITATION, by=sari, second=budi)
    people = [make_user(f"petugas{n}", Role.REVIEWER_BAWASLU, "33.74", "Bawaslu Kota Semarang") for n in range(8)]

    def sign(number):
        try:
            return sign_off(letter=Letter.objects.get(pk=letter.pk), by=people[number], at=letter.drafted_at)
        except ActionRefused:
            return None

    assert len([result for result in all_at_once(sign, 8) if result]) == 1
    assert LetterCounter.objects.get().last == 1


@pytest.mark.django_db
def test_offices_and_kinds_count_on_their_own():
    counts = [take(), take(), take(office="KSB.33.74"), take(LetterKind.KAJIAN), take()]
    assert counts == [1, 2, 1, 1, 3]


@pytest.mark.parametrize(
    "number_format", [DEFAULT_NUMBER_FORMAT, "{kind}-{sequence}/{year}", "B-{sequence:04d}/{kind}/{year}"]
)
def test_a_format_that_keeps_numbers_apart_is_accepted(number_format):
    assert format_problem(number_format) is None


@pytest.mark.parametrize(
    "number_format",
    [
        "",
        "001/2024",
        "{sequence}/{year}",
        "{sequence}/{kind}",
        "{sequence}/{kind}/{year}/{colour}",
        "{sequence",
        "{sequence:q}/{kind}/{year}",
        "{sequence.__class__}/{kind}/{year}",
        "{sequence}/{kind[0]}/{year}",
        "{sequence:99999d}/{kind}/{year}",
        "x" * 200 + "{sequence}/{kind}/{year}",
    ],
)
def test_a_format_that_would_double_numbers_or_break_is_refused(number_format):
    assert format_problem(number_format)
