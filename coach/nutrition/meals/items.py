"""Foods with grams, of drafts; what nobody eats becomes a question."""

from typing import Final

from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.records import SR28
from coach.nutrition.meals.composition import weigh_together
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.draft_builder.vocabulary import DRINKS
from coach.nutrition.meals.measures import VOLUME, WEIGHT
from coach.nutrition.meals.quantities import Amount
from coach.nutrition.meals.questions import Questions
from coach.nutrition.meals.results import ParsedItem
from coach.nutrition.meals.weigh import Weighed

MOST_GRAMS: Final = 3000.0
MOST_DRINK_GRAMS: Final = 6000.0
MOST_KCAL: Final = 4500.0
# How sure a weight is that was measured, counted, a usual portion, or in an unknown measure.
MEASURED: Final = 0.95
COUNTED: Final = 0.9
USUAL_PORTION: Final = 0.7
GUESSED: Final = 0.6
FOUND_BY_WORDS: Final = 0.2  # less, where no spoken name but a search found the food


def make_items(index: FoodIndex, drafts: list[Draft], questions: Questions) -> list[ParsedItem]:
    """Weigh the drafts; what cannot be goes to the questions and is left out."""
    made = []
    for draft, weighed in weigh_together(index, drafts):
        if problem(draft.entry, draft.amount, weighed):
            questions.impossible.append(draft.text)
        else:
            made.append(item_of(draft, weighed))
    return made


def item_of(draft: Draft, weighed: Weighed) -> ParsedItem:
    return ParsedItem(
        food_id=weighed.food.id,
        name=draft.text,
        food=weighed.food.name,
        amount=weighed.text,
        grams=round(weighed.grams, 1),
        nutrients=weighed.food.nutrients.of(weighed.grams),
        slot=draft.slot,
        day_offset=draft.day_offset,
        time=draft.time,
        source=weighed.food.source,
        confidence=confidence(draft),
    )


def confidence(draft: Draft) -> float:
    """How sure an item is: by how its amount was said, and by how its food was found."""
    amount = draft.amount
    if amount is None or amount.vague:
        sure = USUAL_PORTION
    elif amount.unit in WEIGHT or amount.unit in VOLUME or amount.unit in draft.entry.own:
        sure = MEASURED
    else:
        sure = COUNTED if not amount.unit or amount.unit in draft.entry.measures else GUESSED
    by_words = draft.entry.from_search and draft.entry.food.source == SR28
    return round(sure - (FOUND_BY_WORDS if by_words else 0.0), 2)


def problem(entry: Entry, amount: Amount | None, weighed: Weighed) -> bool:
    """Whether nobody eats that much, or it is nothing at all."""
    if amount is not None and (amount.negative or (amount.count is not None and amount.count <= 0)):
        return True
    most = MOST_DRINK_GRAMS if entry.kind in DRINKS else MOST_GRAMS
    return weighed.grams > most or weighed.food.nutrients.of(weighed.grams).kcal > MOST_KCAL
