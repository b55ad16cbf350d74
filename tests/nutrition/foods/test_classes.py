"""What a food holds by the words of its name; what is left out counts where it stands."""

import pytest

from coach.nutrition.foods.classes import classes_of


@pytest.mark.parametrize(
    ("name", "held", "not_held"),
    [
        ("vegan cheese with egg", "egg", "milk"),
        ("eggs, free range", "egg", "milk"),
        ("free range eggs", "egg", "milk"),
        ("toast no butter, with cheese", "milk", "egg"),
        ("toast without butter", "gluten", "milk"),
        ("cheese toast no butter", "milk", "egg"),
        ("egg plant parmesan", "milk", "egg"),
        ("plant based burger", "fatty", "beef"),
        ("vegan lasagna", "gluten", "milk"),
        ("Lasagna, vegan", "gluten", "milk"),
        ("gluten free bread", "starchy", "gluten"),
        ("latte without milk", "caffeine", "milk"),
        ("omelette, egg free", "", "beef"),
        ("butterfinger", "peanut", "egg"),
        ("soymilk", "soy", "milk"),
        ("vanilla wafers", "gluten", "peanut"),
        ("guinness", "alcohol", "milk"),
    ],
)
def test_a_word_takes_away_only_what_it_speaks_of(name, held, not_held):
    found = classes_of(name).holds
    assert not held or held in found
    assert not_held not in found
