"""Rows of several tables in one round trip to the database.

A page that shows a case reads a dozen small tables; a query each costs more in waiting than in reading. PostgreSQL
packs each table's rows into an array of JSON objects, and they become the same model instances as ever.

To plan such a statement takes PostgreSQL ten times as long as to run it, so each connection prepares it once.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import md5
from typing import Any
from uuid import UUID
from weakref import WeakSet

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import BinaryField, Field, Model, QuerySet
from django.db.models.functions import JSONObject
from psycopg2.extensions import AsIs

from accounts.models import User
from cases.models import OversightBody

# What a page says of whoever a row names; the rest of an account stays where it is.
NAMED: Mapping[type[Model], tuple[str, ...]] = {
    User: ("id", "username", "first_name", "last_name", "role", "region_code"),
    OversightBody: ("id", "code", "name"),
}


# Stands for the row the others belong to, while the statement is written.
_ANY_ROW = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class Together:
    """A statement that reads the rows of these models, to be kept: writing it takes longer than running it."""

    sql: str
    params: tuple[object, ...]
    models: Mapping[str, type[Model]]
    # The connections that have prepared it: those of the threads of this process
    _prepared: "WeakSet[object]" = field(default_factory=WeakSet)

    # Any: instances of whatever models the tables are of
    def read(self, key: UUID) -> dict[str, list[Any]]:
        """The rows that belong to the row with this primary key, by the names given to `together`."""
        with connection.cursor() as cursor:
            if connection.connection not in self._prepared:
                self._prepare(cursor)
            cursor.execute(f"EXECUTE {self._name}(%s)", [key])
            packed = cursor.fetchone()
        if packed is None:
            raise LookupError(key)
        found = zip(self.models.items(), packed, strict=True)
        return {name: _unpacked(model, [json.loads(row) for row in rows]) for (name, model), rows in found}

    @property
    def _name(self) -> str:
        return f"together_{md5(self.sql.encode(), usedforsecurity=False).hexdigest()}"

    def _prepare(self, cursor: CursorWrapper) -> None:
        # The driver writes values into the text itself; of the key only its place stands there.
        # Any: whatever the driver can write
        params: list[Any] = [AsIs("$1") if param == _ANY_ROW else param for param in self.params]
        cursor.execute("SELECT true FROM pg_prepared_statements WHERE name = %s", [self._name])
        if cursor.fetchone() is None:
            cursor.execute(f"PREPARE {self._name} (uuid) AS {self.sql}", params)
        self._prepared.add(connection.connection)


# Any: as above
def together(of: type[Model], tables: Mapping[str, QuerySet[Any]]) -> Together:
    """One statement for the rows of these tables that belong to one row of `of` (OuterRef in the query sets).

    Their order is kept. People and oversight bodies come along by name; binary columns (sealed keys) do not.
    """
    packed = [ArraySubquery(_packed(table)) for table in tables.values()]
    row = of._default_manager.filter(pk=_ANY_ROW).values_list(*packed)
    sql, params = row.query.sql_with_params()
    return Together(sql=sql, params=params, models={name: table.model for name, table in tables.items()})


# Any: as above
def fill(owner: Model, relation: str, rows: Iterable[Any]) -> None:
    """Let `owner.relation.all()` answer with these rows, as after prefetch_related."""
    answer = getattr(owner, relation).all()
    answer._result_cache = list(rows)
    answer._prefetch_done = True
    vars(owner).setdefault("_prefetched_objects_cache", {})[relation] = answer


# Any: as above
def _packed(table: QuerySet[Any]) -> QuerySet[Any]:
    columns: dict[str, Any] = {column.attname: column.attname for column in _columns(table.model)}
    for person in _naming(table.model):
        named = NAMED[person.related_model]
        columns[person.name] = JSONObject(**{name: f"{person.name}__{name}" for name in named})
    return table.values(packed=JSONObject(**columns))


# Any: as above
def _unpacked(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> list[Any]:
    columns, naming = _columns(model), [(field, _named_columns(field)) for field in _naming(model)]
    found = []
    for row in rows:
        instance = _instance(model, columns, row)
        for person, named in naming:
            is_empty = row[person.attname] is None
            somebody = None if is_empty else _instance(person.related_model, named, row[person.name])
            setattr(instance, person.name, somebody)
        found.append(instance)
    return found


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


# Any: as above
def _named_columns(field: Any) -> list[Any]:
    return [column for column in _columns(field.related_model) if column.name in NAMED[field.related_model]]
