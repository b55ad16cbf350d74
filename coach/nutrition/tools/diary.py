"""Tools that write: log a meal, correct it, undo and put back."""

import re
from datetime import timedelta
from typing import Annotated

import msgspec
from django.utils.translation import gettext as _

from coach.errors import NotFound
from coach.meaning.eaten import answers_only, what_was_eaten
from coach.meaning.facts import facts_of
from coach.meaning.follows import belongs_to_the_last
from coach.meaning.left_alone import left_alone
from coach.nutrition import actions
from coach.nutrition.actions.rows import MAX_ITEMS
from coach.nutrition.cards import ref
from coach.nutrition.diary_clock import today
from coach.nutrition.models.diary import DiaryChange
from coach.nutrition.reading import (
    NamedFood,
    SameAgain,
    same_again,
    was_left_out,
    without_likeness,
)
from coach.nutrition.speech.phrasing import day_name, for_slot
from coach.nutrition.speech.say import say_changed, say_logged, say_restored, say_undone
from coach.nutrition.tools.arguments import MaybeWords, Words, call_key
from coach.nutrition.tools.facts import draft_result, facts
from coach.nutrition.tools.follow_up import meal_told
from coach.talk.models import Session
from coach.talk.registries.tools import NewCard, Said, ToolCallContext, ToolResult, tool
from coach.talk.registries.undoing import LastChange, newest_change

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
    told = meal_told(call, args.said)
    heard, words = [(args.said, what_was_eaten(told))], call.words
    if words and not answers_only(words):
        # A question mark alone says little: «two, I think?» answers how many.
        heard.append((words, what_was_eaten(words.replace("?", "."))))
    if not all(eaten for _said, eaten in heard):
        return ToolResult(
            say=actions.nothing_eaten(call.member, args.said).text, data={"logged": False}
        )
    if actions.says_which(call.member, args.said):
        return _changed(call, args.said)
    if actions.speaks_of_what_is_there(call.member, args.said):
        return _changed(call, args.said)
    if again := same_again(args.said):
        return _again(call, again)
    logged = actions.log_meal(
        call.member,
        without_likeness(told),
        session=call.session,
        key=call_key(call),
        items=args.items,
        left_out=lambda food: any(was_left_out(food, said, eaten) for said, eaten in heard),
        beside=actions.just_logged(call.member) if belongs_to_the_last(args.said) else None,
    )
    if isinstance(logged, actions.Question):
        return ToolResult(say=logged.text, data={"logged": False})
    return _logged(call, logged)


def _again(call: ToolCallContext, again: SameAgain) -> ToolResult:
    """The meal that `again` names, once more as a meal of today."""
    current = today(call.member)
    source = current - timedelta(days=again.days_back)
    try:
        logged = actions.copy_slot(
            call.member, again.slot, source=source, target=current, key=call_key(call)
        )
    except NotFound:
        none = _("I find nothing %(meal)s %(day)s in your diary. What did you have?")
        named = {"meal": for_slot(again.slot), "day": day_name(source, current)}
        return ToolResult(say=none % named, data={"logged": False})
    return _logged(call, logged)


def _logged(call: ToolCallContext, logged: actions.LoggedMeal) -> ToolResult:
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
    if left_alone(args.said) or "remind" in facts_of(args.said):
        return ToolResult(say=_("I left it as it is."), data={"changed": False})
    asked = actions.draft_in_question(call.member, call.session)
    if asked and (draft := actions.change_draft(call.member, asked.pk, args.said)):
        return draft_result(draft, changed=True)
    return _changed(call, args.said)


def _changed(call: ToolCallContext, said: str) -> ToolResult:
    changed = actions.change_meal(call.member, said, key=call_key(call))
    if isinstance(changed, actions.Question):
        return ToolResult(say=changed.text, data={"changed": False})
    return ToolResult(
        say=say_changed(changed, today(call.member)),
        data={"changed": True, "meals": [] if changed.gone else [facts(changed.meal)]},
        cards=(NewCard("meal", ref(changed.change, changed.meal)),),
    )


@tool(
    "undo",
    "Take back the last change of the diary or of what was noted, or put back what was undone.",
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
    if left_alone(args.said):
        return ToolResult(say=_("I left it as it is."), data={"undone": False})
    asked = actions.draft_in_question(call.member, call.session)
    if asked and asked.lines_before is not None:
        return draft_result(actions.take_back_draft_change(call.member, asked.pk), undone=True)
    if PUT_BACK.search(args.said) and not actions.last_was_a_removal(call.member):
        change = actions.restore(call.member)
        say = say_restored(change, today(call.member))
    elif other := _newer_than_diary(call.session):
        return ToolResult(say=other.undo(), data={"undone": True}, changed=("day",))
    else:
        change = actions.undo(call.member)
        say = say_undone(change, today(call.member))
    return ToolResult(say=say, data={"undone": change.undone_at is not None, "what": change.verb})


def _newer_than_diary(session: Session) -> LastChange | None:
    """The newest change of another feature, where the diary has none since."""
    other = newest_change(session)
    last = DiaryChange.objects.for_member(session.member).standing().first()
    return other if other and (last is None or other.at > last.created_at) else None
