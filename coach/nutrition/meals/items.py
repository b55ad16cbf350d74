"""Foods with grams, of drafts; what nobody eats becomes a question."""

from typing import Final

from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.meals.composition import weigh_together
from coach.nutrition.meals.draft_builder import Draft
from coach.nutrition.meals.draft_builder.vocabulary import DRINKS
from coach.nutrition.meals.quantities import Amount
from coach.nutrition.meals.questions import Questions
from coach.nutrition.meals.results import ParsedItem
from coach.nutrition.meals.weigh import Weighed

MOST_GRAMS: Final = 3000.0
MOST_DRINK_GRAMS: Final = 6000.0
MOST_KCAL: Final = 4500.0


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
    )


def problem(entry: Entry, amount: Amount | None, weighed: Weighed) -> bool:
    """Whether nobody eats that much, or it is nothing at all."""
    if amount is not None and (amount.negative or (amount.count is not None and amount.count <= 0)):
        return True
    most = MOST_DRINK_GRAMS if entry.kind in DRINKS else MOST_GRAMS
    return weighed.grams > most or weighed.food.nutrients.of(weighed.grams).kcal > MOST_KCAL
