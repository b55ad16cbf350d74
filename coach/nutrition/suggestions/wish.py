"""What a member wishes to be proposed: meal, energy, nutrients, foods, what to leave out. Pure."""

import re
from dataclasses import dataclass
from typing import Final

from coach.nutrition.answers.foods import ASKING, CLASS_WORDS
from coach.nutrition.foods.avoided import NOT_AVOIDED, Avoided, styles_in
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.left_out import MOST_WORDS, left_out, said_words
from coach.nutrition.foods.word_forms import key, keys, words_of
from coach.nutrition.models.diary import Slot
from coach.nutrition.speech.questions import SLOT_WORDS, kcal_of_a_day, nutrients_in

LEAST_LIMIT_KCAL: Final = 50  # a smaller number is no limit of a meal
MOST_LIMIT_KCAL: Final = 3_000
ENERGY: Final = re.compile(
    r"(?P<number>\d[\d,.]*)\s*-?\s*(?:k\s?cals?|kilo-?calories?|cals?|calories?)\b|"
    r"\b(?:under|below|less than|at most|up to|max(?:imum)?(?: of)?|no more than)\s+"
    r"(?P<bare>\d{2,4})\b"
    r"(?!\s*(?:g|grams?|mg|minutes?|min|euros?|dollars?)\b)"
)
MORE: Final = (
    r"\b(?:lots?|high|more|plenty|rich|much|source|boost|up|extra|missing|fill|full|good)\b"
)
LESS: Final = r"\b(?:low|less|little|few|fewer|light on|reduced|not much|cut)\b"
LIGHT: Final = r"\b(?:light|small|lighter|low[- ]cal\w*)\b"
EVENING: Final = r"\b(?:tonight|this evening|evening|supper|before bed)\b"
MORNING: Final = r"\b(?:this morning|morning|brunch)\b"
NOON: Final = r"\b(?:noon|midday)\b"
BETWEEN: Final = (
    r"\b(?:peckish|nibble|bite|craving|before (?:a|my|the) (?:run|gym|training|workout)|sweet"
    r"|slump|vending)\b"
)
# All meals of a day are to be planned, and a number is then of the whole day.
WHOLE_DAY: Final = re.compile(
    r"\b(?:plan|menu)\b.*\b(?:day|meals|today|tomorrow|\w+day)\b"
    r"|\b(?:all|three|3) (?:three )?meals\b"
    r"|\bwhat (?:can|could|should|shall) i eat (?:all day|tomorrow|over the day)\b"
    r"|\b(?:spread|arrange|divide) (?:out )?my meals\b|\bmeal plan\b|\b(?:whole|full) day of\b"
)
# Words that a member says and the table has otherwise.
SAME: Final = {
    "vegetarian": "", "spanish": "mexican", "hot": "warm", "easy": "quick", "fast": "quick",
    "refreshing": "fresh", "soups": "soup", "salads": "salad", "dessert": "sweet", "fiber": "fibre",
}  # fmt: skip
TAGS: Final = words_of(
    "warm cold quick light fresh sweet salty soup salad sandwich bowl pasta drink oats cereal asian"
    " indian italian mexican korean japanese chinese french vegan protein fibre"
)


@dataclass(frozen=True)
class Wish:
    """`slot` is None where none was named; energy in kcal for the whole meal."""

    slot: Slot | None = None
    most_kcal: float | None = None
    more: tuple[str, ...] = ()
    less: tuple[str, ...] = ()
    avoided: Avoided = NOT_AVOIDED
    wanted: tuple[frozenset[str], ...] = ()  # keys of the words of foods
    wanted_classes: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    whole_day: bool = False  # `most_kcal` is then of the day


def wish_in(index: FoodIndex, said: str) -> Wish:
    """Read what is wished for. Nothing said is a wish for anything."""
    words = said.lower().replace("’", "'")
    avoided = styles_in(words)
    nutrients = tuple(name for name in nutrients_in(ENERGY.sub(" ", words)) if name != "kcal")
    less = nutrients if re.search(LESS, words) and not re.search(r"\bno less\b", words) else ()
    if re.search(LIGHT, words):
        less = (*less, "kcal")
    wanted, classes = _wanted(index, words, avoided)
    whole_day = WHOLE_DAY.search(words) is not None
    of_day = kcal_of_a_day(words) if whole_day else None
    return Wish(
        slot=None if whole_day else _slot(words),
        most_kcal=of_day or _limit(words),
        more=nutrients if not less else (),
        less=less,
        avoided=avoided,
        wanted=wanted,
        wanted_classes=classes,
        tags=_tags(words),
        whole_day=whole_day,
    )


def _slot(words: str) -> Slot | None:
    for slot, pattern in SLOT_WORDS:
        if re.search(pattern, words):
            return slot
    for pattern, slot in (
        (BETWEEN, Slot.SNACK),
        (EVENING, Slot.DINNER),
        (MORNING, Slot.BREAKFAST),
        (NOON, Slot.LUNCH),
    ):
        if re.search(pattern, words):
            return slot
    return None


def _limit(words: str) -> float | None:
    found = ENERGY.search(words)
    if found is None:
        return None
    digits = re.sub(r"[,.](?=\d{3}\b)", "", found["number"] or found["bare"])
    try:
        value = float(digits.replace(",", ".").rstrip("."))
    except ValueError:
        return None
    return value if LEAST_LIMIT_KCAL <= value <= MOST_LIMIT_KCAL else None


def _tags(words: str) -> frozenset[str]:
    said = {SAME.get(word, word) for word in re.findall(r"[a-z]+", words)}
    return TAGS & said


def _wanted(
    index: FoodIndex, words: str, avoided: Avoided
) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """The foods that are named and not left out, and the classes that are ("fish")."""
    said = said_words(words)[:MOST_WORDS]
    out = {place for places in left_out(said) for place in places}
    # What is said to be left out is never wanted.
    named = ["," if place in out else key(word) for place, word in enumerate(said)]
    classes: set[str] = set()
    found: list[frozenset[str]] = []
    place = 0
    while place < len(named):
        if group := CLASS_WORDS.get((named[place],)):
            classes |= group - avoided.classes
        match = index.match(named, place)
        skip = named[place] in ASKING or named[place] in UNWANTED or named[place] in TAGS
        if match is None or skip:
            place += 1
            continue
        one = frozenset(named[place : match[1]])
        if not avoided.hit_by([" ".join(named[place : match[1]])], likely=True):
            found.append(one)
        place = match[1]
    return tuple(found), frozenset(classes)


UNWANTED: Final = frozenset(
    keys(
        "suggest suggestion recommend propose idea ideas recipe cook make plan order home fridge"
        " calorie calories protein fibre carb carbs fat salt sugar sodium energy instead else"
        " hungry dinner lunch breakfast supper snack dish something place restaurant burger place"
        " week day under below target targets goal room quick warm light sweet"
    )
)
