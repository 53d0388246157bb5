"""One engine for all tests of the rules: loading it is the slow part."""

import pytest

from rules.engine import load_engine


@pytest.fixture(scope="session")
def engine():
    return load_engine()
