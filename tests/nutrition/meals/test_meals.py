"""What people say they ate, and what the parser makes of it. The sentences are in `meals.txt`."""

import pytest

from coach.nutrition.foods.files import index_from_files
from coach.nutrition.meals import parse_meal
from tests.nutrition.meals.sentences import Expected, sentences


def faults(expected: Expected) -> list[str]:
    """What is wrong with the reading of one sentence, in words."""
    parsed = parse_meal(index_from_files(), expected.said)
    wrong = []
    left = list(parsed.items)
    for name, low, high in expected.foods:
        item = next((item for item in left if name in item.name), None)
        item = item or next((item for item in left if name.rstrip("s") in item.name), None)
        if item is None:
            wrong.append(f"no {name}")
            continue
        left.remove(item)
        if not low <= item.grams <= high:
            wrong.append(f"{name}: {item.grams} g")
    wrong += [f"extra {item.name}" for item in left]
    if bool(parsed.question) != expected.question:
        wrong.append(f"question: {parsed.question}")
    if parsed.nothing_eaten != expected.nothing:
        wrong.append(f"nothing eaten: {parsed.nothing_eaten}")
    if expected.slot and parsed.slot != expected.slot:
        wrong.append(f"slot: {parsed.slot}")
    return wrong


@pytest.mark.parametrize("expected", sentences("meals.txt"), ids=lambda expected: expected.said)
def test_sentence(expected: Expected) -> None:
    assert faults(expected) == []


if __name__ == "__main__":
    every = sentences("meals.txt")
    failed = {expected.said: wrong for expected in every if (wrong := faults(expected))}
    for said, wrong in failed.items():
        print(f"{said}: {'; '.join(wrong)}")
    print(f"{len(every) - len(failed)} right of {len(every)}")
