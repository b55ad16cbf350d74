"""A food is named: is it a new one, more about one named before, or one food with the last?"""

import re
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from coach.nutrition.foods.entry import Entry
from coach.nutrition.foods.word_forms import is_plural, keys
from coach.nutrition.meals import lexicon
from coach.nutrition.meals.draft_builder.compounds import join, joins
from coach.nutrition.meals.draft_builder.draft import Draft
from coach.nutrition.meals.draft_builder.placing import is_denied, place
from coach.nutrition.meals.draft_builder.state import ClauseState
from coach.nutrition.meals.draft_builder.unknown import read_unknown_words
from coach.nutrition.meals.draft_builder.vocabulary import DRINKS, GENERIC, MASS
from coach.nutrition.meals.lookup import resolve
from coach.nutrition.meals.quantities import is_bare
from coach.nutrition.meals.tokens import Piece


def name_food(state: ClauseState, piece: Piece) -> None:
    """Make a draft of the food that `piece` names, unless a rule finds that it is no new one."""
    draft = draft_of(state, piece)
    if draft is None or any(rule(state, draft) for rule in RESTATING_RULES):
        return
    stand_under_heading(state, draft)
    before = state.last_draft
    joined = before is not None and joins(state, before, draft)
    state.food_is_named()
    if state.next.replaces or before is None or not joined:
        place(state, draft)
    else:
        join(state, before, draft)


def draft_of(state: ClauseState, piece: Piece) -> Draft | None:
    """The named food with what was said before it; None for a product that no table has."""
    entry, text, start = piece.entry, piece.text, piece.start
    if entry is None:
        return None
    if state.strange:
        text = " ".join((*state.strange, text))
        found = resolve(state.index, text)
        if found is None and is_brand(state.strange):
            state.strange.append(piece.text)
            read_unknown_words(state)
            return None
        entry, start, state.strange = found or entry, state.strange_at, []
    return Draft(
        entry, state.amount, text, start, piece.end, state.next.link, is_denied(state, entry),
        tuple(state.described), plural=is_more_than_one(entry, piece.text),
        sharers=state.next.sharers,
    )  # fmt: skip


def is_brand(words: list[str]) -> bool:
    """ "a huel shake": of a maker's product a guess would be a made-up number."""
    return any(word in lexicon.BRANDS for word in words)


def is_more_than_one(entry: Entry, said: str) -> bool:
    """ "eggs toast coffee": some eggs; "fish and chips" is one portion, and so are "fries"."""

    def head(name: str) -> str:
        return re.split(r" (?:with|and|on|in|n) ", name)[0].split()[-1]

    word = head(said)
    return is_plural(word) and word not in MASS and not is_plural(head(entry.name))


def counts_the_food_before(state: ClauseState, draft: Draft) -> bool:
    """ "parle g 4 biscuits": the biscuits are the Parle G, and so many of them."""
    last = state.last_draft
    if last is None or last.amount is not None or draft.amount is None or state.next.link:
        return False
    if last.entry.kind != draft.entry.kind or draft.entry.name not in GENERIC:
        return False
    if last.entry is draft.entry:
        return False
    last.amount, last.end = draft.amount, draft.end
    state.food_is_named()
    return True


def is_all_that_was_eaten(state: ClauseState, draft: Draft) -> bool:
    """ "fish fingers, peas and some mash for my son, I just had the peas"."""
    listed = state.foods_of_sentence()
    same = next((d for d in listed if d.entry is draft.entry), None)
    if not state.clause.mood.only or same is None or draft.denied:
        return False
    for other in listed:
        other.denied = other is not same
    same.amount = draft.amount or same.amount
    state.food_is_named()
    return True


def restates_the_amount(state: ClauseState, draft: Draft) -> bool:
    """ "some rice with chicken, maybe 150 g of rice and 100 g of chicken"."""
    same = next((d for d in state.foods_of_sentence() if d.entry is draft.entry), None)
    amount = draft.amount
    if same is None or amount is None or amount.article or draft.denied:
        return False
    if amount.vague or same.start < state.clause.when_at:
        return False  # "rice for lunch, two bowls of rice for dinner" are two
    if same.denied or (same.amount is not None and not same.amount.vague):
        return False
    same.amount, same.sharers = amount, 1
    state.food_is_named()
    return True


def tells_how_much_of_it(state: ClauseState, draft: Draft) -> bool:
    """ "We had jollof rice with chicken. About two cups of rice": the rice was named before.

    It is the last word of a name without an amount, in a sentence before.
    """
    amount, head = draft.amount, keys(draft.text)
    if amount is None or amount.article or draft.denied or not (amount.count or amount.vague):
        return False
    before = [d for d in state.drafts if d.start < state.clause.sentence_at and not d.denied]
    same = next((d for d in before if keys(d.text)[-len(head) :] == head), None)
    if same is None or same.amount is not None or same.start < state.clause.when_at:
        return False
    same.amount = amount
    state.food_is_named()
    return True


def is_its_measure(state: ClauseState, draft: Draft) -> bool:
    """ "moin moin, 2 wraps", "kenkey two balls": a measure of the food, and no other food."""
    last, amount = state.last_draft, draft.amount
    unit = keys(draft.text)[-1]
    if last is None or amount is None or last.amount is not None or last.denied:
        return False
    if state.next.link not in {"", "comma"} or unit not in last.entry.own or amount.unit:
        return False
    last.amount = replace(amount, unit=unit, unit_said=draft.text)
    state.food_is_named()
    return True


def is_said_in_full(state: ClauseState, draft: Draft) -> bool:
    """ "a juice box of apple juice": what is of the same food is that food, said in full."""
    last = state.last_draft
    if last is None or draft.amount is not None or draft.denied != last.denied:
        return False
    between = [p.text for p in state.clause.pieces if last.end <= p.start < draft.start]
    if between != ["of"] or not set(keys(last.text)) & set(keys(draft.text)):
        return False
    last.entry, last.text, last.end = draft.entry, draft.text, draft.end
    state.food_is_named()
    return True


def stand_under_heading(state: ClauseState, draft: Draft) -> None:
    """What a heading lists stands in its place.

    "pizza: two slices of pepperoni and one of cheese" is pepperoni pizza and cheese pizza.
    """
    heading = state.next.heading
    if heading is None or not is_bare(heading.amount):
        return
    if heading in state.drafts:
        state.drafts.remove(heading)
    kind = state.index.named(f"{draft.text} {heading.text}")
    by_piece = draft.amount is None or draft.amount.unit in {"slice", "piece"} or draft.amount.count
    if kind is not None and by_piece and heading.entry.kind not in DRINKS:
        draft.entry, draft.text = kind, f"{draft.text} {heading.text}"


RESTATING_RULES: Final[tuple[Callable[[ClauseState, Draft], bool], ...]] = (
    is_said_in_full,
    is_its_measure,
    tells_how_much_of_it,
    counts_the_food_before,
    is_all_that_was_eaten,
    restates_the_amount,
)
