"""Some rows of FNDDS as they are in its workbooks, and an index that has them beside SR28."""

import re
from functools import lru_cache
from pathlib import Path

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.records import FNDDS, FoodRecord, Nutrients


@lru_cache(maxsize=1)
def survey_records() -> tuple[FoodRecord, ...]:
    """The rows of `survey.txt`."""
    text = (Path(__file__).parent / "survey.txt").read_text(encoding="utf-8")
    return tuple(record(line) for line in text.splitlines() if line and line[0] != "#")


def record(line: str) -> FoodRecord:
    number, name, others, nutrients, portions = line.split("|")
    return FoodRecord(
        id=f"{FNDDS}:{number}",
        source=FNDDS,
        source_id=number,
        name=name,
        nutrients=Nutrients(*map(float, nutrients.split())),
        portions=tuple(
            (text, float(grams))
            for text, grams in re.findall(r"(?:^|; )(.+?)=([\d.]+)(?=;|$)", portions)
        ),
        names=tuple(filter(None, others.split("; "))),
    )


@lru_cache(maxsize=1)
def survey_index() -> FoodIndex:
    """SR28, our everyday layer and the rows of `survey.txt`."""
    return FoodIndex([*index_from_files().foods.values(), *survey_records()])
