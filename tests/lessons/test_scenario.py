"""Lesson files: each is checked whole, and a slip in one is an error that names it."""

import tomllib

import pytest

from coach.errors import NotFound
from coach.lessons.scenario import FOLDER, LEVELS, catalogue, get_scenario, load

CAFE = (FOLDER / "at-the-cafe.toml").read_text()


def broken(tmp_path, old: str, new: str):
    """The café with one thing changed."""
    assert old in CAFE
    path = tmp_path / "broken.toml"
    path.write_text(CAFE.replace(old, new))
    return path


def test_a_copy_of_a_lesson_is_a_lesson(tmp_path):
    scenario = load(broken(tmp_path, 'title = "At the café"', 'title = "Mine"'))
    assert (scenario.slug, scenario.title) == ("broken", "Mine")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('level = "A2"', 'level = "A9"', "level must be one of A1, A2"),
        ('level = "A2"', "", "level"),
        ("minutes = 5", 'minutes = "five"', r"\$\.minutes"),
        ("minutes = 5", "minutes = 5\ncolour = 1", "colour"),
        ('id = "food"', 'id = "drink"', "three objectives with ids of their own"),
        ("[[objectives]]\nid", "[[other]]\nid", "unknown field `other`"),
        ("One {drink}, of course.", "One {beverage}, of course.", "names a slot that is not there"),
        ("our apple pie is still warm", "our {cake} is still warm", "names a slot"),
        ("[partner]", "[partner", "line 22"),
    ],
)
def test_what_is_wrong_is_told_with_the_name_of_the_file(tmp_path, old, new, told):
    with pytest.raises(ValueError, match=told) as error:
        load(broken(tmp_path, old, new))
    assert str(error.value).startswith("broken.toml: ")


def test_a_hint_is_missing(tmp_path):
    hints = tomllib.loads(CAFE)["objectives"][0]["hints"]
    with pytest.raises(ValueError, match="hints"):
        load(broken(tmp_path, f', "{hints[2]}"]', "]"))


def test_lessons_stand_from_easy_to_hard():
    levels = [LEVELS.index(scenario.level) for scenario in catalogue().values()]
    assert levels == sorted(levels)
    assert list(catalogue()) == [scenario.slug for scenario in catalogue().values()]


@pytest.mark.parametrize("scenario", catalogue().values(), ids=lambda scenario: scenario.slug)
def test_a_lesson_has_all_that_its_pages_show(scenario):
    assert scenario.partner.opening.endswith("?")
    assert 3 <= scenario.minutes <= 15
    assert len(scenario.phrases) >= 3
    assert len({objective.label for objective in scenario.objectives}) == 3
    for objective in scenario.objectives:
        assert scenario.objective(objective.id) is objective
        assert objective.ask.endswith(("?", "."))
        assert all(objective.hints)
    for line in scenario.partner.lost:
        assert line.format(ask="What?").endswith("What?")


def test_an_unknown_lesson_or_objective():
    with pytest.raises(NotFound):
        get_scenario("no-such-lesson")
    assert get_scenario("at-the-cafe").objective("no-such-objective") is None
