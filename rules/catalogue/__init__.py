"""The rule catalogue: law as data. Plain Python, no framework; refuses bad files naming file and line."""

from rules.catalogue.english import in_english
from rules.catalogue.lined_yaml import CatalogueError
from rules.catalogue.parser import load_catalogue, parse_catalogue, read_files
from rules.catalogue.rows import Catalogue, Row

__all__ = ["Catalogue", "CatalogueError", "Row", "in_english", "load_catalogue", "parse_catalogue", "read_files"]
