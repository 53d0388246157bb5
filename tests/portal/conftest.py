"""Debian's Chromium for the tests of the small scripts."""

import shutil

import pytest


@pytest.fixture(scope="session")
def base_url():
    """No server: markup is put on the page. (The plugin's own fixture has a form that pytest 9 warns about.)"""
    return ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's browser instead of a downloaded one; as root it runs only without its sandbox."""
    return {**browser_type_launch_args, "executable_path": shutil.which("chromium"), "args": ["--no-sandbox"]}
