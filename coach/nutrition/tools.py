"""What the coach can do with the diary: log, correct, undo, sum up, look up.

Every sentence (`say`) is made from the rows that were written; a model may only rephrase it.
"""

import re
from typing import Annotated, Any

import msgspec
from django.utils.translation import gettext as _

from coach.errors import CoachError
from coach.nutrition import actions
from coach.nutrition.actions.meals import MAX_ITEMS
from coach.nutrition.cards import ref
from coach.nutrition.day import MACROS, Day, total
from coach.nutrition.models.diary import Meal, MealItem
from coach.nutrition.models.drafts import MealDraft
from coach.nutrition.reading import NamedFood
from coach.nutrition.speech.lookup import look_up
from coach.nutrition.speech.say import (
    say_changed,
    say_draft,
    say_logged,
    say_proposed,
    say_restored,
    say_undone,
)
from coach.nutrition.speech.summary import answer
from coach.nutrition.today import today
from coach.talk.registries.tools import NewCard, ToolCallContext, ToolResult, tool

Said = Annotated[str, msgspec.Meta(description="The member's own words, verbatim.", max_length=500)]
NOT_ADDED = re.compile(
    r"\b(?:no|not|don'?t|discard|forget|cancel|scrap|drop|delete|never ?mind|throw)\b",
    re.IGNORECASE,
)
PUT_BACK = re.compile(
    r"\b(?:put|bring|get)\b.*\bback\b(?!.*\bhow)|\bredo\b|\brestore\b", re.IGNORECASE
)


class LogMeal(msgspec.Struct):
    said: Said
    items: Annotated[
        Annotated[list[NamedFood], msgspec.Meta(max_length=MAX_ITEMS)] | None,
        msgspec.Meta(
            description="Optional: the foods in `said`, one by one. Leave it out if unsure."
        ),
    ] = None


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
        str, msgspec.Meta(description="What the member said of it, verbatim.", max_length=500)
    ] = ""


class ConfirmMeal(msgspec.Struct):
    said: Said = ""
    add: Annotated[
        bool | None, msgspec.Meta(description="true: into the diary; false: throw it away.")
    ] = None


class Words(msgspec.Struct):
    said: Said


class MaybeWords(msgspec.Struct):
    said: Said = ""


@tool(
    "log_meal",
    "Write down what the member ate or drank. Use it at once when they say so; do not ask first."
    " It finds the foods, portions, meal and day in their words.",
    examples=[
        "I had two eggs and toast for breakfast",
        "log a banana",
        "for lunch I ate a bowl of rice with 150 grams of chicken",
        "add a cup of coffee with milk",
        "I just drank a glass of orange juice",
        "yesterday for dinner we had pizza, three slices",
        "a handful of almonds and an apple as a snack",
        "please write down oatmeal with blueberries at 8 am",
        "breakfast was yoghurt with honey",
        "I had some curry last night",
        "a bowl of porridge",
        "dinner was pasta",
    ],
)
def log_meal(call: ToolCallContext, args: LogMeal) -> ToolResult:
    logged = actions.log_meal(
        call.member, args.said, session=call.session, key=_key(call), items=args.items
    )
    if isinstance(logged, actions.Question):
        return ToolResult(say=logged.text, data={"logged": False})
    say = say_logged(logged, today(call.member))
    return ToolResult(
        say=f"{say} {logged.question}".strip(),
        data={"logged": True, "meals": [facts(meal) for meal in logged.meals]},
        cards=tuple(NewCard("meal", ref(logged.change, meal)) for meal in logged.meals),
    )


@tool(
    "change_meal",
    "Correct something that is already in the diary: amounts, foods, the meal or the day it was, or"
    " take a food or a meal out.",
    examples=[
        "make that three eggs",
        "delete the toast",
        "it was brown bread, not white",
        "actually that was at lunch",
        "move it to yesterday",
        "change the chicken to 200 grams",
        "I only ate half of it",
        "no, I meant two slices",
        "no, that was for dinner",
        "take the butter out of it",
        "actually it was soy milk",
    ],
)
def change_meal(call: ToolCallContext, args: Words) -> ToolResult:
    asked = actions.draft_in_question(call.member, call.session)
    if asked and (draft := actions.change_draft(call.member, asked.pk, args.said)):
        return _of_draft(draft, changed=True)
    changed = actions.change_meal(call.member, args.said, key=_key(call))
    if isinstance(changed, actions.Question):
        return ToolResult(say=changed.text, data={"changed": False})
    return ToolResult(
        say=say_changed(changed, today(call.member)),
        data={"changed": True, "meals": [] if changed.gone else [facts(changed.meal)]},
        cards=(NewCard("meal", ref(changed.change, changed.meal)),),
    )


@tool(
    "undo",
    "Take back the last change of the diary, or put back what was just undone.",
    examples=[
        "undo that",
        "undo",
        "take that back",
        "no, that was wrong, undo it",
        "revert the last change",
        "put it back",
        "undo the last entry",
        "scratch that",
        "cancel that",
        "reverse that",
    ],
)
def undo(call: ToolCallContext, args: MaybeWords) -> ToolResult:
    asked = actions.draft_in_question(call.member, call.session)
    if asked and asked.lines_before is not None:
        return _of_draft(actions.take_back_draft_change(call.member, asked.pk), undone=True)
    if PUT_BACK.search(args.said):
        change = actions.restore(call.member)
        say = say_restored(change, today(call.member))
    else:
        change = actions.undo(call.member)
        say = say_undone(change, today(call.member))
    return ToolResult(say=say, data={"undone": change.undone_at is not None, "what": change.verb})


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
        call.member, args.items, args.said, session=call.session, key=_key(call)
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
        return _of_draft(actions.discard_draft(call.member, draft.pk), added=False)
    logged = actions.LoggedMeal.again(actions.add_draft(call.member, draft.pk))
    return ToolResult(
        say=say_logged(logged, today(call.member)),
        data={"added": True, "meals": [facts(meal) for meal in logged.meals]},
        changed=("day",),
    )


@tool(
    "day_summary",
    "What the member's diary says about a day: energy and nutrients eaten, targets, what is left,"
    " what they ate at a meal. Use it for every number about their own day.",
    examples=[
        "how much protein have I had today",
        "how many calories are left",
        "what did I eat today",
        "what did I have for breakfast",
        "how am I doing",
        "what's my calorie goal",
        "how was yesterday",
        "how many grams of carbs have I had",
        "did I hit my calorie target",
        "how much more protein do I need today",
        "how much sugar have I had",
        "where do I stand",
    ],
)
def day_summary(call: ToolCallContext, args: MaybeWords) -> ToolResult:
    say, day = answer(call.member, args.said)
    return ToolResult(say=say, data=_day_facts(day))


@tool(
    "find_food",
    "Look up what is in a food, or compare two foods. Does not write anything.",
    examples=[
        "how much protein is in an egg",
        "how many calories in a banana",
        "is there more protein in chicken or tofu",
        "what's in a cup of rice",
        "how much sugar does orange juice have",
        "which has fewer calories, pasta or potatoes",
        "nutrition facts of oatmeal",
        "how much fat does butter have",
        "is honey higher in sugar than jam",
        "is there gluten in oats",
    ],
)
def find_food(call: ToolCallContext, args: Words) -> ToolResult:
    found = look_up(args.said)
    return ToolResult(say=found.say, data={"foods": found.foods})


def _of_draft(draft: MealDraft, **data: bool) -> ToolResult:
    """The draft as it is now; its card is in the thread and is drawn anew."""
    facts = {**data, "in_diary": False, "draft": draft_facts(draft)}
    return ToolResult(say=say_draft(draft), data=facts, changed=("day",))


def draft_facts(draft: MealDraft) -> dict[str, Any]:
    """A draft as a model may read it; weights in g, energy in kcal."""
    items = draft.items
    return {
        "meal": draft.slot,
        "items": [_item_facts(item) for item in items],
        "total": {name: round(value, 1) for name, value in total(items).items()},
    }


def facts(meal: Meal) -> dict[str, Any]:
    """A meal as a model may read it; weights in g, energy in kcal."""
    items = list(meal.items.all())
    return {
        "day": meal.day.isoformat(),
        "meal": meal.slot,
        "time": f"{meal.local_time:%H:%M}",
        "items": [_item_facts(item) for item in items],
        "total": {name: round(value, 1) for name, value in total(items).items()},
    }


def _item_facts(item: MealItem) -> dict[str, Any]:
    return {
        "food": item.name,
        "amount": item.amount,
        "grams": round(item.grams),
        "kcal": round(item.kcal),
        "protein_g": round(item.protein_g, 1),
        "carbohydrate_g": round(item.carbohydrate_g, 1),
        "fat_g": round(item.fat_g, 1),
    }


def _day_facts(day: Day) -> dict[str, Any]:
    targets = {name: day.targets.of(name) for name in ("kcal", *MACROS)}
    return {
        "day": day.day.isoformat(),
        "eaten": {name: round(value, 1) for name, value in day.totals.items()},
        "targets": {
            name: {"goal": target.goal, "low": target.low, "high": target.high}
            for name, target in targets.items()
            if target
        },
        "no_targets_because": day.targets.why,
        "meals": [facts(meal) for meal in day.meals],
    }


def _key(call: ToolCallContext) -> str:
    """Names this call for the diary's own record of what was done already."""
    return f"{call.session.pk.hex}:{call.call_id}"
