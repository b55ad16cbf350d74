"""Two foods named one after the other that are one food: "lamb burger", "chicken pasta"."""

from collections.abc import Callable
from typing import Final

from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.word_forms import keys
from coach.nutrition.meals.draft_builder.draft import Draft
from coach.nutrition.meals.draft_builder.state import ClauseState
from coach.nutrition.meals.draft_builder.vocabulary import (
    DRINKS,
    FILLINGS,
    GENERIC_MEALS,
    HEADS,
    MADE_OF_MEAT,
    MEALS,
    MEATS,
    STAPLES,
    SWEET_HEADS,
)
from coach.nutrition.meals.lookup import resolve


def joins(state: ClauseState, before: Draft, draft: Draft) -> bool:
    """Whether the draft directly follows a noun that it makes one food with."""
    apart = draft.amount is not None or state.next.link or state.described
    if apart or before.end != draft.start or before.plural:
        return False
    verdicts = (rule(before.entry, draft.entry) for rule in JOINING_RULES)
    return next((verdict for verdict in verdicts if verdict is not None), True)


# --- may two entries be one food? Each rule answers, or leaves it to the next with None. ----------
def names_its_meat(before: Entry, head: Entry) -> bool | None:
    """ "turkey meatballs with spaghetti": made of any meat."""
    return True if before.kind in MEATS and head.name in MADE_OF_MEAT else None


def is_the_same_kind(before: Entry, head: Entry) -> bool | None:
    """ "a panini sandwich" is one sandwich; "bagel toast" is a bagel and a toast."""
    if head.kind != before.kind or before is head:
        return None
    return head.name in GENERIC_MEALS or before.name == "sub"


def is_a_steak(before: Entry, head: Entry) -> bool | None:
    """ "halibut steak with potatoes": a cut of fish; "eggs steak" is two foods."""
    return before.kind in {"fish", "veg"} if head.name == "steak" else None


def is_no_head(before: Entry, head: Entry) -> bool | None:
    """ "sausage egg and chips": an egg is not made of what came before it."""
    return None if head.kind in HEADS else False


def is_named_by_a_drink(before: Entry, head: Entry) -> bool | None:
    """ "tea cereal and toast" are three foods; "beer cake" or "tea latte" is one."""
    if before.kind not in DRINKS:
        return None
    latte = head.kind == "latte" and before.kind in {"coffee", "tea"}
    return latte or head.kind in SWEET_HEADS


def follows_a_whole_meal(before: Entry, head: Entry) -> bool | None:
    """ "idli sambar and coconut chutney": a dish names nothing."""
    return False if before.kind in MEALS else None


def follows_a_grain(before: Entry, head: Entry) -> bool | None:
    """ "rice dal and two rotis": rice with a dish; "rice pudding" is one food."""
    two = before.kind == "grain" and (head.kind in MEALS or head.kind == "dairy")
    return False if two else None


JOINING_RULES: Final[tuple[Callable[[Entry, Entry], bool | None], ...]] = (
    names_its_meat,
    is_the_same_kind,
    is_a_steak,
    is_no_head,
    is_named_by_a_drink,
    follows_a_whole_meal,
    follows_a_grain,
)


# --- which food they are --------------------------------------------------------------------------
def join(state: ClauseState, before: Draft, draft: Draft) -> None:
    """Put one food in the place of `before`, the last draft, and the draft that follows it.

    "tuna pasta": where no table has the whole, a staple keeps its meat as a food of its own.
    """
    state.drafts.pop()
    phrase = f"{before.text} {draft.text}"
    found = joined_entry(state, before, draft, phrase)
    whole = Draft(
        found or draft.entry, before.amount, phrase, before.start, draft.end, before.link,
        before.denied or draft.denied, before.described, plural=draft.plural,
    )  # fmt: skip
    state.drafts.append(whole)
    fills = before.entry.kind in FILLINGS and draft.entry.kind in STAPLES
    fruits = before.entry.kind == "fruit" and draft.entry.kind in {"hotcereal", "cereal"}
    if found is None and (fills or fruits):
        whole.text = draft.text
        before.amount, before.link, before.filling = None, "with", fills
        state.drafts.append(before)


def joined_entry(state: ClauseState, before: Draft, draft: Draft, phrase: str) -> Entry | None:
    """The food that the two words name; None: that of the second word, as far as we know."""
    found = resolve(state.index, phrase)
    if found is not None:
        return found
    absorbs = draft.entry.kind == before.entry.kind and draft.entry.name in GENERIC_MEALS
    if draft.entry.name == "steak" or absorbs:
        return before.entry  # a halibut steak is halibut, a turkey club sandwich a turkey club
    if draft.entry.kind == "dish" and before.entry.kind in FILLINGS:
        # Our "stir fry" is chicken and vegetables: of a duck stir fry we know the duck.
        shared = set(keys(phrase)) & set(keys(draft.entry.food.name))
        return draft.entry if shared else before.entry
    return None
