"""Names of foods and forms of words: what is found under what was said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.nutrition.foods.entry import entry_from_portions, portion_measure
from coach.nutrition.foods.files import index_from_files
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.name_tree import EXACT, NameTree
from coach.nutrition.foods.records import CUSTOM, FNDDS, FoodRecord, Nutrients, mix
from coach.nutrition.foods.word_forms import is_plural, key, keys, tokens

words = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9).filter(
    lambda word: word not in EXACT
)
amounts = st.floats(0, 900)
nutrients = st.builds(Nutrients, amounts, amounts, amounts, amounts)


def food(name: str, **more: object) -> FoodRecord:
    source_id = name.replace(" ", "-")
    return FoodRecord(
        id=f"{CUSTOM}:{source_id}",
        source=more.pop("source", CUSTOM),
        source_id=source_id,
        name=name,
        nutrients=Nutrients(kcal=100.0),
        **more,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two Eggs", "two eggs"),
        ("eggs & toast", "eggs and toast"),
        ("phở, purée", "pho , puree"),
        ("½ cup", "1/2 cup"),
        ("1½ cups", "1 1/2 cups"),
        ("1,500 g", "1500 g"),
        ("2-3 eggs", "2 to 3 eggs"),
        ("-3 eggs", "minus 3 eggs"),
        ("half-fat milk", "half fat milk"),
        ("mom's pie", "moms pie"),
        ("eggs - toast", "eggs , toast"),
        ("rice — 200g", "rice , 200 g"),
        ("lunch + coke", "lunch plus coke"),
        ("50%", "50 percent"),
        ("at 9 a.m. eggs", "at 9 am eggs"),
        ("at 8:30", "at 8:30"),
        ("no words: 🍳", "no words :"),
        ("𝐄𝐆𝐆", "egg"),
    ],
)
def test_text_is_cut_into_words_numbers_and_pauses(text, expected):
    assert " ".join(tokens(text)) == expected


@given(st.text(max_size=100))
def test_words_are_lower_case_and_without_spaces(text):
    for token in tokens(text):
        assert token == token.lower()
        assert token == "\n" or not any(sign.isspace() for sign in token)


@pytest.mark.parametrize(
    "forms",
    [
        ("egg", "eggs"), ("berry", "berries"), ("cookie", "cookies"), ("tomato", "tomatoes"),
        ("sandwich", "sandwiches"), ("dish", "dishes"), ("glass", "glasses"), ("leaf", "leaves"),
        ("pie", "pies"), ("quiche", "quiches"), ("box", "boxes"),
    ],
)  # fmt: skip
def test_forms_of_a_word_meet_under_one_key(forms):
    one, many = forms
    assert key(one) == key(many)
    assert is_plural(many)
    assert not is_plural(one)


@pytest.mark.parametrize("word", ["hummus", "asparagus", "molasses", "plus", "gas", "glass"])
def test_what_only_looks_like_a_plural(word):
    assert not is_plural(word)


@given(words)
def test_a_key_is_its_own_key_or_that_of_its_plural(word):
    assert key(key(word)) in {key(word), key(key(word))}
    assert keys(word) == (key(word),)


# --- names ----------------------------------------------------------------------------------------
@given(st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), min_size=1, unique_by=keys))
def test_every_name_is_found_and_the_longest_wins(names):
    tree = NameTree()
    entries = {keys(name): entry_from_portions(food(name)) for name in names}
    for name in names:
        tree.add(name, entries[keys(name)])
    for name in names:
        said = list(keys(name))
        assert tree.match(said, 0) == (entries[keys(name)], len(said))
        longer = tree.match([*said, "zzzzzzzzzz"], 0)
        assert longer == (entries[keys(name)], len(said))
    assert set(tree.words()) == {word for name in names for word in keys(name)}


def test_the_first_meaning_of_a_name_stays_unless_it_is_replaced():
    tree = NameTree()
    first, second = entry_from_portions(food("one")), entry_from_portions(food("two"))
    tree.add("egg", first)
    tree.add("eggs", second)
    assert tree.match(["egg"], 0) == (first, 1)
    tree.add("egg", second, replace=True)
    assert tree.match(["eggs"], 0) == (second, 1)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("peanut butter sandwich", "peanut butter sandwich"),
        ("greek yoghurt", None),
        ("florpnax", None),
    ],
)
def test_names_of_the_everyday_layer(said, name):
    found = index_from_files().named(said)
    if name is None:
        assert found is None or found.name != said
    else:
        assert found is not None
        assert found.name == name


def test_a_plain_word_that_means_something_else_is_no_food():
    index = index_from_files()
    assert index.match(["white"], 0) is None
    found = index.match(["whites"], 0)
    assert found is not None
    assert found[0].name == "egg white"


def test_a_custom_food_takes_the_place_of_an_everyday_name():
    records = [*index_from_files().foods.values(), food("Porridge", names=("morning bowl",))]
    index = FoodIndex(records)
    assert index.named("porridge").food.id == "custom:Porridge"
    assert index.named("morning bowl").food.id == "custom:Porridge"
    hidden = FoodIndex([*records[:-1], food("Porridge", searchable=False)])
    assert hidden.named("porridge").food.source != CUSTOM


# --- portions -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("1 cup, sliced", (1.0, "cup")),
        ("2 tablespoons", (2.0, "tbsp")),
        ("1 medium (7 inch)", (1.0, "medium")),
        ("0.5 fillet", (0.5, "fillet")),
        ("3 oz", (3.0, "oz_portion")),
        ("1 sandwich", (1.0, "serving")),
        ("1 any", (1.0, "piece")),
        ("10", (10.0, "")),
        ("1 of a very long description here", (1.0, "")),
    ],
)
def test_the_measure_that_a_portion_means(text, measure):
    assert portion_measure(text) == measure


@pytest.mark.parametrize(
    ("portions", "usual", "each", "measures"),
    [
        ((), 100.0, 100.0, {}),
        ((("2 slices", 60.0),), 60.0, 60.0, {"slice": 30.0}),
        ((("1 cup", 240.0), ("1 medium", 120.0)), 120.0, 120.0, {"cup": 240.0, "medium": 120.0}),
        ((("Quantity not specified", 85.0), ("1 cup", 140.0)), 85.0, 85.0, {"cup": 140.0}),
        ((("1 cup", 0.0), ("1 bar", 40.0)), 40.0, 40.0, {"bar": 40.0}),
    ],
)
def test_a_food_of_a_table_gets_its_measures_from_its_portions(portions, usual, each, measures):
    entry = entry_from_portions(food("Thing", source=FNDDS, portions=portions))
    assert (entry.usual, entry.each, entry.measures) == (usual, each, measures)
    assert entry.from_search
    assert entry.counted


# --- nutrients ------------------------------------------------------------------------------------
@given(nutrients, st.floats(1, 2000))
def test_nutrients_are_in_proportion_to_the_weight(per_100, grams):
    of = per_100.of(grams)
    assert of.kcal == pytest.approx(per_100.kcal * grams / 100, abs=0.01)
    assert per_100.of(100) == Nutrients(*(round(v, 2) for v in (
        per_100.kcal, per_100.protein, per_100.carbohydrate, per_100.fat)))  # fmt: skip


@given(st.lists(st.tuples(nutrients, st.floats(1, 500)), min_size=1, max_size=6))
def test_a_mixture_lies_between_its_parts(parts):
    mixed = mix(parts)
    for name in ("kcal", "protein", "fat"):
        values = [getattr(part, name) for part, _ in parts]
        assert min(values) - 0.001 <= getattr(mixed, name) <= max(values) + 0.001
