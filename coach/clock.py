"""The clock of every timer: the database's, never this host's."""

from datetime import UTC, datetime

from django.db import connection

SQLITE_NOW = "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"
POSTGRES_NOW = "SELECT clock_timestamp()"


def now() -> datetime:
    """The database's time (aware, UTC). It goes on inside a transaction."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(POSTGRES_NOW if postgres else SQLITE_NOW)
        value = cursor.fetchone()[0]
    if postgres:
        return value  # type: ignore[no-any-return]
    return datetime.fromisoformat(value).replace(tzinfo=UTC)
