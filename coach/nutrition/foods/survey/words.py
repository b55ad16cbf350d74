"""The words of FNDDS's names: which mean the same, which say nothing, and what each is worth."""

import re
from collections.abc import Sequence
from typing import Final

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
    "zero": ("diet",), "peeled": ("no-skin",), "roasted": ("roast",),
    "unflavored": ("plain",), "catsup": ("ketchup",), "cheesy": ("cheese",),
    "sugarfree": ("sugar", "free"), "toast": ("toasted", "bread"), "jacket": ("baked",),
    "ribeye": ("rib", "eye"), "meatloaf": ("meat", "loaf"), "tofu": ("soybean", "curd"),
    "junior": ("jr",), "mayo": ("mayonnaise",), "hotdog": ("hot", "dog"), "hotdogs": ("hot", "dog"),
}  # fmt: skip
SHELVES: Final = frozenset(
    keys(
        "steak potato salsa fish cheese candy cereal beef pork veal lamb soft drink sports energy "
        "coffee sauce nuts seeds oil game chicken turkey poultry vegetable nutrition bar powder "
        "mix nutritional or alcoholic cocktail"
    )
)
# Of these, the second part is a name where no other food is called so: no soup is "tomato".
SOFT_SHELVES: Final = frozenset(
    keys("bread cookie cake cupcake pie soup crackers juice salad ice cream pasta snack roll tea")
)
# In the first part of a name with other words, these need not be said: "Pork bacon".
TAKEN_FOR_GRANTED: Final = frozenset(keys("pork beef egg sugar dressing sushi"))
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
    (re.compile(r"\b(?:skin|peel)(?: / coating)?,? not eaten"), " no-skin "),
    (re.compile(r"\b(?:skin|peel)(?: / coating)?,? eaten"), " with-skin "),
    (re.compile(r"\bcoating,? not eaten"), " no-coating "),
    (re.compile(r"\b(?:skin|peel) (?:on|and all)\b|\bwith (?:the |its )?(?:skin|peel)\b"),
     " with-skin "),
    (re.compile(r"\b(?:without|no|minus)(?: (?:the|any|its))* (?:skin|peel)\b"), " no-skin "),
    (re.compile(r"\b(?:no|without|excluding|minus|sans)(?: (?:the|any|its|added|of))* (\w+)"),
     r" no-\1 "),
    (re.compile(r"\bnot reconstituted"), " unprepared "),
    (re.compile(r"\bfat added\b|\bcooked (?:with|in) (?:some )?fat\b"), " with-fat "),
)  # fmt: skip
NO: Final = "no-"
WITH: Final = "with-"
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
        "dehydrated meal "
        "pickled ingredient rice potato noodle extra sweetened caffeine concentrate fried"
    )
)
DEAR_COST: Final = 2.0
QUALIFIERS: Final = DEAR - frozenset(keys("rice potato noodle formula powder"))
CHEAP_COST: Final = 0.3
USUAL_WORDS: Final = frozenset({"cooked", "fresh"})
USUAL_COST: Final = 0.1
# Most salads are made with mayonnaise; what is not said to be frozen is fresh, and so more usual.
MILD_COST: Final = {"mayonnaise": 0.6, "frozen": 0.6}


def plain_keys(text: str) -> list[str]:
    """The keys of a text's words, with one word for what is said in several ways."""
    found: list[str] = []
    text = text.lower()
    for pattern, said in LEFT_OUT:
        text = pattern.sub(said, text)
    for part in re.split(r"((?:no|with)-\w+)", text):
        if part.startswith((NO, WITH)):
            word = NO + key(part[3:]) if part.startswith(NO) else part
            found.append("no-fat" if word in FATS else word)
        else:
            found += [one for word in spoken_keys(tokens(part)) for one in word]
    return found


def spoken_keys(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The keys for each word."""
    return [spoken_key(words, place) for place in range(len(words))]


def spoken_key(words: Sequence[str], place: int) -> tuple[str, ...]:
    """The keys for one word; a number belongs to the "percent" that follows it."""
    word = words[place]
    if word.isdigit():
        return (f"{word}%",) if words[place + 1 : place + 2] in (["percent"], ("percent",)) else ()
    if word == "percent" or not word[0].isalnum():
        return ()
    if key(word) == "fry" and place and words[place - 1] == "stir":
        return ("fried",)
    return SAME.get(word) or SAME.get(key(word)) or (key(word),)


def cost_of(word: str) -> float:
    """What it costs that a word of the name was not said."""
    if word in DEAR:
        return DEAR_COST
    if word in USUAL_WORDS:
        return USUAL_COST
    if word in MILD_COST:
        return MILD_COST[word]
    return CHEAP_COST if word in CHEAP or word.startswith((NO, WITH)) else 1.0
