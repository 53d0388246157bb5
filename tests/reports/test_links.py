"""One address for all the ways people copy it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.links import UnsafeLink, address_of, is_disguised
from reports.models import Report
from tests.reports.conftest import good_answers


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://m.facebook.com/camat/posts/1?mibextid=abc&fbclid=x", "https://www.facebook.com/camat/posts/1"),
        (
            "HTTP://FACEBOOK.com/story.php?story_fbid=7&id=8&__tn__=R",
            "https://www.facebook.com/story.php?story_fbid=7&id=8",
        ),
        ("https://www.instagram.com/p/AbC/?igsh=MzRl&utm_source=ig", "https://www.instagram.com/p/AbC/"),
        ("https://twitter.com/camat/status/9?s=20&t=abc", "https://x.com/camat/status/9"),
        ("https://m.youtube.com/watch?v=AbC&t=42&si=xyz", "https://www.youtube.com/watch?v=AbC&t=42"),
        ("https://youtu.be/AbC?si=xyz", "https://youtu.be/AbC"),
        ("https://www.tiktok.com/@lurah/video/1?_r=1&_t=8x", "https://www.tiktok.com/@lurah/video/1"),
        ("facebook.com/camat", "https://www.facebook.com/camat"),
        ("t.me/grup/12", "https://t.me/grup/12"),
        ("https://berita.example:443/a?si=1&utm_medium=x#komentar", "https://berita.example/a?si=1"),
        ("http://berita.example:8080", "http://berita.example:8080/"),
        ("https://facebook.com@jahat.example/masuk", "https://jahat.example/masuk"),
        ("https://fаcebook.com/camat", "https://xn--fcebook-2fg.com/camat"),
        ("https://contoh.example/a%20b?q=kata+kunci&x=", "https://contoh.example/a%20b?q=kata+kunci&x="),
        ("http://[2001:db8::1]/a", "http://[2001:db8::1]/a"),
        ("akun @camat_tembalang", ""),
        ("grup WA Kelurahan 1.5", ""),
        ("Info: di grup", ""),
        ("https://", ""),
        ("http://[", ""),
        ("https://contoh.example:99999/", ""),
        ("", ""),
    ],
)
def test_an_address_has_one_form(text, address):
    assert address_of(text) == address


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", " JavaScript :x", "data:text/html,x", "file:///etc/passwd", "ftp://a/b", "intent:x"]
)
def test_what_would_run_or_open_files_is_refused(text):
    with pytest.raises(UnsafeLink):
        address_of(text)


def test_letters_of_another_alphabet_in_the_host_are_noticed():
    assert is_disguised(address_of("https://fаcebook.com/"))
    assert not is_disguised(address_of("https://facebook.com/"))
    assert not is_disguised("")


@given(st.text() | st.from_regex(r"https?://[ -~äа]{0,60}", fullmatch=True))
@example("https://a..b/")
@example("https://" + "a" * 70 + ".ü/")
@example("facebook.com/?a=%zz&fbclid=1")
def test_normalising_twice_changes_nothing_and_never_fails_in_another_way(text):
    try:
        address = address_of(text)
    except UnsafeLink:
        return
    assert address_of(address) == address


def test_a_report_keeps_both_and_nothing_is_fetched(citizen, picture):
    given_link = "https://m.facebook.com/camat/posts/1?fbclid=x"
    citizen.send(picture, answers=good_answers(link=given_link))
    report = Report.objects.get()
    assert (report.link, report.link_address) == (given_link, "https://www.facebook.com/camat/posts/1")


def test_an_unsafe_link_is_refused_with_what_to_do(citizen, picture):
    response = citizen.send(picture, answers=good_answers(link="javascript:alert(1)"))
    assert "bukan alamat halaman" in response.text
    assert Report.objects.count() == 0
