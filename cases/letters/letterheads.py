"""Writing down how an office presents itself on paper. Letters already signed keep what they showed."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from cases.letters.models import Letterhead


@transaction.atomic
def save_letterhead(*, office_code: str, words: Mapping[str, str], by: User, at: datetime) -> Letterhead:
    """Insert or replace the head of an office; `words` are the columns of Letterhead, checked by its form."""
    head, _is_new = Letterhead.objects.update_or_create(
        office_code=office_code, defaults={**words, "changed_by": by, "changed_at": at}
    )
    record(
        action="letterhead.saved",
        by=by,
        at=at,
        subject_kind="letterhead",
        subject_id=office_code,
        words={"number_format": head.number_format},
    )
    return head
