"""What no log shows, whoever writes the line: Django tells the path of every request that went wrong."""

import logging
import re

# The token of a body's link opens a letter, also one with its last characters lost on the way.
TOKEN_IN_PATH = re.compile(r"(/lembaga/)(?!surat/)[^/\s]+")
HIDDEN = r"\1…"


class WithoutTokens(logging.Filter):
    """Strikes tokens out of the line before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line stays; `args` are folded into it, so that none of them is formatted a second time."""
        record.msg, record.args = TOKEN_IN_PATH.sub(HIDDEN, _written(record)), ()
        return True


def _written(record: logging.LogRecord) -> str:
    """The line; where its `args` do not fit, both as they are: who logs badly is not stopped by it."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, LookupError):
        return f"{record.msg} {record.args}"
