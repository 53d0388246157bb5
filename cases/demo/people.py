"""The demo's staff. Those who can log in share one password, made anew for each installation."""

import secrets
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from cases.demo import keeping

FILE = Path(__file__).parent / "people.yaml"
# Without letters and digits that look alike
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4


class NameTaken(RuntimeError):
    """An account of a demo name exists already; the message says what to do. Nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """One entry of people.yaml; an empty region is the whole country."""

    username: str
    name: str
    role: str
    region: str
    office: str
    login: bool = False


@dataclass(frozen=True)
class Staff:
    """The accounts by username, in the order of the file."""

    users: dict[str, User]

    def officers_of(self, region_code: str) -> list[User]:
        """Bawaslu reviewers who handle cases of a region: its own first, then those of its province."""
        reviewers = [user for user in self.users.values() if user.may(Permission.REGISTER) and user.region_code]
        nearby = [user for user in reviewers if user.works_in(region_code)]
        return sorted(nearby, key=lambda user: user.region_code, reverse=True)


def read_people() -> list[Person]:
    """Everybody of the demo."""
    return [Person(**entry) for entry in yaml.safe_load(FILE.read_text(encoding="utf-8"))]


def create_staff() -> Staff:
    """Create the accounts. Raises NameTaken rather than touch an account that is there."""
    people = read_people()
    taken = User.objects.filter(username__in=[person.username for person in people]).order_by("username").first()
    if taken:
        raise NameTaken(
            _("Nama akun %(name)s sudah dipakai. Data contoh tidak dimuat; jalankan dengan DEMO=0.")
            % {"name": taken.username}
        )
    password = make_password(demo_password())
    users = [_account(person, password) for person in people]
    return Staff({user.username: user for user in User.objects.bulk_create(users)})


def demo_password() -> str:
    """The password of this installation's demo accounts, made when it is asked for the first time."""
    if not keeping.kept(keeping.LOGIN):
        groups = ("".join(secrets.choice(LETTERS) for _letter in range(GROUP_LENGTH)) for _group in range(GROUPS))
        keeping.keep(keeping.LOGIN, "-".join(groups))
    return keeping.kept(keeping.LOGIN)


def _account(person: Person, password: str) -> User:
    first_name, _space, last_name = person.name.partition(" ")
    return User(
        username=person.username,
        first_name=first_name,
        last_name=last_name,
        role=person.role,
        region_code=person.region,
        office_name=person.office,
        password=password if person.login else make_password(None),
    )
