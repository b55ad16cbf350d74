"""From pieces to drafts: clauses first, then the foods and amounts of each clause in order."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec.structs import replace

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.word_forms import words_of
from coach.nutrition.meals.draft_builder.amounts import place_amount, refers_to_foods_before
from coach.nutrition.meals.draft_builder.clauses import Clause, clauses_of
from coach.nutrition.meals.draft_builder.draft import BuiltDrafts, Draft
from coach.nutrition.meals.draft_builder.joints import open_clause
from coach.nutrition.meals.draft_builder.names import name_food
from coach.nutrition.meals.draft_builder.settle import settle
from coach.nutrition.meals.draft_builder.state import ClauseState, NextFood
from coach.nutrition.meals.draft_builder.vocabulary import UNCOOKED
from coach.nutrition.meals.tokens import Kind, Piece

PROVIDED: Final = words_of("bought ordered made baked cooked held there contained came got")


def build_drafts(index: FoodIndex, pieces: Sequence[Piece]) -> BuiltDrafts:
    """The foods that the pieces of a sentence name, denied ones as well."""
    built = BuiltDrafts(
        was_denied=any(piece.kind in {"denied", "refused"} for piece in pieces),
        was_intended=any(piece.kind == "intent" for piece in pieces),
    )
    next_food = NextFood()
    for clause in clauses_of(pieces):
        read_clause(ClauseState(index, clause, built, next_food))
    return built


def read_clause(state: ClauseState) -> None:
    """Read one clause from its joint to its end."""
    open_clause(state)
    before = len(state.drafts)
    for piece in state.clause.pieces:
        HANDLERS[piece.kind](state, piece)
    settle(state)
    if says_what_there_was(state.clause):
        for draft in state.drafts[before:]:
            draft.there_were = True


def says_what_there_was(clause: Clause) -> bool:
    """ "I bought two apples", "the plate held six dumplings": not yet what was eaten of them."""
    said = [*clause.pieces, *([clause.joint] if clause.joint else [])]
    return any(word in PROVIDED for piece in said for word in piece.text.split())


def describe(state: ClauseState, piece: Piece) -> None:
    """ "two egg whites and one whole egg scrambled", "100g chicken breast and 50g quinoa dry".

    A describing word after a food may name another food of its kind, or say what was weighed.
    Any other one waits for the next food.
    """
    last = state.last_draft
    follows = last is not None and last.end == piece.start
    if last is not None and follows and not (last.amount and last.amount.size):
        if is_made_so(state, last, piece):
            return
        if piece.text in UNCOOKED:
            last.described += (piece.text,)
            return
    state.described.append(piece.text)


def is_made_so(state: ClauseState, last: Draft, piece: Piece) -> bool:
    """ "eggs scrambled": the food before, as the word says it was made, has a name of its own."""
    done = state.index.named(f"{piece.text} {last.text}")
    if done is None or done.kind != last.entry.kind:
        return False
    last.entry, last.end, last.text = done, piece.end, f"{piece.text} {last.text}"
    return True


def collect_unknown(state: ClauseState, piece: Piece) -> None:
    """ "some zibble stew with rice": unknown words wait for the name that they may belong to."""
    if not state.strange:
        state.strange_at = piece.start
    state.strange.append(piece.text)


def pass_filler(state: ClauseState, piece: Piece) -> None:
    """ "two bowls of cornflakes with 200 ml of milk each": most fillers only end strange words."""
    if piece.amount is not None and refers_to_foods_before(state, piece, piece.amount):
        return
    if state.strange:
        settle(state)
    if piece.text == "each":
        has_each(state, piece)


def has_each(state: ClauseState, piece: Piece) -> None:
    """ "two coffees with one sugar each": as many sugars as coffees."""
    listed = state.foods_of_sentence()
    own = listed[-1].amount if listed and listed[-1].end == piece.start else None
    counts = [d.amount.count for d in listed[:-1] if d.amount and d.amount.count]
    if own and own.count and counts and counts[0] > 1:
        listed[-1].amount = replace(own, count=own.count * counts[0], article=False)


def correct(state: ClauseState, piece: Piece) -> None:
    """ "toast no wait a bagel": what comes next takes the place of the last.

    "I had two sorry three slices of pizza": an amount that waits for its food is taken back by the
    next amount.
    """
    if state.amount is None or state.strange:
        settle(state)
    if takes_back_the_unknown(state, piece):
        state.built.unknown.pop()  # "half of the funnel, no, half of a doughnut"
        return
    if state.last_draft is None and state.built.unplaced_amounts:
        state.built.unplaced_amounts.pop()  # "two, no, three eggs"
    state.next.replaces = True


def takes_back_the_unknown(state: ClauseState, piece: Piece) -> bool:
    """Whether what was said last is a name that nobody knows."""
    asked, last = state.built.asked_from, state.last_draft
    near = piece.start - asked <= MOST_BEFORE_A_CORRECTION
    return bool(state.built.unknown) and near and (last is None or last.end <= asked)


MOST_BEFORE_A_CORRECTION: Final = 6  # words
HANDLERS: Final[dict[Kind, Callable[[ClauseState, Piece], None]]] = {
    "name": name_food,
    "amount": place_amount,
    "describing": describe,
    "unknown": collect_unknown,
    "filler": pass_filler,
    "correct": correct,
}
