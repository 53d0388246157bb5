"""The address of a post, in one form for all the ways people copy it. Nothing here fetches it.

What was given is kept beside it. Known hosts lose what only says who shared the post and from which app; of other
addresses only those parameters go that every advertiser uses. The same post then has the same address.
"""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

LONGEST = 1000
HTTP = re.compile(r"https?://", re.IGNORECASE)
# `facebook.com/camat` without a scheme, as people type it; the last label has letters only, so `1.5` is no host.
BARE_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?:[/?#]\S*)?", re.IGNORECASE)
# Addresses that do something instead of leading somewhere.
UNSAFE = re.compile(
    r"(?:javascript|data|vbscript|file|blob|about|intent)\s*:|(?!https?:)[a-z][a-z0-9+.-]*://", re.IGNORECASE
)

HOSTS = {
    host: canonical
    for canonical, others in {
        "www.facebook.com": (
            "facebook.com",
            "m.facebook.com",
            "mbasic.facebook.com",
            "web.facebook.com",
            "id-id.facebook.com",
        ),
        "www.instagram.com": ("instagram.com", "m.instagram.com"),
        "www.tiktok.com": ("tiktok.com", "m.tiktok.com"),
        "www.youtube.com": ("youtube.com", "m.youtube.com"),
        "x.com": ("www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com", "m.twitter.com"),
        "t.me": ("telegram.me", "www.telegram.me"),
    }.items()
    for host in (canonical, *others)
}
SHORT_HOSTS = frozenset({"youtu.be", "fb.watch", "vt.tiktok.com", "vm.tiktok.com", "chat.whatsapp.com", "wa.me"})
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igsh|igshid|mibextid", re.IGNORECASE)
# These mean something elsewhere, so they go at known hosts only.
TRACKING_OF_HOST = {
    "www.facebook.com": frozenset({"__tn__", "__xts__", "ref", "refid", "rdid", "share_url", "paipv", "eav"}),
    "www.instagram.com": frozenset({"hl", "source"}),
    "www.tiktok.com": frozenset({"_r", "_t", "is_from_webapp", "sender_device", "web_id", "lang", "q"}),
    "www.youtube.com": frozenset({"si", "feature", "pp", "ab_channel"}),
    "youtu.be": frozenset({"si", "feature"}),
    "x.com": frozenset({"s", "t", "ref_src", "ref_url"}),
}
DEFAULT_PORTS = {"http": 80, "https": 443}
PUNYCODE = "xn--"


class UnsafeLink(ValueError):
    """A text that a browser would run or open on the machine itself, such as `javascript:` or `file:`."""


def address_of(text: str) -> str:
    """The address in its one form; empty when the text is no web address. Raises UnsafeLink.

    Scheme and host in small letters, mobile hosts as the main one, no user name, default port, fragment or tracking
    parameter; foreign letters in the host as punycode.
    """
    text = text.strip()
    if UNSAFE.match(text):
        raise UnsafeLink(text)
    if not HTTP.match(text):
        if not BARE_HOST.fullmatch(text):
            return ""
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        address = _normalised(parts)
    except ValueError:
        return ""
    return address if len(address) <= LONGEST else ""


def is_disguised(address: str) -> bool:
    """Whether the host has letters of another alphabet, with which one name can be made to look like another."""
    return any(label.startswith(PUNYCODE) for label in (urlsplit(address).hostname or "").split("."))


def _normalised(parts: SplitResult) -> str:
    """Raises ValueError for a host or port that cannot be."""
    given = (parts.hostname or "").rstrip(".")
    if not given:
        raise ValueError("no host")
    ascii_host = given if given.isascii() else given.encode("idna").decode()
    host = HOSTS.get(ascii_host, ascii_host)
    is_known = ascii_host in HOSTS or host in SHORT_HOSTS
    scheme = "https" if is_known else parts.scheme.lower()
    port = "" if is_known or parts.port in (None, DEFAULT_PORTS[scheme]) else f":{parts.port}"
    netloc = f"[{host}]{port}" if ":" in host else f"{host}{port}"
    return urlunsplit((scheme, netloc, parts.path or "/", _kept(parts.query, host), ""))


def _kept(query: str, host: str) -> str:
    """The parameters that say which post it is, in the order given; untouched where none goes."""
    own = TRACKING_OF_HOST.get(host, frozenset())
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name) and name not in own]
    return query if len(kept) == len(pairs) else urlencode(kept)
