"""What somebody needs to look around in the demo."""

from django.utils.translation import gettext as _

from accounts.models import User
from cases.demo import keeping
from cases.demo.people import read_people
from regions.models import Region


def demo_logins() -> list[str]:
    """Lines of a small table: accounts, their password, receipt codes. Empty when the demo is not loaded."""
    password = keeping.kept(keeping.LOGIN)
    names = [person.username for person in read_people() if person.login]
    users = User.objects.in_bulk(names, field_name="username")
    if not users or not password:
        return []
    regions = dict(Region.objects.values_list("code", "name"))
    rows = [_row(users[name], regions) for name in names if name in users]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    table = [f"  {name:{widths[0]}}  {role:{widths[1]}}  {region}" for name, role, region in rows]
    codes = [f"  {code}" for code in keeping.kept(keeping.CODES).splitlines()]
    return [
        _("Akun contoh (sandi semuanya: %(password)s)") % {"password": password},
        *table,
        *([_("Kode laporan contoh, untuk halaman Lacak laporan:"), *codes] if codes else []),
    ]


def _row(user: User, regions: dict[str, str]) -> tuple[str, str, str]:
    return user.username, user.get_role_display(), regions.get(user.region_code) or _("seluruh Indonesia")
