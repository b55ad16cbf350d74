"""No log of queries: in debug, Django keeps each with its values, and nobody here reads them.

To know the values SQLite is asked a second time, which costs a live talk as much as the query.
"""

from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver


@receiver(connection_created)
def _keep_no_log(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Of each connection, once: it may be opened again."""
    if settings.DEBUG:
        vars(connection)["make_debug_cursor"] = connection.make_cursor
