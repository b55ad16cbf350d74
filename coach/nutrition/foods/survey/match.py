"""The foods of FNDDS found by the words that were said, in whatever order.

    names = SurveyNames(records)
    names.match(["diet", "iced", "tea"], 0) → (the row of diet iced tea, 3)

Every word has a bit mask of the foods that have it: the foods that have all words of a phrase are
one "and" away, so a sentence costs microseconds a word.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from coach.meaning.ordinary_words import is_ordinary
from coach.nutrition.foods.idle_words import DESCRIBING, FILLER
from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.survey.names import (
    SILENT,
    SurveyName,
    cost_of,
    plain_keys,
    spoken_keys,
    survey_names,
)
from coach.nutrition.foods.survey.portions import SIZES, UNITS
from coach.nutrition.foods.word_forms import key, tokens, words_of

MOST_WORDS: Final = 12
# They measure a food, and are in no name of one.
VESSELS: Final = words_of(
    "container bag box packet package can carton bottle bowl jar tub tray glass mug plate serving "
    "piece slice tablespoon teaspoon scoop pouch"
)
PASSED_OVER: Final = words_of("type flavor flavored style added made")
JOINTS: Final = words_of("and with in on n or of")
OF: Final = "of"
END: Final = ""  # stands for no word
BY_ALIAS: Final = 0.5  # what the words of a name cost whose other name was said
FEWEST_LETTERS: Final = 4  # of another name that names a food by itself
OF_A_KIND: Final = 0.5  # a word said that only an example of the food has
NOT_ALONE: Final = words_of("round spread club lay freezer spoon wedge king hot house")
SUPPORTED: Final = -0.5  # a word of the name that stands beside the food
HEADLESS: Final = 1.0
MEASURED: Final = 1.5  # what it is worth that a portion of the food is the one that was said
ALIKE: Final = 0.15  # the energy of rows that are of one kind differs so much
SURE: Final = 4.0
SURE_WHEN_JOINED: Final = 2.0
KCAL_FLOOR: Final = 15.0
ENERGY_WEIGHT: Final = 2.0
MOST_CACHED: Final = 50_000
Words = frozenset[str]
MEASURES: Final = frozenset(UNITS) | frozenset(SIZES)
# Words that are no food by themselves.
PLAIN: Final = frozenset(key(word) for word in DESCRIBING | FILLER)
IDLE: Final = PLAIN | MEASURES
NOTHING_NEAR: Final[Words] = frozenset()


class SurveyNames:
    """All foods of FNDDS that may be named."""

    def __init__(self, foods: Iterable[FoodRecord]) -> None:
        self.names = survey_names(food for food in foods if food.searchable)
        masks: dict[str, int] = defaultdict(int)
        for place, name in enumerate(self.names):
            for word in name.known:
                masks[word] |= 1 << place
        self.masks = dict(masks)
        self.verbatim = Verbatim(name.food for name in self.names)
        self.fitting = lru_cache(maxsize=MOST_CACHED)(self._fitting)
        self.best = lru_cache(maxsize=MOST_CACHED)(self._best)

    def match(self, words: list[str], start: int) -> tuple[FoodRecord, int] | None:
        """The longest name that begins at `start`: the food, and the index after its last word."""
        verbatim, found = self.verbatim.match(words, start), self._by_words(words, start)
        if verbatim is not None and (found is None or verbatim[1] >= found[1]):
            return verbatim
        return found

    def _by_words(self, words: list[str], start: int) -> tuple[FoodRecord, int] | None:
        mask, said, found = -1, NOTHING_NEAR, None
        joints: list[tuple[str, str]] = []
        before, last, joint = "", "", False
        spoken = spoken_keys(words[start : start + MOST_WORDS])
        for place, own in enumerate(spoken):
            word = words[start + place]
            if word in JOINTS:
                if not said or joint or (word != OF and said <= PLAIN):
                    break
                joint = word != OF or joint
                continue
            if not said and key(word) in MEASURES:
                break
            if own and own[0] in SILENT:
                if not said or word not in PASSED_OVER:
                    break
                continue
            if word in VESSELS or key(word) in VESSELS:
                break
            if not own:
                if word == "percent":
                    continue
                break
            narrowed = mask
            for one in own:
                narrowed &= self.masks.get(one, 0)
            if not narrowed:
                if said and not joint and word in DESCRIBING:
                    continue
                break
            if joint:
                joints.append((before, own[0]))
            mask, said, before, joint = narrowed, said.union(own), own[-1], False
            last = last if joints else before
            best = self.best(said, NOTHING_NEAR, None, tuple(joints), last)
            if best is not None:
                found = (best, start + place + 1)
        if found and joints and words[found[1] : found[1] + 1] == ["bread"]:
            found = (found[0], found[1] + 1)  # a ham sandwich on white bread
        return found

    def _fitting(self, said: Words) -> tuple[SurveyName, ...]:
        """The foods that the words name: all of them in the food, and its head among them."""
        mask = -1
        for word in said:
            mask &= self.masks.get(word, 0)
        if mask <= 0 or said <= NOT_ALONE or (len(said) == 1 and said <= IDLE):
            return ()
        found = []
        while mask:
            low = mask & -mask
            mask ^= low
            name = self.names[low.bit_length() - 1]
            if names_it(name, said) and (not said <= IDLE or says_it_fully(name, said)):
                found.append(name)
        return tuple(found)

    def _best(
        self,
        said: Words,
        nearby: Words = NOTHING_NEAR,
        kcal: float | None = None,
        joints: tuple[tuple[str, str], ...] = (),
        last: str = "",
        measure: str = "",
    ) -> FoodRecord | None:
        """The likeliest food of `said`, by what stands `nearby` and by the energy of its like."""
        most = SURE_WHEN_JOINED if joints else SURE
        ranked = [
            (
                cost(name, said, nearby)
                + strangeness(name.food, kcal)
                + headless(name, last)
                - MEASURED * bool(measure and measure in name.measures),
                len(name.food.name),
                place,
            )
            for place, name in enumerate(self.fitting(said))
            if all(name.joined & {one, other} for one, other in joints)
        ]
        if not ranked:
            return None
        best = min(ranked)
        return self.fitting(said)[best[2]].food if best[0] <= most else None

    def named(
        self,
        text: str,
        nearby: Words = NOTHING_NEAR,
        kcal: float | None = None,
        measure: str = "",
    ) -> FoodRecord | None:
        """The food that a whole text names."""
        words = tokens(text)
        verbatim = self.verbatim.match(words, 0)
        if verbatim is not None and verbatim[1] == len(words):
            return verbatim[0]
        words = meaning(text)
        last = words[-1] if words else ""
        return self.best(frozenset(words), nearby, kcal, (), last, measure)

    def within(self, dish: str, part: str, nearby: Words, *, listed: bool) -> FoodRecord | None:
        """The food that is the dish and has the part in it.

        What is only `listed` after a comma must be a variety of it, not a food that goes with it.
        """
        of_dish, of_part = meaning(dish), meaning(part)
        said = frozenset([*of_dish, *of_part])
        dishes = {name.food.id for name in self.fitting(frozenset(of_dish))}
        if not of_dish or not dishes & {name.food.id for name in self.fitting(said)}:
            return None
        best = self.best(said, nearby, None, (), of_dish[-1])
        if best is None or best.id not in dishes:
            return None
        name = next(name for name in self.fitting(said) if name.food.id == best.id)
        return None if listed and name.joined & set(of_part) else best


class Verbatim:
    """The full names of the tables, word by word with their commas."""

    def __init__(self, foods: Iterable[FoodRecord]) -> None:
        self.root: dict[str, Any] = {}
        for food in foods:
            node = self.root
            for word in tokens(food.name):
                node = node.setdefault(word, {})
            node.setdefault(END, food)

    def match(self, words: list[str], start: int) -> tuple[FoodRecord, int] | None:
        """The longest full name of several words at `start`."""
        node, found = self.root, None
        for place in range(start, len(words)):
            node = node.get(words[place], {})
            if not node:
                break
            if END in node and place > start:
                found = (node[END], place + 1)
        return found


def meaning(text: str) -> list[str]:
    """The words of a text that a name must have."""
    return [one for one in plain_keys(text) if one not in SILENT and one not in JOINTS]


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
    total = -name.unspecified
    instead = {one for head in name.heads for group in head if group & said for one in group}
    instead |= {one for choice in name.choices if choice & said for one in choice}
    for choice in name.choices:
        instead |= set(sorted(choice & name.words)[1:])  # of "granulated or lump" one is not said
    total += OF_A_KIND * len(said & name.kinds - name.words)
    for word in name.words - said - instead:
        total += SUPPORTED if word in nearby else cost_of(word) * (BY_ALIAS if by_alias else 1.0)
    return total


def strangeness(food: FoodRecord, kcal: float | None) -> float:
    """How far the energy is from that of the food that the word usually means."""
    if kcal is None:
        return 0.0
    ratio = (food.nutrients.kcal + KCAL_FLOOR) / (kcal + KCAL_FLOOR)
    return ENERGY_WEIGHT * max(0.0, abs(math.log(ratio)) - ALIKE)


def headless(name: SurveyName, last: str) -> float:
    """What it costs that the last word said is not what the food is: cheese, of "cheese pizza"."""
    heads = any(last in group for head in name.heads for group in head)
    return 0.0 if not last or heads or any(last in alias for alias in name.aliases) else HEADLESS
