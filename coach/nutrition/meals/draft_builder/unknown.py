"""Words that no spoken name holds: a food of the tables, a stray word, or a question."""

from coach.meaning.ordinary_words import is_ordinary
from coach.nutrition.foods.word_forms import is_plural
from coach.nutrition.meals.draft_builder.draft import Draft
from coach.nutrition.meals.draft_builder.placing import is_denied, place
from coach.nutrition.meals.draft_builder.state import ClauseState
from coach.nutrition.meals.draft_builder.vocabulary import STEMS
from coach.nutrition.meals.lookup import resolve


def read_unknown_words(state: ClauseState) -> None:
    """Settle the strange words of the clause: afterwards there are none."""
    phrase = " ".join(state.strange)
    state.strange = []
    last = state.last_draft
    if last is not None and last.end == state.strange_at:
        if completes(state, last, phrase) or is_stray_after(last, phrase):
            return
        state.drafts.pop()
        phrase = f"{last.text} {phrase}"
    elif names_a_food_of_the_tables(state, phrase):
        return
    ask_about(state, phrase)


def completes(state: ClauseState, last: Draft, phrase: str) -> bool:
    """ "a potato jacket with beans": the food before and the strange words are one food."""
    found = resolve(state.index, f"{last.text} {phrase}")
    if found is None:
        return False
    last.entry, last.text = found, f"{last.text} {phrase}"
    return True


def is_stray_after(last: Draft, phrase: str) -> bool:
    """ "two eggs sunnyside": after a whole food a strange word is nothing.

    After the name of an ingredient it is a dish that we do not know: "chicken vindalorian".
    """
    whole = last.filling or last.plural or " " in last.text
    if all(is_ordinary(word) for word in phrase.split()):
        return True  # "I pushed the rings across"
    return whole or last.entry.kind not in STEMS


def names_a_food_of_the_tables(state: ClauseState, phrase: str) -> bool:
    """ "a rambutan and a banana": not an everyday name, but surely one food of the tables."""
    found = resolve(state.index, phrase)
    if found is None:
        return False
    words = phrase.split()
    draft = Draft(
        found, state.amount, phrase, state.strange_at, state.strange_at + len(words),
        state.next.link, is_denied(state, found), tuple(state.described),
        plural=is_plural(words[-1]),
    )  # fmt: skip
    state.food_is_named()
    place(state, draft)
    return True


def ask_about(state: ClauseState, phrase: str) -> None:
    """ "two eggs and a blarg": what nobody knows is asked for, unless it was not eaten."""
    described = " ".join(state.described)
    measured = state.amount is not None and bool(state.amount.unit)
    counted = state.amount is not None and not state.amount.vague
    named = state.amount is not None or stands_for_a_food(state)
    state.amount, state.described = None, []
    if not named or (not measured and all(is_ordinary(word) for word in phrase.split())):
        return  # "We finished a hike": who tells a story uses words that are no food
    if not (state.not_eaten or state.next.left_out):
        name = f"{described} {phrase}".strip()
        state.built.unknown.append(name)
        if counted:
            state.built.counted_unknown.append(name)
        state.built.asked_from = state.strange_at


def stands_for_a_food(state: ClauseState) -> bool:
    """ "chicken vindalorian", "a coffee and blarg": nothing but the name stands in the clause.

    In "My lunchbox today held an apple" it does not.
    """
    joint = state.clause.joint
    if joint is not None and joint.kind not in {"eating", "and", "with", "comma", "stop"}:
        return False
    return all(piece.kind in {"unknown", "describing", "name"} for piece in state.clause.pieces)
