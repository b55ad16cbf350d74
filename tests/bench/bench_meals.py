"""How right the parser of meals is: written meals in, what was right out.

    python -m tests.bench.bench_meals MEALS.jsonl [--show N]

A line of the file is `{"text", "kind", "items": [{"code", "name", "grams"}], "kcal", "carb_g"}`
with numbers of FNDDS, which must be imported; or its items are `{"name", "grams", "kcal", "carb"}`
in the writer's own words, and its kind is called "register". A food is right when it is the row
itself, or one with a word of its head and within 20 % of its energy (25 % where the writer gave
the energy).
"""

import argparse
import importlib
import json
import os
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import django

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.word_forms import keys
from coach.nutrition.meals import ParsedItem, parse_meal

Truth = dict[str, Any]


@dataclass
class Score:
    """Sums over meals of one kind."""

    meals: int = 0
    foods: int = 0
    right_food: int = 0
    right_grams: int = 0
    energy: int = 0
    carbohydrate: int = 0
    extra: int = 0
    missed: int = 0
    asked: int = 0
    not_meals: int = 0
    logged: int = 0
    faults: list[str] = field(default_factory=list)


def alike(index: FoodIndex, item: ParsedItem, truth: Truth) -> bool:
    """Whether a food that was read is the one that was eaten."""
    read = index.foods[item.food_id]
    if "code" not in truth:
        true_kcal = 100 * truth["kcal"] / truth["grams"]
        near = abs(read.nutrients.kcal - true_kcal) <= max(0.25 * true_kcal, 5)
        return near and shares_head(index, item, truth["name"])
    true = index.by_key.get(f"fndds:{truth['code']}")
    if true is None:
        return False
    if read.id == true.id:
        return True
    near = abs(read.nutrients.kcal - true.nutrients.kcal) <= max(0.2 * true.nutrients.kcal, 3)
    return near and shares_head(index, item, true.name)


def shares_head(index: FoodIndex, item: ParsedItem, name: str) -> bool:
    words = set(keys(item.food)) | set(keys(item.name))
    return bool(words & set(keys(" ".join(name.split(",")[:2]))))


def pairs(
    index: FoodIndex, read: list[ParsedItem], true: list[Truth]
) -> list[tuple[Truth, ParsedItem | None]]:
    """Each food that was eaten with the one that was read for it: right ones first."""
    left, found = list(read), {}
    for judge in (alike, lambda index, item, truth: shares_head(index, item, truth["name"])):
        for place, truth in enumerate(true):
            if place in found:
                continue
            match = next((item for item in left if judge(index, item, truth)), None)
            if match is not None:
                found[place] = match
                left = [item for item in left if item is not match]
    return [(truth, found.get(place)) for place, truth in enumerate(true)]


def judge_meal(index: FoodIndex, meal: Truth, score: Score) -> None:
    parsed = parse_meal(index, meal["text"])
    items = list(parsed.items)
    matched = pairs(index, items, meal["items"])
    wrong = []
    for truth, item in matched:
        right = item is not None and alike(index, item, truth)
        grams = item is not None and abs(item.grams - truth["grams"]) <= 0.2 * truth["grams"]
        score.foods += 1
        score.right_food += right
        score.right_grams += grams
        score.missed += item is None
        if not (right and grams):
            got = f"{item.food} ({item.name}) {item.grams} g" if item else "missed"
            wrong.append(f"{truth['name']} {truth['grams']} g: {got}")
    used = [item for _, item in matched if item is not None]
    extra = [item for item in items if not any(item is other for other in used)]
    extra = [item for item in extra if item.kcal or "water" not in item.name]  # it is no food
    wrong += [f"extra {item.food} ({item.name}) {item.grams} g" for item in extra]
    kcal, carb = sum(i.kcal for i in items), sum(i.carbohydrate for i in items)
    score.meals += 1
    score.extra += len(extra)
    score.energy += abs(kcal - meal["kcal"]) <= 0.2 * meal["kcal"]
    score.carbohydrate += abs(carb - meal["carb_g"]) <= 7.5
    score.asked += parsed.question is not None
    score.not_meals += not meal["items"]
    score.logged += bool(items) and not meal["items"]
    if parsed.question:
        wrong.append(f"? {parsed.question}")
    if wrong:
        head = f"{meal['text']}\n    {kcal:.0f} kcal of {meal['kcal']:.0f}"
        score.faults.append("\n    ".join([head, *wrong]))


def measure(index: FoodIndex, meals: list[Truth]) -> dict[str, Score]:
    scores: dict[str, Score] = defaultdict(Score)
    for meal in meals:
        judge_meal(index, meal, scores[meal["kind"]])
    return scores


def table(scores: dict[str, Score], seconds: float) -> str:
    lines = []
    for kind, one in scores.items():
        foods = one.foods or 1
        lines.append(
            f"{kind}: {one.meals} meals; food {one.right_food / foods:.0%},"
            f" grams {one.right_grams / foods:.0%}, energy {one.energy / one.meals:.0%},"
            f" carbohydrate {one.carbohydrate / one.meals:.0%},"
            f" extra {one.extra / one.meals:.2f} a meal, missed {one.missed / foods:.0%},"
            f" asked {one.asked / one.meals:.0%}, logged {one.logged} of {one.not_meals} not eaten"
        )
    total = sum(one.meals for one in scores.values())
    return "\n".join([*lines, f"{total / seconds:.0f} lines a second"])


def read_meals(path: Path) -> list[Truth]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [with_sums(json.loads(line)) for line in lines if line]


def with_sums(meal: Truth) -> Truth:
    """The meal with its energy and carbohydrate, added up where it gives those of its foods."""
    meal.setdefault("kind", meal.get("register", ""))
    for item in meal["items"]:
        item.setdefault("name", item.get("food"))
    if "carb_g" not in meal:
        for whole, part in (("kcal", "kcal"), ("carb_g", "carb")):
            meal[whole] = sum(item[part] for item in meal["items"])
    return meal


def main(index: FoodIndex) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print so many faulty meals")
    options = parser.parse_args()
    meals = read_meals(options.path)
    parse_meal(index, "an egg")
    begun = perf_counter()
    scores = measure(index, meals)
    spent = perf_counter() - begun
    for score in scores.values():
        print("\n".join(score.faults[: options.show]))
    print(table(scores, spent))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coach.settings")
    django.setup()
    main(importlib.import_module("coach.nutrition.foods.store").load_index())
