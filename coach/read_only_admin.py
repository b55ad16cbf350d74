"""Console pages that are for reading only."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """What was said and done is evidence: nobody adds, changes or deletes it in the console."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
