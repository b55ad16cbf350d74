"""Tools of a meal that was seen in a photo: propose it, then add it or throw it away."""

import re
from typing import Annotated

import msgspec
from django.utils.translation import gettext as _

from coach.errors import CoachError
from coach.nutrition import actions
from coach.nutrition.actions.rows import MAX_ITEMS
from coach.nutrition.diary_clock import today
from coach.nutrition.reading import NamedFood
from coach.nutrition.speech.say import say_logged, say_proposed
from coach.nutrition.tools.arguments import call_key
from coach.nutrition.tools.facts import draft_facts, draft_result, facts
from coach.talk.registries.tools import (
    SAID_MAX_CHARS,
    NewCard,
    Said,
    ToolCallContext,
    ToolResult,
    tool,
)

NOT_ADDED = re.compile(
    r"\b(?:no|not|don'?t|discard|forget|cancel|scrap|drop|delete|never ?mind|throw)\b",
    re.IGNORECASE,
)


class ProposeMeal(msgspec.Struct):
    items: Annotated[
        list[NamedFood],
        msgspec.Meta(
            min_length=1,
            max_length=MAX_ITEMS,
            description="Every food and drink you see, one by one, with your estimate of each.",
        ),
    ]
    said: Annotated[
        str,
        msgspec.Meta(
            description="What the member said of it, verbatim.", max_length=SAID_MAX_CHARS
        ),
    ] = ""


class ConfirmMeal(msgspec.Struct):
    said: Said = ""
    add: Annotated[
        bool | None, msgspec.Meta(description="true: into the diary; false: throw it away.")
    ] = None


@tool(
    "propose_meal",
    "Propose a draft meal from a photo that the member has shown. Use it once for each photo of"
    " food or drink. The member sees the draft and can correct it; nothing is in the diary until"
    " they say so.",
    of_pictures=True,
)
def propose_meal(call: ToolCallContext, args: ProposeMeal) -> ToolResult:
    if not call.session.pictures.exists():
        raise CoachError(_("There is no photo in this talk yet."), code="no_picture")
    proposed = actions.propose_meal(
        call.member, args.items, args.said, session=call.session, key=call_key(call)
    )
    if isinstance(proposed, actions.Question):
        return ToolResult(say=proposed.text, data={"proposed": False})
    return ToolResult(
        say=f"{say_proposed(proposed.draft)} {proposed.question}".strip(),
        data={"proposed": True, "in_diary": False, "draft": draft_facts(proposed.draft)},
        cards=(NewCard("draft", str(proposed.draft.pk)),),
    )


@tool(
    "confirm_meal",
    "Add the draft meal that was proposed from a photo to the diary, or throw it away, when the"
    " member says which. To correct it first, use change_meal.",
    examples=[
        "yes, log it",
        "yes, add that to my diary",
        "that's right, write it down",
        "no, don't log that",
        "forget the draft",
    ],
    of_pictures=True,
)
def confirm_meal(call: ToolCallContext, args: ConfirmMeal) -> ToolResult:
    draft = actions.draft_in_question(call.member, call.session)
    if draft is None:
        raise CoachError(_("There is no draft to add just now."), code="no_draft")
    add = args.add if args.add is not None else not NOT_ADDED.search(args.said)
    if not add:
        return draft_result(actions.discard_draft(call.member, draft.pk), added=False)
    logged = actions.LoggedMeal.again(actions.add_draft(call.member, draft.pk))
    return ToolResult(
        say=say_logged(logged, today(call.member)),
        data={"added": True, "meals": [facts(meal) for meal in logged.meals]},
        changed=("day",),
    )
