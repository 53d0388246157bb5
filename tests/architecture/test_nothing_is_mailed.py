"""The portal sends no e-mail at all: no module can, no setting would, no page of the accounts offers to."""

import importlib
import logging
import re

from django.urls import get_resolver
from django.utils.log import AdminEmailHandler

from tests.architecture.test_addresses_are_guarded import addresses
from tests.architecture.test_audit_has_one_door import ROOT, SOURCES

WAYS = re.compile(
    r"django\.core\.mail|django\.core import .*\bmail\b|\bsmtplib\b|\bemail\.(mime|message)\b|\bEmailMessage\b"
    r"|\bsend_(mass_)?mail\b|\bmail_(admins|managers)\b|\bemail_user\b|\bAdminEmailHandler\b|allauth\.account\.utils"
)
# The pages of allauth that exist; those that mail somebody are not among them.
ACCOUNT_PAGES = {"account_login", "account_logout", "account_inactive", "account_change_password"}


def test_no_module_knows_how_to_mail():
    # The settings name the backend that mails nothing; what they may say of mail is the next test's.
    product = [path for path in SOURCES if path != ROOT / "portal" / "settings.py"]
    able = [str(path.relative_to(ROOT)) for path in product if WAYS.search(path.read_text(encoding="utf-8"))]
    assert able == []


def test_what_is_mailed_by_mistake_goes_nowhere():
    # Not django.conf.settings: the test runner puts a mailbox of its own there.
    settings = importlib.import_module("portal.settings")
    assert settings.EMAIL_BACKEND == "django.core.mail.backends.dummy.EmailBackend"
    assert [name for name in vars(settings) if name.startswith("EMAIL_")] == ["EMAIL_BACKEND"]
    assert not {"ADMINS", "MANAGERS"} & set(vars(settings))
    assert settings.ACCOUNT_EMAIL_VERIFICATION == "none"
    assert not getattr(settings, "ACCOUNT_EMAIL_NOTIFICATIONS", False)


def test_no_log_is_mailed():
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    assert not any(isinstance(handler, AdminEmailHandler) for logger in loggers for handler in logger.handlers)


def test_no_page_of_the_accounts_mails_anybody():
    names = {name for name, _pattern in addresses(get_resolver())}
    assert {name for name in names if name.startswith("account_")} == ACCOUNT_PAGES
    assert not [name for name in names if re.search(r"e?mail|reset|confirm|socialaccount|mfa", name)]
