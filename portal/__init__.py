"""Wiring: settings, urls, Celery, middleware, embedded servers. No word of the domain lives here."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
