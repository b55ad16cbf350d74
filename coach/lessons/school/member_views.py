"""A learner's pages of classes: join by a link, see in which one is, leave."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from coach.lessons.models import ClassInvitation, Membership
from coach.lessons.school import actions
from coach.lessons.school.assigned import assigned_to
from coach.lessons.school.doing import carry_out
from coach.types import MemberRequest


@login_required
@require_GET
def classes(request: MemberRequest) -> HttpResponse:
    standing = Membership.objects.standing().for_member(request.user)
    context = {
        "memberships": standing.select_related("school_class__teacher"),
        "assigned": assigned_to(request.user),
    }
    return render(request, "lessons/classes/mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def join(request: MemberRequest, token: str) -> HttpResponse:
    """Says what the teacher will see, and joins once the member wants it."""
    links = ClassInvitation.objects.by_link(token).standing()
    invitation = links.select_related("school_class__teacher").first()
    if invitation is None:
        return render(request, "lessons/classes/gone.html", status=404)
    found = invitation.school_class
    if request.method == "POST":
        told = _("You are in the class %(name)s.") % {"name": found.name}
        verb = partial(actions.join, request.user, token)
        return carry_out(request, verb, reverse("lessons:my_classes"), told)
    is_in = found.memberships.standing().for_member(request.user).exists()
    context = {"class": found, "token": token, "is_in": is_in}
    return render(request, "lessons/classes/join.html", context)


@login_required
@require_POST
def leave(request: MemberRequest, membership: int) -> HttpResponse:
    mine = Membership.objects.standing().for_member(request.user).select_related("school_class")
    row = get_object_or_404(mine, pk=membership)
    told = _("You have left %(name)s. Its teacher sees nothing of yours any more.") % {
        "name": row.school_class.name
    }
    return carry_out(request, partial(actions.leave, row), reverse("lessons:my_classes"), told)
