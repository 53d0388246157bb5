"""For every address that takes a POST, a body nothing is wrong with: what is refused is refused for who asks."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import png
from tests.reports.conftest import good_answers
from tests.security.world import PASSWORD, Place


def picture(name: str = "gambar.png") -> SimpleUploadedFile:
    """A new picture."""
    return SimpleUploadedFile(name, png(), "image/png")


def good_post(name: str, place: Place) -> dict[str, object]:
    """The fields of a valid form; {} where a button is all there is."""
    return BODIES.get(name, lambda place: {})(place)


ELECTION = {
    "name": "Pilkada Uji 2029",
    "kind": "pilkada",
    "contests": ["kepala_daerah"],
    "region_codes": "",
    "starts_date": "2029-01-01",
    "penetapan_date": "2029-09-22",
    "voting_date": "2029-11-27",
    "ends_date": "2029-12-31",
    "source": "PKPU Uji 2029",
}
BODIES = {
    "rules:new-election": lambda place: {**ELECTION, "code": "pilkada-uji-2029"},
    "rules:election": lambda place: ELECTION,
    "set_language": lambda place: {"language": "en", "next": "/"},
    "account_login": lambda place: {"login": "budi", "password": PASSWORD},
    "account_change_password": lambda place: {
        "oldpassword": PASSWORD,
        "password1": "kalimat sandi yang baru",
        "password2": "kalimat sandi yang baru",
    },
    "reports:submit": lambda place: {**good_answers(), "key": "0" * 32, "pictures": [picture()]},
    "cases:take-step": lambda place: {"version": place.case.version},
    "cases:take-case": lambda place: {"version": place.case.version},
    "cases:release-case": lambda place: {"version": place.case.version},
    "cases:share-case": lambda place: {"version": place.case.version},
    "cases:assess-finding": lambda place: {"verdict": "confirm", "reason": "Terbaca jelas."},
    "cases:add-rule": lambda place: {"rule_code": "SKB2-II-B-4", "reason": "Terbaca jelas."},
    "cases:withdraw-rule": lambda place: {"reason": "Keliru."},
    "cases:write-note": lambda place: {"text": "Sudah dibaca."},
    "cases:write-proposal": lambda place: {"text": "Panggil terlapor."},
    "cases:write-message": lambda place: {"text": "Terima kasih."},
    "cases:change-respondent": lambda place: {"asn_status": "unverified", "nip": "198001012005011001"},
    "cases:follow-up": lambda place: {"code": place.code},
    "cases:write-to-office": lambda place: {"text": "Masih ada lagi."},
    "cases:add-pictures": lambda place: {"pictures": [picture()]},
}
