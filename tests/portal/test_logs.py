"""No line of a log shows a token, and no line stops whoever writes it."""

import logging

import pytest

from portal.logs import WithoutTokens


def written(message, *args):
    record = logging.LogRecord("vendor", logging.WARNING, __file__, 1, message, args, None)
    assert WithoutTokens().filter(record)
    return record.getMessage()


def test_a_token_in_a_path_is_struck_out():
    assert written("Not Found: %s", "/lembaga/AbC123/") == "Not Found: /lembaga/…/"


@pytest.mark.parametrize("message", ["%d pages of %s", "%s", "100%", "%(name)s of %s"])
def test_a_line_whose_arguments_do_not_fit_stays_and_stops_nobody(message):
    line = written(message, "/lembaga/AbC123/", "two")
    assert line.startswith(message)
    assert "two" in line
    assert "AbC123" not in line
