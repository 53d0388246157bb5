"""What django-allauth may do here: people log in, nobody signs up, and no address of a visitor is kept."""

from ipaddress import ip_address, ip_network

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# What one subscriber gets; within it an attacker changes addresses at will.
IPV6_PREFIX = 64


class StaffAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by `manage.py add_user`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: staff accounts are given, not taken."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A stand-in for the visitor's address, for counting attempts to log in.

        allauth writes it into the keys of the cache, which are rows of the database. Reporters try this page too.
        """
        address = ip_address(super().get_client_ip(request))
        network = ip_network((address, IPV6_PREFIX if address.version == 6 else address.max_prefixlen), strict=False)
        return salted_hmac("accounts.login-attempts", str(network), algorithm="sha256").hexdigest()
