"""Become a demo person with one click, where `COACH_DEMO` allows it."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from coach.people.models import User
from coach.site.seed import DEMO_EMAILS

ARRIVE_AT = {"member": "talk:start", "dietitian": "handoff:desk", "admin": "admin:index"}


@require_POST
def demo(request: HttpRequest, who: str) -> HttpResponse:
    if not settings.COACH_DEMO or who not in DEMO_EMAILS:
        raise Http404
    person = get_object_or_404(User, email=DEMO_EMAILS[who], is_demo=True)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(ARRIVE_AT[who])
