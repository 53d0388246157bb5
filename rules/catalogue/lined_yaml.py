"""YAML text into plain values in which every mapping knows its file and line, so that an error can name them."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

LINE = "__line__"
# The catalogue needs five.
DEEPEST = 20

_BEGINNINGS = (
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
)
_ENDS = (yaml.BlockEndToken, yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)


class CatalogueError(ValueError):
    """A catalogue file that cannot be used; the message begins with file:line."""


class _NamedText(io.StringIO):
    """Text with a file name, which the loader puts into its marks."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


class _LineLoader(yaml.CSafeLoader):
    """Keeps the line a mapping begins at."""


def _mapping_with_line(loader: _LineLoader, node: yaml.MappingNode) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in mapping:
            raise CatalogueError(f"{node.start_mark.name}:{key_node.start_mark.line + 1}: {key} is given twice")
        mapping[key] = loader.construct_object(value_node, deep=True)
    mapping[LINE] = f"{Path(node.start_mark.name).name}:{node.start_mark.line + 1}"
    return mapping


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping_with_line)


def read_yaml(name: str, text: str) -> Any:
    """The values of one file. Raises CatalogueError."""
    try:
        _check_shape(name, text)
        return _LineLoader(_NamedText(name, text)).get_single_data()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(f"{name}:{line}: {error.problem}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise CatalogueError(f"{name}:{line}: holds a character that YAML does not allow") from error
    except CatalogueError:
        raise
    except (ValueError, RecursionError) as error:
        raise CatalogueError(f"{name}:1: cannot be read: {error}") from error


def _check_shape(name: str, text: str) -> None:
    """Refuse what is harmless to scan and dangerous to build.

    A few lines of aliases can stand for gigabytes. The loader calls itself for every list in a list, in C, where a
    stack that is too deep ends the whole process instead of raising an error.
    """
    depth = 0
    for token in yaml.scan(text, yaml.CSafeLoader):
        line = token.start_mark.line + 1
        if isinstance(token, yaml.AliasToken):
            raise CatalogueError(f"{name}:{line}: aliases (*{token.value}) are not used here")
        depth += isinstance(token, _BEGINNINGS) - isinstance(token, _ENDS)
        if depth > DEEPEST:
            raise CatalogueError(f"{name}:{line}: lists and mappings lie more than {DEEPEST} deep in one another")


def items(mapping: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Keys and values without the line mark."""
    return [(key, value) for key, value in mapping.items() if key != LINE]


def without_lines(value: Any) -> Any:
    """The content as plain JSON values, without the line marks."""
    if isinstance(value, dict):
        return {key: without_lines(inner) for key, inner in value.items() if key != LINE}
    if isinstance(value, list):
        return [without_lines(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
