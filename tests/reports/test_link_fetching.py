"""A visit ends in time, keeps little, and never goes where a stranger has no business."""

import time

import pytest

from reports.link_fetching import fetch
from reports.link_policy import CaptureRefusal, LinkRefused, Policy
from tests.reports.web_server import PAGE, running_site

SECONDS = 2.0


@pytest.fixture(scope="module")
def site():
    with running_site() as server:
        yield server


@pytest.fixture
def visit(site):
    """Visits a path of the site under a public name; `numbers` is what the name resolves to at each call."""
    site.seen.clear()
    port = site.server_address[1]
    policy = Policy(also_hosts=frozenset({"127.0.0.1"}), also_ports=frozenset({port}))

    def visited(path, *, numbers=(), host="contoh.id", scheme="http", seconds=SECONDS):
        answers = iter(numbers)
        return fetch(
            f"{scheme}://{host}:{port}{path}",
            policy=policy,
            resolve=lambda host, port: [next(answers, "127.0.0.1")] if host == "contoh.id" else [host],
            seconds=seconds,
        )

    return visited


def refusal(visit, *arguments, **options):
    with pytest.raises(LinkRefused) as refused:
        visit(*arguments, **options)
    return refused.value.code


def test_a_page_is_kept_as_it_came(visit, site):
    found = visit("/?a=1")
    assert (found.status, found.content_type, found.body) == (200, "text/html", PAGE)
    assert found.final_url.endswith("/?a=1")
    ((path, headers),) = site.seen
    assert path == "/?a=1"
    assert headers["Host"] == f"contoh.id:{site.server_address[1]}"
    assert headers["Accept-Encoding"] == "identity"
    assert not {"Cookie", "Referer", "Authorization"} & set(headers)


def test_an_answer_that_is_an_error_is_an_answer(visit):
    assert visit("/tidak-ada").status == 404


def test_a_proxy_of_the_environment_is_not_used(visit, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert visit("/").status == 200


def test_a_redirect_is_followed_without_cookies(visit, site):
    assert visit("/cookie").final_url.endswith("/")
    assert [path for path, _ in site.seen] == ["/cookie", "/"]
    assert "Cookie" not in site.seen[1][1]


def test_a_name_is_resolved_once_and_that_number_is_visited(visit):
    # Were it resolved again for the connection, the second answer would lead into a closed network.
    assert visit("/", numbers=["127.0.0.1", "10.0.0.1"]).status == 200


@pytest.mark.parametrize("second", ["10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "127.0.0.2"])
def test_a_name_that_changes_its_number_at_the_redirect_is_refused(visit, site, second):
    assert refusal(visit, "/once", numbers=["127.0.0.1", second]) is CaptureRefusal.CLOSED_NETWORK
    assert len(site.seen) == 1


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/inside", CaptureRefusal.CLOSED_NETWORK),
        ("/metadata", CaptureRefusal.CLOSED_NETWORK),
        ("/file", CaptureRefusal.BAD_ADDRESS),
        ("/port", CaptureRefusal.CLOSED_PORT),
        ("/round", CaptureRefusal.TOO_MANY_REDIRECTS),
        ("/endless", CaptureRefusal.TOO_LARGE),
        ("/chunks", CaptureRefusal.TOO_LARGE),
        ("/drip", CaptureRefusal.TOO_SLOW),
        ("/slow-headers", CaptureRefusal.TOO_SLOW),
        ("/huge-header", CaptureRefusal.BROKEN_ANSWER),
        ("/many-headers", CaptureRefusal.BROKEN_ANSWER),
        ("/cut", CaptureRefusal.BROKEN_ANSWER),
        ("/no-http", CaptureRefusal.BROKEN_ANSWER),
    ],
)
def test_an_answer_that_is_not_kept(visit, path, code):
    assert refusal(visit, path, seconds=1.0 if code is CaptureRefusal.TOO_SLOW else 10.0) is code


def test_at_most_three_redirects_are_followed(visit, site):
    refusal(visit, "/round")
    assert len(site.seen) == 4


def test_a_site_without_a_certificate_is_not_read(visit):
    assert refusal(visit, "/", scheme="https") is CaptureRefusal.NOT_TRUSTED


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"])
def test_other_spellings_of_this_machine_are_refused_by_the_real_resolver(host, site):
    port = site.server_address[1]
    site.seen.clear()
    with pytest.raises(LinkRefused) as refused:
        fetch(f"http://{host}:{port}/", policy=Policy(also_ports=frozenset({port})), seconds=SECONDS)
    assert refused.value.code in {CaptureRefusal.CLOSED_NETWORK, CaptureRefusal.UNKNOWN_HOST}
    assert site.seen == []


def test_this_machine_is_refused_by_name_and_number():
    for host in ("localhost", "127.0.0.1"):
        with pytest.raises(LinkRefused) as refused:
            fetch(f"http://{host}/", seconds=SECONDS)
        assert refused.value.code is CaptureRefusal.CLOSED_NETWORK


def test_one_closed_number_among_several_is_enough():
    with pytest.raises(LinkRefused) as refused:
        fetch("http://contoh.id/", resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"], seconds=SECONDS)
    assert refused.value.code is CaptureRefusal.CLOSED_NETWORK


def test_a_resolver_that_hangs_costs_no_more_than_the_time_there_is():
    with pytest.raises(LinkRefused) as refused:
        fetch("http://contoh.id/", resolve=lambda host, port: time.sleep(3) or [], seconds=0.2)
    assert refused.value.code is CaptureRefusal.TOO_SLOW


def unknown(host, port):
    raise OSError("no such name")


@pytest.mark.parametrize("resolve", [unknown, lambda host, port: []])
def test_an_unknown_name_is_said_to_be_one(resolve):
    with pytest.raises(LinkRefused) as refused:
        fetch("http://contoh.id/", resolve=resolve, seconds=SECONDS)
    assert refused.value.code is CaptureRefusal.UNKNOWN_HOST


def test_a_closed_door_is_unreachable(visit, site):
    with pytest.raises(LinkRefused) as refused:
        fetch(
            "http://contoh.id:1/",
            policy=Policy(frozenset({"127.0.0.1"}), frozenset({1})),
            resolve=lambda host, port: ["127.0.0.1"],
        )
    assert refused.value.code is CaptureRefusal.UNREACHABLE


def test_a_type_keeps_its_plain_letters_only(visit):
    found = visit("/odd-type").content_type
    assert found.isprintable()
    assert len(found) == 100
