"""Lesson files: each is checked whole, and a slip in one is an error that names it."""

import pytest
from django.core.management import CommandError, call_command

from coach.errors import NotFound
from coach.lessons.checking import lacks
from coach.lessons.files import FOLDER, catalogue, get_scenario, load
from coach.lessons.partner import LessonState, reply
from coach.lessons.scenario import LEVELS
from coach.lessons.wording import fill, hints

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
        ("{a drink}, of course.", "{a beverage}, of course.", "names a slot that is not there"),
        ("{a drink}, of course.", "{ drink}, of course.", "has a brace that is no slot"),
        ("our apple pie is still warm", "our {cake} is still warm", "takes no slot"),
        ('ask = "And would', 'ask = "And with {the drink}, would', "takes no slot"),
        ("[slots.drink]", "[slots.total]\na = 1\n[slots.drink]", "cannot be named total"),
        ('"coffee" = {', '"{coffee}" = {', "has a brace"),
        ("[partner]", "[partner", "line 13"),
    ],
)
def test_what_is_wrong_is_told_with_the_name_of_the_file(tmp_path, old, new, told):
    with pytest.raises(ValueError, match=told) as error:
        load(broken(tmp_path, old, new))
    assert str(error.value).startswith("broken.toml: ")


def test_a_hint_is_missing(tmp_path):
    with pytest.raises(ValueError, match="hint"):
        load(broken(tmp_path, ', "could I have · a coffee · please"]', "]"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('level = "A2"', 'level = "A9"', "level must be one of"),
        ("minutes = 5", "minutes = 50", "minutes must be 3 to 15"),
        (', de = "Kaffee"', "", "“coffee” has no translation into de"),
        ('means = "round bread with a hole in the middle", ', "", "“bagel” has no `means`"),
        ('icon = "coffee"', 'icon = "teacup"', "there is no icon teacup"),
        ('"bagel" = 3', '"bagel" = {}', "“bagel” has no price"),
        ('"I\'ll try {the food}."', '"What is {a food}?"', "does not reach food"),
    ],
)
def test_a_lack_is_told_with_its_line_and_reason(tmp_path, old, new, reason):
    path = broken(tmp_path, old, new)
    (lack,) = [lack for lack in lacks(path) if reason in lack.reason]
    line = next(n for n, text in enumerate(CAFE.splitlines(), 1) if old in text)
    assert lack.file == "broken.toml"
    assert lack.line in (line, line - 1)


def test_the_command_counts_lessons_and_fails_on_a_lack(tmp_path, capsys):
    call_command("check_lessons", str(FOLDER / "at-the-cafe.toml"))
    assert "en: 1 lessons: 1 A2" in capsys.readouterr().out
    with pytest.raises(CommandError, match="1 things to mend"):
        call_command("check_lessons", str(broken(tmp_path, "minutes = 5", "minutes = 99")))


# --- every lesson, played -------------------------------------------------------------------------
@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_lesson_lacks_nothing(path):
    assert [str(lack) for lack in lacks(path)] == []


@pytest.mark.parametrize("scenario", catalogue().values(), ids=lambda scenario: scenario.slug)
@pytest.mark.parametrize("way", ["hint", "last model", "fillers"])
def test_a_lesson_is_played_to_its_end_on_every_authored_path(scenario, way):
    state, line = LessonState(last=scenario.partner.opening), ""
    for objective in scenario.objectives:
        model = fill(scenario, objective.said[-1 if way == "last model" else 0], {})
        said = {"hint": hints(scenario, objective)[2], "fillers": f"Hmm, {model}"}.get(way, model)
        line, state = reply(scenario, state, said)
    assert set(state.met) == {o.id for o in scenario.objectives}
    assert line.endswith(scenario.partner.closing)


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
        assert all(hints(scenario, objective))


def test_an_unknown_lesson_or_objective():
    with pytest.raises(NotFound):
        get_scenario("no-such-lesson")
    assert get_scenario("at-the-cafe").objective("no-such-objective") is None
