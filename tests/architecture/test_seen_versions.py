"""A page tells the use case which version of the case was seen, so that nobody writes over a colleague unawares."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VIEWS = sorted((ROOT / "cases" / "views").glob("*.py"))
# Answers a proposal that can be answered once: what stands is read again, and locked, before the case moves.
WITHOUT = {("handover.py", "perform")}


def takes_a_version(module: ast.Module, name: str) -> bool:
    """Whether a name these views import is a function that asks which version was seen."""
    sources = [node.module for node in module.body if isinstance(node, ast.ImportFrom)]
    found = [getattr(import_module(source), name, None) for source in sources if source and source.startswith("cases")]
    return any("seen_version" in inspect.signature(one).parameters for one in found if inspect.isfunction(one))


def calls() -> list[tuple[str, str, set[str | None]]]:
    """Every call a view makes to such a function: file, function, names of what it gives; None stands for `**given`."""
    return [
        (path.name, node.func.id, {keyword.arg for keyword in node.keywords})
        for path in VIEWS
        for module in [ast.parse(path.read_text(encoding="utf-8"))]
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and takes_a_version(module, node.func.id)
    ]


def test_every_page_says_which_version_was_seen():
    found = calls()
    assert len(found) > 18
    forgotten = {(path, name) for path, name, given in found if not given & {"seen_version", None}}
    assert forgotten == WITHOUT
