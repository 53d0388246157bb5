"""App configuration."""

from django.apps import AppConfig


class StatsConfig(AppConfig):
    """The `stats` app."""

    name = "stats"
