"""Words that leave most unsaid, in full: «and yesterday?» after a question, «I ate it»."""

import re
from collections.abc import Callable
from typing import Final

from coach.meaning.eaten import says, what_was_eaten
from coach.meaning.follows import ate_what_was_named, follows_up, wants_another
from coach.nutrition.actions import just_logged
from coach.nutrition.advice.asked import asked_for
from coach.nutrition.answers.foods import food_in
from coach.nutrition.answers.spans import spans_in, without_spans
from coach.nutrition.diary_clock import today
from coach.nutrition.foods import store
from coach.nutrition.models.diary import MealItem
from coach.nutrition.reading import find_foods
from coach.nutrition.speech.lookup import NUTRIENT, foods_in
from coach.nutrition.speech.questions import SLOT_WORDS, nutrients_in
from coach.talk.registries.tools import ToolCallContext

Joined = Callable[[str, str], str]
"""A question and the words that go on with it → one question."""

# What joins a question to the one before it.
_JOINT: Final = re.compile(
    r"^\W*(?:(?:and|or|but|so|ok|okay|oh|well|then|even|what|how|about|if|it's|it|is|just|only|y|o"
    r"|et|ou|und|oder|was|wie|ist|mit)\b\W*)+",
    re.IGNORECASE,
)
# What leads up to a food that is yet to be eaten: `I'm about to eat …`
_AHEAD: Final = re.compile(
    r"\b(?:i'?m|i am|we'?re|i'?ll|i will) (?:just )?(?:about to|going to|gonna|having|thinking of)?"
    r"|\b(?:about|going|want|would like|plan\w*) to\b|\bfor (?:breakfast|lunch|dinner|supper)\b",
    re.IGNORECASE,
)
_POINTED: Final = re.compile(
    r"\b(?:in|of)(?: (?:each|every|any|one)(?: of)?)? (?:those|these|them|that|it|one)\W*$",
    re.IGNORECASE,
)
# `would you mind noting an orange`: an order, and no question.
_ASKED_TO_LOG: Final = re.compile(
    r"^\W*(?:would|do) you mind (?:please )?(?:logg|putt|writ|add|not|enter|track|record|jott)ing"
    r"(?: (?:down|in))? ",
    re.IGNORECASE,
)
_ANOTHER: Final = re.compile(
    r"^\W*(?:(?:and|oh|ok|plus),? )*(?:another|one more|a second) (?P<unit>glass|cup|mug|bottle|can"
    r"|pint|slice|piece|bowl|portion|handful|scoop)"
    r"(?:,? (?:please|of (?:it|that|them|those|the same)|too))*\W*$",
    re.IGNORECASE,
)
_LAST_ITEMS: Final = 10  # of a talk, among which the one is that more is had of
_SHORT: Final = (
    (re.compile(r"\bpl[sz]\b", re.IGNORECASE), "please"),
    (re.compile(r"\bh2o\b", re.IGNORECASE), "water"),
)
_SLOT: Final = re.compile("|".join(pattern for _slot, pattern in SLOT_WORDS), re.IGNORECASE)


def question_about_diary(call: ToolCallContext, said: str) -> str:
    current = today(call.member)
    language = str(call.session.brief.get("language", "en"))

    def joined(before: str, words: str) -> str:
        if spans_in(words, current, language):
            before = without_spans(before, current, language)
        if nutrients_in(words):
            before = NUTRIENT.sub(" ", before)
        if _SLOT.search(words):
            before = _SLOT.sub(" ", before)
        if food_in(store.load_index(), NUTRIENT.sub(" ", _bare(words))):
            before = _without_food(before)
        return f"{_bare(before, _NO_JOINT)} {_bare(words)}"

    return _in_full(call.asked_before("day_summary"), said, joined)


def question_about_foods(call: ToolCallContext, said: str) -> str:
    def joined(before: str, words: str) -> str:
        asked, named = " ".join(NUTRIENT.findall(before)), _bare(words)
        if not foods_in(named):
            return f"{named} in {foods_in(before)}"
        return named if NUTRIENT.search(named) else f"{asked} in {named}"

    return _in_full(call.asked_before("find_food"), _with_what_was_had(call, said), joined)


def _with_what_was_had(call: ToolCallContext, said: str) -> str:
    """`How much sugar is in one of those`: in what was just written down, if it is one food."""
    found = _POINTED.search(said)
    meal = just_logged(call.member) if found else None
    names = [item.name for item in meal.items.all()] if meal else []
    return f"{said[: found.start()]} in {names[0]}" if found and len(names) == 1 else said


def question_for_member(call: ToolCallContext, said: str) -> str:
    def joined(before: str, words: str) -> str:
        named = asked_for(_bare(words)).foods
        if named and find_foods(named):
            return words
        return f"can I have {named} of {asked_for(before).foods}" if named else f"{before} {words}"

    return _in_full(call.asked_before("food_for_me"), said, joined)


def wish_for_meal(call: ToolCallContext, said: str) -> str:
    return _in_full(call.asked_before("suggest_meal"), said, lambda one, other: f"{one} {other}")


def meal_told(call: ToolCallContext, said: str) -> str:
    """`I ate it`, with the food that was spoken of before it; `no lunch, only a plum`: the plum."""
    said = _more_of_the_last(call, _ASKED_TO_LOG.sub("log ", said))
    for written, meant in _SHORT:
        said = written.sub(meant, said)
    if ate_what_was_named(said):
        for before in call.said_before():
            named = asked_for(_AHEAD.sub(" ", before)).foods
            if named and find_foods(named):
                return f"I had {named}"
    return what_was_eaten(said) if says("denied", said) else said


def _more_of_the_last(call: ToolCallContext, said: str) -> str:
    """`Another glass`, with what the last glass of this talk held."""
    found = _ANOTHER.match(said)
    if found is None:
        return said
    items = MealItem.objects.filter(meal__session=call.session, meal__deleted_at=None)
    held = re.compile(rf"\b{found['unit'].lower()}s? of (?P<food>.+)$")
    for item in items.order_by("-pk")[:_LAST_ITEMS]:
        if named := held.search(item.spoken):
            return f"another {found['unit']} of {named['food']}"
    return said


def _in_full(before: list[str], said: str, joined: Joined) -> str:
    full = ""
    for words in [*before, said]:
        goes_on = full and (follows_up(words) or wants_another(words))
        full = joined(full, words) if goes_on else words
    return full


_NO_JOINT: Final = re.compile(r"^\W+")


def _bare(words: str, joint: re.Pattern[str] = _JOINT) -> str:
    return " ".join(joint.sub("", words).strip(" ?!.").split())


def _without_food(question: str) -> str:
    named = food_in(store.load_index(), NUTRIENT.sub(" ", question))
    return re.sub(re.escape(named.words), " ", question, flags=re.IGNORECASE) if named else question
