"""Which food an amount belongs to: a table of rules, the first that takes the amount ends it."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from coach.nutrition.foods.word_forms import is_plural
from coach.nutrition.meals.draft_builder.draft import Draft
from coach.nutrition.meals.draft_builder.settle import settle
from coach.nutrition.meals.draft_builder.state import ClauseState
from coach.nutrition.meals.measures import VOLUME, WEIGHT
from coach.nutrition.meals.quantities import Amount, for_each, is_share, number_at, refined
from coach.nutrition.meals.tokens import Piece

LISTED: Final = frozenset({"and", "comma"})


def place_amount(state: ClauseState, piece: Piece) -> None:
    """Give an amount to the food before it, or let it wait for the one after it."""
    if piece.amount is not None:
        any(rule(state, piece, piece.amount) for rule in AMOUNT_RULES)


def measures_the_food_before(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "half a watermelon slice and 10 grapes": the measure comes after the food."""
    last = state.last_draft
    if last is None or last.end != piece.start or amount.count is not None:
        return False
    known = amount.unit in last.entry.measures or amount.unit == "piece"
    bare = last.amount is None or not (last.amount.unit or last.amount.vague)
    if not (known and bare) or piece.text != amount.unit_said or state.strange:
        return False
    if last.amount is not None:
        last.amount = replace(last.amount, unit=amount.unit, unit_said=amount.unit_said)
    elif not is_plural(piece.text):
        last.amount = amount
    last.end = piece.end
    return True


def multiplies_the_food_before(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "a slice of toast x2"."""
    last = state.last_draft
    if before_it(state, piece) != "x" or last is None or last.end != piece.start - 1:
        return False
    before = last.amount or Amount()
    count = (before.count or 1.0) * (amount.count or 1.0)
    last.amount = replace(before, count=count, article=False)
    last.end = piece.end
    return True


def refers_to_foods_before(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "rice, black beans and fried plantains, one cup of each"."""
    listed = [d for d in state.foods_of_sentence() or state.drafts if not d.denied]
    if amount.of == "them" and not listed and is_share(amount) and amount.count:
        state.next.sharers = 1 / amount.count  # "half of what was on the plate: steak and fries"
        return True
    if not amount.of or not listed:
        return False
    settle(state)
    of_them = amount.of == "them"
    if is_share(amount) and amount.count and before_it(state, piece) == "left":
        amount = replace(amount, count=1 - amount.count)  # "and I left half of it"
    measured = amount.unit in WEIGHT or amount.unit in VOLUME
    for draft in meant_by(amount, listed):
        unit = draft.amount.unit if draft.amount else ""
        contained = measured and unit not in WEIGHT and unit not in VOLUME  # two cans
        if of_them and is_share(amount):
            draft.amount = refined(draft.amount, replace(amount, of=""))  # "I drank a third of it"
        elif of_them or not unit or contained:
            draft.amount = for_each(None if of_them else draft.amount, amount)
    return True


def before_it(state: ClauseState, piece: Piece) -> str:
    return next((p.text for p in state.clause.pieces if p.end == piece.start), "")


def meant_by(amount: Amount, listed: list[Draft]) -> list[Draft]:
    """ "rice cakes with peanut butter, two of them": the foods that "them" or "each" means."""
    last = listed[-1]
    if amount.of == "them":
        heads = [d for d in listed if d.plural] or [d for d in listed if d.link != "with"]
        return heads[-1:]
    if last.amount and (last.amount.count or 1) > 1:
        return [last]  # "a potato and two chicken thighs, 100 g each"
    return listed


def follows_its_food(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "rice one bowl dal one katori and two rotis": each amount comes after its food."""
    if piece.start not in state.clause.postfix or state.last_draft is None:
        return False
    state.last_draft.amount = amount
    return True


def belongs_to_an_unknown_name(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "a quest bar": a bare unit after a word that nobody knows is part of its name."""
    if not state.strange or amount.count is not None or not amount.unit:
        return False
    state.strange.append(piece.text)
    return True


def ends_unknown_words(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "some zork three eggs": the amount is not of what nobody knows. It takes no amount."""
    if state.strange:
        settle(state)
    return False


def completes_the_count(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "a really cheesy slice of pizza": the measure comes after words that describe."""
    waits = state.amount
    if waits is None or waits.unit or waits.vague or amount.count is not None:
        return False
    unit, size = amount.unit, amount.size or waits.size
    state.amount = replace(waits, unit=unit, unit_said=amount.unit_said, size=size)
    return True


def adds_nothing(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "three slices of a large cake": the count stays, whatever article or size follows it."""
    waits = state.amount is not None and state.amount.count is not None
    vaguer = amount.article or amount.count is None
    return waits and vaguer and not state.next.replaces


def sizes_the_whole(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "half of a 12 inch pizza": the inches say how large the whole is."""
    share = state.amount
    if share is None or amount.unit != "inch" or share.unit or state.next.replaces:
        return False
    state.amount = replace(amount, count=share.count, inner=amount.count, inner_unit="inch")
    return True


def counts_the_unit_before(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "pizza: two slices of pepperoni and one of cheese": one slice."""
    before = state.last_draft.amount if state.last_draft else None
    words = piece.text.split()
    counted = number_at(words, 0)
    elliptic = counted is not None and counted[0] >= 1 and words[counted[1] :] == ["of"]
    if not elliptic or before is None or not before.unit or state.next.link not in LISTED:
        return False
    state.amount = replace(amount, unit=before.unit, unit_said=before.unit_said)
    state.amount_said = piece.text
    return True


def waits_for_its_food(state: ClauseState, piece: Piece, amount: Amount) -> bool:
    """ "two eggs": the food comes next. The later of two amounts counts ("two, no, three")."""
    state.amount, state.amount_said = amount, piece.text
    return True


AMOUNT_RULES: Final[tuple[Callable[[ClauseState, Piece, Amount], bool], ...]] = (
    multiplies_the_food_before,
    measures_the_food_before,
    refers_to_foods_before,
    follows_its_food,
    belongs_to_an_unknown_name,
    ends_unknown_words,
    completes_the_count,
    adds_nothing,
    sizes_the_whole,
    counts_the_unit_before,
    waits_for_its_food,
)
