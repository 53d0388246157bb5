"""What is known of the person a case is about."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from cases.access import require
from cases.claim import claim, require_current
from cases.events import CaseEvent
from cases.models import AsnStatus, Case, Respondent
from cases.refusals import ActionRefused, FactsRefused
from regions.models import Region

MINISTRY = "pusat"
NIP_DIGITS = 18


@dataclass(frozen=True, kw_only=True)
class RespondentFacts:
    """Employer: a Kemendagri code, "pusat" for a ministry, empty while unknown. NIP: 18 digits or empty."""

    employer_code: str
    nip: str
    asn_status: AsnStatus
    asn_status_source: str = ""

    def problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if self.employer_code not in {"", MINISTRY} and not Region.objects.filter(pk=self.employer_code).exists():
            found["employer_code"] = _("Pemerintah ini tidak dikenal. Pilih dari daftar.")
        if self.nip and not (self.nip.isascii() and self.nip.isdigit() and len(self.nip) == NIP_DIGITS):
            found["nip"] = _("NIP terdiri dari 18 angka tanpa spasi. Kosongkan bila belum tahu.")
        if self.asn_status != AsnStatus.UNVERIFIED and not self.asn_status_source.strip():
            found["asn_status_source"] = _("Tulis sumber verifikasi, misalnya SIASN atau surat BKPSDM.")
        return found


def edit_respondent(
    *, case: Case, facts: RespondentFacts, by: User, at: datetime, seen_version: int | None = None
) -> Respondent:
    """Correct what is known. The audit keeps old and new; raises ActionRefused or FactsRefused.

    Naming another government as employer shows the case to Kesbangpol of its region, so this is Bawaslu's.
    """
    require(case, Permission.ASSESS, by)
    require_current(case, seen_version)
    if problems := facts.problems():
        raise FactsRefused(problems)
    new = {
        "employer_code": facts.employer_code,
        "nip": facts.nip,
        "asn_status": str(facts.asn_status),
        "asn_status_source": facts.asn_status_source.strip(),
    }
    with transaction.atomic():
        version = claim(case)
        respondent = Respondent.objects.select_for_update(no_key=True).get(pk=case.respondent_id)
        changed = {name: value for name, value in new.items() if getattr(respondent, name) != value}
        if not changed:
            raise ActionRefused(_("Tidak ada yang berubah."))
        old = {name: getattr(respondent, name) for name in changed}
        for name, value in changed.items():
            setattr(respondent, name, value)
        respondent.save(update_fields=list(changed))
        record(
            action=CaseEvent.TERLAPOR_DIUBAH,
            by=by,
            at=at,
            subject_kind="case",
            subject_id=case.pk,
            details={"version": version, "old": old, "new": changed},
        )
    case.refresh_from_db()
    return respondent
