"""Each environment variable the settings read stands in the README, and the README names no other."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READERS = r'env_(?:str|bool|int|choice|list|path|file|secret)\(\s*"([A-Z_]+)"'
# Read by the launcher, not by the settings
LAUNCHER = {"PORT", "DEMO"}


def documented() -> set[str]:
    table = (ROOT / "README.md").read_text(encoding="utf-8").split("## Settings")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def read_by_settings() -> set[str]:
    source = (ROOT / "portal" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(READERS, source))
    secrets = set(re.findall(r'env_secret\("([A-Z_]+)"', source))
    return names | {f"{name}_FILE" for name in secrets}


def test_every_variable_read_is_documented():
    assert read_by_settings() - documented() == set()


def test_every_documented_variable_is_read():
    assert documented() - read_by_settings() - LAUNCHER == set()
