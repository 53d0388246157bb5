"""Which addresses a machine inside our network may be sent to by a stranger. Pure functions; nothing is fetched here.

Whoever sends a report chooses the link, and a redirect can lead on from there, so both are judged the same way: first
the address as text, then every number its host name resolves to. Only what IANA lists as public is allowed:
iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry.
"""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, quote, urljoin, urlsplit

LONGEST_URL = 2000
PORTS = {"http": 80, "https": 443}
# Letters, digits, hyphens and dots, or an IPv6 number; foreign letters come as punycode (reports.links).
HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|[0-9a-f:.]*:[0-9a-f:.]*")
# Control characters and what browsers and libraries read in different ways.
AMBIGUOUS = re.compile(r"[\x00-\x20\x7f\\]")
SAFE_IN_TARGET = "/%:=&?~+!$,;'@()*[]-._"

CLOSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by customers of one provider
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # link-local; where clouds keep their credentials
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays, abandoned
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# All that is not global unicast goes: loopback, mapped and compatible IPv4, NAT64 (64:ff9b::/96), private, link-local,
# multicast.
OPEN_V6 = ipaddress.IPv6Network("2000::/3")
CLOSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)


class CaptureRefusal(StrEnum):
    """Why nothing was kept of a link."""

    BAD_ADDRESS = "bad_address"
    CLOSED_PORT = "closed_port"
    CLOSED_NETWORK = "closed_network"
    UNKNOWN_HOST = "unknown_host"
    UNREACHABLE = "unreachable"
    NOT_TRUSTED = "not_trusted"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    BROKEN_ANSWER = "broken_answer"
    GAVE_UP = "gave_up"


class LinkRefused(ValueError):
    """An address that is not fetched, or an answer that is not kept; `code` says why."""

    def __init__(self, code: CaptureRefusal) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True, slots=True)
class Policy:
    """What may be visited. The defaults are the only ones outside of tests, which need a server of their own."""

    also_hosts: frozenset[str] = frozenset()
    also_ports: frozenset[int] = frozenset()

    def allows(self, number: str) -> bool:
        """Whether an IP address, as the resolver gave it, is a public one."""
        try:
            address = ipaddress.ip_address(number)
        except ValueError:
            return False
        if number in self.also_hosts:
            return True
        if isinstance(address, ipaddress.IPv4Address):
            return not any(address in network for network in CLOSED_V4)
        is_open = address in OPEN_V6 and address.scope_id is None
        return is_open and not any(address in network for network in CLOSED_V6)


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart. `path` is path and query, ready to be sent; `url` is the whole without fragment."""

    scheme: str
    host: str
    port: int
    path: str
    url: str

    @property
    def host_header(self) -> str:
        """The host as the server is told it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"


def target_of(url: str, policy: Policy) -> Target:
    """Take an address apart; raises LinkRefused for one no browser of ours is sent to."""
    if len(url) > LONGEST_URL or AMBIGUOUS.search(url):
        raise LinkRefused(CaptureRefusal.BAD_ADDRESS)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise LinkRefused(CaptureRefusal.BAD_ADDRESS) from error
    host = _host(parts)
    port = PORTS[parts.scheme] if port is None else port
    if port not in {*PORTS.values(), *policy.also_ports}:
        raise LinkRefused(CaptureRefusal.CLOSED_PORT)
    path = quote(parts.path or "/", SAFE_IN_TARGET) + (f"?{quote(parts.query, SAFE_IN_TARGET)}" if parts.query else "")
    target = Target(parts.scheme, host, port, path if path.startswith("/") else f"/{path}", "")
    whole = f"{target.scheme}://{target.host_header}{target.path}"
    if len(whole) > LONGEST_URL:
        raise LinkRefused(CaptureRefusal.BAD_ADDRESS)
    return Target(target.scheme, host, port, target.path, whole)


def redirected(target: Target, location: str, policy: Policy) -> Target:
    """Where a redirect leads; judged as if somebody had sent it. Raises LinkRefused."""
    try:
        url = urljoin(target.url, location)
    except ValueError as error:
        raise LinkRefused(CaptureRefusal.BAD_ADDRESS) from error
    return target_of(url, policy)


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if parts.scheme not in PORTS or "@" in parts.netloc or not HOST.fullmatch(host):
        raise LinkRefused(CaptureRefusal.BAD_ADDRESS)
    return host
