"""/healthz: can the portal take a report?"""

from pathlib import Path

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError


def database_answers() -> bool:
    """Whether a query comes back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker_answers() -> bool:
    """Whether the broker takes a connection."""
    try:
        with current_app.connection_for_write(connect_timeout=1) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0)
    except (OperationalError, OSError):
        return False
    return True


def storage_is_writable() -> bool:
    """Whether sealed originals can be written."""
    root = Path(settings.SEALED_ROOT)
    return root.is_dir() or root.parent.is_dir()


@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while reports can be taken; a broker that is down is said but does not stop intake."""
    parts = {"database": database_answers(), "broker": broker_answers(), "storage": storage_is_writable()}
    can_take_reports = parts["database"] and parts["storage"]
    return JsonResponse(parts, status=200 if can_take_reports else 503)
