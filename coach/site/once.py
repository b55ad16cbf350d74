"""A change that is sent twice is made once.

Any form may carry a `key`. The row of its key is written in the transaction of the change itself: a
change without its row, or a row without its change, cannot be. Whoever sends the same key at the
same moment waits at the unique key, and then finds the answer. A view with a line of its own
(`handler.LINES`) takes no key: the transaction would hold all writers up for as long as it waits.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.site.handler import CHANGING, line_of
from coach.site.models import AnsweredForm
from coach.site.pruning import delete_in_parts
from coach.talk.answers import json_answer

KEY = re.compile(r"[0-9A-Za-z_-]{1,64}")
LOCATION_MAX_CHARS = 500
BODY_MAX_CHARS = 8_000  # of an answer that is kept; those of forms are far shorter
KEPT = timedelta(days=1)  # for as long a page may be left open and sent again
NOT_CONTENT = ("key", "csrfmiddlewaretoken")


def forget_old() -> int:
    """Delete the forms of all members that are older than `KEPT`; returns how many there were."""
    old = AnsweredForm.objects.filter(created_at__lt=clock.now() - KEPT)
    return delete_in_parts(old.order_by("created_at"))


class OnceMiddleware:
    """Answers the same key with the same answer. Stands inside AuthenticationMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if request.method != "POST" or line_of("POST", request.path_info) != CHANGING:
            return None
        key = request.POST.get("key", "")
        if not KEY.fullmatch(key) or request.FILES or not request.user.is_authenticated:
            return None
        if request.resolver_match and request.resolver_match.app_name == "admin":
            return None  # the console has fields of its own
        content = digest(request)
        with transaction.atomic():
            of_member = AnsweredForm.objects.filter(member_id=request.user.pk)
            form, first = of_member.get_or_create(
                key=key, defaults={"member_id": request.user.pk, "content": content}
            )
            if not first:
                return answered(request, form, content)
            response: HttpResponse = view(request, *args, **kwargs)
            remember(form, response)
        return response


def digest(request: HttpRequest) -> str:
    """What is sent where, without what differs each time a page is drawn."""
    fields = sorted((k, v) for k, v in request.POST.lists() if k not in NOT_CONTENT)
    return hashlib.sha256(json.dumps([request.path, fields]).encode()).hexdigest()


def remember(form: AnsweredForm, response: HttpResponse) -> None:
    """Keep the answer to a change. A page, or a refusal, changed nothing: it may be tried again."""
    if isinstance(response, HttpResponseRedirect) and not getattr(response, "refused", False):
        form.location = response.url
    elif response.status_code == 200 and response["Content-Type"] == "application/json":
        form.body = response.content.decode()
    too_long = len(form.body) > BODY_MAX_CHARS or len(form.location) > LOCATION_MAX_CHARS
    if too_long or not (form.location or form.body):
        form.delete()
    else:
        form.save(update_fields=["location", "body"])


def answered(request: HttpRequest, form: AnsweredForm, content: str) -> HttpResponse:
    """The answer of the first time, unless this is another change under an old key."""
    if form.content == content:
        if form.location:
            return HttpResponseRedirect(form.location)
        return HttpResponse(form.body, content_type="application/json")
    if request.headers.get("X-Requested-With") != "fetch":
        return render(request, "409.html", status=409)
    said = _(
        "This form was sent before with something else in it, and that was saved. Reload the page "
        "to see it, then change it."
    )
    return json_answer(wire.Refusal("other_content", said), status=409)
