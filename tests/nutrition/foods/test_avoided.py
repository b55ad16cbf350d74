"""What somebody leaves out, read from their own words."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.nutrition.foods.avoided import NOT_AVOIDED, allergies_in, styles_in, without_in
from coach.nutrition.foods.files import index_from_files
from coach.nutrition.foods.left_out import FILLERS, HEADS, MOST_WORDS, left_out, said_words
from coach.nutrition.suggestions.wish import wish_in

NUTS = {"peanut", "tree_nut"}


@pytest.mark.parametrize(
    ("said", "classes"),
    [
        ("Avoid alcohol, cheese, and nuts.", {"alcohol", "milk", *NUTS}),
        ("Leave out: nuts", NUTS),
        ("do not have any peanuts", {"peanut"}),
        ("You must not eat fish or eggs in the evening", {"fish", "egg"}),
        ("never eat shellfish", {"crustacean", "mollusc"}),
        ("stop eating cheese", {"milk"}),
        ("keine Nüsse", NUTS),
        ("without nuts, eggs or fish", {*NUTS, "egg", "fish"}),
        ("anything but fish", {"fish"}),
        ("I hate fish", {"fish"}),
        ("gluten-free and no milk", {"gluten", "milk"}),
        ("no nuts/eggs (or fish)", {*NUTS, "egg", "fish"}),
        ("Avoid fooberries and nuts", NUTS),
        ("no nuts, pasta tonight", NUTS),
        ("no dairy, fish is fine", {"milk"}),
        ("avoid alcohol and eat more fish", {"alcohol"}),
        ("no nuts but fish", NUTS),
        ("no, fish", set()),
        ("Do not avoid fish.", set()),
        ("no more than two eggs a day", set()),
    ],
)
def test_what_words_leave_out(said, classes):
    assert without_in(said).classes == classes


FOODS = ("nuts", "eggs", "fish", "cheese", "prawns", "soy", "sesame", "mustard")


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(sorted(HEADS)),
    st.lists(st.sampled_from(FOODS), min_size=1, max_size=5),
    st.sampled_from((", ", " and ", " or ", ", and ", ": ", " / ", " & ")),
)
def test_each_thing_of_a_list_is_left_out_and_none_is_wanted(head, foods, joined):
    wish = wish_in(index_from_files(), f"{' '.join(head)} {joined.join(foods)}")
    for food in foods:
        assert allergies_in(food).classes <= wish.avoided.classes
    assert not wish.wanted
    assert not wish.wanted_classes


PIECES = sorted({word for head in HEADS for word in head} | FILLERS | {",", ":", "not", "fish"})


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(lambda words: words * 20))
@example(["no", "and"] * 285 + [":"])
def test_the_scopes_do_not_overlap(words):
    """So that no word is read over and over, however the words stand."""
    places = [place for scope in left_out(words) for place in scope]
    assert len(places) == len(set(places))


def test_only_so_many_words_are_read_and_the_rest_is_told():
    assert len(said_words("no and " * 5_000)) == MOST_WORDS + 1
    assert allergies_in("peanut " * 5_000).unknown == ("peanut …",)
    assert without_in("fine " * 5_000).unknown == ("fine …",)


@pytest.mark.parametrize("told", ["oral allergy syndrome", "protein", "raw foods", "some products"])
def test_an_allergy_that_names_no_food_is_told_as_unchecked(told):
    assert allergies_in(told).unknown == (told,)


@pytest.mark.parametrize(
    "told", ["I am allergic to", "severe allergy", "none", "no food allergies"]
)
def test_a_mere_frame_tells_nothing(told):
    assert allergies_in(told) == NOT_AVOIDED


def test_seeds_are_the_seeds_that_are_allergens():
    for told in ("seeds", "seed allergy"):
        assert allergies_in(told).classes == {"sesame", "mustard"}
        assert allergies_in(told).foods_named(["Seeds, sunflower seed kernels"])
    assert not allergies_in("sunflower seeds").classes


def test_a_plan_that_cannot_be_read_is_unchecked_and_a_style_is_not():
    assert without_in("Avoid fooberries.").unknown == ("fooberries",)
    assert styles_in("no fooberries").unknown == ()
