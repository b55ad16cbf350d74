"""The foods of FNDDS found by the words that were said, in whatever order.

    names = SurveyNames(records)
    names.match(["diet", "iced", "tea"], 0) → (the row of diet iced tea, 3)

Every word has a bit mask of the foods that have it: the foods that have all words of a phrase are
one "and" away, so a sentence costs microseconds a word.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from coach.nutrition.foods.idle_words import DESCRIBING, FILLER
from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.survey.names import SurveyName, survey_names
from coach.nutrition.foods.survey.portions import ONE, PIECES, SIZES, UNITS
from coach.nutrition.foods.survey.ranking import (
    Words,
    cost,
    headless,
    heads_it,
    names_it,
    says_it_fully,
    strangeness,
)
from coach.nutrition.foods.survey.verbatim import Verbatim
from coach.nutrition.foods.survey.words import NO, SILENT, WITH, plain_keys, spoken_key
from coach.nutrition.foods.word_forms import key, tokens, words_of

MOST_WORDS: Final = 12
LONGEST_NAME: Final = 40  # words and commas of a full name
# They measure a food, and are in no name of one.
VESSELS: Final = words_of(
    "container bag box packet package can carton bottle bowl jar tub tray glass mug plate serving "
    "piece slice tablespoon teaspoon scoop pouch side"
)
PASSED_OVER: Final = words_of("type flavor flavored style added made")
JOINTS: Final = words_of("and with in on n or of")
OF: Final = "of"
LISTING: Final = words_of("and n or")  # of "beef and bean chili", no word tells what it is
NOT_ALONE: Final = words_of("picnic round spread club lay freezer spoon wedge king hot house")
MEASURED: Final = 1.5  # what it is worth that a portion of the food is the one that was said
SURE: Final = 4.0
SURE_WHEN_JOINED: Final = 2.0
MOST_CACHED: Final = 50_000
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
        self.meaning = lru_cache(maxsize=MOST_CACHED)(self._meaning)
        self._begins = lru_cache(maxsize=MOST_CACHED)(self._longest)

    def match(self, words: list[str], start: int) -> tuple[FoodRecord, int] | None:
        """The longest name that begins at `start`: the food, and the index after its last word."""
        found = self._begins(tuple(words[start : start + LONGEST_NAME]))
        return (found[0], start + found[1]) if found else None

    def _longest(self, words: tuple[str, ...]) -> tuple[FoodRecord, int] | None:
        verbatim, found = self.verbatim.match(words, 0), self._by_words(words)
        if verbatim is not None and (found is None or verbatim[1] >= found[1]):
            return verbatim
        return found

    def _by_words(self, words: tuple[str, ...]) -> tuple[FoodRecord, int] | None:
        mask, said, found = -1, NOTHING_NEAR, None
        joints: list[tuple[str, str]] = []
        before, last, joint, listed = "", "", False, False
        for place in range(min(len(words), MOST_WORDS)):
            word, own = words[place], spoken_key(words, place)
            if word in JOINTS:
                if word == "on" and words[place + 1 : place + 2] == ("toast",):
                    break  # two eggs on toast: two of one, and one of the other
                if not said or joint or (word != OF and said <= PLAIN):
                    break
                joint = word != OF or joint
                listed = listed or (word in LISTING and not joints)
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
            last = "" if listed else last
            best = self.best(said, NOTHING_NEAR, None, tuple(joints), last)
            if best is not None:
                found = (best, place + 1)
        if found and joints and words[found[1] : found[1] + 1] == ("bread",):
            found = (found[0], found[1] + 1)  # a ham sandwich on white bread
        return found

    def _fitting(self, said: Words) -> tuple[SurveyName, ...]:
        """The foods that the words name: all of them in the food, and its head among them."""
        mask = -1
        for word in said:
            mask &= self.masks.get(word, 0)
        if mask <= 0 or said <= NOT_ALONE or (len(said) == 1 and said <= IDLE):
            return ()
        if all(word.startswith((NO, WITH)) for word in said):
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
                + headless(name, last, said)
                - MEASURED * is_measured(name, measure),
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

    def is_a_portion(self, said: str) -> bool:
        """Whether a word only measures foods: "1 pretzel crisp" makes no pretzels of crisps."""
        words = frozenset(meaning(said))
        fitting = self.fitting(words) if len(words) == 1 else ()
        return bool(fitting) and not any(
            heads_it(name, words) or words in name.aliases for name in fitting
        )

    def named(
        self,
        text: str,
        nearby: Words = NOTHING_NEAR,
        kcal: float | None = None,
        measure: str = "",
    ) -> FoodRecord | None:
        """The food that a whole text names."""
        verbatim, words, last = self.meaning(text)
        if verbatim is not None:
            return verbatim
        return self.best(frozenset(words), nearby, kcal, (), last, measure)

    def _meaning(self, text: str) -> tuple[FoodRecord | None, tuple[str, ...], str]:
        """The food whose full name the text is, its words, and the last one before a joint."""
        words = tokens(text)
        verbatim = self.verbatim.match(words, 0)
        whole = verbatim is not None and verbatim[1] == len(words)
        joint = next((place for place, word in enumerate(words) if word in JOINTS), len(words))
        head = meaning(" ".join(words[:joint])) or meaning(text)
        listed = joint < len(words) and words[joint] in LISTING
        last = head[-1] if head and not listed else ""
        return verbatim[0] if verbatim and whole else None, meaning(text), last

    def within(self, dish: str, part: str, nearby: Words, *, listed: bool) -> FoodRecord | None:
        """The food that is the dish and has the part in it.

        What is only `listed` after a comma must be a variety of it, not a food that goes with it.
        """
        of_dish, of_part = meaning(dish), meaning(part)
        if not of_dish:
            return None
        said = frozenset([*of_dish, *of_part])
        dishes = {name.food.id for name in self.fitting(frozenset(of_dish))}
        ranked = [
            (cost(name, said, nearby), len(name.food.name), name.food.name, name.food)
            for name in self.fitting(said)
            if name.food.id in dishes and not (listed and name.joined & set(of_part))
        ]
        best = min(ranked, default=None, key=lambda one: one[:3])
        return best[3] if best is not None and best[0] <= SURE else None


def meaning(text: str) -> tuple[str, ...]:
    """The words of a text that a name must have."""
    return tuple(one for one in plain_keys(text) if one not in SILENT and one not in JOINTS)


def is_measured(name: SurveyName, measure: str) -> bool:
    """Whether the food has the measure; one of it may be a patty, as of falafel."""
    alike = (measure, *PIECES) if measure == ONE else (measure,)
    return bool(measure) and any(one in name.measures for one in alike)
