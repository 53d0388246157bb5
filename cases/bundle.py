"""What leaves the case team for the oversight body: pictures, their custody and the rules people confirmed, signed.

No reporter, no receipt code, no narrative, no link, no hour of the intake, no name of the respondent: the pictures and
the letter say what has to be said. No hash of the original either: with it, whoever searches a phone could prove that
the report came from it. The id of the evidence leads the portal to the original where that must be shown.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from nacl.signing import SigningKey

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.assessment import confirmed_rules
from cases.copies import Copy, copy_of, newest_masks
from cases.custody import CustodyStep, custody_of
from cases.events import CaseEvent
from cases.models import Case, MaskedCopy
from cases.opinions import latest_classifications
from cases.oversight import body_name
from cases.refusals import ActionRefused
from cases.rulebook import title_in_force
from evidence import verify_bundle
from evidence.digests import sha256_hex, sha256_of_file
from evidence.sealing import KeyFileBroken
from evidence.signing import public_hex, read_signing_key, sign
from reports.models import Evidence, PreparationState
from rules.models import CatalogueVersion

READ_ME = """Berkas kasus {case} dari Lapor Netral, untuk {body}.

manifest.json   isi berkas ini, jejak tiap gambar, dan aturan yang dinyatakan sesuai oleh petugas
manifest.sig    tanda tangan Ed25519 atas manifest.json
public-key.txt  kunci publiknya; bandingkan dengan halaman {page} di situs portal
gambar/         salinan gambar; nama yang berakhiran "tersamar" berarti ada bagian yang dihitamkan. Gambar yang diterima
                tetapi tidak dapat disalin dengan aman hanya disebut nomornya dalam manifest.json ("without_copy")
jejak           tanpa pembacaan kedua yang buta, bila ada: itu tercatat pada jejak audit portal
verify.py       jalankan "python3 verify.py" di folder ini; tidak perlu internet

Aturan dalam berkas ini adalah penilaian petugas, bukan putusan. Orang dalam gambar belum tentu bersalah.
"""


@dataclass(frozen=True)
class BundledPicture:
    """A picture as it leaves: the masked copy, or the clean one where somebody said that nothing needs hiding."""

    evidence: Evidence
    copy: Copy
    name: str
    # Whether somebody of the team looked at what it gives away
    is_looked_at: bool

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return Path(settings.CLEAN_ROOT) / self.copy.name


@dataclass(frozen=True)
class Bundle:
    """A bundle ready to be sent: small files in memory, pictures on disk."""

    case: Case
    documents: dict[str, bytes]
    pictures: list[BundledPicture]

    @property
    def file_name(self) -> str:
        """What the download is called."""
        return f"{self.case.reference}.zip"


def bundled_pictures(case: Case) -> list[BundledPicture]:
    """The viewable pictures of a case in a fixed order, each as the copy that may leave."""
    rows = Evidence.objects.filter(report__case_link__case=case, state=PreparationState.READY)
    evidence = list(rows.order_by("report__received_at", "report_id", "position", "pk"))
    masks = newest_masks(row.pk for row in evidence)
    return [_picture(number, row, masks.get(row.pk)) for number, row in enumerate(evidence, start=1)]


def without_copy(case: Case) -> list[Evidence]:
    """The pictures of a case that cannot go along: no clean copy yet, or none at all. Erased ones are gone."""
    rows = Evidence.objects.not_erased().filter(report__case_link__case=case).exclude(state=PreparationState.READY)
    return list(rows.order_by("report__received_at", "report_id", "position", "pk"))


def waits_for_machine(left: Iterable[Evidence]) -> bool:
    """Whether one of these may still get a clean copy: what is left out today would be missing for good."""
    return any(evidence.state == PreparationState.WAITING for evidence in left)


def export_bundle(*, case: Case, by: User, at: datetime) -> Bundle:
    """Put a bundle together, sign it, and write down that it leaves. Raises NotVisible or ActionRefused.

    Refused while the machine works on a picture, nobody looked at what one gives away, or a copy on disk is not the one
    that is on record: nothing unsure is ever signed.
    """
    require(case, Permission.EXPORT_CASE, by)
    key = signing_key()
    left, pictures = without_copy(case), bundled_pictures(case)
    if waits_for_machine(left):
        raise ActionRefused(_("Ada gambar yang masih diolah mesin. Tunggu sebentar, lalu unduh lagi."))
    for picture in pictures:
        _check(picture)
    # The record of the office, whatever language the person reads the portal in.
    with transaction.atomic(), translation.override("id"):
        _record(case, pictures, by, at)
        told = manifest(case, pictures, left, at=at)
    return Bundle(case, _documents(told, pictures, key), pictures)


def manifest(case: Case, pictures: list[BundledPicture], left: list[Evidence], *, at: datetime) -> dict[str, object]:
    """Everything the signature vouches for, but the list of files."""
    steps = custody_of([picture.evidence.pk for picture in pictures], for_team=False)
    return {
        "format": verify_bundle.FORMAT,
        "case": case.reference,
        "made_at": localtime(at).strftime("%Y-%m-%dT%H:%M%z"),
        "made_for": body_name(localdate(at)),
        "key_page": reverse("cases:signing-key"),
        "catalogues": _catalogues(case, at),
        "confirmed_rules": [{"code": code, "title": title_in_force(code)} for code in confirmed_rules(case)],
        "pictures": [_told(picture, steps[picture.evidence.pk]) for picture in pictures],
        "without_copy": [{"evidence": str(evidence.pk), "state": evidence.state} for evidence in left],
    }


def signing_key() -> SigningKey:
    """The key of this installation. Raises ActionRefused without a usable one."""
    try:
        if settings.BUNDLE_SIGNING_KEY_FILE:
            return read_signing_key(Path(settings.BUNDLE_SIGNING_KEY_FILE))
    except (OSError, KeyFileBroken) as error:
        raise ActionRefused(_("Kunci penanda tangan rusak. Beri tahu admin nasional.")) from error
    raise ActionRefused(_("Kunci penanda tangan belum dipasang. Beri tahu admin nasional."))


def _picture(number: int, evidence: Evidence, mask: MaskedCopy | None) -> BundledPicture:
    copy = copy_of(evidence, mask)
    ending = "jpg" if copy.media_type == "image/jpeg" else "png"
    name = f"gambar/{number:02}{'-tersamar' if copy.mask else ''}.{ending}"
    return BundledPicture(evidence, copy, name, is_looked_at=mask is not None)


def _check(picture: BundledPicture) -> None:
    if not picture.is_looked_at:
        words = _(
            "%(file)s belum diperiksa. Samarkan dulu, atau nyatakan bahwa tidak ada yang perlu disamarkan, "
            "lalu unduh lagi."
        )
        raise ActionRefused(words % {"file": picture.name})
    try:
        same = sha256_of_file(picture.path) == picture.copy.sha256
    except OSError:
        same = False
    if not same:
        words = _("Gambar %(number)d pada media penyimpanan tidak sama dengan catatannya. Beri tahu admin nasional.")
        raise ActionRefused(words % {"number": picture.evidence.position})


def _record(case: Case, pictures: list[BundledPicture], by: User, at: datetime) -> None:
    for picture in pictures:
        kind = "masked" if picture.copy.mask else "clean"
        record(
            action=CaseEvent.BUKTI_DIEKSPOR,
            by=by,
            at=at,
            subject_kind="evidence",
            subject_id=picture.evidence.pk,
            details={"case": str(case.pk), "copy": kind, "sha256": picture.copy.sha256},
        )
    record(
        action=CaseEvent.BERKAS_DIEKSPOR,
        by=by,
        at=at,
        subject_kind="case",
        subject_id=case.pk,
        details={"pictures": len(pictures), "masked": sum(picture.copy.mask is not None for picture in pictures)},
    )


def _catalogues(case: Case, at: datetime) -> list[dict[str, str]]:
    """The catalogue in force, and those the machine judged with."""
    versions = {run.catalogue_version for run in latest_classifications([case.pk])}
    versions |= {version for version in [CatalogueVersion.objects.in_force_on(localdate(at))] if version}
    return [
        {"label": version.label, "sha256": version.digest}
        for version in sorted(versions, key=lambda version: version.pk)
    ]


def _told(picture: BundledPicture, steps: list[CustodyStep]) -> dict[str, object]:
    evidence, mask = picture.evidence, picture.copy.mask
    return {
        "evidence": str(evidence.pk),
        "file": picture.name,
        "sha256": picture.copy.sha256,
        "copy": "masked" if mask else "clean",
        "black_boxes": mask.boxes if mask else [],
        "width": evidence.clean_width,
        "height": evidence.clean_height,
        "received": localdate(evidence.received_at).isoformat(),
        "custody": [_told_step(step) for step in steps],
    }


def _told_step(step: CustodyStep) -> dict[str, object]:
    moment = localtime(step.at)
    return {
        "at": moment.strftime("%Y-%m-%d" if step.day_only else "%Y-%m-%dT%H:%M%z"),
        "step": step.name,
        "words": step.what,
        "by": step.who,
        "office": step.office,
    }


def _documents(told: dict[str, object], pictures: list[BundledPicture], key: SigningKey) -> dict[str, bytes]:
    """The small files by name; the manifest lists every file but itself, its signature and the key."""
    documents = {
        "BACA-SAYA.txt": READ_ME.format(case=told["case"], body=told["made_for"], page=told["key_page"]).encode(),
        "verify.py": Path(verify_bundle.__file__).read_bytes(),
    }
    files = {name: sha256_hex(data) for name, data in documents.items()}
    files |= {picture.name: picture.copy.sha256 for picture in pictures}
    signed = json.dumps({**told, "files": files}, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return documents | {
        verify_bundle.MANIFEST: signed,
        verify_bundle.SIGNATURE: f"{sign(signed, key).hex()}\n".encode(),
        verify_bundle.PUBLIC_KEY: f"{public_hex(key)}\n".encode(),
    }
