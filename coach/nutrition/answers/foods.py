"""Which food a question is about, and which items of a diary are meant: "fish" means salmon too."""

import re
from dataclasses import dataclass
from typing import Final

from coach.nutrition.foods.classes import MEAT, SEAFOOD, classes_of, classes_of_all
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.search import STOP
from coach.nutrition.foods.word_forms import key, keys, tokens, words_of

# A word that people use for a whole class of foods.
CLASS_WORDS: Final[dict[tuple[str, ...], frozenset[str]]] = {
    keys(words): classes
    for several, classes in (
        ("fish", frozenset({"fish"})),
        ("seafood", SEAFOOD),
        ("shellfish", frozenset({"crustacean", "mollusc"})),
        ("red meat", frozenset({"red_meat"})),
        ("meat", MEAT),
        ("poultry", frozenset({"poultry"})),
        ("pork", frozenset({"pork"})),
        ("dairy;dairy products;milk products", frozenset({"milk"})),
        ("nuts", frozenset({"tree_nut", "peanut"})),
        ("vegetables;veg;veggies;greens", frozenset({"vegetable"})),
        ("fruit;fruits", frozenset({"fruit"})),
        ("legumes;pulses;beans", frozenset({"pulse"})),
        ("whole grains;wholegrains", frozenset({"whole_grain"})),
        ("alcohol;booze;a drink;alcoholic drink", frozenset({"alcohol"})),
        ("sweets;something sweet;anything sweet;sweet stuff;dessert", frozenset({"sweet_thing"})),
        ("soda;soft drink;fizzy drink;pop", frozenset({"soft_drink"})),
        ("caffeine", frozenset({"caffeine"})),
        ("fried food;anything fried;something fried", frozenset({"fried"})),
    )
    for words in several.split(";")
}
# Classes that hold of a dish by what it is made of, and not only by its name.
INSIDE: Final = MEAT | SEAFOOD | words_of("egg milk peanut tree_nut alcohol pulse red_meat")
ASKING: Final = STOP | frozenset(
    keys(
        "how many much often what which when who where why did do does have has had having i me my"
        " we you he it its that this these those is are was were be been am will would could should"
        " can may eat eaten ate eating drink drank drunk drinking log logged write wrote written"
        " down put note record recorded enter entered count any anything some something all no not"
        " last time times first most least more less than day days date week weeks month year often"
        " usually average typically normally per each every ever yet already still so far now just"
        " only really today yesterday tonight morning evening afternoon night noon ago since long"
        " diary list tell show give please hey okay ok um uh like well and or but about of in on at"
        " for from to the a an with there here down up out get got getting go went enough too"
        " many serving servings portion portions piece pieces cups glasses glass cup bottles bottle"
        " bowls bowl slices slice total altogether together up breakfast lunch dinner supper snack"
        " meal meals food foods thing things number exactly actually both either two three"
        " entry entries weekend weekday monday tuesday wednesday thursday friday saturday sunday"
        " recently lately before after already kind sort let know remember coach if s t ve m"
        " re d ll"
    )
) - frozenset({"date"})


@dataclass(frozen=True)
class AskedFood:
    """`words` as they were asked, and what they mean: classes, or the keys of a name."""

    words: str
    classes: frozenset[str] = frozenset()
    names: tuple[frozenset[str], ...] = ()
    food_ids: frozenset[int | str] = frozenset()

    def is_in(self, index: FoodIndex, name: str, food_id: int | str | None) -> bool:
        """Whether an item of this name is or holds it."""
        if self.classes:
            held = classes_of(name).holds
            if food_id is not None and food_id in index.made_of:
                held |= classes_of_all(index.made_of[food_id]).holds & INSIDE
            return bool(held & self.classes)
        own = set(keys(name))
        return food_id in self.food_ids or any(asked <= own for asked in self.names)

    def is_one(self, name: str, food_id: int | str | None) -> bool:
        """Whether an item is it, and not a dish with it: an apple, but no apple pie."""
        if self.classes:
            return bool(classes_of(name).holds & self.classes)
        head = keys(re.split(r"\bwith\b|,|\band\b", name.lower())[0])
        named = any(asked <= set(head) and head[-1:] and head[-1] in asked for asked in self.names)
        return named or food_id in self.food_ids


def food_in(index: FoodIndex, said: str) -> AskedFood | None:
    """The food that a question names; None where it names none. `said` is without its days."""
    bare = re.sub(r"\b(?:i|you|we|they|it|that|what|who)'\w+\b", " ", said.lower())
    words = tokens(re.sub(r"[^\w\s'-]", " ", bare))
    named = [key(word) for word in words]
    if found := _class_in(words, named):
        return found
    for start, word in enumerate(named):
        if word in ASKING:
            continue
        match = index.match(named, start)
        if match is None:
            continue
        entry, end = match
        asked = frozenset(named[start:end]) - STOP
        return AskedFood(
            " ".join(words[start:end]), names=(asked,), food_ids=frozenset({entry.food.id})
        )
    return None


def _class_in(words: list[str], named: list[str]) -> AskedFood | None:
    for length in (2, 1):
        for start in range(len(named) - length + 1):
            classes = CLASS_WORDS.get(tuple(named[start : start + length]))
            longer = tuple(named[start : start + length + 1])
            if classes and not _is_dish(longer, length):
                return AskedFood(" ".join(words[start : start + length]), classes)
    return None


def _is_dish(words: tuple[str, ...], length: int) -> bool:
    """Whether a word after the class makes a dish of it: "fish fingers", "fruit salad"."""
    return (
        len(words) > length
        and words[-1] not in ASKING
        and bool(classes_of(" ".join(words)).holds ^ classes_of(" ".join(words[:length])).holds)
    )
