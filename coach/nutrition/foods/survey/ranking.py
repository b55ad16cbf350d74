"""Whether words name a food of FNDDS, and how well they fit it."""

import math
from functools import lru_cache
from typing import Final

from coach.meaning.ordinary_words import is_ordinary
from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.survey.names import Groups, SurveyName
from coach.nutrition.foods.survey.words import NO, WITH, cost_of
from coach.nutrition.foods.word_forms import words_of

Words = frozenset[str]
# What it costs that something in the name is said to be left out.
CONTRARY: Final = 1.0
NO_FAT: Final = "no-fat"
WITH_FAT: Final = words_of("with-fat butter oil margarine")
BY_ALIAS: Final = 0.5  # what the words of a name cost whose other name was said
FEWEST_LETTERS: Final = 4  # of another name that names a food by itself
OF_A_KIND: Final = 0.5  # a word said that only an example of the food has
SUPPORTED: Final = -0.8  # a word of the name that stands beside the food
SUPPORTED_SURELY: Final = -2.0  # as "without the skin" does, which speaks of no other food
OPPOSITE: Final = 3.0
GRANTED_COST: Final = 0.2  # at most, of a word that the row does not insist on
EXACT: Final = 0.6  # what it is worth that nothing but the name was said
HEADLESS: Final = 1.0
TURNED: Final = 6.0  # where the noun of the name is said of another food
KCAL_FLOOR: Final = 15.0
ENERGY_WEIGHT: Final = 2.0
ALIKE: Final = 0.15  # the energy of rows that are of one kind differs so much


def names_it(name: SurveyName, said: Words) -> bool:
    """Whether every word said is of the food, and enough of them to mean it."""
    aliases = [alias for alias in name.aliases if alias <= said | name.words]
    if len(said) == 1 and not heads_it(name, said):
        (word,) = said
        rare = len(word) >= FEWEST_LETTERS and not is_ordinary(word)
        return rare and (said <= name.kinds or said in aliases)
    if not said <= name.words.union(name.kinds, *aliases):
        return False
    if any(alias <= said for alias in aliases):
        return True
    return heads_it(name, said)


def heads_it(name: SurveyName, said: Words) -> bool:
    """Whether the words hold one of the ways to name the food."""
    return any(all(group & said for group in head) for head in name.heads)


def says_it_fully(name: SurveyName, said: Words) -> bool:
    """ "Sour cream": words that only describe other foods are the name of this one."""
    return heads_it(name, said) or any(len(alias) > 1 and alias <= said for alias in name.aliases)


def cost(name: SurveyName, said: Words, nearby: Words) -> float:
    """What of the name was not said."""
    by_alias = any(alias <= said for alias in name.aliases) or said <= name.kinds
    total = -name.unspecified - EXACT * (name.words == said)
    instead = {one for head in name.heads for group in head if group & said for one in group}
    instead |= {one for choice in name.choices if choice & said for one in choice}
    for choice in name.choices:
        instead |= set(sorted(choice & name.words)[1:])  # of "granulated or lump" one is not said
    named = {one for alias in name.aliases if alias <= said for one in alias}
    total += OF_A_KIND * len(said & name.kinds - name.words - named)
    if NO_FAT in nearby:
        total += CONTRARY * bool(name.words & WITH_FAT)
    total += OPPOSITE * len(name.words & opposites(nearby))
    instead |= same_in_other_words(name, said)
    for word in name.words - said - instead:
        if word in nearby:
            total += supported(word)
        elif word in name.granted:
            total += min(GRANTED_COST, cost_of(word))
        else:
            total += cost_of(word) * (BY_ALIAS if by_alias else 1.0)
    return total


def same_in_other_words(name: SurveyName, said: Words) -> set[str]:
    """ "2%" says "reduced fat", and "reduced fat" says "2%"."""
    found: set[str] = set()
    for words, short in name.in_other_words:
        if short in said or words <= said:
            found |= words | {short}
    return found


def supported(word: str) -> float:
    """What a word is worth that stands beside the food; "with skin" speaks of no other food."""
    return SUPPORTED_SURELY if word.startswith((NO, WITH)) else SUPPORTED


@lru_cache(maxsize=1_000)
def opposites(nearby: Words) -> Words:
    """ "without the skin" is not "skin eaten"."""
    no = {WITH + word.removeprefix(NO) for word in nearby if word.startswith(NO)}
    return frozenset(
        no | {NO + word.removeprefix(WITH) for word in nearby if word.startswith(WITH)}
    )


def strangeness(food: FoodRecord, kcal: float | None) -> float:
    """How far the energy is from that of the food that the word usually means."""
    if kcal is None:
        return 0.0
    ratio = (food.nutrients.kcal + KCAL_FLOOR) / (kcal + KCAL_FLOOR)
    return ENERGY_WEIGHT * max(0.0, abs(math.log(ratio)) - ALIKE)


def headless(name: SurveyName, last: str, said: Words) -> float:
    """What it costs that the last word said is not what the food is: cheese, of "cheese pizza".

    "Spaghetti with meat sauce" is no "Spaghetti sauce with meat".
    """
    head = name.food.name.partition(" with ")[0].partition(",")[0]
    if " and " not in head and any(turns_round(head, last, said) for head in name.heads):
        return TURNED
    heads = any(last in group for head in name.heads for group in head)
    return 0.0 if not last or heads or last in name.ends else HEADLESS


def turns_round(head: Groups, last: str, said: Words) -> bool:
    """Whether the last word said only describes the noun of a name that was said as well."""
    noun, before = head[-1] if head else frozenset(), head[:-1]
    return last not in noun and bool(noun & said) and any(last in group for group in before)
