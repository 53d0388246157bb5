"""App configuration."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """The `regions` app."""

    name = "regions"
