"""The pages of the other person: they join by a link, without an account, and see one meeting."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach.errors import Refused
from coach.interpreter import actions, guests
from coach.interpreter.forms import GuestForm
from coach.interpreter.models import Invitation
from coach.interpreter.readiness import engine_of, told_to
from coach.interpreter.views import live_context


@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Says what this is, and takes the seat once the guest wants it: a preview opens nothing."""
    invitation = actions.find_invitation(secret)
    if invitation is None:
        return render(request, "interpreter/gone.html", status=404)
    meeting = invitation.meeting
    if request.user.pk == meeting.member_id:  # who tries their own link does not use it up
        return redirect("interpreter:meeting", meeting.pk)
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key = actions.join(secret, form.cleaned_data["name"])
        except Refused:  # somebody else was first
            return render(request, "interpreter/gone.html", status=404)
        guests.remember(request.session, key)
        return redirect("interpreter:guest")
    with translation.override(_spoken(meeting.language_b)):
        context = {
            "meeting": meeting,
            "form": form,
            "secret": secret,
            "told_to": told_to(engine_of(meeting.provider, meeting.model)),
        }
        return render(request, "interpreter/join.html", context)


@never_cache
@require_GET
def guest(request: HttpRequest) -> HttpResponse:
    """The live page of who has joined."""
    invitation = _invitation(request)
    if invitation is None:
        return redirect("interpreter:left")
    context = live_context(invitation.meeting, "b", invitation.before) | {"guest": invitation}
    return render(request, "interpreter/live.html", context)


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    invitation = _invitation(request)
    if invitation is not None:
        actions.leave(invitation)
    return redirect("interpreter:left")


@never_cache
@require_GET
def left(request: HttpRequest) -> HttpResponse:
    """Where a guest is once the conversation is over for them."""
    return render(request, "interpreter/left.html")


def _spoken(code: str) -> str:
    """The language of the page for who speaks this one, if there are texts in it."""
    there = code in dict(settings.LANGUAGES)
    return code if there else translation.get_language() or settings.LANGUAGE_CODE


def _invitation(request: HttpRequest) -> Invitation | None:
    key = guests.key_of(request.session)
    joined = Invitation.objects.of_guest(key).select_related("meeting__member")
    return joined.first() if key else None
