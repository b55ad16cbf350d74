"""The landing page and the sheet of components."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from coach.site.pages.look import specimens


def home(request: HttpRequest) -> HttpResponse:
    """What this is, for guests; people who are signed in go on to their work."""
    user = request.user
    if user.is_authenticated:
        return redirect("handoff:desk" if user.is_expert else "talk:start")
    return render(request, "home.html")


def look(request: HttpRequest) -> HttpResponse:
    """Every component in every state, in both modes. For those who build; not in production."""
    if not settings.DEBUG:
        raise Http404
    context: dict[str, Any] = {"specimens": specimens(), "modes": ("light", "dark")}
    return render(request, "look.html", context)
