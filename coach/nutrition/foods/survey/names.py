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
from coach.nutrition.foods.idle_words import DESCRIBING
from coach.nutrition.foods.records import FoodRecord
from coach.nutrition.foods.survey.portions import SIZES, UNITS, measures_of
from coach.nutrition.foods.word_forms import key, keys, tokens

# One word for what is said in several ways; the tables themselves are not of one mind.
SAME: Final[dict[str, tuple[str, ...]]] = {
    "lowfat": ("low", "fat"), "nonfat": ("fat", "free"), "skimmed": ("skim",),
    "fatfree": ("fat", "free"), "skinless": ("no-skin",), "tinned": ("canned",),
    "omelette": ("omelet",), "donut": ("doughnut",), "yoghurt": ("yogurt",),
    "chilli": ("chili",), "wholemeal": ("whole", "wheat"), "prawn": ("shrimp",),
    "lite": ("light",), "noncaffeinated": ("decaffeinated",), "decaf": ("decaffeinated",),
    "barbecued": ("barbecue",), "bbq": ("barbecue",), "flavoured": ("flavored",),
    "milkshake": ("milk", "shake"), "popsicle": ("ice", "pop"), "tots": ("tot",),
    "zero": ("diet",), "peeled": ("no-peel",), "roasted": ("roast",),
    "unflavored": ("plain",), "catsup": ("ketchup",), "cheesy": ("cheese",),
    "sugarfree": ("sugar", "free"), "toast": ("toasted",), "jacket": ("baked",),
    "ribeye": ("rib", "eye"),
}  # fmt: skip
SHELVES: Final = frozenset(
    keys(
        "steak potato fish cheese candy cereal beef pork veal lamb soft drink sports energy coffee "
        "sauce nuts seeds oil game chicken turkey poultry vegetable nutrition bar powder mix "
        "nutritional or alcoholic cocktail"
    )
)
# Of these, the second part is a name where no other food is called so: no soup is "tomato".
SOFT_SHELVES: Final = frozenset(
    keys("bread cookie cake cupcake pie soup crackers juice salad ice cream pasta snack roll tea")
)
# In the first part of a name with other words, these need not be said: "Pork bacon".
TAKEN_FOR_GRANTED: Final = frozenset(keys("sandwich pork beef egg sugar dressing"))
# Words of the tables that say nothing of the food.
SILENT: Final = frozenset(
    keys(
        "nfs ns as to or and of the a in with made from any type other than for on is by "
        "at all not added used purchased commercially prepared cooking method "
        "part source size flavor sweetener calorie plus n variety"
    )
)
# What is left out, and what is eaten with it, as one word each.
LEFT_OUT: Final = (
    (re.compile(r"\b(skin|peel|coating)(?: / coating)?,? not eaten"), r" no-\1 "),
    (re.compile(r"\b(skin|peel)(?: / coating)?,? eaten"), r" with-\1 "),
    (re.compile(r"\bskin (?:on|and all)\b|\bwith (?:the |its )?skin\b"), " with-skin "),
    (re.compile(r"\b(?:no|without|excluding|minus|sans)(?: (?:the|any|its|added|of))* (\w+)"),
     r" no-\1 "),
    (re.compile(r"\bnot reconstituted"), " unprepared "),
    (re.compile(r"\bfat added\b"), " with-fat "),
)  # fmt: skip
NO: Final = "no-"
FATS: Final = frozenset({"no-butter", "no-oil", "no-margarine", "no-fats"})
CHEAP: Final = frozenset(
    keys(
        "cooked fresh raw fat sodium restaurant fast food home recipe style plain regular medium "
        "crust white wheat whole "
        "place ready eat eaten quick skin lean baked broiled market brewed hot leaf black "
        "pre packaged prepackaged deli hard bakery store bottled salted roast carton "
        "soft yeast sandwich beef milk homemade frozen large small patty bun ground"
    )
)
DEAR: Final = frozenset(
    keys(
        "diet low reduced free light baby toddler infant dry reconstituted powder imitation "
        "school puerto rican formula substitute decaffeinated instant meatless vegetarian "
        "dehydrated "
        "pickled ingredient rice potato noodle chocolate extra sweetened caffeine concentrate fried"
    )
)
DEAR_COST: Final = 2.0
CHEAP_COST: Final = 0.3
# Other descriptions that are no names of their own.
NO_NAME: Final = re.compile(
    r"^(NS|any|all|with|without|from|in|made|on|other|not|home|from|for|flavors?|plain)\b|"
    r" or other|excluding|^(snack|regular|light|string|snap|pole|original|instant|dry|frozen|"
    r"canned|leaf|red|calico|stage|stuffed|swirl|scoop|stick|patty|fillet)$",
    re.IGNORECASE,
)
NOT_TOLD: Final = re.compile(r"NS as to [^,;()]*")
MOST_ALIAS_WORDS: Final = 6
TOO_MANY: Final = 4  # first words of foods that share another name
MEATS: Final = frozenset(keys("beef pork ham lamb sausage bacon turkey"))
NOT_NOUNS: Final = SILENT | frozenset(SIZES) | frozenset(keys("size any yield oz inch quantity"))
# Other names that are ordinary words.
NO_FOODS: Final = {
    frozenset({word})
    for word in keys("round spread king lay helper spoon freezer hot cold regular scoops wedge egg")
}
Groups = tuple[frozenset[str], ...]


class SurveyName(msgspec.Struct, frozen=True):
    """The ways to name a food, and its words.

    Of each way of `heads` one word of every group must be said. `words` are all words of the
    name that mean something. `aliases` are its other names, of which all words must be said;
    `kinds` what it may be besides, which names nothing by itself ("turkey" of a chicken soup).
    Of the words of each of `choices` one is enough.
    `joined` are the words on both sides of an "and" or "with" in the name. `unspecified`: the
    row for whoever does not say which kind. `measures` are those of its portions.
    """

    food: FoodRecord
    heads: tuple[Groups, ...]
    words: frozenset[str]
    aliases: tuple[frozenset[str], ...]
    kinds: frozenset[str]
    choices: tuple[frozenset[str], ...]
    joined: frozenset[str]
    unspecified: float
    measures: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        return self.words.union(self.kinds, *self.aliases)


def plain_keys(text: str) -> list[str]:
    """The keys of a text's words, with one word for what is said in several ways."""
    found: list[str] = []
    text = text.lower()
    for pattern, said in LEFT_OUT:
        text = pattern.sub(said, text)
    for part in re.split(r"((?:no|with)-\w+)", text):
        if part.startswith((NO, "with-")):
            word = NO + key(part[3:]) if part.startswith(NO) else part
            found.append("no-fat" if word in FATS else word)
        else:
            found += [one for word in spoken_keys(tokens(part)) for one in word]
    return found


def spoken_keys(words: list[str]) -> list[tuple[str, ...]]:
    """The keys for each word; a number belongs to the "percent" that follows it."""
    found: list[tuple[str, ...]] = []
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word.isdigit():
            found.append((f"{word}%",) if following == "percent" else ())
        elif word == "percent" or not word[0].isalnum():
            found.append(())
        else:
            fried = key(word) == "fry" and place and words[place - 1] == "stir"
            found.append(
                ("fried",) if fried else SAME.get(word) or SAME.get(key(word)) or (key(word),)
            )
    return found


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
    return [survey_name(food, parts, heads | many | NO_FOODS) for food, parts in read]


def segments_of(name: str) -> list[Groups]:
    parts = re.split(r",|\(|\)|;", name.replace('"', ""))
    return [head_groups(part.strip()) for part in parts if part.strip()] or [()]


def survey_name(food: FoodRecord, parts: list[Groups], common: set[frozenset[str]]) -> SurveyName:
    """The ways to name one food; no other name that is `common` names it by itself."""
    words = frozenset(plain_keys(NOT_TOLD.sub("", food.name))) - SILENT
    aliases, kinds = [], portion_nouns(food)
    for alias in other_names(food):
        own = frozenset(plain_keys(alias)) - SILENT
        with_it = re.match(r"with (?!or\b)(.*)", alias)
        if not own or own in NO_FOODS:
            continue
        if with_it:
            kinds |= own
        elif not NO_NAME.search(alias) and len(alias.split()) <= MOST_ALIAS_WORDS:
            idle = all(cost_of(word) != 1.0 or word in DESCRIBING for word in own)
            if own in common or idle:
                kinds |= own if len(own) == 1 else frozenset()
            if own not in common and not idle:
                aliases.append(own)
    if "meat" in words:
        kinds |= MEATS
    low = food.name.lower()
    unspecified = 0.8 * ("nfs" in low.replace(",", " ").split()) + 0.4 * low.count("ns as to")
    return SurveyName(
        food=food,
        heads=tuple(ways(parts, common)),
        words=words,
        aliases=tuple(aliases),
        kinds=kinds,
        choices=choices_of(food.name),
        joined=joined_words(food.name) | kinds,
        unspecified=unspecified,
        measures=frozenset(measures_of(food)),
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
    found = {word for text in texts for word in plain_keys(re.sub(r"\([^)]*\)|,.*", "", text))}
    return frozenset(word for word in found if word.isalpha() and word not in UNITS) - NOT_NOUNS


def choices_of(name: str) -> tuple[frozenset[str], ...]:
    """Words of which the name asks for one only: "boiled or poached"."""
    pairs = re.findall(r"(\w+)(?: or |/)(\w+)", name.lower().replace("and/or", "or"))
    return tuple(frozenset(plain_keys(" ".join(pair))) for pair in pairs)


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
        groups = [group for group in groups if not group <= TAKEN_FOR_GRANTED] or groups
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


def cost_of(word: str) -> float:
    """What it costs that a word of the name was not said."""
    if word in DEAR:
        return DEAR_COST
    return CHEAP_COST if word in CHEAP or word.startswith((NO, "with-")) else 1.0
