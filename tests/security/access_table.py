"""Reads access.txt: who gets what answer at which address."""

from pathlib import Path

TABLE = Path(__file__).with_name("access.txt")
DENIED = {"login", "403", "404", "405"}


def read_table() -> tuple[list[str], dict[tuple[str, str], dict[str, str]]]:
    """The names of the visitors, and their answers by (address, method)."""
    lines = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    people = lines[0][2:]
    rows = {(name, method): dict(zip(people, answers, strict=True)) for name, method, *answers in lines[1:]}
    assert len(rows) == len(lines) - 1, "an address stands in the table twice"
    return people, rows
