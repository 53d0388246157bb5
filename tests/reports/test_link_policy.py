"""No address somebody sends leads into a closed network, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.link_policy import CaptureRefusal, LinkRefused, Policy, redirected, target_of

POLICY = Policy()
CLOSED = [
    ".".join("0000"),
    "10.1.2.3",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
    "fec0::1",
    "ff02::1",
    "localhost",
    "",
    "0177.0.0.1",
    "2130706433",
    "0x7f000001",
]


@pytest.mark.parametrize("number", CLOSED)
def test_a_closed_number_is_refused(number):
    assert not POLICY.allows(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "103.10.66.1", "172.15.255.255", "172.32.0.1", "2606:4700::1111"])
def test_a_public_number_is_allowed(number):
    assert POLICY.allows(number)


@given(st.ip_addresses())
def test_what_is_allowed_is_public_for_python_too(address):
    assert not POLICY.allows(str(address)) or (address.is_global and not address.is_multicast)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://contoh.id/a", CaptureRefusal.BAD_ADDRESS),
        ("file:///etc/passwd", CaptureRefusal.BAD_ADDRESS),
        ("gopher://contoh.id:80/", CaptureRefusal.BAD_ADDRESS),
        ("//contoh.id/a", CaptureRefusal.BAD_ADDRESS),
        ("http:///a", CaptureRefusal.BAD_ADDRESS),
        ("http://budi:rahasia@contoh.id/", CaptureRefusal.BAD_ADDRESS),
        ("http://contoh.id@127.0.0.1/", CaptureRefusal.BAD_ADDRESS),
        ("http://@contoh.id/", CaptureRefusal.BAD_ADDRESS),
        ("http://contoh.id\\@127.0.0.1/", CaptureRefusal.BAD_ADDRESS),
        ("http://contoh.id/a b", CaptureRefusal.BAD_ADDRESS),
        ("http://contoh.id/\r\nHost: dalam", CaptureRefusal.BAD_ADDRESS),
        ("http://contoh%2eid/", CaptureRefusal.BAD_ADDRESS),
        ("http://contоh.id/", CaptureRefusal.BAD_ADDRESS),
        ("http://[fe80::1%25eth0]/", CaptureRefusal.BAD_ADDRESS),
        ("http://[::1/", CaptureRefusal.BAD_ADDRESS),
        ("http://contoh.id:99999/", CaptureRefusal.BAD_ADDRESS),
        (f"http://contoh.id/{'a' * 2000}", CaptureRefusal.BAD_ADDRESS),
        ("http://contoh.id:22/", CaptureRefusal.CLOSED_PORT),
        ("http://contoh.id:6379/", CaptureRefusal.CLOSED_PORT),
        ("http://contoh.id:0/", CaptureRefusal.CLOSED_PORT),
    ],
)
def test_an_address_no_machine_of_ours_visits(url, code):
    with pytest.raises(LinkRefused) as refused:
        target_of(url, POLICY)
    assert refused.value.code is code


def test_an_address_is_taken_apart():
    target = target_of("https://contoh.id/berita?q=é&b=%20#bagian", POLICY)
    assert (target.host, target.port, target.path) == ("contoh.id", 443, "/berita?q=%C3%A9&b=%20")
    assert target.url == "https://contoh.id/berita?q=%C3%A9&b=%20"


def test_a_redirect_is_judged_like_a_new_address():
    start = target_of("https://contoh.id/a/b", POLICY)
    assert redirected(start, "../c", POLICY).url == "https://contoh.id/c"
    assert redirected(start, "//lain.id:80/", POLICY).host_header == "lain.id:80"
    for location in ("file:///etc/passwd", "http://lain.id:8080/", "http://[::1"):
        with pytest.raises(LinkRefused):
            redirected(start, location, POLICY)
