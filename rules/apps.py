"""App configuration."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """The `rules` app."""

    name = "rules"
