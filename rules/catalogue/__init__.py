"""The rule catalogue: law as data. Plain Python, no framework; refuses bad files naming file and line."""

from rules.catalogue.parser import CatalogueError, load_catalogue
from rules.catalogue.rows import Catalogue, Row

__all__ = ["Catalogue", "CatalogueError", "Row", "load_catalogue"]
