"""What people say to correct their diary, and what becomes of it: rows before and after."""

from datetime import timedelta
from pathlib import Path

import pytest

from coach import clock
from coach.nutrition import actions
from coach.nutrition.actions.changing import ChangedMeal
from coach.nutrition.models.diary import MealItem
from coach.people.models import User
from tests.support.diary import NOON, make_member

pytestmark = pytest.mark.django_db

NEAR = 0.125  # the share by which `~150` may be missed
Row = tuple[str, float, str, str]  # name, grams, slot and day, time


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOON)


def lines(name: str) -> list[tuple[str, str, str]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(part.strip() for part in line.split("|")) for line in kept]  # type: ignore[misc]


def rows(member: User) -> dict[int, Row]:
    items = MealItem.objects.filter(meal__member=member, meal__deleted_at=None)
    return {item.pk: _row(item) for item in items.select_related("meal")}


def _row(item: MealItem) -> Row:
    back = (NOON.date() - item.meal.day) // timedelta(days=1)
    where = f"{item.meal.slot}{-back or ''}"
    return item.name.lower(), item.grams, where, item.meal.local_time.strftime("%H:%M")


def effects(before: dict[int, Row], after: dict[int, Row]) -> list[tuple[str, Row, Row]]:
    nothing: Row = ("", 0.0, "", "")
    keys = sorted(before | after)
    pairs = [(before.get(key, nothing), after.get(key, nothing)) for key in keys]
    return [(_kind(old, new), old, new) for old, new in pairs if old != new]


def _kind(old: Row, new: Row) -> str:
    if not new[0] or not old[0]:
        return "-" if old[0] else "+"
    if old[0] != new[0]:
        return ">"
    return "=" if old[1] != new[1] else "@"


def means(wanted: str, effect: tuple[str, Row, Row]) -> bool:
    """Whether an effect is what one part of the third column says."""
    kind, old, new = effect
    if wanted[0] in "-+":
        return kind == wanted[0] and wanted[1:] in (old[0] or new[0])
    for mark in ">=@":
        if mark in wanted:
            food, value = wanted.split(mark)
            # Without rows of foods an amount that is said with a food is written as that food.
            kinds = "=>" if mark == "=" else mark
            return kind in kinds and food in old[0] and _is(mark, value, new)
    raise ValueError(wanted)


def _is(mark: str, value: str, new: Row) -> bool:
    if mark == ">":
        return value in new[0]
    if mark == "=":
        grams = float(value.lstrip("~"))
        return abs(new[1] - grams) <= (NEAR * grams if value[0] == "~" else 0.5)
    return new[3] == value if ":" in value else new[2] == value


def check(diary: str, said: str, wanted: str) -> str:
    """What was wrong, as text; empty where all is right."""
    member = make_member()
    for meal in diary.split(" / "):
        logged = actions.log_meal(member, meal)
        assert isinstance(logged, actions.LoggedMeal), logged
    before = rows(member)
    outcome = actions.change_meal(member, said)
    done = effects(before, rows(member))
    if isinstance(outcome, ChangedMeal) and not done:
        return "said to be done, and nothing was changed"
    if wanted == "?":
        return f"changed: {done}" if done else ""
    parts = wanted.split(";")
    left = list(done)
    for part in parts:
        found = next((effect for effect in left if means(part, effect)), None)
        if found is None:
            return f"no {part} in {done or outcome}"
        left.remove(found)
    return f"besides: {left}" if left else ""


@pytest.mark.parametrize(
    ("diary", "said", "wanted"),
    [*lines("sentences.txt"), *lines("held_out.txt"), *lines("second_set.txt")],
)
def test_a_correction_changes_what_it_names_and_nothing_else(
    diary: str, said: str, wanted: str
) -> None:
    assert check(diary, said, wanted) == ""
