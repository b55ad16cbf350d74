"""A member's taps: whether the expert helped. Each is one change that can be taken back."""

from django.shortcuts import get_object_or_404, resolve_url
from django.utils.translation import gettext as _

from coach.bounds import read_number
from coach.talk.buttons import Done, button
from coach.types import MemberRequest
from handoff import actions
from handoff.models import Escalation

TALKS = "talk:start"


@button(TALKS)
def rate(request: MemberRequest, pk: int) -> Done:
    """Keep `answer` (3 yes, 2 partly, 1 no), and `words` where they are sent."""
    case = _mine(request, pk)
    answer = read_number(request.POST.get("answer", ""))
    actions.rate(case, answer or 0, request.POST.get("words"))
    return _done(case, _("Thank you."))


@button(TALKS)
def close(request: MemberRequest, pk: int) -> Done:
    case = _mine(request, pk)
    actions.close_question(case)
    return _done(case, _("You are not asked about this again."))


@button(TALKS)
def take_back(request: MemberRequest, pk: int) -> Done:
    case = _mine(request, pk)
    actions.take_back_rating(case)
    return Done(_("Taken back."), _talk(case))


def _mine(request: MemberRequest, pk: int) -> Escalation:
    """The case if it is this member's own, or 404."""
    mine = Escalation.objects.filter(member=request.user)
    found: Escalation = get_object_or_404(mine, pk=pk)
    return found


def _done(case: Escalation, message: str) -> Done:
    return Done(message, _talk(case), resolve_url("handoff:rating_undo", case.pk))


def _talk(case: Escalation) -> str:
    return resolve_url("talk:live", case.session_id)
