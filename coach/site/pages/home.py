"""The landing page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def home(request: HttpRequest) -> HttpResponse:
    """What this is, for guests; people who are signed in go on to their work."""
    user = request.user
    if user.is_authenticated:
        return redirect("handoff:desk" if user.is_expert else "talk:start")
    return render(request, "home.html")
