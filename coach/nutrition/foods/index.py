"""All foods in memory: the names people say (for the parser) and every word (for the search).

Built from records, so it needs no database; `foods/store.py` builds it from the rows.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import msgspec

from coach.nutrition.foods import everyday
from coach.nutrition.foods.records import CUSTOM, FNDDS, SR28, FoodId, FoodRecord
from coach.nutrition.foods.words import key, keys

UNSPECIFIED: Final = "quantity not specified"
MEASURE_WORDS: Final = {
    "cup": "cup", "tablespoon": "tbsp", "tbsp": "tbsp", "teaspoon": "tsp", "tsp": "tsp",
    "slice": "slice", "piece": "piece", "can": "can", "bottle": "bottle", "bar": "bar",
    "packet": "packet", "package": "packet", "scoop": "scoop", "stick": "stick", "patty": "patty",
    "link": "link", "strip": "strip", "fillet": "fillet", "small": "small", "medium": "medium",
    "large": "large", "regular": "medium", "container": "container", "bowl": "bowl",
    "serving": "serving", "order": "serving", "sandwich": "serving", "oz": "oz_portion",
}  # fmt: skip
# Words in a single-word name that mean something else unless said exactly so.
EXACT: Final = {
    "greens",
    "sweets",
    "spirits",
    "crackers",
    "seasoning",
    "squash",
    "preserves",
    "peppers",
    "whites",
    "yolks",
}


class Entry(msgspec.Struct, frozen=True):
    """A food under the name people say, with what amounts of it weigh (all grams).

    `usual` is an amount that was not said, `each` one of many, `some` a bare plural; `sides` is
    what goes with one piece of another kind of food ("on bread").
    """

    food: FoodRecord
    name: str
    kind: str
    usual: float
    each: float
    measures: dict[str, float]
    own: frozenset[str] = frozenset()
    sides: dict[str, float] = {}
    dry: FoodRecord | None = None
    by_volume: FoodRecord | None = None
    from_search: bool = False

    @property
    def counted(self) -> bool:
        """Whether one of it is its usual portion (an egg), unlike one of many (a grape)."""
        return self.usual == self.each


class Node:
    """A node of the tree of names: by the key of the next word."""

    __slots__ = ("entry", "exact", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.entry: Entry | None = None
        self.exact: dict[str, Entry] = {}


class FoodIndex:
    """Look-up of foods by id, by spoken name (longest first) and by word."""

    def __init__(self, records: Iterable[FoodRecord]) -> None:
        self.foods: dict[FoodId, FoodRecord] = {}
        self.by_key: dict[str, FoodRecord] = {}
        for record in records:
            self.foods[record.id] = record
            self.by_key[record.key] = record
        self.root = Node()
        self.entries: dict[FoodId, Entry] = {}
        self.made_of: dict[FoodId, tuple[str, ...]] = {}
        self.words: frozenset[str] = frozenset()
        self._add_everyday()
        self._add_custom()
        self.words = frozenset(self._words_of(self.root))
        self._postings: dict[str, list[FoodId]] | None = None
        self._search_keys: dict[FoodId, tuple[str, ...]] = {}

    # --- names ----------------------------------------------------------------------------------
    def _add_everyday(self) -> None:
        classes = everyday.classes()
        for row in everyday.rows():
            source = f"{SR28}:{row.recipe[0][0]}" if row.plain else f"everyday:{row.slug}"
            food = self.by_key.get(source)
            if food is None:
                continue
            if not row.plain:
                self.made_of[food.id] = tuple(self._part(code) for code, _ in row.recipe)
            swaps = {name: self.by_key.get(f"{SR28}:{ndb}") for name, ndb in row.swaps.items()}
            entry = Entry(
                food=food,
                name=row.names[0],
                kind=row.kind,
                usual=row.usual,
                each=row.each,
                measures=classes[row.kind] | row.measures,
                own=frozenset(row.measures),
                sides=row.sides,
                dry=swaps.get("dry"),
                by_volume=swaps.get("volume"),
            )
            self.entries.setdefault(food.id, entry)
            for name in row.names:
                self.add_name(name, entry)

    def _part(self, code: str) -> str:
        """The name of a part of a recipe: a food of SR28, or "@other name" of ours."""
        food = self.by_key.get(f"{SR28}:{code}")
        return food.name if food else code.removeprefix("@")

    def _add_custom(self) -> None:
        for food in self.foods.values():
            if food.source == CUSTOM and food.searchable:
                entry = self.entry_of(food)
                for name in (food.name, *food.names):
                    self.add_name(name, entry, replace=True)

    def add_name(self, name: str, entry: Entry, *, replace: bool = False) -> None:
        """Let `name` mean `entry`; the first one wins unless `replace`."""
        node = self.root
        for word in keys(name):
            node = node.next.setdefault(word, Node())
        if name in EXACT:
            node.exact.setdefault(name, entry)
        elif node is not self.root and (node.entry is None or replace):
            node.entry = entry

    def _words_of(self, node: Node) -> Iterable[str]:
        for word, child in node.next.items():
            yield word
            yield from self._words_of(child)

    def match(self, words: list[str], start: int) -> tuple[Entry, int] | None:
        """The longest name that begins at `start`: (entry, index after its last word)."""
        node, found = self.root, None
        for place in range(start, len(words)):
            following = node.next.get(key(words[place]))
            if following is None:
                break
            node = following
            entry = node.exact.get(words[place]) or node.entry
            if entry:
                found = (entry, place + 1)
        return found

    def named(self, name: str) -> Entry | None:
        """The entry whose whole name is `name`."""
        words = list(keys(name))
        found = self.match(words, 0)
        return found[0] if found and found[1] == len(words) else None

    # --- foods outside the everyday layer ---------------------------------------------------------
    def entry_of(self, food: FoodRecord) -> Entry:
        """A food of any source as an entry, its measures read from its portions."""
        if food.id in self.entries:
            return self.entries[food.id]
        measures: dict[str, float] = {}
        usual = 0.0
        for text, grams in food.portions:
            if text.lower() == UNSPECIFIED:
                usual = grams
                continue
            count, name = portion_measure(text)
            if name and grams > 0:
                measures.setdefault(name, grams / count)
        first = next((grams for text, grams in food.portions if grams > 0), 0.0)
        usual = usual or measures.get("serving") or measures.get("medium") or first or 100.0
        each = next((measures[n] for n in ("medium", "piece", "serving") if n in measures), usual)
        return Entry(food, food.name, "", usual, each, measures, from_search=True)

    # --- words ----------------------------------------------------------------------------------
    def search_keys(self, food_id: FoodId) -> tuple[str, ...]:
        """The words of a food's name and other names, in order."""
        self.postings()
        return self._search_keys[food_id]

    def postings(self) -> dict[str, list[FoodId]]:
        """Which foods have a word; built at the first search."""
        if self._postings is None:
            postings: dict[str, list[FoodId]] = defaultdict(list)
            for food in self.foods.values():
                if not food.searchable:
                    continue
                words = keys(" , ".join((food.name, *food.names)))
                self._search_keys[food.id] = words
                for word in dict.fromkeys(words):
                    postings[word].append(food.id)
            self._postings = dict(postings)
        return self._postings

    @property
    def has_fndds(self) -> bool:
        return any(food.source == FNDDS for food in self.foods.values())


def portion_measure(text: str) -> tuple[float, str]:
    """How many of which measure a portion's text means: "1 cup, sliced" → (1, "cup")."""
    found = re.match(r"\s*(\d+(?:\.\d+)?)?\s*(.*)", text.lower())
    count, rest = (float(found[1]) if found and found[1] else 1.0), found[2] if found else ""
    for word in re.findall(r"[a-z]+", rest):
        if key(word) in MEASURE_WORDS:
            return count or 1.0, MEASURE_WORDS[key(word)]
    return count or 1.0, "piece" if rest and len(rest) < 24 else ""
