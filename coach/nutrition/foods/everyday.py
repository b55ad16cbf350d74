"""Our own layer of everyday names: what people say → a food, with usual portion and measures.

The files under `data/everyday` are tables with `|` between five columns:

    names ; by ; semicolon | kind | food | usual grams (/ grams of one) | measure=grams;…

A food is an SR28 number, or a recipe of numbers (or `@other name`) with grams: `20045:150 01128:5`.
The kind gives the usual measures (`data/classes.toml`); the food's own measures go before those.
Besides units and sizes, a measure may be `some` (a bare plural), `dry` (another food when weighed),
`volume` (another food when measured by the cup) or `on bread` (what goes on one piece of that).
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Final

import msgspec

from coach.errors import CoachError
from coach.nutrition.foods.records import EVERYDAY, FoodRecord, mix

DATA: Final = Path(__file__).resolve().parent.parent / "data"
PART: Final = re.compile(r"(\d{5}|@[a-z ]+):([\d.]+)")


class EverydayBroken(CoachError):
    code = "everyday_broken"


class Everyday(msgspec.Struct, frozen=True):
    """One row: `recipe` holds (SR28 number or @name, grams); one part of 100 g is a plain food."""

    names: tuple[str, ...]
    kind: str
    recipe: tuple[tuple[str, float], ...]
    plain: bool
    usual: float
    each: float
    measures: dict[str, float]
    sides: dict[str, float]
    swaps: dict[str, str]

    @property
    def slug(self) -> str:
        return self.names[0].replace(" ", "-").replace("'", "")


def parse_row(line: str) -> Everyday:
    """One line of a table. Raises EverydayBroken when it is not five columns of the right form."""
    columns = line.split("|")
    if len(columns) != 5:
        raise EverydayBroken(f"Five columns expected: {line[:60]}")
    names, kind, food, usual, rest = columns
    recipe = tuple((code, float(grams)) for code, grams in PART.findall(food))
    measures: dict[str, float] = {}
    sides: dict[str, float] = {}
    swaps: dict[str, str] = {}
    for part in filter(None, rest.split(";")):
        name, _, value = part.partition("=")
        if name in {"dry", "volume"}:
            swaps[name] = value
        elif name.startswith("on "):
            sides[name.removeprefix("on ")] = float(value)
        else:
            measures[name] = float(value)
    whole, _, one = usual.partition("/")
    return Everyday(
        names=tuple(names.split(";")),
        kind=kind,
        recipe=recipe or ((food, 100.0),),
        plain=not recipe,
        usual=float(whole),
        each=float(one or whole),
        measures=measures,
        sides=sides,
        swaps=swaps,
    )


@lru_cache(maxsize=1)
def rows() -> tuple[Everyday, ...]:
    """All rows of all tables, in file order."""
    found = []
    for path in sorted((DATA / "everyday").glob("*.csv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                found.append(parse_row(line))
    return tuple(found)


@lru_cache(maxsize=1)
def classes() -> dict[str, dict[str, float]]:
    """Usual measures in grams, by kind."""
    return {
        kind: {name: float(grams) for name, grams in measures.items()}
        for kind, measures in tomllib.loads((DATA / "classes.toml").read_text()).items()
    }


def recipes(sr28: dict[str, FoodRecord]) -> list[FoodRecord]:
    """The foods of our own: nutrients of the mixtures in the tables, from SR28 by number.

    Raises EverydayBroken for a number that SR28 does not have.
    """
    made: dict[str, FoodRecord] = {}

    def part(code: str) -> FoodRecord:
        food = made.get(code[1:]) if code.startswith("@") else sr28.get(code)
        if food is None:
            raise EverydayBroken(f"No such food: {code}")
        return food

    ordered = sorted(rows(), key=lambda row: any(code[0] == "@" for code, _ in row.recipe))
    for row in ordered:
        if row.plain:
            part(row.recipe[0][0])
            continue
        made[row.names[0]] = FoodRecord(
            id=f"{EVERYDAY}:{row.slug}",
            source=EVERYDAY,
            source_id=row.slug,
            name=row.names[0].capitalize(),
            nutrients=mix([(part(code).nutrients, grams) for code, grams in row.recipe]),
            portions=(("1 usual portion", row.usual),),
        )
    return list(made.values())
