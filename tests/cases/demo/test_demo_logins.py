"""What the demo tells about its accounts."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from accounts.models import User
from cases.demo import keeping
from cases.demo.logins import demo_logins
from cases.demo.people import create_staff, read_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "keys"


def test_without_the_demo_it_says_how_to_load_it(reference, own_folder):
    out = StringIO()
    call_command("demo_logins", stdout=out)
    assert "load_demo" in out.getvalue()


def test_it_shows_everyone_who_can_log_in_and_the_one_password(reference, own_folder):
    create_staff()
    first, *rows = demo_logins()
    assert keeping.kept(keeping.LOGIN) in first
    assert len(rows) == sum(person.login for person in read_people())
    assert any("sari" in row and "Kota Semarang" in row and "Penelaah Bawaslu" in row for row in rows)


def test_the_password_lets_in_and_belongs_to_this_installation_alone(reference, own_folder):
    create_staff()
    password = keeping.kept(keeping.LOGIN)
    assert authenticate(None, username="sari", password=password)
    assert oct((own_folder / keeping.LOGIN).stat().st_mode & 0o777) == "0o600"
    (own_folder / keeping.LOGIN).unlink()
    User.objects.all().delete()
    create_staff()
    assert keeping.kept(keeping.LOGIN) != password


def test_people_of_old_cases_cannot_log_in(reference, own_folder):
    staff = create_staff()
    assert not staff.users["ratna"].has_usable_password()


def test_officers_of_a_region_come_before_those_of_its_province(reference, own_folder):
    staff = create_staff()
    assert [user.username for user in staff.officers_of("33.74")] == ["sari", "budi", "hendra", "ratna"]
    assert [user.username for user in staff.officers_of("33.02")] == ["hendra", "ratna"]
