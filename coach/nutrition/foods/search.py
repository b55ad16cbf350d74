"""Find foods by name, ranked as people mean them.

Plain full-text search puts the right food first for less than half of everyday names; what helps is
knowing how the tables are worded: the unspecified form first, raw for fruit, the head word first,
short names, whole foods before mixtures, no branded food unless the brand was said.
"""

import re
from typing import Final

import msgspec
from rapidfuzz import fuzz, process

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.records import CUSTOM, EVERYDAY, FNDDS, FoodId, FoodRecord
from coach.nutrition.foods.word_forms import key, keys, tokens

SOURCE_BONUS: Final = {CUSTOM: 6.0, EVERYDAY: 4.0, FNDDS: 3.0}
BRAND: Final = re.compile(r"\b[A-Z][A-Z'&]{3,}\b")
UNLIKELY: Final = {
    "dry": 1.5, "powder": 1.5, "unprepared": 3.0, "uncooked": 2.0, "condensed": 2.0, "frozen": 1.0,
    "dehydrated": 2.5, "freeze": 2.5, "ingredient": 5.0, "concentrate": 2.5, "mix": 1.5,
    "imitation": 3.0, "substitute": 3.0, "baby": 6.0, "infant": 6.0, "babyfood": 6.0, "leaf": 1.0,
    "leaves": 1.0, "flower": 1.5, "skin": 0.4, "variety": 1.5, "separable": 0.5, "native": 3.0,
    "industrial": 4.0, "commodity": 4.0, "reduced": 1.0, "fortified": 0.3, "low": 0.8, "free": 0.8,
    "diet": 1.0, "canned": 0.8, "dried": 1.2, "seed": 0.8, "lite": 1.0, "refuse": 1.0,
}  # fmt: skip
# First words that name a shelf, not a food: "Fish, swordfish", "Nuts, almonds".
CATEGORIES: Final = frozenset(
    keys(
        "fish crustaceans mollusks nuts seeds spices oil cheese beverages candies snacks "
        "sauce soup cereals ready eat fast foods restaurant alcoholic beverage beans bread "
        "cookies crackers "
        "game meat sausage salad dressing syrups vegetable juice family style chinese latino "
        "italian mexican puddings desserts"
    )
)
STOP: Final = frozenset(keys("a an the of with and in on or some my for from to"))
COOKED_FIRST: Final = frozenset(
    keys(
        "fish beef pork lamb veal chicken turkey duck goose game crustaceans mollusks bison elk "
        "quail"
    )
)
UNCOOKED: Final = frozenset({"dry", "raw", "uncooked", "unprepared"})
FEWEST_LETTERS: Final = 3


class FoodMatch(msgspec.Struct, frozen=True):
    """A candidate: the food, the name it was found by, its usual portion, a score (higher first).

    `covered` is the share of the asked words that the food's names hold.
    """

    food: FoodRecord
    name: str
    usual_grams: float
    score: float
    covered: float


def search(index: FoodIndex, query: str, limit: int = 10) -> list[FoodMatch]:
    """At most `limit` foods for a name as people say it, best first; [] when nothing fits."""
    asked = [word for word in keys(query) if word not in STOP]
    if not asked or limit < 1:
        return []
    asked = [spelled(index, word) for word in asked]
    found: dict[FoodId, FoodMatch] = {}
    everyday = index.match(asked, 0)
    if everyday and everyday[1] == len(asked):
        entry = everyday[0]
        found[entry.food.id] = FoodMatch(entry.food, entry.name, entry.usual, 100.0, 1.0)
    for food_id in candidates(index, asked):
        if food_id not in found:
            match = judge(index, index.foods[food_id], asked, query)
            found[food_id] = match
    ranked = sorted(found.values(), key=lambda m: (-m.covered, -m.score, len(m.food.name)))
    best = ranked[0].covered if ranked else 0
    return [match for match in ranked if match.covered >= min(best, 0.5)][:limit]


def candidates(index: FoodIndex, asked: list[str]) -> set[FoodId]:
    """Foods with all asked words; failing that, with the rarer half of them."""
    postings = index.postings()
    lists = sorted((set(postings.get(word, ())) for word in dict.fromkeys(asked)), key=len)
    everywhere = set.intersection(*lists)
    if everywhere:
        return everywhere
    some: set[FoodId] = set()
    for ids in [ids for ids in lists if ids][: max(1, len(lists) // 2)]:
        some |= ids
    return some


def spelled(index: FoodIndex, word: str) -> str:
    """`word`, or the word of a food that it is a slip of the keyboard away from."""
    postings = index.postings()
    if word in postings or word in index.words or len(word) <= FEWEST_LETTERS + 1:
        return word
    close = process.extractOne(word, postings.keys(), scorer=fuzz.ratio, score_cutoff=84)
    return str(close[0]) if close and close[0][0] == word[0] else word


def uneaten(food: FoodRecord, asked: list[str]) -> bool:
    """Whether nobody eats it as it is in the table: dry beans and grains, unless asked for so."""
    own = set(keys(food.name))
    if own & {"cooked", "sprouted", "canned", "heat"} or set(asked) & UNCOOKED:
        return False
    return bool(own & {"uncooked", "unprepared"}) or own >= {"mature", "seed", "raw"}


def judge(index: FoodIndex, food: FoodRecord, asked: list[str], query: str) -> FoodMatch:
    """How well a food answers the asked words."""
    words = index.search_keys(food.id)
    own = keys(food.name)
    have = set(words)
    covered = sum(word in have for word in asked) / len(asked)
    score = SOURCE_BONUS.get(food.source, 0.0)
    score += 5.0 * sum(word in own for word in asked) / len(asked)
    parts = [keys(part) for part in food.name.split(",")]
    head = parts[1] if len(parts) > 1 and set(parts[0]) <= CATEGORIES else parts[0]
    if head and head[0] in asked:
        score += 4.0
    score += 3.0 * sum(word in asked for word in head) / max(1, len(head))
    low = food.name.lower()
    if "nfs" in own or "ns as to" in low:
        score += 3.0
    if "raw" in own and "raw" not in asked:
        score += -2.0 if own[0] in COOKED_FIRST or uneaten(food, asked) else 1.5
    extra = [word for word in own if word not in asked and word not in STOP]
    if "heat" in own:
        extra = [word for word in extra if word not in {"dry", "moist", "heat", "cooked"}]
    score -= 0.35 * len(extra)
    score -= sum(UNLIKELY.get(word, 0.0) for word in set(extra))
    brands = [word.lower() for word in BRAND.findall(food.name)]
    said = set(tokens(query))
    if brands and not any(key(word) in asked or word in said for word in brands):
        score -= 4.0
    entry = index.entry_of(food)
    name = food.name if entry.from_search else entry.name
    return FoodMatch(food, name, entry.usual, round(score, 3), round(covered, 3))
