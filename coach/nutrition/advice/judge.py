"""Whether a food is all right for a member: what speaks against it, in the order of its weight.

1. allergies, with what the dietitian's plan says beside them  2. the plan
3. reviewed advice for conditions, pregnancy, medicines  4. how the member eats.
Where nothing does, that is all that is said: never that it is safe.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from coach.nutrition.advice.asked import ARTICLES, AskedFor, asked_for
from coach.nutrition.advice.reviewed import Level, Rule, rules_for
from coach.nutrition.foods import store
from coach.nutrition.foods.avoided import Avoided, without_in
from coach.nutrition.foods.classes import Holds, classes_of_all, phrases_in
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.word_forms import keys, stands_in
from coach.nutrition.needs import Needs, needs_of
from coach.nutrition.reading import DiaryFood, find_foods
from coach.types import Member

MOST_FOODS = 3
MOST_RULES = 2
# How people call a class of foods as a whole, by the keys of the word.
KINDS: Final = {
    "fruit": "fruit",
    "vegetable": "vegetable",
    "veg": "vegetable",
    "veggy": "vegetable",
    "pulse": "pulse",
    "legume": "pulse",
    "citrus": "citrus",
    "fish": "fish",
    "shellfish": "crustacean",
    "dairy": "milk",
    "nut": "tree_nut",
    "sweet": "sweet_thing",
    "alcohol": "alcohol",
    "starch": "starchy",
    "carb": "starchy",
    "poultry": "poultry",
}
# Of these, what is said of a whole class of foods says nothing.
APART: Final = frozenset({"raw_fish", "raw_meat", "raw_egg", "high_mercury", "soft_cheese"})
SENTENCE_ENDS: Final = re.compile(r"[.!?](?=\s|$)|\n")  # "1.5 litres" goes on


class Verdict(StrEnum):
    """What is found, the gravest first."""

    CONTAINS = "contains"  # what the member is allergic to
    MAY_CONTAIN = "may_contain"
    PLAN = "plan"  # a dietitian's plan says something of it
    ADVICE = "advice"  # reviewed advice names it
    ORDERED = "ordered"  # an expert ordered to give no advice; allergies are told all the same
    STYLE = "style"  # not how the member eats
    NOTHING = "nothing"  # nothing that is known speaks against it
    UNKNOWN = "unknown"  # no table knows the food
    UNASKED = "unasked"  # no food was named


@dataclass(frozen=True)
class Judged:
    """`foods` as they were found; `because` are classes or words that decided, `rules` advice."""

    verdict: Verdict
    asked: AskedFor
    needs: Needs
    foods: list[DiaryFood] = field(default_factory=list)
    because: frozenset[str] = frozenset()
    rules: list[Rule] = field(default_factory=list)
    planned: str = ""  # the sentence of a plan that speaks of it

    @property
    def medical(self) -> bool:
        """Whether a dietitian should be offered: the member told of something medical."""
        if self.verdict is Verdict.ORDERED:
            return True
        told = self.needs.medical or self.asked.told
        return bool(told or self.verdict in (Verdict.MAY_CONTAIN, Verdict.UNKNOWN))


# After the word for a kind they make another thing of it: "dairy free", "nut milk", "fish oil".
_OTHER_THINGS: Final = frozenset((word,) for word in keys("free oil milk tooth sauce juice"))


def judge_food(member: Member, said: str) -> Judged:
    """Hold the food that `said` names against the profile and the plan. Reads only."""
    asked, needs = asked_for(said), needs_of(member)
    if not asked.foods:
        return Judged(Verdict.UNASKED, asked, needs)
    index = store.load_index()
    foods = find_foods(asked.foods)[:MOST_FOODS]
    names = [asked.foods, *_names(index, foods)]
    held = classes_of_all(names)
    planned = "" if needs.no_advice else _planned(needs, names, held)
    of_kind = "" if needs.no_advice or planned else _planned_of_kind(needs, names)
    allergies = needs.allergies | asked.allergies
    for likely, verdict in ((True, Verdict.CONTAINS), (False, Verdict.MAY_CONTAIN)):
        if hit := allergies.hit_by(names, likely=likely):
            return Judged(verdict, asked, needs, foods, because=hit, planned=planned)
    if planned:
        return Judged(Verdict.PLAN, asked, needs, foods, planned=planned)
    if needs.no_advice:
        return Judged(Verdict.ORDERED, asked, needs, foods)
    told = f"{needs.told} {asked.told}"
    # A dish is judged by what it is called: the table may hold another recipe of it.
    rules = rules_for(told, classes_of_all([asked.foods, *(f.name for f in foods)]).holds)
    # A word on a whole kind of foods was not said with this food and this illness in mind.
    if of_kind and all(rule.level is Level.EASY for rule in rules):
        return Judged(Verdict.PLAN, asked, needs, foods, planned=of_kind)
    if rules:
        return Judged(Verdict.ADVICE, asked, needs, foods, rules=_different(rules))
    if hit := needs.style.hit_by(names, likely=True):
        return Judged(Verdict.STYLE, asked, needs, foods, because=hit)
    if not foods and not held.possible:
        return Judged(Verdict.UNKNOWN, asked, needs)
    if (told.strip() or allergies or allergies.unknown) and _unread(index, foods):
        return Judged(Verdict.UNKNOWN, asked, needs, foods)
    return Judged(Verdict.NOTHING, asked, needs, foods)


def _unread(index: FoodIndex, foods: list[DiaryFood]) -> bool:
    """Whether no table says what one of the foods is: so nothing can be told of it."""
    return any(not classes_of_all(_names(index, [food])).possible for food in foods)


def _names(index: FoodIndex, foods: list[DiaryFood]) -> list[str]:
    names = []
    for food in foods:
        names.append(food.name)
        record = index.foods.get(food.food_id) if food.food_id is not None else None
        if record is not None:
            names += [record.name, *index.made_of.get(record.id, ())]
    return names


def _different(rules: list[Rule]) -> list[Rule]:
    """At most two, with different words."""
    words: dict[str, Rule] = {}
    for rule in rules:
        words.setdefault(str(rule.advice), rule)
    return list(words.values())[:MOST_RULES]


def _planned(needs: Needs, names: list[str], held: Holds) -> str:
    """The sentence of the plan that names the food, or leaves out a class of it.

    Of a plan that may not be quoted only what it leaves out.
    """
    if needs.plan is None:
        return ""
    named = {words for name in names[:2] for words in _foods_of(name)}
    for words in _sentences(needs.plan.note):
        by_name = needs.plan.quotable and any(stands_in(food, keys(words)) for food in named)
        if by_name or _leaves_out(words, names, held):
            return words
    return ""


def _planned_of_kind(needs: Needs, names: list[str]) -> str:
    """The sentence that names what the food is: "fruit is fine" speaks of a mango, and of no
    apple pie."""
    if needs.plan is None or not needs.plan.quotable:
        return ""
    kinds = _wholly(names[0])
    sentences = _sentences(needs.plan.note)
    return next((words for words in sentences if kinds & _kinds_named(words)), "")


def _sentences(note: str) -> list[str]:
    return [" ".join(part.split()) for part in SENTENCE_ENDS.split(note)]


def _wholly(name: str) -> set[str]:
    """The classes that each food in a name is of: of "mango" it is fruit, of "apple pie" none."""
    foods = [found.holds.holds for found in phrases_in(keys(name))]
    kinds = set(frozenset.intersection(*foods)) if foods else set()
    return set() if kinds & APART else kinds


def _kinds_named(words: str) -> set[str]:
    """The classes of foods that a sentence names as such: "fruit", "vegetables", "dairy"."""
    own = keys(words)
    inside = {
        place
        for found in phrases_in(own)
        if found.end - found.start > 1
        for place in range(found.start, found.end)
    }
    return {
        KINDS[word]
        for place, word in enumerate(own)
        if word in KINDS and place not in inside and own[place + 1 : place + 2] not in _OTHER_THINGS
    }


def _foods_of(name: str) -> set[tuple[str, ...]]:
    """The foods that a name speaks of: the phrases that have a class, and the name as a whole."""
    own = keys(name)
    whole = tuple(word for word in own if word not in ARTICLES)
    phrases = {own[one.start : one.end] for one in phrases_in(own)}
    return {words for words in phrases | {whole} if words}


def _leaves_out(words: str, names: list[str], held: Holds) -> bool:
    found: Avoided = without_in(words)
    return bool(found.classes & held.possible or found.foods_named(names))
