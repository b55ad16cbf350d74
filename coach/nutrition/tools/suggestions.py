"""The tool that proposes meals: what may be eaten next, as cards that can be logged."""

from coach.nutrition import actions
from coach.nutrition.speech.suggested import say_suggested
from coach.nutrition.tools.arguments import MaybeWords, call_key
from coach.nutrition.tools.facts import draft_facts
from coach.nutrition.tools.follow_up import wish_for_meal
from coach.talk.registries.tools import NewCard, ToolCallContext, ToolResult, tool


@tool(
    "suggest_meal",
    "Propose what the member could eat: meals that they had before and everyday meals, within"
    " what is left of their day, without what their allergies, diet, conditions or dietitian"
    " forbid. Each is shown as a card that they can log; nothing is logged before. Propose"
    " nothing yourself.",
    examples=[
        "what should I eat tonight",
        "give me an idea for dinner",
        "a vegetarian dinner under 500 calories",
        "suggest a snack with a lot of protein",
        "what can I have for lunch",
        "I'm hungry, any ideas",
        "can you recommend a light breakfast",
        "something warm without nuts",
        "what could I cook with lentils",
        "what should I eat to get more fibre",
        "I don't know what to eat",
        "something else please",
        "what would fit into the rest of my day",
    ],
)
def suggest_meal(call: ToolCallContext, args: MaybeWords) -> ToolResult:
    suggested = actions.suggest_meals(
        call.member, wish_for_meal(call, args.said), session=call.session, key=call_key(call)
    )
    facts = [
        {"name": draft.title, **(draft_facts(draft) if suggested.needs.numbers else {})}
        for draft in suggested.drafts
    ]
    return ToolResult(
        say=say_suggested(suggested),
        data={"in_diary": False, "proposals": facts},
        cards=tuple(NewCard("suggestion", str(draft.pk)) for draft in suggested.drafts),
    )
