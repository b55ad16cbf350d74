"""USDA Food and Nutrient Database for Dietary Studies, «At A Glance» workbooks.

Three .xlsx files, told apart by their headings: foods with other names, nutrients per 100 g,
portions with gram weights. A self-hoster downloads them; the project never carries them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
from openpyxl import load_workbook

from coach.errors import CoachError
from coach.nutrition.foods.records import FNDDS, FoodRecord, Nutrients

CORE: Final = {
    "Energy (kcal)": "kcal",
    "Protein (g)": "protein",
    "Carbohydrate (g)": "carbohydrate",
    "Total Fat (g)": "fat",
    "Fiber, total dietary (g)": "fibre",
    "Sugars, total (g)": "sugar",
    "Sodium (mg)": "sodium",
    "Fatty acids, total saturated (g)": "saturated_fat",
}
OTHERS: Final = {
    "Cholesterol (mg)": "cholesterol_mg",
    "Calcium (mg)": "calcium_mg",
    "Iron (mg)": "iron_mg",
    "Magnesium (mg)": "magnesium_mg",
    "Phosphorus (mg)": "phosphorus_mg",
    "Potassium (mg)": "potassium_mg",
    "Zinc (mg)": "zinc_mg",
    "Vitamin A, RAE (mcg_RAE)": "vitamin_a_rae_ug",
    "Vitamin C (mg)": "vitamin_c_mg",
    "Vitamin D (D2 + D3) (mcg)": "vitamin_d_ug",
    "Vitamin E (alpha-tocopherol) (mg)": "vitamin_e_mg",
    "Vitamin K (phylloquinone) (mcg)": "vitamin_k_ug",
    "Thiamin (mg)": "thiamin_mg",
    "Riboflavin (mg)": "riboflavin_mg",
    "Niacin (mg)": "niacin_mg",
    "Vitamin B-6 (mg)": "vitamin_b6_mg",
    "Folate, DFE (mcg_DFE)": "folate_dfe_ug",
    "Vitamin B-12 (mcg)": "vitamin_b12_ug",
    "Caffeine (mg)": "caffeine_mg",
    "Alcohol (g)": "alcohol_g",
    "Water (g)": "water_g",
}
GUIDELINE: Final = "guideline amount"
HIDDEN: Final = re.compile(
    r"as ingredient|for use (?:with|on)|human milk|baby|infant|toddler", re.IGNORECASE
)


class WorkbooksMissing(CoachError):
    code = "workbooks_missing"


class FnddsFood(msgspec.Struct, frozen=True):
    """A food with its category and its other nutrients per 100 g, by name and unit."""

    record: FoodRecord
    group: str
    others: dict[str, float]


def table(path: Path) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Headings (second row) and rows of the first sheet of a workbook."""
    sheet = load_workbook(path, read_only=True).worksheets[0]
    rows = sheet.iter_rows(min_row=2, values_only=True)
    headings = [re.sub(r"\s+", " ", str(cell or "")).strip() for cell in next(rows)]
    return headings, (row for row in rows if row and row[0] is not None)


def workbooks(folder: Path) -> dict[str, tuple[list[str], Iterator[tuple[Any, ...]]]]:
    """The three tables in a folder, by what their headings say. Raises WorkbooksMissing."""
    found = {}
    for path in sorted(folder.glob("*.xlsx")):
        headings, rows = table(path)
        if "Energy (kcal)" in headings:
            found["nutrients"] = (headings, rows)
        elif "Portion weight" in " ".join(headings) or "Portion description" in headings:
            found["portions"] = (headings, rows)
        elif "Food code" in headings:
            found["foods"] = (headings, rows)
    missing = {"foods", "nutrients", "portions"} - set(found)
    if missing:
        raise WorkbooksMissing(
            f"Not found in {folder}: the workbook of {', '.join(sorted(missing))}."
        )
    return found


def read(folder: Path, tell: Callable[[str], None] = lambda _: None) -> list[FnddsFood]:
    """All foods with nutrients, in code order; those without nutrients are left out."""
    tables = workbooks(folder)
    tell("Reading portions…")
    portions: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for code, _, _, _, _, text, grams, *_ in tables["portions"][1]:
        if text and grams and not str(text).lower().startswith(GUIDELINE):
            portions[str(code)].append((str(text).strip(), float(grams)))
    tell("Reading other names…")
    names: dict[str, tuple[str, ...]] = {}
    for code, _, other, *_ in tables["foods"][1]:
        parts = [part.strip() for part in str(other or "").split(";")]
        names[str(code)] = tuple(part for part in parts if part)
    tell("Reading nutrients…")
    headings, rows = tables["nutrients"]
    foods = []
    for row in rows:
        cells = dict(zip(headings, row, strict=False))
        code, name, group = str(row[0]), str(row[1]).strip(), str(row[3] or "")
        record = FoodRecord(
            id=f"{FNDDS}:{code}",
            source=FNDDS,
            source_id=code,
            name=name,
            nutrients=Nutrients(**{to: float(cells[of] or 0) for of, to in CORE.items()}),
            portions=tuple(portions[code]),
            names=names.get(code, ()),
            searchable=not HIDDEN.search(f"{name} {group}") and bool(portions[code]),
        )
        others = {to: float(cells[of]) for of, to in OTHERS.items() if cells.get(of) is not None}
        foods.append(FnddsFood(record, group, others))
    return foods
