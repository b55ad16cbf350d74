"""A button of the diary: it shows the day that it changed, and its change can be undone."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse

from coach.nutrition.models.diary import DiaryChange
from coach.talk import buttons
from coach.talk.buttons import is_fetched
from coach.types import MemberRequest

__all__ = ["Done", "button", "is_fetched"]

# The day to show (None: today), what to say, and the change that can be undone.
Done = tuple[date | None, str, DiaryChange | None]


def button(view: Callable[..., Done]) -> Callable[..., HttpResponse]:
    """Make a view of a function that changes the diary and returns what was done."""

    @buttons.button("nutrition:diary")
    @wraps(view)
    def answer(request: MemberRequest, **values: Any) -> buttons.Done:
        shown, said, change = view(request, **values)
        page = resolve_url("nutrition:day", shown) if shown else resolve_url("nutrition:diary")
        undo = reverse("nutrition:undo", args=[change.pk]) if change else None
        return buttons.Done(said, page, undo)

    return answer
