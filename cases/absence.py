"""When an office may write that somebody did not come: after the appointed moment, to a summons that reached them.

Whoever stays away from two summonses is judged without a word of their own, so neither may be one they never got.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from accounts.models import AuditEvent
from cases.events import CaseEvent
from cases.models import Clarification, ScheduleChange


def absence_refusal(summons: Clarification, *, zone: ZoneInfo, at: datetime) -> str | None:
    """Why nobody can be said yet not to have come to this hearing, with what to do next; None when they can.

    `zone` is the office's.
    """
    if at < _appointed(summons, zone):
        return _(
            "Jadwal klarifikasi, %(when)s, belum lewat. Catat ketidakhadiran sesudahnya. "
            "Untuk memindahkan tanggal, buka halaman klarifikasi kasus ini."
        ) % {"when": _when(summons)}
    moved = _last_move(summons)
    if moved is None and summons.scheduled_at > _appointed(summons, zone):
        return _(
            "Undangan ini dibuat sesudah jadwalnya sendiri lewat, %(when)s: tidak ada yang dapat memenuhinya. "
            "Pindahkan tanggalnya di halaman klarifikasi kasus ini, lalu sampaikan undangannya."
        ) % {"when": _when(summons)}
    if not _was_served(summons, moved, zone):
        return _(
            "Belum tercatat bahwa undangan untuk jadwal ini, %(when)s, sampai kepada terlapor. Catat penyampaiannya di "
            "halaman klarifikasi kasus ini. Bila belum disampaikan, pindahkan tanggalnya lalu sampaikan undangannya."
        ) % {"when": _when(summons)}
    return None


def absence_warning(summons: Clarification, *, zone: ZoneInfo, at: datetime) -> str | None:
    """What still keeps an absence from being recorded besides the time, told while it can be mended."""
    if at >= _appointed(summons, zone):
        return absence_refusal(summons, zone=zone, at=at)
    if _was_served(summons, _last_move(summons), zone):
        return None
    return _(
        "Belum ada catatan penyampaian untuk jadwal ini, %(when)s. "
        "Tanpa catatan itu terlapor tidak dapat dinyatakan tidak hadir."
    ) % {"when": _when(summons)}


def _last_move(summons: Clarification) -> ScheduleChange | None:
    return summons.schedule_changes.order_by("-at").first()


def _appointed(summons: Clarification, zone: ZoneInfo) -> datetime:
    """The hour of the hearing; without one the end of its day, all of which there is to come or to answer."""
    if summons.starts:
        return datetime.combine(summons.scheduled_date, summons.starts, zone)
    return datetime.combine(summons.scheduled_date + timedelta(days=1), time.min, zone)


def _was_served(summons: Clarification, moved: ScheduleChange | None, zone: ZoneInfo) -> bool:
    """Whether word of the date that counts came in time: a delivery before the hearing was moved told another one."""
    served = summons.services.filter(served_date__lte=summons.scheduled_date)
    if moved:
        served = served.filter(at__gte=moved.at, served_date__gte=moved.at.astimezone(zone).date())
    return served.exists() or _was_read(summons, moved.at if moved else summons.scheduled_at, zone)


def _was_read(summons: Clarification, since: datetime, zone: ZoneInfo) -> bool:
    """Whether the respondent came in with the code since the date stands, and before the hour: their page shows it."""
    entries = AuditEvent.objects.about(summons.case_id).filter(action=CaseEvent.TERLAPOR_MASUK, actor=None)
    return entries.filter(at__gte=since, at__lt=_appointed(summons, zone)).exists()


def _when(summons: Clarification) -> str:
    day = date_format(summons.scheduled_date, "j F Y")
    if summons.starts is None:
        return day
    return _("%(day)s pukul %(hour)s") % {"day": day, "hour": time_format(summons.starts, "H.i")}
