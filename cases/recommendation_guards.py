"""When a recommendation may go out, and when one that went out may be written anew."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, NoticeKind, Recommendation


def sending_refusal(case: Case, by: User) -> str | None:
    """Why this person cannot send the letter; None when one waits that somebody else drafted."""
    waiting = (row for row in case.recommendations.all() if row.sent_at is None and row.withdrawn_at is None)
    letter = next(waiting, None)
    if letter is None:
        return _("Belum ada surat rekomendasi. Kembalikan rekomendasi, lalu susun surat baru.")
    if letter.drafted_by_id == by.pk:
        return _("Rekomendasi harus diperiksa dan dikirim orang lain. Minta rekan Anda mengirimkannya.")
    return None


def redrafting_refusal(case: Case, by: User) -> str | None:
    """Why the letter cannot be written anew; None while the body's last notice says that it lacks something.

    Without that one person could take back what two had sent.
    """
    letter = sent_last(case)
    deliveries = letter.deliveries.all() if letter else ()
    notices = [(notice.at, notice.pk, notice.kind) for delivery in deliveries for notice in delivery.notices.all()]
    if notices and max(notices)[-1] == NoticeKind.INCOMPLETE:
        return None
    return _("Terbuka sesudah lembaga penerima menyatakan lewat tautannya bahwa surat perlu dilengkapi.")


def sent_last(case: Case) -> Recommendation | None:
    """The letter that stands: sent and not withdrawn, the last one where there are several."""
    sent: list[tuple[datetime, int, Recommendation]] = [
        (row.sent_at, row.pk, row) for row in case.recommendations.all() if row.sent_at and row.withdrawn_at is None
    ]
    return max(sent)[2] if sent else None
