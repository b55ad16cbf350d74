"""A food that was named becomes a draft, and takes its place among the others."""

from coach.nutrition.foods.entry import Entry
from coach.nutrition.meals import lexicon
from coach.nutrition.meals.draft_builder.draft import Draft
from coach.nutrition.meals.draft_builder.state import ClauseState


def is_denied(state: ClauseState, entry: Entry) -> bool:
    """Whether the next food, which is `entry`, was not eaten.

    "tea without milk and sugar" leaves out both; "… and a biscuit" or "… and toast" does not: what
    has an amount or is no small part of a food ends what was left out.
    """
    if state.not_eaten:
        return True
    large = entry.kind not in lexicon.SMALL_PARTS
    if state.next.left_out == "perhaps" and (large or state.amount is not None):
        state.next.left_out = ""
    return bool(state.next.left_out)


def place(state: ClauseState, draft: Draft) -> None:
    """Put the draft behind the others, or where the food stood that was said wrong."""
    if state.next.replaces:
        replace_the_wrong_one(state, draft)
    else:
        state.drafts.append(draft)


def replace_the_wrong_one(state: ClauseState, draft: Draft) -> None:
    """ "toast no wait a bagel", "two eggs no three eggs".

    The same food said before is the wrong one, else the last food.
    """
    state.next.replaces = False
    food = draft.entry.food.id
    same = next((d for d in reversed(state.drafts) if d.entry.food.id == food), None)
    wrong = same or state.last_draft
    if wrong is None:
        state.drafts.append(draft)
        return
    if draft.amount is None and same is None:
        draft.amount = wrong.amount
    draft.link, draft.slot = wrong.link, wrong.slot
    state.drafts[state.drafts.index(wrong)] = draft
