"""What a supervisor does at the wall: assign, change the tier, pull, pause. Each is one verb."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coach.bounds import asked_number, read_number
from coach.errors import Refused
from handoff import actions
from handoff.models import Expert
from handoff.views.access import ExpertRequest, for_supervisors, readable, talk_at_wall
from handoff.views.choices import PAUSES


@for_supervisors
@require_POST
def assign(request: ExpertRequest, pk: int) -> HttpResponse:
    """Let the case ring at the desk of the expert `to`."""
    case = get_object_or_404(readable(request.expert), pk=pk)
    to = asked_number(request.POST, "to")
    chosen = Expert.objects.select_related("user").filter(pk=to, active=True).first()
    if chosen is None:
        raise Refused(_("Choose an expert."))
    actions.choose(case, request.expert, chosen, request.POST.get("note", ""))
    said = _("It rings at %(name)s's desk. You see here whether they accept.")
    return JsonResponse({"message": said % {"name": chosen.user}})


@for_supervisors
@require_POST
def tier(request: ExpertRequest, pk: int) -> HttpResponse:
    """Raise or lower the case from the tier that was `seen`, with a reason."""
    case = get_object_or_404(readable(request.expert), pk=pk)
    to, seen = (read_number(request.POST.get(name, "")) for name in ("tier", "seen"))
    if to is None or seen is None:
        raise Refused(_("Choose a tier."))
    change = actions.raise_tier if to < seen else actions.lower
    changed = change(case, request.expert, to, request.POST.get("reason", ""), seen=seen)
    return JsonResponse({"message": _("It is P%(tier)d now.") % {"tier": changed.tier}})


@for_supervisors
@require_POST
def pull(request: ExpertRequest, session: UUID) -> HttpResponse:
    """Make a talk a case of the supervisor; the page goes on to it."""
    talk, reason = talk_at_wall(request.expert, session), request.POST.get("reason", "")
    called, owner = "called" in request.POST, read_number(request.POST.get("owner", ""))
    case = actions.pull(talk, request.expert, reason, called=called, owner=owner)
    return JsonResponse({"next": f"{reverse('handoff:desk')}?case={case.pk}"})


@for_supervisors
@require_POST
def pause(request: ExpertRequest) -> HttpResponse:
    minutes = read_number(request.POST.get("minutes", ""))
    if minutes not in dict(PAUSES):
        raise Refused(_("Choose for how long."))
    reason = request.POST.get("reason", "")
    actions.pause_intake(request.expert, timedelta(minutes=minutes), reason)
    said = _("New calls of P2 to P4 wait until the pause is over.")
    return JsonResponse({"message": said, "undo": reverse("handoff:wall_resume")})


@for_supervisors
@require_POST
def resume(request: ExpertRequest) -> HttpResponse:
    actions.resume_intake(request.expert)
    return JsonResponse({"message": _("New calls ring again.")})
