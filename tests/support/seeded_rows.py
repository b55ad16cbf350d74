"""The rows that a new database has, put back after a test that has emptied every table.

Django empties them by a flush and then makes content types and permissions anew, which takes a
third of a second; what migrations have written stays away. Put back as they were, all of them are
there in a hundredth, and no test depends on which ran before it.
"""

from typing import Any

from django.apps import apps
from django.core.management.commands import flush
from django.db import models, transaction


class SeededRows:
    """What stands in the tables now."""

    def __init__(self) -> None:
        found = [(model, list(model._base_manager.all())) for model in _models()]
        self._rows = [(model, rows) for model, rows in found if rows]

    def put_back(self) -> None:
        with transaction.atomic():
            for model, rows in self._rows:
                for row in rows:
                    row._state.adding = True
                model._base_manager.bulk_create(rows)

    def stay(self) -> None:
        """Put them back after every flush, in place of Django's signal."""

        def instead(*_arguments: Any, **_more: Any) -> None:
            self.put_back()

        vars(flush)["emit_post_migrate_signal"] = instead


def _models() -> list[type[models.Model]]:
    tables = apps.get_models(include_auto_created=True)
    return [model for model in tables if model._meta.managed and not model._meta.proxy]
