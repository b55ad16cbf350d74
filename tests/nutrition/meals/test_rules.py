"""Every rule of the parser is needed: a sentence of `meals.txt` is read otherwise without it.

The sentence stands in the rule's docstring.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.meals import ParsedMeal, composition, parse_meal
from coach.nutrition.meals.draft_builder import (
    amounts,
    build,
    clauses,
    compounds,
    joints,
    names,
    settle,
    unknown,
)
from tests.nutrition.meals.sentences import sentences

TABLES = (
    (amounts, "AMOUNT_RULES"),
    (settle, "LOOSE_AMOUNT_RULES"),
    (names, "RESTATING_RULES"),
    (compounds, "JOINING_RULES"),
    (composition, "PART_RULES"),
    (composition, "DISH_RULES"),
)
# Rules that are called by name, and what they answer when they find nothing.
NAMED: tuple[tuple[Any, str, Callable[..., Any]], ...] = (
    (names, "stand_under_heading", lambda *_: None),
    (names, "is_brand", lambda *_: False),
    (names, "is_more_than_one", lambda *_: False),
    (unknown, "completes", lambda *_: False),
    (unknown, "is_stray_after", lambda *_: False),
    (unknown, "names_a_food_of_the_tables", lambda *_: False),
    (unknown, "ask_about", lambda *_: None),
    (settle, "breaks_off", lambda *_: False),
    (amounts, "meant_by", lambda amount, listed: listed),
    (joints, "shared_before", lambda *_: []),
    (clauses, "mood_within", lambda clause: clause.mood),
    (clauses, "says_only", lambda *_: False),
    (clauses, "postfix_amounts", lambda *_: frozenset()),
    (build, "has_each", lambda *_: None),
    (build, "is_made_so", lambda *_: False),
    (composition, "fry_chips_beside_a_hot_dish", lambda *_: None),
    (composition, "stir_milk_into_a_latte", lambda *_: True),
)


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    return frozenset(expected.said for expected in sentences("meals.txt"))


def read(said: str) -> ParsedMeal:
    return parse_meal(index_from_files(), said)


def examples(rule: Callable[..., Any]) -> list[str]:
    """The sentences of a rule's docstring that `meals.txt` has."""
    quoted = re.findall(r'"([^"]+)"', re.sub(r"\s+", " ", rule.__doc__ or ""))
    return [said for said in quoted if said in known()]


def assert_needed(rule: Callable[..., Any], take_away: Callable[[], None]) -> None:
    said = examples(rule)
    assert said, f"{rule.__name__} names no sentence of meals.txt"
    before = [read(sentence) for sentence in said]
    take_away()
    assert [read(sentence) for sentence in said] != before, f"{rule.__name__}: {said}"


@pytest.mark.parametrize(
    ("module", "table", "rule"),
    [
        pytest.param(module, name, rule, id=rule.__name__)
        for module, name in TABLES
        for rule in getattr(module, name)
    ],
)
def test_a_rule_of_a_table_is_needed(monkeypatch, module, table, rule):
    others = tuple(other for other in getattr(module, table) if other is not rule)
    assert_needed(rule, lambda: monkeypatch.setattr(module, table, others))


@pytest.mark.parametrize(
    ("module", "name", "nothing"), [pytest.param(*rule, id=rule[1]) for rule in NAMED]
)
def test_a_rule_that_is_called_by_name_is_needed(monkeypatch, module, name, nothing):
    assert_needed(getattr(module, name), lambda: monkeypatch.setattr(module, name, nothing))


@pytest.mark.parametrize(
    "kind", [kind for kind, rule in joints.JOINTS.items() if rule is not joints.say_nothing]
)
def test_what_a_joint_says_is_needed(monkeypatch, kind):
    assert_needed(
        joints.JOINTS[kind],
        lambda: monkeypatch.setitem(joints.JOINTS, kind, joints.say_nothing),
    )


@pytest.mark.parametrize("kind", list(build.HANDLERS))
def test_every_kind_of_piece_counts(monkeypatch, kind):
    rule = build.HANDLERS[kind]
    said = examples(rule) or ["two eggs"]
    before = [read(sentence) for sentence in said]
    monkeypatch.setitem(build.HANDLERS, kind, lambda state, piece: None)
    assert [read(sentence) for sentence in said] != before
