"""What holds of every text: the parser never breaks, and reads the same text the same way."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.meals import CurrentItem, ParsedMeal, parse_change, parse_meal
from coach.nutrition.meals.items import MOST_DRINK_GRAMS, MOST_KCAL
from coach.nutrition.meals.parse import MOST_CHARACTERS
from coach.nutrition.meals.tokens import scan
from tests.nutrition.meals.sentences import sentences

SAID = [expected.said for expected in sentences("meals.txt")]
WORDS = sorted({word for said in SAID for word in said.split()})
SLOTS = {None, "breakfast", "lunch", "dinner", "snack"}
EDITS = {"set_amount", "scale", "remove", "replace", "add"}

# Words of real sentences in any order reach far more rules than random characters do.
word_salad = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
mixed = st.lists(st.sampled_from(SAID), min_size=1, max_size=3).map(". ".join)
any_text = st.one_of(st.text(max_size=200), word_salad, mixed)
thorough = settings(deadline=None, max_examples=200)


def read(said: str) -> ParsedMeal:
    return parse_meal(index_from_files(), said)


@pytest.fixture(scope="module")
def another_index() -> FoodIndex:
    """An index of its own, so that nothing that was read before is remembered."""
    return FoodIndex(index_from_files().foods.values())


@thorough
@given(any_text)
@example("100INCH%AVO")
def test_no_text_breaks_it_and_what_comes_out_is_possible(said):
    parsed = read(said)
    assert parsed.items or parsed.question or parsed.nothing_eaten or not said.strip()
    assert parsed.slot in SLOTS
    for item in parsed.items:
        assert 0 <= item.grams <= MOST_DRINK_GRAMS  # ice is nothing
        assert 0 <= item.kcal <= MOST_KCAL
        assert item.name
        assert item.amount
        assert item.slot in SLOTS


@thorough
@given(any_text)
def test_reading_is_deterministic(another_index, said):
    assert parse_meal(another_index, said) == read(said) == read(said)


@thorough
@given(any_text)
@example("aVOCAD HAD 1")
def test_case_and_space_around_it_change_nothing(said):
    foods = [(item.food_id, item.grams) for item in read(said).items]
    around = f"  {said}\t "
    assert [(item.food_id, item.grams) for item in read(around).items] == foods
    if said.isascii():
        assert [(item.food_id, item.grams) for item in read(said.upper()).items] == foods


@thorough
@given(any_text)
def test_pieces_cover_every_word_once_and_in_order(said):
    end = 0
    for piece in scan(index_from_files(), said):
        assert piece.start == end < piece.end
        end = piece.end


@given(st.text(alphabet="aeiou ,", min_size=MOST_CHARACTERS, max_size=MOST_CHARACTERS + 50))
@settings(deadline=None, max_examples=10)
def test_what_stands_beyond_the_limit_is_not_read(said):
    parsed = read("x" * MOST_CHARACTERS + " two eggs" + said)
    assert parsed.items == ()


@thorough
@given(any_text, st.sampled_from(SAID))
@example("MG", "two eggs")
def test_no_text_breaks_a_change_and_every_edit_is_of_an_item(said, meal):
    items = [
        CurrentItem(item.food_id, item.name, item.grams, item.amount) for item in read(meal).items
    ]
    plan = parse_change(index_from_files(), said, items)
    assert bool(plan.edits) != bool(plan.question)
    for edit in plan.edits:
        assert edit.kind in EDITS
        assert edit.target is None or 0 <= edit.target < len(items)
        assert (edit.target is None) == (edit.kind == "add")
        assert (edit.item is not None) == (edit.kind in {"add", "replace"})
        if edit.kind == "set_amount":
            assert edit.grams is not None
            assert edit.grams > 0
        if edit.kind == "scale":
            assert edit.factor is not None
            assert 0 < edit.factor <= 3
