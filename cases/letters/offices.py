"""Which office a member of staff writes for, and how it presents itself on paper."""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Role
from cases.letters.models import DEFAULT_NUMBER_FORMAT, Letterhead
from regions.models import Region

BAWASLU, KESBANGPOL, WHOLE_COUNTRY = "BWS", "KSB", "RI"
INSTITUTIONS = {BAWASLU: "Badan Pengawas Pemilihan Umum", KESBANGPOL: "Badan Kesatuan Bangsa dan Politik"}
SIGNER_TITLES = {BAWASLU: "Ketua", KESBANGPOL: "Kepala Badan"}


@dataclass(frozen=True, kw_only=True)
class Office:
    """An office as a letter shows it. `seat` is the town in the date line; empty texts are unknown."""

    code: str
    name: str
    institution: str
    place_name: str
    seat: str
    address: str = ""
    contact: str = ""
    signer_title: str
    signer_name: str = ""
    number_format: str = DEFAULT_NUMBER_FORMAT

    def as_data(self) -> dict[str, str]:
        """What templates read."""
        names = ("name", "institution", "place_name", "seat", "address", "contact")
        return {name: getattr(self, name) for name in names}


def office_code(by: User) -> str:
    """`BWS.33.74` for Bawaslu, `KSB.33.74` for Kesbangpol, `BWS.RI` for who works in the whole country."""
    return f"{_kind(by)}.{by.region_code or WHOLE_COUNTRY}"


def writes_for(by: User, code: str) -> bool:
    """Whether letters of this office are this person's to sign: of the own institution, of the own region or below."""
    kind, _dot, region_code = code.partition(".")
    return kind == _kind(by) and by.works_in("" if region_code == WHOLE_COUNTRY else region_code)


def office_of(by: User, code: str = "") -> Office:
    """The office this person writes for, or the one with the code; as its own row says, else as accounts name it."""
    code = code or office_code(by)
    kind, _dot, region_code = code.partition(".")
    region = Region.objects.filter(pk=region_code).first()
    place = region.name if region else ("" if region_code == WHOLE_COUNTRY else region_code)
    head = Letterhead.objects.filter(pk=code).first()
    if head is None:
        return Office(
            code=code,
            name=by.office_name or f"{INSTITUTIONS[kind]} {place}".strip(),
            institution=INSTITUTIONS[kind],
            place_name=place,
            seat=town(place) or "Jakarta",
            signer_title=SIGNER_TITLES[kind],
        )
    return Office(
        code=code,
        name=head.name,
        institution=INSTITUTIONS[kind],
        place_name=place,
        seat=head.place,
        address=head.address,
        contact=head.contact,
        signer_title=head.signer_title,
        signer_name=head.signer_name,
        number_format=head.number_format,
    )


def town(place: str) -> str:
    """`Semarang` of `Kota Semarang`."""
    for kind in ("Kota Administrasi ", "Kabupaten Administrasi ", "Kota ", "Kabupaten ", "Kab. "):
        if place.startswith(kind):
            return place.removeprefix(kind)
    return place


def _kind(by: User) -> str:
    return KESBANGPOL if by.role == Role.REVIEWER_KESBANGPOL else BAWASLU
