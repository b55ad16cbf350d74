"""A button of the diary: a POST that changes something.

It answers the page's script with JSON (`message`, and `undo`: where to post to revert) and a
browser without script with a redirect to the day and the same message there.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from coach import wire
from coach.errors import CoachError, Conflict, NotFound
from coach.nutrition.models.diary import DiaryChange
from coach.talk.answers import json_answer
from coach.types import MemberRequest

STATUS = {NotFound: 404, Conflict: 409}

# The day to show (None: today), what to say, and the change that can be undone.
Done = tuple[date | None, str, DiaryChange | None]


def is_fetched(request: HttpRequest) -> bool:
    """Whether the page's script asks, which wants JSON."""
    return request.headers.get("X-Requested-With") == "fetch"


def button(view: Callable[..., Done]) -> Callable[..., HttpResponse]:
    """Make a view of a function that changes the diary and returns what was done."""

    @login_required
    @require_POST
    @wraps(view)
    def answer(request: MemberRequest, **values: Any) -> HttpResponse:
        fetched = is_fetched(request)
        try:
            shown, said, change = view(request, **values)
        except CoachError as error:
            if fetched:
                status = STATUS.get(type(error), 422)
                return json_answer(wire.Refusal(error.code, str(error)), status=status)
            messages.error(request, str(error))
            refused = redirect("nutrition:diary")
            refused.refused = True  # type: ignore[attr-defined]  # so it may be tried again
            return refused
        if fetched:
            undo = reverse("nutrition:undo", args=[change.pk]) if change else None
            return JsonResponse({"message": said, "undo": undo})
        messages.success(request, said)
        return redirect("nutrition:day", shown) if shown else redirect("nutrition:diary")

    return answer
