"""How a button of these pages answers."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coach.errors import CoachError
from coach.talk.buttons import turned_back


def carry_out(
    request: HttpRequest, verb: Callable[[], object], back: str, told: str = ""
) -> HttpResponse:
    """Call `verb`, and go `back`, where it is told what came of it."""
    try:
        verb()
    except CoachError as error:
        return turned_back(request, str(error), back)
    if told:
        messages.success(request, told)
    return redirect(back)
