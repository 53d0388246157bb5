"""For every address that takes a POST, a body nothing is wrong with: what is refused is refused for who asks."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from cases.minutes import standing_minutes
from cases.models import Letter
from rules.catalogue.row_text import find_row
from rules.draft_forms import form_of
from rules.election_forms import words_of
from rules.models import CatalogueDraft, ElectionEvent
from rules.row_forms import typed
from tests.factories import png
from tests.reports.conftest import good_answers
from tests.security.world import ELECTION, LETTER_OFFICE, PASSWORD, ROW, Place

# Addresses only the reporter gets anywhere at
OF_THE_FOLLOWER = {
    "cases:write-to-office",
    "cases:add-pictures",
    "cases:hold-added-picture",
    "cases:drop-added-picture",
}


def picture(name: str = "gambar.png") -> SimpleUploadedFile:
    """A new picture."""
    return SimpleUploadedFile(name, png(), "image/png")


def good_post(name: str, place: Place) -> dict[str, object]:
    """The fields of a valid form; {} where a button is all there is."""
    return BODIES.get(name, lambda place: {})(place)


def election(**changes: str) -> dict[str, object]:
    """An election as its form shows it, with other words."""
    words = words_of(ElectionEvent.objects.get(code=ELECTION)) | {"source": "Keputusan yang lebih baru"} | changes
    return {name: value for name, value in words.items() if value not in (None, False)}


def changed_draft() -> dict[str, object]:
    """The draft of the catalogue with a remark at its end."""
    words = form_of(CatalogueDraft.objects.get()).initial
    return words | {"meta.yaml": f"{words['meta.yaml']}# diperiksa"}


def changed_row() -> dict[str, object]:
    """A row of the draft as its form shows it, with another remark."""
    words = typed(find_row(CatalogueDraft.objects.get().files, ROW).fields) | {"edition": 1, "notes": "diperiksa"}
    return {name: value for name, value in words.items() if value not in (None, False)}


def letterhead(code: str) -> dict[str, object]:
    """The head of an office."""
    words = {"name": "Bawaslu", "place": "Semarang", "signer_title": "Ketua"}
    return words | {"office_code": code, "number_format": "{sequence}/{kind}/{office}/{year}"}


def why(place: Place) -> dict[str, object]:
    """The version of the case that was seen, and a reason."""
    return {"version": place.case.version, "reason": "Sesuai hasil pemeriksaan."}


BODIES = {
    "set_language": lambda place: {"language": "en", "next": "/"},
    "account_login": lambda place: {"login": "budi", "password": PASSWORD},
    "account_change_password": lambda place: {
        "oldpassword": PASSWORD,
        "password1": "kalimat sandi yang baru",
        "password2": "kalimat sandi yang baru",
    },
    "reports:submit": lambda place: {**good_answers(), "key": "0" * 32, "pictures": [picture()]},
    "reports:completeness": lambda place: {**good_answers(), "picture_count": 1},
    "reports:hold-picture": lambda place: {"key": "0" * 32, "picture": picture()},
    "reports:drop-picture": lambda place: {"key": "0" * 32, "id": "00000000-0000-4000-8000-000000000000"},
    "rules:check": lambda place: {"act": "Seorang lurah membagikan poster calon wali kota."},
    "rules:start-draft": lambda place: {},
    "rules:draft": lambda place: changed_draft(),
    "rules:draft-row": lambda place: changed_row(),
    "rules:discard-draft": lambda place: {"edition": 1},
    "rules:publish-draft": lambda place: {"edition": 1},
    "rules:choose-weights": lambda place: {"reason": "Kembali ke rilis."},
    "rules:new-election": lambda place: election(code="pilkada-kenari"),
    "rules:election": lambda place: election(),
    "cases:take-step": lambda place: {"version": place.case.version},
    "cases:take-case": lambda place: {"version": place.case.version},
    "cases:release-case": lambda place: {"version": place.case.version},
    "cases:share-case": lambda place: {"version": place.case.version},
    "cases:assess-finding": lambda place: {"verdict": "confirm", "reason": "Terbaca jelas."},
    "cases:judge-hint": lambda place: {"verdict": "correct"},
    "cases:add-rule": lambda place: {"rule_code": "SKB2-II-B-4", "reason": "Terbaca jelas."},
    "cases:withdraw-rule": lambda place: {"reason": "Keliru."},
    "cases:hold-case": lambda place: {"reason": "Gugatan di PTUN."},
    "cases:give-case": lambda place: {"to": User.objects.get(username="budi").pk, "version": place.case.version},
    "cases:add-leave": lambda place: {
        "first": "2024-11-01",
        "last": "2024-11-05",
        "cover": User.objects.get(username="budi").pk,
    },
    "cases:write-note": lambda place: {"text": "Sudah dibaca."},
    "cases:write-proposal": lambda place: {"text": "Panggil terlapor."},
    "cases:write-message": lambda place: {"text": "Terima kasih.", "to": [place.report.pk]},
    "cases:letter-link": lambda place: {"sent_to": "Direktorat Pengawasan BKN"},
    "cases:delivered": lambda place: {"officer_name": "Rani", "officer_office": "BKN"},
    "cases:delivered-notice": lambda place: {"kind": "ppk", "happened_date": "2024-10-14"},
    "cases:change-respondent": lambda place: {
        "version": place.case.version,
        "asn_status": "unverified",
        "nip": "198001012005011001",
        "post": "Lurah",
    },
    "cases:second-reading": lambda place: {
        "conclusion": "melanggar",
        "rule_codes": ["SKB2-II-B-2"],
        "reason": "Terbaca jelas.",
    },
    "cases:write-allegation": lambda place: {
        "addressed_to": "Lurah",
        "text": "Diduga memasang poster.",
        "act_date": "2024-10-12",
        "place": "Semarang",
    },
    "cases:invite-other": lambda place: {
        "role": "saksi",
        "person_name": "Ketua RW",
        "scheduled_date": "2024-10-16",
        "starts": "09:00",
        "place": "Aula",
        "method": "in_person",
        "host": "bawaslu",
    },
    "cases:record-service": lambda place: {"way": "pos", "served_date": "2024-10-14", "served_by": "Kurir"},
    "cases:move-hearing": lambda place: {"new_date": "2024-10-18", "reason": "Saksi sakit."},
    "cases:refuse-date": lambda place: {"remark": "Batas waktu sudah dekat."},
    "cases:minutes": lambda place: {
        "version": standing_minutes(place.request.clarification).version,
        "people-TOTAL_FORMS": 1,
        "people-INITIAL_FORMS": 0,
        "people-0-name": "Ketua RW",
        "people-0-role": "saksi",
        "questions-TOTAL_FORMS": 0,
        "questions-INITIAL_FORMS": 0,
    },
    "cases:merge": lambda place: {**why(place), "other_version": place.twin.version},
    "cases:attach-report": lambda place: {**why(place), "other": place.twin.reference},
    "cases:split-case": lambda place: {**why(place), "reports": [place.report.pk]},
    "cases:undo-regrouping": lambda place: why(place),
    "cases:adopt-finding": lambda place: {
        "version": place.case.version,
        "known_since": timezone.localdate().isoformat(),
        "basis": "Dilihat sendiri.",
    },
    "cases:propose-handover": lambda place: {**why(place), "region": "33.72"},
    "cases:handover": lambda place: {"choice": "tarik"},
    "cases:link-person": lambda place: why(place),
    "cases:unlink-person": lambda place: why(place),
    "cases:recuse": lambda place: {"version": place.case.version, "kind": "family"},
    "cases:write-pact": lambda place: {"signed_date": "2024-10-11", "witness": "Sekda", "pages": [picture()]},
    "cases:mask-evidence": lambda place: {
        "seen": place.evidence.masked_copies.latest("at").sha256,
        "boxes": "2, 2, 20, 20",
    },
    "cases:release-copy": lambda place: {"seen": place.evidence.clean_sha256, "is_checked": "on"},
    "cases:original": lambda place: {"reason": "Penyidik meminta berkas seperti diterima."},
    "cases:captured-link": lambda place: {"reason": "Unggahan sudah dihapus dari situsnya."},
    "cases:verify-file": lambda place: {"file": picture()},
    "cases:check-own-file": lambda place: {"file": picture()},
    "cases:write-letter": lambda place: {"report": str(place.report.pk), "remark": "Sedang dikerjakan."},
    "cases:sign-letter": lambda place: {"seen_facts": Letter.objects.get(pk=place.hearing_letter.pk).facts_version},
    "cases:withdraw-letter": lambda place: {"reason": "Salah alamat."},
    "cases:new-letterhead": lambda place: letterhead("BWS.51.71"),
    "cases:letterhead": lambda place: letterhead(LETTER_OFFICE),
    "cases:letter-template": lambda place: {"source": "= Surat", "edition": 1},
    "cases:publish-letter-template": lambda place: {"edition": 1},
    "cases:discard-letter-template": lambda place: {"edition": 1},
    "cases:message-template": lambda place: {"seen_version": 1, "text_id": "Kapan?", "text_en": "When?"},
    "cases:choose-election": lambda place: {**why(place), "kind": "pemilu"},
    "cases:extend-deadline": lambda place: {"version": place.case.version, "reason": "Saksi baru."},
    "cases:holidays": lambda place: {"day": "2024-10-15", "name": "Cuti daerah", "kind": "libur"},
    "cases:change-holiday": lambda place: {"change": "remove"},
    "cases:propose-disposal": lambda place: {"version": place.case.version},
    "cases:approve-disposal": lambda place: {"version": place.case.version},
    "cases:reject-disposal": lambda place: {"version": place.case.version},
    "cases:follow-up": lambda place: {"code": place.code},
    "cases:write-to-office": lambda place: {"text": "Masih ada lagi."},
    "cases:add-pictures": lambda place: {"pictures": [picture()]},
    "cases:hold-added-picture": lambda place: {"key": "0" * 32, "picture": picture()},
    "cases:drop-added-picture": lambda place: {"key": "0" * 32, "id": "00000000-0000-4000-8000-000000000000"},
}
