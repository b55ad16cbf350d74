"""«Shall I …?» and what follows it.

Nothing is remembered between answers: an offer is found again in the items of the conversation.
A tool makes one with `"if_yes": {"tool": NAME, "said": TEXT}` in the JSON of its output. It stands
until the member speaks again. A yes becomes that call, with TEXT for the member's words. A no is
acknowledged. Anything else is read as if nothing had been offered.
"""

from collections.abc import Sequence

import msgspec

from coach.engine.llm.conversation import before_last_words, is_user
from coach.engine.llm.types import Entry, FunctionCallOutput
from coach.meaning.agreement import BESIDE, YES, bare_words, word_set

_PLACES = (
    word_set("first former one primero primera premier première erste ersten erstes 첫"),
    word_set("second latter last segundo segunda deuxième seconde zweite zweiten 둘 두"),
)


class Offer(msgspec.Struct, frozen=True):
    """The call that a yes becomes: the tool's name, and the words it is given."""

    tool: str
    said: str


def points_at(words: str) -> int | None:
    """0 or 1 where the first or the second of two is chosen, and no more is said."""
    said = bare_words(words)
    for place, names in enumerate(_PLACES):
        if not names.isdisjoint(said) and set(said) <= names | YES | BESIDE:
            return place
    return None


def offered(entries: Sequence[Entry]) -> Offer | None:
    """What a tool offered between the member's last words and those before."""
    for entry in reversed(before_last_words(entries)):
        if is_user(entry):
            return None
        if isinstance(entry, FunctionCallOutput) and (offer := _offer_in(entry.output)):
            return offer
    return None


class _Output(msgspec.Struct):
    """The part of a tool's output that is read here."""

    if_yes: Offer


def _offer_in(output: str) -> Offer | None:
    if '"if_yes"' not in output:
        return None
    try:
        return msgspec.json.decode(output, type=_Output).if_yes
    except (msgspec.DecodeError, RecursionError):
        return None  # outputs are the client's own, and may be anything
