"""The coach's tools about people: call an expert, and tell what the last one noted."""

from typing import Annotated

import msgspec
from django.utils.translation import gettext as _

from coach.talk.registries.orders import names_of
from coach.talk.registries.tools import Said, ToolCallContext, ToolResult, tool
from handoff.actions import ask_for_person, last_hand_back
from handoff.models import Escalation, Tier
from handoff.safety.status import profession, status_of, wait_words


class TalkToHuman(msgspec.Struct):
    said: Said
    reason: Annotated[
        str, msgspec.Meta(description="What the person should help with.", max_length=200)
    ] = ""


@tool(
    "talk_to_human",
    "Ask a human expert (a dietitian or a teacher) to join this talk. Use it when the member asks "
    "for a person, or when something needs a professional.",
    examples=[
        "I want to talk to a real person",
        "can I talk to a real dietitian please",
        "can you get me a human",
        "please call somebody from your team",
        "I would rather speak with a teacher",
        "put me through to a dietitian",
        "I need a dietitian",
        "get me a human",
        "is there somebody I can talk to",
    ],
    while_held=True,
)
def talk_to_human(call: ToolCallContext, args: TalkToHuman) -> ToolResult:
    """Call a person, once; asking again tells how the call stands."""
    escalation = ask_for_person(call.session, args.said, reason=args.reason)
    status = status_of(escalation)
    return ToolResult(
        say=_say(escalation),
        data={"state": escalation.state, "status": status.title},
        changed=("person",),
    )


def _say(escalation: Escalation) -> str:
    state = Escalation.State
    if escalation.state in (state.ACTIVE, state.ASSIGNED) and escalation.owner is not None:
        return _("%(name)s already has your request and is with you.") % {
            "name": escalation.owner.user
        }
    asked = _("Of course. I'm asking a %(title)s to join us.") % {"title": profession(escalation)}
    if escalation.tier == Tier.P0:
        return asked + " " + _("They are being called right now.")
    return f"{asked} {wait_words(escalation)}"


class HandoffNotes(msgspec.Struct):
    said: Said = ""


@tool(
    "handoff_notes",
    "Tell what the human expert said or agreed with the member last time.",
    examples=[
        "what did the dietitian say?",
        "what did Asha tell me",
        "what did we agree with the expert",
        "remind me of the dietitian's advice",
        "read the notes from the dietitian",
        "did the dietitian leave any advice about salt",
    ],
    reads_only=True,
)
def handoff_notes(call: ToolCallContext, args: HandoffNotes) -> ToolResult:
    """The last note with which an expert handed this member back."""
    last = last_hand_back(call.member)
    if last is None or last.wrap_at is None or last.owner is None:
        return ToolResult(say=_("No expert has left a note for you yet."), data={"notes": []})
    day = call.member.local(last.wrap_at)
    # What the member was told is theirs to hear again; a private note only as far as it may be.
    note = " ".join(((last.note_for_coach if last.may_quote else "") or last.first_words).split())
    if not note:
        return ToolResult(
            say=_("%(expert)s, left me word on how to go on, and I keep to it.")
            % {"expert": last.owner},
            data={"expert": str(last.owner), "keep_to": names_of(last.constraints)},
        )
    return ToolResult(
        say=_("%(expert)s, noted: %(note)s") % {"expert": last.owner, "note": note},
        data={
            "expert": str(last.owner),
            "note": note,
            "keep_to": names_of(last.constraints),
            "at": day.isoformat(timespec="minutes"),
        },
    )
