"""What django-allauth may do here: people log in, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by `manage.py add_user`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: staff accounts are given, not taken."""
        return False
