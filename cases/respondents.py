"""What is known of the person a case is about."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.claim import claim, require_current
from cases.events import CaseEvent
from cases.letters.issuing import follow_the_respondent
from cases.models import AsnKind, AsnStatus, Case, Respondent
from cases.refusals import ActionRefused, FactsRefused
from regions.models import Region

MINISTRY = "pusat"
NIP_DIGITS = 18
# Longest name, post and agency, in characters
LONGEST = {"name": 150, "post": 150, "agency": 200}
STATUS_FIELDS = frozenset({"asn_status", "asn_kind", "asn_status_source", "asn_status_date"})


@dataclass(frozen=True, kw_only=True)
class RespondentFacts:
    """Employer: a Kemendagri code, "pusat" for a ministry, empty while unknown. NIP: 18 digits or empty.

    The kind of ASN is empty while unknown. A name, post or agency that is None stays as it is. The date is the day the
    source was asked.
    """

    employer_code: str
    nip: str
    asn_status: AsnStatus
    asn_kind: AsnKind | str = ""
    asn_status_source: str = ""
    asn_status_date: date | None = None
    name: str | None = None
    post: str | None = None
    agency: str | None = None

    def problems(self, today: date) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if self.employer_code not in {"", MINISTRY} and not Region.objects.filter(pk=self.employer_code).exists():
            found["employer_code"] = _("Pemerintah ini tidak dikenal. Pilih dari daftar.")
        if self.nip and not (self.nip.isascii() and self.nip.isdigit() and len(self.nip) == NIP_DIGITS):
            found["nip"] = _("NIP terdiri dari 18 angka tanpa spasi. Kosongkan bila belum tahu.")
        if self.asn_status != AsnStatus.UNVERIFIED and not self.asn_status_source.strip():
            found["asn_status_source"] = _("Tulis sumber verifikasi, misalnya SIASN atau surat BKPSDM.")
        if self.asn_kind and (self.asn_status != AsnStatus.VERIFIED or self.asn_kind not in AsnKind.values):
            found["asn_kind"] = _(
                "Jenis ASN hanya untuk terlapor yang terverifikasi ASN. Ubah statusnya, atau kosongkan."
            )
        return found | self._problems_of_the_date(today) | self._problems_of_the_words()

    def _problems_of_the_date(self, today: date) -> dict[str, str]:
        if self.asn_status == AsnStatus.UNVERIFIED:
            return {}
        if self.asn_status_date is None:
            return {"asn_status_date": _("Isi tanggal verifikasi.")}
        if self.asn_status_date > today:
            return {"asn_status_date": _("Tanggal belum terjadi. Isi tanggal hari ini atau sebelumnya.")}
        return {}

    def _problems_of_the_words(self) -> dict[str, str]:
        too_long = _("Terlalu panjang: paling banyak %(longest)d huruf. Singkatkan.")
        found = {
            name: too_long % {"longest": longest}
            for name, longest in LONGEST.items()
            if len(getattr(self, name) or "") > longest
        }
        if self.name is not None and self.post is not None and not (self.name.strip() or self.post.strip()):
            found["name"] = _("Isi nama atau jabatannya; salah satu sudah cukup.")
        return found

    def columns(self) -> dict[str, object]:
        """What is to stand in the row. Without a verification there is nothing to date."""
        is_verified = self.asn_status != AsnStatus.UNVERIFIED
        words = {name: getattr(self, name).strip() for name in LONGEST if getattr(self, name) is not None}
        return {
            **words,
            "employer_code": self.employer_code,
            "nip": self.nip,
            "asn_status": str(self.asn_status),
            "asn_kind": str(self.asn_kind),
            "asn_status_source": self.asn_status_source.strip(),
            "asn_status_date": self.asn_status_date if is_verified else None,
        }


def edit_respondent(
    *, case: Case, facts: RespondentFacts, by: User, at: datetime, seen_version: int | None = None
) -> Respondent:
    """Correct what is known, also in letters nobody has signed. The audit keeps old and new.

    Raises NotVisible, SomebodyWasFaster, FactsRefused or another ActionRefused.

    Naming another government as employer shows the case to Kesbangpol of its region, so this is Bawaslu's.
    """
    require(case, Permission.ASSESS, by)
    require_current(case, seen_version)
    if problems := facts.problems(at.astimezone(ZoneInfo(case.region.time_zone)).date()):
        raise FactsRefused(problems)
    new = facts.columns()
    with transaction.atomic():
        version = claim(case)
        respondent = Respondent.objects.select_for_update(no_key=True).get(pk=case.respondent_id)
        changed = {name: value for name, value in new.items() if getattr(respondent, name) != value}
        if not changed:
            raise ActionRefused(_("Tidak ada yang berubah."))
        old = {name: getattr(respondent, name) for name in changed}
        for name, value in changed.items():
            setattr(respondent, name, value)
        if STATUS_FIELDS & changed.keys():
            respondent.asn_status_by = by if facts.asn_status != AsnStatus.UNVERIFIED else None
        respondent.save(update_fields=[*changed, "asn_status_by"])
        follow_the_respondent(case=case, respondent=respondent, by=by, at=at)
        record(
            action=CaseEvent.TERLAPOR_DIUBAH,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"version": version},
            words={"old": old, "new": changed},
        )
    case.refresh_from_db()
    return respondent
