"""How a sentence changes a list of items: steps that the verbs of the diary take."""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.meaning.in_english import in_english
from coach.meaning.plain_speech import plain_speech
from coach.nutrition.foods import store
from coach.nutrition.meals import CurrentItem, Edit, Request, SaidAt, parse_change, read_request
from coach.nutrition.models.diary import MealItem
from coach.nutrition.reading.foods import DiaryFood, diary_foods
from coach.nutrition.speech.spoken_amounts import amount_and_name


@dataclass(frozen=True)
class Step:
    """One change of a list of items: `target` is an index into it. See `Edit` of the parser."""

    kind: str  # "set_amount", "scale", "remove", "replace" or "add"
    target: int | None = None
    grams: float = 0
    amount: str = ""
    spoken: str = ""
    food: DiaryFood | None = None


@dataclass(frozen=True)
class Plan:
    """All that is to be changed, in order; `question` asks where that is not clear."""

    steps: list[Step]
    question: str = ""


def read_change(said: str, items: Sequence[MealItem], *, guesses: bool = True) -> Plan:
    """How `said` changes `items`. Nothing is half done: steps, or a question.

    `guesses`: a part of a dish that is not named may be meant.
    """
    current = [
        CurrentItem(item.food_id, item.name.lower(), item.grams, item.amount) for item in items
    ]
    words = in_english(plain_speech(said))
    plan = parse_change(store.load_index(), words, current, guesses=guesses)
    return Plan([_step(edit, items) for edit in plan.edits], plan.question or "")


def _step(edit: Edit, items: Sequence[MealItem]) -> Step:
    food = diary_foods([edit.item])[0] if edit.item else None
    item = items[edit.target] if edit.target is not None else None
    grams, amount, spoken = edit.grams or 0.0, edit.amount, ""
    if edit.kind == "scale" and item and edit.factor:
        grams = round(item.grams * edit.factor, 1)
    elif item and amount:
        spoken = amount_and_name(amount, item.name.lower())
    return Step(edit.kind, edit.target, grams, amount, spoken, food)


def read_correction(said: str, said_at: SaidAt) -> Request:
    """What `said` asks of the diary, and of which meals, when it is said on the member's clock."""
    return read_request(store.load_index(), in_english(plain_speech(said)), said_at)
