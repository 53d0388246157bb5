"""The browser of an officer of the body: let in with the link, which from then on stands in no address and no log."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from cases.delivery import working_delivery
from cases.models import Delivery

REMEMBERED_FOR = timedelta(hours=2)
KEY = "deliveries"


def let_in(session: SessionBase, delivery: Delivery, *, at: datetime) -> None:
    """Let this browser see one letter for a while, beside others it was let in to.

    The link is not used up: mail programs open links before people do. The new session key keeps anybody from planting
    one.
    """
    session.cycle_key()
    _keep(session, delivery, at)


def opened_delivery(session: SessionBase, delivery_id: int, *, at: datetime) -> Delivery | None:
    """The delivery of this browser while it is remembered and its link works; each look prolongs the time."""
    until = session.get(KEY, {}).get(str(delivery_id))
    if until is None or datetime.fromisoformat(until) < at:
        return None
    delivery = working_delivery(delivery_id, at=at)
    if delivery:
        _keep(session, delivery, at)
    return delivery


def _keep(session: SessionBase, delivery: Delivery, at: datetime) -> None:
    session[KEY] = session.get(KEY, {}) | {str(delivery.pk): (at + REMEMBERED_FOR).isoformat()}
