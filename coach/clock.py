"""The clock of every timer: the database's.

Hosts disagree about the time, and the rows they share do not. So a deadline, a lease, an expiry or
an age is a column that `now()` wrote, compared with `now()`. SQLite is a file of one host, and its
clock is that host's, read by SQLite itself.
"""

from datetime import UTC, date, datetime

from django.db import connection, models
from django.utils import timezone

SQLITE_NOW = "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"
POSTGRES_NOW = "SELECT clock_timestamp()"


def now() -> datetime:
    """The database's time (aware, UTC; milliseconds on SQLite). It goes on in a transaction."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(POSTGRES_NOW if postgres else SQLITE_NOW)
        value = cursor.fetchone()[0]
    if postgres:
        return value  # type: ignore[no-any-return]
    return datetime.fromisoformat(value).replace(tzinfo=UTC)


def host_now() -> datetime:
    """This host's time (aware), to be shown to people. No column is compared with it."""
    return timezone.now()  # noqa: TID251  the one place that reads it


def host_today() -> date:
    """This host's date in the active time zone, for calendars: birthdays, prices, shutdowns."""
    return timezone.localdate()  # noqa: TID251  the one place that reads it


class CreatedAtField(models.DateTimeField):  # type: ignore[type-arg]
    """`DateTimeField(auto_now_add=True)` that the database's clock fills.

    The table is that of a plain `DateTimeField`, and so migrations name one.
    """

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **{"auto_now_add": True} | options)  # type: ignore[arg-type]

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.DateTimeField", list(args), dict(options)

    def pre_save(self, model_instance: models.Model, add: bool) -> datetime:
        if add:
            setattr(model_instance, self.attname, now())
        written: datetime = getattr(model_instance, self.attname)
        return written
