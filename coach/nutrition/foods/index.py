"""All foods in memory: the names people say (for the parser) and every word (for the search).

Built from records, so it needs no database; `foods/store.py` builds it from the rows.
"""

from collections import defaultdict
from collections.abc import Iterable

from coach.nutrition.foods import everyday
from coach.nutrition.foods.entry import Entry, entry_from_portions
from coach.nutrition.foods.name_tree import NameTree
from coach.nutrition.foods.records import CUSTOM, FNDDS, SR28, FoodId, FoodRecord
from coach.nutrition.foods.survey.entries import SurveyEntries
from coach.nutrition.foods.survey.match import JOINTS
from coach.nutrition.foods.word_forms import keys


class FoodIndex:
    """Look-up of foods by id, by spoken name (longest first) and by word.

    `words` are the keys of all words of spoken names; `made_of` what a dish of ours is made of.
    """

    def __init__(self, records: Iterable[FoodRecord]) -> None:
        self.foods: dict[FoodId, FoodRecord] = {}
        self.by_key: dict[str, FoodRecord] = {}
        for record in records:
            self.foods[record.id] = record
            self.by_key[record.key] = record
        self.names = NameTree()
        self.entries: dict[FoodId, Entry] = {}
        self.survey = SurveyEntries(r for r in self.foods.values() if r.source == FNDDS)
        self.made_of: dict[FoodId, tuple[str, ...]] = {}
        self._add_everyday()
        self._add_custom()
        self.words = frozenset(self.names.words())
        self._postings: dict[str, list[FoodId]] | None = None
        self._search_keys: dict[FoodId, tuple[str, ...]] = {}

    # --- names ----------------------------------------------------------------------------------
    def _add_everyday(self) -> None:
        for row in everyday.rows():
            source = f"{SR28}:{row.recipe[0][0]}" if row.plain else f"everyday:{row.slug}"
            food = self.by_key.get(source)
            if food is None:
                continue
            if not row.plain:
                self.made_of[food.id] = tuple(self._part(code) for code, _ in row.recipe)
            entry = self._everyday_entry(row, food)
            self.entries.setdefault(food.id, entry)
            for name in row.names:
                self.names.add(name, entry)

    def _everyday_entry(self, row: everyday.Everyday, food: FoodRecord) -> Entry:
        swaps = {name: self.by_key.get(f"{SR28}:{ndb}") for name, ndb in row.swaps.items()}
        return Entry(
            food=food,
            name=row.names[0],
            kind=row.kind,
            usual=row.usual,
            each=row.each,
            measures=everyday.classes()[row.kind] | row.measures,
            own=frozenset(row.measures),
            sides=row.sides,
            dry=swaps.get("dry"),
            by_volume=swaps.get("volume"),
            names=row.names,
            kcal=food.nutrients.kcal,
        )

    def _part(self, code: str) -> str:
        """The name of a part of a recipe: a food of SR28, or "@other name" of ours."""
        food = self.by_key.get(f"{SR28}:{code}")
        return food.name if food else code.removeprefix("@")

    def _add_custom(self) -> None:
        for food in self.foods.values():
            if food.source == CUSTOM and food.searchable:
                entry = self.entry_of(food)
                for name in (food.name, *food.names):
                    self.names.add(name, entry, replace=True)

    def match(self, words: list[str], start: int) -> tuple[Entry, int] | None:
        """The longest name that begins at `start`: (entry, index after its last word).

        The names are those of the everyday layer and, once it is imported, of FNDDS. Of both, the
        food is the row of FNDDS wherever it has one.
        """
        everyday = self.names.match(words, start)
        survey = self.survey.match(words, start) if self.survey else None
        if survey is not None and (everyday is None or everyday[1] < survey[1]):
            return self.survey.entry(survey[0], self._like(words, start, survey[1])), survey[1]
        if everyday is None or not self.survey or everyday[0].food.source == CUSTOM:
            return everyday
        return self.survey.row_of(everyday[0], " ".join(words[start : everyday[1]])), everyday[1]

    def _like(self, words: list[str], start: int, end: int) -> Entry | None:
        """The everyday food that a longer name is one of: the tea of a "diet tea with lemon"."""
        joints = (place for place in range(start + 1, end) if words[place] in JOINTS)
        last = next(joints, end)
        for place in range(start, last):
            found = self.names.match(words[:last], place)
            if found and found[1] == last:
                return found[0]
        return None

    def named(self, name: str) -> Entry | None:
        """The entry whose whole name is `name`."""
        words = list(keys(name))
        found = self.match(words, 0)
        return found[0] if found and found[1] == len(words) else None

    def entry_of(self, food: FoodRecord) -> Entry:
        """A food of any source as an entry; outside the everyday layer from its portions."""
        if food.source == FNDDS:
            return self.survey.entry(food)
        return self.entries.get(food.id) or entry_from_portions(food)

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
