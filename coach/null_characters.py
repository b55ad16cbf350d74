"""PostgreSQL keeps no NUL in a text: it is dropped, and what was written around it is kept.

Words lose it where they come in, before anything reads them. What comes another way (an address, a
tool's arguments, an engine's name for something) loses it on its way to the database.
"""

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

NUL = "\x00"
Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def without_nul(value: Any) -> Any:
    """`value` without a NUL in its texts, and in those inside it; the same object if it has none.

    A JSON value for PostgreSQL is a wrapper of psycopg, with the value as its `obj`.
    """
    match value:
        case str():
            return value.replace(NUL, "") if NUL in value else value
        case list() | tuple():
            return type(value)([without_nul(item) for item in value])
        case dict():
            return {without_nul(key): without_nul(item) for key, item in value.items()}
    if type(value).__name__ in ("Json", "Jsonb"):
        value.obj = without_nul(value.obj)
    return value


def _execute_without_nul(
    execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    return execute(sql, without_nul(params), many, context)


@receiver(connection_created)
def _watch_parameters(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Of each connection, once: it may be opened again."""
    if _execute_without_nul not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _execute_without_nul)
