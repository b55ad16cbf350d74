"""What the coach can do in a lesson."""

from typing import Annotated

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta

from coach.errors import NotFound, Refused
from coach.lessons import actions
from coach.lessons.models import Attempt
from coach.lessons.understanding.text import quotes
from coach.talk.models import Turn
from coach.talk.registries.tools import Said, ToolCallContext, ToolResult, tool


class PartnerReply(msgspec.Struct):
    said: Said


class ObjectiveReached(msgspec.Struct):
    id: Annotated[str, Meta(description="The objective's id.", max_length=50)]
    evidence: Annotated[str, Meta(description="The member's exact words.", max_length=500)]


@tool(
    "partner_reply",
    "Answer the learner in the role-play, with the lesson's own lines.",
    always=True,
)
def partner_reply(call: ToolCallContext, args: PartnerReply) -> ToolResult:
    return ToolResult(say=actions.answer(_attempt(call), args.said))


@tool("objective_met", "Report that the learner reached an objective of the lesson.")
def objective_met(call: ToolCallContext, args: ObjectiveReached) -> ToolResult:
    """Ticks only what the transcript bears out, whatever the model reports."""
    attempt = _attempt(call)
    if attempt.scenario.objective(args.id) is None:
        raise Refused(_("There is no such objective."), code="no_objective")
    turns = attempt.session.turns.filter(speaker=Turn.Speaker.MEMBER).order_by("-seq")
    proof = next((turn for turn in turns if quotes(turn.text, args.evidence)), None)
    if proof is None:
        raise Refused(_("The member did not say that."), code="no_evidence")
    actions.tick(attempt, args.id, proof)
    return ToolResult(say="", data={"ticked": args.id})


def _attempt(call: ToolCallContext) -> Attempt:
    attempt = Attempt.objects.filter(session=call.session).first()
    if attempt is None:
        raise NotFound(_("This talk is not a lesson."), code="no_lesson")
    if attempt.lesson is None:
        raise NotFound(_("This lesson is no longer there."), code="no_lesson")
    return attempt
