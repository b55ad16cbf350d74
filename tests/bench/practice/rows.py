"""Very many rows, written in chunks.

Django's `bulk_create` asks each field of each row what the database takes, which is most of its
time: a large practice has three million rows. So rows are made as those of a query are, only
values that are no plain ones are prepared, and a chunk is one statement of the driver. Times stay
as they are given.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.management.color import no_style
from django.db import connection, models
from django.utils import timezone

CHUNK = 5_000
M = TypeVar("M", bound=models.Model)
PREPARED = (
    *(models.DateField, models.TimeField, models.UUIDField, models.DecimalField),
    models.BinaryField,
)


class Table:
    """How rows of one model are made and written."""

    def __init__(self, model: type[models.Model]) -> None:
        self.fields = model._meta.concrete_fields
        self.names = [field.attname for field in self.fields]
        self.foreign = {field.name for field in self.fields if field.is_relation}
        self._defaults = [_default(field) for field in self.fields]
        self._places = {name: place for place, name in enumerate(self.names)}
        self._prepare = [(p, f) for p, f in enumerate(map(_preparation, self.fields)) if f]
        self.waiting: list[list[Any]] = []

    def values(self, fields: dict[str, Any]) -> list[Any]:
        """What stands in the columns, in their order."""
        made = [default() if callable(default) else default for default in self._defaults]
        for name, value in fields.items():
            if name in self.foreign:
                made[self._places[f"{name}_id"]] = None if value is None else value.pk
            else:
                made[self._places[name]] = value
        return made

    def write(self, model: type[models.Model]) -> None:
        """Write those that wait."""
        rows, self.waiting = self.waiting, []
        for row in rows:
            for place, prepare in self._prepare:
                if row[place] is not None:
                    row[place] = prepare(row[place])
        quote = connection.ops.quote_name
        table = quote(model._meta.db_table)
        columns = ", ".join(quote(str(field.column)) for field in self.fields)
        if connection.vendor == "postgresql":
            with (
                connection.connection.cursor() as cursor,
                cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
            ):
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(self.fields))
            sql = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
            connection.connection.executemany(sql, rows).close()


class Rows:
    """Collects rows of all kinds. Keys are given here, so that rows may name each other at once."""

    def __init__(self) -> None:
        self._tables: dict[type[models.Model], Table] = {}
        self._last: defaultdict[type[models.Model], int] = defaultdict(int)

    def add(self, model: type[M], /, **fields: Any) -> M:
        """A new row. It is in the database after `write`, at the latest."""
        table = self._tables.get(model)
        if table is None:
            table = self._tables[model] = Table(model)
            if isinstance(model._meta.pk, models.AutoField):
                there = model._base_manager.aggregate(last=models.Max("pk"))["last"]
                self._last[model] = there or 0
        values = table.values(fields)
        if model in self._last:
            self._last[model] += 1
            values[0] = self._last[model]
        row = model.from_db("default", table.names, values)
        for name in table.foreign & fields.keys():
            row._state.fields_cache[name] = fields[name]
        table.waiting.append(values)
        if len(table.waiting) == CHUNK:
            table.write(model)
        return row

    def write(self) -> None:
        """Write what is left. What the database numbers next comes behind it."""
        for model, table in self._tables.items():
            table.write(model)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for line in connection.ops.sequence_reset_sql(no_style(), list(self._last)):
                    cursor.execute(line)


def _default(field: Any) -> Any:
    """The value of a field that is not given, or what makes it."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return timezone.now
    return field.default if field.has_default() else field.get_default()


def _preparation(field: Any) -> Callable[[Any], Any] | None:
    """What makes a value of this field what the driver takes; None: nothing has to."""
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field.target_field if field.is_relation else field, PREPARED):
        return lambda value: field.get_db_prep_save(value, connection)
    return None
