"""How one food of FNDDS may be named: the words that must be said, and what the others cost.

"Soft drink, cola, diet" → cola; "diet" is said or costs something
"Chicken or turkey and noodles with cream sauce" → (chicken | turkey) and noodles
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec

from coach.nutrition.foods.entry import UNSPECIFIED
from coach.nutrition.foods.idle_words import DESCRIBING, FILLER
from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.survey.portions import SIZES, UNITS, measures_of
from coach.nutrition.foods.survey.words import (
    QUALIFIERS,
    SHELVES,
    SILENT,
    SOFT_SHELVES,
    TAKEN_FOR_GRANTED,
    cost_of,
    plain_keys,
)
from coach.nutrition.foods.word_forms import keys

# Other descriptions that are no names of their own.
NO_NAME: Final = re.compile(
    r"^(NS|any|all|with|without|from|in|made|on|other|not|home|from|for|flavors?|plain)\b|"
    r" or other|excluding|^(snack|regular|light|string|snap|pole|original|instant|dry|frozen|"
    r"canned|leaf|red|calico|stage|stuffed|swirl|scoop|stick|patty|fillet)$",
    re.IGNORECASE,
)
NOT_TOLD: Final = re.compile(r"NS as to [^,;()]*")
NOT_TOLD_OF: Final = re.compile(r"^NS as to (.*)$")
# "Reduced fat (2%)": either is said.
IN_OTHER_WORDS: Final = re.compile(r"([\w ]+) \((\d+%|skim)\)")
MOST_ALIAS_WORDS: Final = 6
TOO_MANY: Final = 4  # first words of foods that share another name
MEATS: Final = frozenset(keys("beef pork ham lamb sausage bacon turkey"))
OF_MEAT: Final = "2"  # the first digit of meat and fish, which are cooked where nothing is said
NOT_COOKED: Final = frozenset({"raw", "cooked", "uncooked", "dried"})
NOT_NOUNS: Final = SILENT | frozenset(SIZES) | frozenset(keys("size any yield oz inch quantity"))
# Other names that are ordinary words.
NO_FOODS: Final = {
    frozenset({word})
    for word in keys("round spread king lay helper spoon freezer hot cold regular scoops wedge egg")
}
SANDWICH: Final = frozenset({"sandwich"})
Groups = tuple[frozenset[str], ...]


class SurveyName(msgspec.Struct, frozen=True):
    """The ways to name a food, and its words.

    Of each way of `heads` one word of every group must be said. `words` are all words of the
    name that mean something. `aliases` are its other names, of which all words must be said
    (`ends` are their last words: "pizza cheese" is a cheese);
    `kinds` what it may be besides, which names nothing by itself ("turkey" of a chicken soup).
    Of the words of each of `choices` one is enough.
    `in_other_words` are short for several words of it: "2%", for "reduced fat".
    `granted` need not be said, for the row is also that of whoever does not tell.
    `joined` are the words on both sides of an "and" or "with" in the name. `unspecified`: the
    row for whoever does not say which kind. `measures` are those of its portions.
    """

    food: FoodRecord
    heads: tuple[Groups, ...]
    words: frozenset[str]
    aliases: tuple[frozenset[str], ...]
    ends: frozenset[str]
    kinds: frozenset[str]
    choices: tuple[frozenset[str], ...]
    in_other_words: tuple[tuple[frozenset[str], str], ...]
    granted: frozenset[str]
    joined: frozenset[str]
    unspecified: float
    measures: dict[str, float]

    @property
    def known(self) -> frozenset[str]:
        return self.words.union(self.kinds, *self.aliases)


def survey_names(foods: Iterable[FoodRecord]) -> list[SurveyName]:
    """The ways to name the foods of FNDDS.

    What heads another food is no name of its own: "turkey" is no chicken soup. Nor is what many
    foods have: "Burger King".
    """
    read = [(food, segments_of(food.name)) for food in foods]
    heads = {frozenset({one}) for _, parts in read for group in parts[0] for one in group}
    used: dict[frozenset[str], set[Groups]] = defaultdict(set)
    for food, parts in read:
        for alias in food.names:
            used[frozenset(plain_keys(alias)) - SILENT].add(parts[0])
    many = {alias for alias, firsts in used.items() if len(firsts) >= TOO_MANY}
    fillings = frozenset(used) | {frozenset(map(min, parts[0])) for _, parts in read}
    return [
        survey_name(food, as_sandwich(parts, fillings), heads | many | NO_FOODS)
        for food, parts in read
    ]


def as_sandwich(parts: list[Groups], fillings: frozenset[frozenset[str]]) -> list[Groups]:
    """The parts of a name without its "sandwich", unless the rest is another food: tuna salad."""
    plain = tuple(group for group in parts[0] if group != SANDWICH)
    return parts if frozenset(map(min, plain)) in fillings else [plain or parts[0], *parts[1:]]


def segments_of(name: str) -> list[Groups]:
    parts = re.split(r",|\(|\)|;", name.replace('"', ""))
    return [head_groups(part.strip()) for part in parts if part.strip()] or [()]


def survey_name(food: FoodRecord, parts: list[Groups], common: set[frozenset[str]]) -> SurveyName:
    """The ways to name one food; no other name that is `common` names it by itself."""
    words = frozenset(plain_keys(NOT_TOLD.sub("", food.name))) - SILENT
    aliases, ends, kinds = [], set(), portion_nouns(food)
    for alias in other_names(food):
        own = frozenset(plain_keys(alias)) - SILENT
        with_it = re.match(r"with (?!or\b)(.*)", alias)
        if not own or own in NO_FOODS:
            continue
        if with_it:
            kinds |= own
        elif not NO_NAME.search(alias) and len(alias.split()) <= MOST_ALIAS_WORDS:
            idle = all(
                cost_of(word) < 1 or word in DESCRIBING | FILLER | QUALIFIERS for word in own
            )
            if own in common or idle:
                kinds |= own if len(own) == 1 else frozenset()
            if own not in common and not idle:
                aliases.append(own)
                ends.add(plain_keys(alias)[-1])
    if "meat" in words:
        kinds |= MEATS
    if food.source_id.startswith(OF_MEAT) and not words & NOT_COOKED:
        kinds |= {"cooked"}
    low = food.name.lower()
    unspecified = 0.8 * ("nfs" in low.replace(",", " ").split()) + 0.4 * low.count("ns as to")
    return SurveyName(
        food=food,
        heads=tuple(ways(parts, common)),
        words=words,
        aliases=tuple(aliases),
        ends=frozenset(ends),
        kinds=kinds,
        choices=choices_of(food.name),
        in_other_words=in_other_words(food.name),
        granted=granted_words(food),
        joined=joined_words(food.name) | kinds,
        unspecified=unspecified,
        measures=measures_of(food),
    )


def other_names(food: FoodRecord) -> Iterable[str]:
    """The other names of a food, and what its name has in brackets: a maker and its product."""
    yield from re.findall(r"\(([A-Z][^)]*)\)", food.name)
    for alias in food.names:
        before, either, after = alias.partition(" or ")
        if either and " " in after:
            many = len(before.split())
            yield after
            yield " ".join([before, *after.split()[many:]])
        else:
            yield alias


def portion_nouns(food: FoodRecord) -> frozenset[str]:
    """Words by which its portions tell of what kind it is: "1 cherry tomato"."""
    texts = (text for text, _ in food.portions if text != UNSPECIFIED.capitalize())
    plain = (re.sub(r"\([^)]*\)|,.*|\b[A-Z][\w']*", "", text) for text in texts)
    found = {word for text in plain for word in plain_keys(text)}
    return frozenset(word for word in found if word.isalpha() and word not in UNITS) - NOT_NOUNS


def choices_of(name: str) -> tuple[frozenset[str], ...]:
    """Words of which the name asks for one only: "boiled or poached"."""
    pairs = re.findall(r"(\w+)(?: or |/)(\w+)", name.lower().replace("and/or", "or"))
    return tuple(frozenset(plain_keys(" ".join(pair))) for pair in pairs)


def in_other_words(name: str) -> tuple[tuple[frozenset[str], str], ...]:
    """ "Reduced fat (2%)": the words, and the short one for them."""
    found = IN_OTHER_WORDS.findall(name.lower())
    return tuple((frozenset(plain_keys(words)), plain_keys(short)[0]) for words, short in found)


def granted_words(food: FoodRecord) -> frozenset[str]:
    """Words of a row that is also for whoever does not say so: "NS as to sweetened"."""
    told = filter(None, map(NOT_TOLD_OF.match, food.names))
    words = {word for match in told for word in plain_keys(match[1])}
    return frozenset(words | {f"no-{word.removeprefix('with-')}" for word in words})


def ways(parts: list[Groups], heads: set[frozenset[str]]) -> Iterable[Groups]:
    """The first part of a name; after a shelf ("Soft drink, cola") the next one as well.

    `heads` are words that are foods by themselves.
    """
    soft = False
    for place, part in enumerate(parts):
        telling = any(cost_of(one) == 1.0 for group in part for one in group)
        taken = soft and all(group in heads for group in part)
        if part and (not place or (telling and not taken)):
            yield part
        soft = soft or any(group <= SOFT_SHELVES for group in part)
        if not part or not all(group <= SHELVES | SOFT_SHELVES for group in part):
            return


def head_groups(segment: str) -> Groups:
    """The words of a segment before its "with"; of "chicken or turkey" one is enough."""
    before = re.split(
        r"\b(?:with|made|in|from|on|for|excluding|including|without|no|not)\b", segment
    )[0]
    parts = re.split(r"(\bor\b|/)", before.replace("and/or", "or"))
    groups: list[frozenset[str]] = []
    alternative = False
    for part in parts:
        if part in {"or", "/"}:
            alternative = True
            continue
        own = [one for one in plain_keys(part) if one not in SILENT]
        if alternative and own and groups:
            groups[-1] |= {own[0]}
            own = own[1:]
        groups += [frozenset({one}) for one in own]
        alternative = False
    if len(groups) > 1:
        granted = TAKEN_FOR_GRANTED - ({"egg"} if frozenset({"salad"}) in groups else frozenset())
        groups = [group for group in groups if not group <= granted] or groups
    return tuple(groups)


def joined_words(name: str) -> frozenset[str]:
    """Words beside an "and", "with", "in" or "on" of the name."""
    found: set[str] = set()
    for segment in name.split(","):
        sides = re.split(r"\b(?:and|with|in|on|n)\b", segment.replace("and/or", "or"))
        if len(sides) > 1:
            found.update(one for side in sides for one in plain_keys(side))
    if "with" in name:
        found.update(plain_keys(name.partition("with")[2]))
    return frozenset(found) - SILENT
