"""What becomes of words and amounts that still wait for a food when a clause ends."""

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from coach.nutrition.meals.draft_builder.clauses import EATEN
from coach.nutrition.meals.draft_builder.draft import Draft
from coach.nutrition.meals.draft_builder.state import ClauseState
from coach.nutrition.meals.draft_builder.unknown import read_unknown_words
from coach.nutrition.meals.measures import COOKED_IN, VOLUME, WEIGHT
from coach.nutrition.meals.quantities import Amount, is_bare, is_share, refined

PLATED: Final = frozenset({"plate", "bowl", "portion", "serving"})
LISTING: Final = frozenset({"with", "and", "comma"})
MORE: Final = frozenset({"more", "another", "then", "later", "extra"})
SPOONS: Final = frozenset({"tbsp", "tablespoon", "tsp", "teaspoon", "spoon", "pat", "packet"})


def settle(state: ClauseState) -> None:
    """The last chance for what waits: afterwards nothing does."""
    if state.strange:
        read_unknown_words(state)
    if state.amount is not None:
        amount = state.amount
        if not any(rule(state, amount) for rule in LOOSE_AMOUNT_RULES) and is_stray(state, amount):
            state.built.unplaced_amounts.append(state.amount_said)
    state.amount, state.described = None, []


def is_stray(state: ClauseState, amount: Amount) -> bool:
    """Whether a number was said of nothing: "5 eggs, 2 toast and 3", "eggs, a slice of"."""
    if says_of(state) and state.foods_of_sentence() and not state.not_eaten:
        return True
    alone = state.amount_said.split()[-1:] == ["one"]  # "a can, the small one"
    counted = amount.count is not None and not alone
    return counted and not (amount.article or amount.vague or state.not_eaten)


def says_of(state: ClauseState) -> bool:
    """Whether the amount that waits is of something that comes after it."""
    return state.amount_said.endswith(" of")


def is_definite(amount: Amount) -> bool:
    """Whether it says how much it is: "a" alone does not."""
    counted = amount.count is not None and not amount.article
    return bool(amount.unit or counted or amount.size)


def corrects_the_food_before(state: ClauseState, amount: Amount) -> bool:
    """ "two eggs, actually three": another amount of the same food."""
    last = state.last_draft
    if last is None or not state.next.replaces or not is_definite(amount):
        return False
    last.amount, last.denied, state.next.replaces = amount, False, False
    return True


def is_what_was_left(state: ClauseState, amount: Amount) -> bool:
    """ "a 200 g steak, all except 50 g"."""
    last, joint = state.last_draft, state.clause.joint
    grams = WEIGHT.get(amount.unit)
    if last is None or not grams or not amount.count:
        return False
    said = {piece.text for piece in state.clause.pieces}
    if not (joint is not None and joint.kind in {"instead", "without"}) and "left" not in said:
        return False
    last.left_grams += amount.count * grams
    return True


def is_the_share_eaten(state: ClauseState, amount: Amount) -> bool:
    """ "not the whole sandwich, just half": a share of what was denied was eaten."""
    last = state.last_draft
    if last is None or not last.denied or not is_share(amount):
        return False
    last.amount, last.denied = amount, False
    return True


def refines_the_food_before(state: ClauseState, amount: Amount) -> bool:
    """ "chicken breast, 200 g", "two burritos but I only ate half"."""
    last = dish_before(state, amount)
    if last is None or last.denied or not is_definite(amount) or breaks_off(state, last, amount):
        return False
    if says_of(state) and not is_share(amount):
        return False  # "eggs, a slice of zork": it is of what comes next; "a roll I ate half of"
    if is_share(amount) and is_left(state):
        amount = replace(amount, count=1 - (amount.count or 0.0))
    last.sharers = 1  # "Split a large pizza with a friend, so half": it is halved once
    better = refined(last.amount, amount)
    if better is None and is_only(state) and last.amount and amount.count and not amount.unit:
        better = replace(
            last.amount, count=amount.count
        )  # "a dozen was too much: I took only three"
    last.amount = better or last.amount
    return better is not None


def dish_before(state: ClauseState, amount: Amount) -> Draft | None:
    """ "a bowl of pho with beef, around three cups": the pho, not what is in it.

    Over a full stop an amount goes back only to a food that has none, or of which the whole was
    told: "We ordered a large pizza. I had three slices".
    """
    foods = state.foods_of_sentence()
    if not foods:
        foods = state.drafts
        if not foods or not (is_bare(foods[-1].amount) or is_part_of(foods[-1], amount)):
            return None
    place = len(foods) - 1
    if amount.unit in PLATED:
        place = before_its_company(foods)
    by_spoon = amount.unit in SPOONS
    while place and foods[place].link in {"with", "on"} and is_bare(foods[place].amount):
        if by_spoon:
            break
        place -= 1
    return foods[place]


def before_its_company(foods: list[Draft]) -> int:
    """ "spaghetti with garlic and oil, a normal plate": the place of the food that "with" follows.

    What is listed after a "with" goes with it, too, as long as nothing has an amount.
    """
    last = place = len(foods) - 1
    while place and is_bare(foods[place].amount) and foods[place].link in LISTING:
        if foods[place].link == "with":
            return place - 1
        place -= 1
    return last


def is_fewer_than_there_were(state: ClauseState, amount: Amount) -> bool:
    """ "I bought two apples and ate one", "the plate held six dumplings, I managed four"."""
    joint, last = state.clause.joint, state.last_draft
    eaten = joint is not None and joint.kind == "eating" and not state.clause.sharing
    before = last.amount if last else None
    if not eaten or last is None or before is None or before.count is None or amount.count is None:
        return False
    if not last.there_were or state.clause.when_at > last.start or says_more(state):
        return False
    measured = before.unit == "inch" or before.unit in WEIGHT or before.unit in VOLUME
    if measured or amount.unit or amount.article or before.article:
        return False
    if not 1 <= amount.count < before.count:
        return False
    last.amount, last.denied = replace(before, count=amount.count), False
    return True


def adds_to_what_was_had(state: ClauseState, amount: Amount) -> bool:
    """ "I had 3 biscuits then had 2 more": five of them, not the last two."""
    joint, last = state.clause.joint, state.last_draft
    before = last.amount if last else None
    if joint is None or joint.text not in EATEN or last is None or last.denied:
        return False
    if before is None or not before.count or not amount.count or last.there_were:
        return False
    timed = last.start < state.clause.when_at and state.next.link == "and"
    if not (timed or state.clause.goes_on or says_more(state)):
        return False
    if amount.unit not in {"", before.unit} or before.unit in WEIGHT or is_share(amount):
        return False
    last.amount = replace(before, count=before.count + amount.count)
    return True


def says_more(state: ClauseState) -> bool:
    """ "then had two more": it adds to what was had before."""
    said = {word for piece in state.clause.pieces for word in piece.text.split()}
    return bool(said & MORE)


def is_part_of(dish: Draft, amount: Amount) -> bool:
    """Whether it is a part, or a measure, of the whole that was told: of a pizza, of a pan."""
    if dish.amount is None:
        return False
    if dish.amount.unit in {"", "inch"} and amount.unit in {"slice", "piece"}:
        return True
    whole = dish.amount.article or dish.amount.count == 1
    return whole and (dish.amount.unit in COOKED_IN and bool(amount.unit or is_share(amount)))


def is_left(state: ClauseState) -> bool:
    """ "rice, I left half", "a pizza, half left": the share is of what was not eaten."""
    said = [piece.text for piece in state.clause.pieces]
    place = said.index(state.amount_said) if state.amount_said in said else 0
    return "left" in said[max(0, place - 1) : place + 2]


def is_only(state: ClauseState) -> bool:
    return state.amount_said.split()[:1] in (["only"], ["just"])


def breaks_off(state: ClauseState, last: Draft, amount: Amount) -> bool:
    """ "a burger and half a", "toast and 2" are left unfinished: they say nothing of the food."""
    joint = state.clause.joint
    if joint is not None and joint.kind == "eating":
        return False  # "a can of stew, and I ate three quarters"
    joined = state.next.link in {"and", "with", "on"}
    has_its_own = last.amount is not None and not last.amount.vague
    return joined and (has_its_own or not (amount.unit or amount.size))


def is_of_nothing(state: ClauseState, amount: Amount) -> bool:
    """ "a cup of": a measure of a food that was never named is asked for."""
    if not amount.unit or state.not_eaten or (says_of(state) and state.foods_of_sentence()):
        return False
    state.built.empty_amounts.append(amount)
    return True


LOOSE_AMOUNT_RULES: Final[tuple[Callable[[ClauseState, Amount], bool], ...]] = (
    corrects_the_food_before,
    is_what_was_left,
    is_the_share_eaten,
    is_fewer_than_there_were,
    adds_to_what_was_had,
    refines_the_food_before,
    is_of_nothing,
)
