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


class ListOnly(ReadOnly):
    """Rows of health of which many belong to no talk, so that no reading would be written down.

    Only their list opens, and it names no value.
    """

    list_display_links = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed: bool = super().has_view_permission(request, obj)  # type: ignore[misc]
        return allowed and obj is None
