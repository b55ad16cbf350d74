"""What one of a food is, where the tables and people do not mean the same."""

import pytest

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.foods.survey.entries import is_another_size, is_only_a_cup


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [("roast potatoes", 170.0, True), ("roast potatoes", 60.0, False), ("banana", 400.0, False)],
)
def test_a_roast_potato_is_no_whole_potato(name, one, other):
    like = index_from_files().named(name)
    assert like is not None
    assert is_another_size(one, like) is other


def test_a_cup_of_soup_or_the_paper_cup_of_a_shop_is_not_what_people_have():
    index = index_from_files()
    tea, pho, apple = index.named("tea"), index.named("pho"), index.named("apple")
    assert tea is not None
    assert pho is not None
    assert apple is not None
    assert is_only_a_cup(360.0, {}, tea)
    assert is_only_a_cup(245.0, {"cup": 245.0}, pho)
    assert not is_only_a_cup(400.0, {}, apple)
