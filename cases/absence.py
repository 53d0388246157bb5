"""When an office may write that somebody did not come: after the appointed moment, to a summons that reached them.

Whoever stays away from two summonses is judged without a word of their own, so neither may be one they never got.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

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
    moved = summons.schedule_changes.order_by("-at").first()
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
    return served.exists()


def _when(summons: Clarification) -> str:
    day = date_format(summons.scheduled_date, "j F Y")
    if summons.starts is None:
        return day
    return _("%(day)s pukul %(hour)s") % {"day": day, "hour": time_format(summons.starts, "H.i")}
