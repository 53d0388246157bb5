"""Rows of several tables in one round trip to the database.

A page that shows a case reads a dozen small tables; a query each costs more in waiting than in reading. PostgreSQL
packs each table's rows into an array of JSON objects, and they become the same model instances as ever.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BinaryField, Field, Model, QuerySet
from django.db.models.functions import JSONObject

from accounts.models import User
from cases.models import OversightBody

# What a page says of whoever a row names; the rest of an account stays where it is.
NAMED: Mapping[type[Model], tuple[str, ...]] = {
    User: ("id", "username", "first_name", "last_name"),
    OversightBody: ("id", "code", "name"),
}


# Any: instances of whatever models the query sets are of
def rows_together(of: QuerySet[Any], tables: Mapping[str, QuerySet[Any]]) -> dict[str, list[Any]]:
    """The rows of each table that belong to the one row `of` finds (named by OuterRef in the query sets), in order.

    People and oversight bodies come along by name. Binary columns (sealed keys) stay in the database.
    """
    packed = {f"packed_{name}": ArraySubquery(_packed(table)) for name, table in tables.items()}
    found = of.values(**packed).get()
    return {name: [_unpacked(table.model, row) for row in found[f"packed_{name}"]] for name, table in tables.items()}


# Any: as above
def fill(owner: Model, relation: str, rows: Iterable[Any]) -> None:
    """Let `owner.relation.all()` answer with these rows, as after prefetch_related."""
    answer = getattr(owner, relation).all()
    answer._result_cache = list(rows)
    answer._prefetch_done = True
    vars(owner).setdefault("_prefetched_objects_cache", {})[relation] = answer


# Any: as above
def _packed(table: QuerySet[Any]) -> QuerySet[Any]:
    columns: dict[str, Any] = {field.attname: field.attname for field in _columns(table.model)}
    for field in _naming(table.model):
        named = NAMED[field.related_model]
        columns[field.name] = JSONObject(**{name: f"{field.name}__{name}" for name in named})
    return table.values(packed=JSONObject(**columns))


# Any: as above
def _unpacked(model: type[Model], row: Mapping[str, Any]) -> Any:
    instance = _instance(model, _columns(model), row)
    for field in _naming(model):
        named = field.related_model
        known = [column for column in named._meta.concrete_fields if column.name in NAMED[named]]
        is_empty = row[field.attname] is None
        setattr(instance, field.name, None if is_empty else _instance(named, known, row[field.name]))
    return instance


# Any: as above
def _instance(model: type[Model], columns: Iterable[Any], row: Mapping[str, Any]) -> Model:
    names = [field.attname for field in columns]
    return model.from_db(None, names, [field.to_python(row[field.attname]) for field in columns])


# Any: django-stubs types a field by its values, which do not matter here
def _columns(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not isinstance(field, BinaryField)]


# Any: as above
def _naming(model: type[Model]) -> list[Any]:
    return [field for field in _columns(model) if isinstance(field, Field) and field.related_model in NAMED]
