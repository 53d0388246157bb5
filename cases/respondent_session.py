"""The respondent's browser: let in with the code, remembered for half an hour, never together with a report."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from cases.models import RespondentAccess
from cases.respondent_access import open_access

REMEMBERED_FOR = timedelta(minutes=30)
KEY = "respondent_access"


def let_in(session: SessionBase, access: RespondentAccess, *, at: datetime) -> None:
    """Let this browser see the page for a while, in a session that holds nothing else.

    Emptied first: on a shared computer a colleague may have followed a report and not closed it, and the accused must
    not find it. The new session key keeps anybody from planting one.
    """
    session.flush()
    session[KEY] = {"access": access.pk, "until": (at + REMEMBERED_FOR).isoformat()}


def answering_access(session: SessionBase, *, at: datetime) -> RespondentAccess | None:
    """The access of this browser, while it is remembered and still open; each look prolongs the time."""
    kept = session.get(KEY)
    if not kept:
        return None
    access = None if datetime.fromisoformat(kept["until"]) < at else open_access(kept["access"], at=at)
    if access is None:
        del session[KEY]
        return None
    session[KEY] = kept | {"until": (at + REMEMBERED_FOR).isoformat()}
    return access


def forget(session: SessionBase) -> None:
    """Leave nothing of the visit on this device."""
    session.flush()
