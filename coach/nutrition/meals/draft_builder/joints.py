"""What the joint before a clause says of the next food: one rule for each kind of joint."""

from collections.abc import Callable
from typing import Final

from coach.nutrition.meals.draft_builder.clauses import Sharing
from coach.nutrition.meals.draft_builder.draft import Draft
from coach.nutrition.meals.draft_builder.state import ClauseState
from coach.nutrition.meals.quantities import is_bare
from coach.nutrition.meals.tokens import Kind

BEING: Final = frozenset({"was", "were", "is"})
ALTERNATIVES: Final = frozenset({"or", "nor"})


def open_clause(state: ClauseState) -> None:
    """Let the joint, and an "only" right after it, change what is known of the next food."""
    if state.clause.joint is not None:
        JOINTS[state.clause.joint.kind](state)
    if state.clause.just_this:
        state.next.left_out = ""  # "I had no eggs today, just coffee"


def begin_sentence(state: ClauseState) -> None:
    """ "eggs and toast. No butter. A coffee.": nothing goes on beyond a full stop."""
    state.next.link, state.next.left_out = "", ""
    state.next.replaces, state.next.sharers, state.next.heading = False, 1, None


def list_with_comma(state: ClauseState) -> None:
    """ "coffee: black, toast: dry" lists nothing under the coffee: what described it came."""
    state.next.link = "comma"
    if state.next.left_out == "surely":
        state.next.left_out = "perhaps"  # "a burger without cheese, a large fries"
    if state.next.heading in state.drafts:
        state.next.heading = None


def list_under_heading(state: ClauseState) -> None:
    """ "sushi: six salmon nigiri and a miso soup": one bare food before a colon is a heading."""
    foods = state.foods_of_sentence()
    state.next.heading = foods[0] if len(foods) == 1 and is_bare(foods[0].amount) else None
    state.next.link = ""


def turn_to_what_was_eaten(state: ClauseState) -> None:
    """ "tea with no milk but sugar": a "but" ends what was left out."""
    state.next.link, state.next.left_out, state.next.replaces = "", "", False


def go_on_with_and(state: ClauseState) -> None:
    """ "toast without butter and an egg": what follows an "and" is perhaps left out as well."""
    state.next.link = "and"
    joint = state.clause.joint
    if state.next.left_out == "all":
        return
    if state.next.left_out and joint is not None and joint.text not in ALTERNATIVES:
        state.next.left_out = "perhaps"


def add_with(state: ClauseState) -> None:
    """ "a burrito with chicken and beans": what follows goes with the food before it."""
    state.next.link, state.next.left_out, state.next.replaces = "with", "", False


def put_on(state: ClauseState) -> None:
    """ "a tuna sandwich on brown bread, no mayo": what follows carries what came before."""
    state.next.link, state.next.left_out = "on", ""


def leave_out(state: ClauseState) -> None:
    """ "tea no milk no sugar", "instead of fries I had a side salad"."""
    state.next.left_out = "surely"


def leave_out_instead(state: ClauseState) -> None:
    """ "Instead of my usual latte and muffin I had a banana": all of it, until what was had."""
    state.next.left_out = "surely" if state.foods_of_sentence() else "all"


def pause_for_time(state: ClauseState) -> None:
    """ "tea no milk and for breakfast butter": a phrase of time ends what is left out."""
    if state.next.left_out != "surely":
        state.next.left_out = ""


def say_nothing(state: ClauseState) -> None:
    """ "I didn't have breakfast", "I'm going to have pizza tonight": the mood says it all."""


def eat(state: ClauseState) -> None:
    """ "a large pizza, shared between three of us": who shares, and whether it was named."""
    sharing, joint = state.clause.sharing, state.clause.joint
    state.next.left_out = ""
    if joint is None or joint.text not in BEING:  # "half of what was on the plate: …"
        state.next.sharers = sharing.people if sharing else 1
    if sharing is None:
        return
    for draft in shared_before(sharing, state.foods_of_sentence()):
        draft.sharers, state.next.sharers = sharing.people, 1


def shared_before(sharing: Sharing, named: list[Draft]) -> list[Draft]:
    """ "four dosas with coconut chutney, shared with my wife": what is shared was named already."""
    if not sharing.of_named:
        return []
    if sharing.of_all or not named:
        return named
    first = next((i for i in reversed(range(len(named))) if named[i].link != "with"), 0)
    return named[first:]


JOINTS: Final[dict[Kind, Callable[[ClauseState], None]]] = {
    "stop": begin_sentence,
    "comma": list_with_comma,
    "colon": list_under_heading,
    "but": turn_to_what_was_eaten,
    "and": go_on_with_and,
    "with": add_with,
    "on": put_on,
    "without": leave_out,
    "instead": leave_out_instead,
    "when": pause_for_time,
    "denied": say_nothing,
    "refused": say_nothing,
    "intent": say_nothing,
    "eating": eat,
}
