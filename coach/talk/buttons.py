"""A button of a feature's page: a POST that changes something.

It answers the page's script with JSON (`message`, and `undo`: where to post to revert) and a
browser without script with a redirect and the same message there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from coach import wire
from coach.errors import CoachError, Conflict, NotFound
from coach.talk.answers import json_answer
from coach.talk.registries.orders import orders_of
from coach.types import MemberRequest

STATUS = {NotFound: 404, Conflict: 409}


@dataclass(frozen=True)
class Done:
    """What to say, the page to show to a browser without script, and where to post to revert."""

    message: str
    page: str
    undo: str | None = None


def is_fetched(request: HttpRequest) -> bool:
    """Whether the page's script asks, which wants JSON."""
    return request.headers.get("X-Requested-With") == "fetch"


def turned_back(request: HttpRequest, why: str, page: str, *values: object) -> HttpResponse:
    """To a page that says why nothing was changed. The same form may be sent again."""
    messages.error(request, why)
    back = redirect(page, *values)
    back.refused = True  # type: ignore[attr-defined]  # its key is not used up
    return back


def button(refused: str) -> Callable[[Callable[..., Done]], Callable[..., HttpResponse]]:
    """Make a view of a function that changes something. `refused`: the page when it cannot."""

    def make(view: Callable[..., Done]) -> Callable[..., HttpResponse]:
        @login_required
        @require_POST
        @wraps(view)
        def answer(request: MemberRequest, **values: Any) -> HttpResponse:
            fetched = is_fetched(request)
            try:
                done = view(request, **values)
            except CoachError as error:
                if fetched:
                    status = STATUS.get(type(error), 422)
                    return json_answer(wire.Refusal(error.code, str(error)), status=status)
                return turned_back(request, str(error), refused)
            said = orders_of(request.user).say(done.message)
            if fetched:
                return JsonResponse({"message": said, "undo": done.undo})
            messages.success(request, said)
            return redirect(done.page)

        return answer

    return make
