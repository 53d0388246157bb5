"""The Celery app and everything that runs by the clock, in one visible table."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    # What a lost message, a killed worker or a flushed Redis left behind
    "sweep-outbox": {"task": "reports.tasks.sweep_outbox", "schedule": 20.0},
    "open-waiting-cases": {"task": "cases.tasks.open_waiting_cases", "schedule": 10.0},
    # At night, in the portal's time zone
    "draw-second-readings": {"task": "cases.tasks.draw_second_readings", "schedule": crontab(hour=1, minute=10)},
    "report-drift": {"task": "stats.tasks.report_drift", "schedule": crontab(hour=1, minute=30)},
    "note-due-cases": {"task": "cases.tasks.note_due_cases", "schedule": crontab(hour=1, minute=50)},
    "prepare-waiting-pages": {"task": "cases.tasks.prepare_waiting_pages", "schedule": 15.0},
    "remove-erased-files": {"task": "reports.tasks.remove_erased_files", "schedule": 3600.0},
    "make-reminders": {"task": "cases.tasks.make_reminders", "schedule": 300.0},
    "pack-originals": {"task": "cases.tasks.pack_originals", "schedule": 15.0},
    # Every hour, because a machine may sleep at midnight; the first of the day counts.
    "keep-audit-head": {"task": "stats.tasks.keep_audit_head", "schedule": 3600.0},
    "drop-expired-drafts": {"task": "reports.tasks.drop_expired_drafts", "schedule": 3600.0},
}
