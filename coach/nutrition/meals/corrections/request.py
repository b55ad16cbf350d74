"""What a sentence asks of the diary: to take out, to move or to change, and of which meals.

A day or a meal in the sentence is where to look ("the eggs of yesterday's breakfast"), or where a
meal is to go ("the eggs were at lunch"). Nothing else is touched than what is named here.
"""

import datetime
import re
from typing import Final, Literal

import msgspec

from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.word_forms import tokens, words_of
from coach.nutrition.meals.corrections.phrases import LEAD, PRONOUN, SAID_LAST, TWO_PARTS
from coach.nutrition.meals.corrections.wording import plainly
from coach.nutrition.meals.results import Slot
from coach.nutrition.meals.said_at import AT_NO_KNOWN_TIME, SaidAt
from coach.nutrition.meals.spelling import slips_put_right
from coach.nutrition.meals.tokens import scan

Verb = Literal["remove", "move", "change"]

PAUSES: Final = frozenset({".", ";", "!", "?", "\n", ","})
TAKE_OUT: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:delete|remove|take (?:off|out|away|back)|take|drop|scrap|scratch|ditch|cancel|erase|"
        r"wipe|bin|chuck(?: out)?|lose|"
        r"get rid of|forget(?: about)?|leave(?: off| out)|strike|clear|i never had) (?P<what>.+)$",
        r"^(?:.* )?(?:forget|ignore|disregard|never ?mind) (?:about )?"
        r"(?:what|whatever|everything|the (?:bit|part|thing)) (?:(?:that )?i (?:just )?"
        r"(?:said|told you|wrote|typed|sent|put) )?about (?P<what>.+)$",
        r"^(?:i )?(?:didnt|did not|never) (?:actually |even )?(?:have|eat|drink|had|finish|touch)"
        r" (?P<what>.+)$",
        r"^(?:i |we )?(?:gave|passed|fed) (?P<what>(?:the|my|that|those|it|them) ?.*?) (?:to|away)"
        r"\b.*$",
        r"^(?:i |we )?(?:threw|tossed|binned|sent) (?P<what>(?:the|my|that|those|it|them) ?.*?)"
        r" (?:away|out|back)\b.*$",
        r"^(?P<what>.+?) (?:wasnt|was not|werent|were not|isnt|is not|arent) (?:mine|for me)$",
    )
)
# "that wasn't me, take it out": why it is to go
NOT_MINE: Final = re.compile(
    r"^(?:that|it|this) (?:wasnt|was not|isnt|is not) (?:me|mine|for me)"
    r" (?=delete|remove|take|get rid)"
)
# "drop the rice, I gave it to my son"
REASON: Final = re.compile(
    r"(?<=\w\w) [,.;] (?:(?:because|since|cause|as) |(?:i|he|she|we|they|my \w+) (?!meant?\b)).*$"
)
TAIL: Final = re.compile(
    r"(?:^| )(?:off|out|away|please|again|at all|after all|in the end|altogether|for now|"
    r"(?:from|of|in|out of|off) (?:it|that|there|the (?:diary|log|list)|my (?:diary|log|list)))$"
)
# `what` goes, or was, where the rest of the sentence says.
MOVES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"^(?:move|shift|put|change|make|set|log) (?P<what>.+?)"
        r" (?P<to>(?:to|into|onto|on|at|for|as|under) .+)$",
        r"^(?P<what>.+?) (?:was|were|is|are|should be|should have been|belongs?|goes|go) "
        r"(?P<to>.+)$",
        r"^i (?:had|have|ate|drank) (?P<what>it|that|this|them|those|(?:the|my) .+?) (?P<to>.+)$",
        r"^(?P<what>)(?P<to>.+)$",
    )
)
NOT_THERE: Final = re.compile(r"\b(?:not|instead of|rather than) .+$")
# "breakfast was not at eight": what is only denied moves nothing.
SAYS_NOWHERE: Final = re.compile(
    r"\b(?:was|were|is|are|wasnt|werent|isnt|arent)$|\bw(?:as|ere)nt\b"
)
DAY_BEFORE: Final = re.compile(r"\b(?:the|a) day (?:before|earlier)\b(?! yesterday)")
# Words that name no food and no meal: they leave "the lunch I told you about" the lunch.
SAY_NOTHING: Final = words_of(
    "i me my we you the a an of from for in on at to into onto under as out off all whole entire "
    "it that this them those these what which told said gave mentioned logged log wrote "
    "written had have ate eat drank meal meals entry entries thing one ones last just about with "
    "please diary whatever earlier by mistake time was is were and so really actually supposed "
    "instead"
)
BOTH: Final = frozenset({"both", "two"})
EVERYTHING: Final = frozenset({"everything", "all", "lot"})


class MealsNamed(msgspec.Struct, frozen=True):
    """Which meals a sentence speaks of; both None: it names none."""

    slot: Slot | None = None
    days_back: int | None = None

    def __bool__(self) -> bool:
        return self.slot is not None or self.days_back is not None


class Target(msgspec.Struct, frozen=True):
    """Where a meal goes: what is None or empty stays. `day_before`: a day earlier than it was."""

    slot: Slot | None = None
    days_back: int | None = None
    time: datetime.time | None = None
    day_before: bool = False

    def __bool__(self) -> bool:
        return bool(self.slot or self.time or self.day_before) or self.days_back is not None


class Request(msgspec.Struct, frozen=True):
    """`what` are the words for foods; empty where whole meals are meant.

    For a change, `what` is all that is said but the meals named. `both` and `everything`: so it was
    said of what is to be taken out.
    """

    verb: Verb
    meals: MealsNamed
    what: str = ""
    to: Target = Target()
    both: bool = False
    everything: bool = False


def read_request(index: FoodIndex, said: str, said_at: SaidAt = AT_NO_KNOWN_TIME) -> Request:
    """Read a sentence about what is in the diary. Never raises on text."""
    words = slips_put_right(tokens(said))
    text = re.sub(r"\b(yesterday|today|last night)s\b", r"\1", plainly(" ".join(words)))
    return (
        _removal(index, _core(REASON.sub("", text)), said_at)
        or _move(index, _core(text), said_at)
        or _change(index, text, said_at)
    )


def _core(text: str) -> str:
    """The words that matter, without pauses, thanks and what leads up to them."""
    bare = " ".join(word for word in text.split() if word not in PAUSES)
    bare = SAID_LAST.sub("", NOT_MINE.sub("", bare))
    return LEAD.sub("", bare + " ").strip() or bare


def _removal(index: FoodIndex, core: str, said_at: SaidAt) -> Request | None:
    found = next((match for pattern in TAKE_OUT if (match := pattern.match(core))), None)
    if found is None or any(pattern.match(core) for pattern, _ in TWO_PARTS):
        return None
    what = found["what"]
    while (shorter := TAIL.sub("", what)) != what:
        what = shorter
    where, rest = _meals_in(index, what, said_at)
    words = set(rest.split())
    if words <= SAY_NOTHING | BOTH | EVERYTHING:
        both, every = bool(words & BOTH), bool(words & EVERYTHING)
        return Request("remove", where, both=both, everything=every and not both)
    return Request("remove", where, _without_joints(rest))


def _move(index: FoodIndex, core: str, said_at: SaidAt) -> Request | None:
    for pattern in MOVES:
        found = pattern.match(core)
        if found is None:
            continue
        there = NOT_THERE.sub("", found["to"]).strip()
        to = _target(index, there, said_at)
        if not to or SAYS_NOWHERE.search(there):
            continue
        where, rest = _meals_in(index, found["what"], said_at)
        if re.fullmatch(PRONOUN, rest) or set(rest.split()) <= SAY_NOTHING:
            rest = ""
        return Request("move", where, _without_joints(rest), to)
    return None


def _change(index: FoodIndex, said: str, said_at: SaidAt) -> Request:
    where, rest = _meals_in(index, said, said_at)
    return Request("change", where, _without_joints(rest) if where else said)


def _target(index: FoodIndex, text: str, said_at: SaidAt) -> Target:
    """Where to, if `text` says that and nothing else."""
    before = DAY_BEFORE.search(text)
    text = DAY_BEFORE.sub("", text)
    slot: Slot | None = None
    days_back: int | None = None
    time: datetime.time | None = None
    rest: list[str] = []
    for piece in scan(index, text, said_at):
        if piece.when is None:
            rest.extend(piece.text.split())
            continue
        slot = piece.when.slot or slot
        days_back = days_back if piece.when.day_offset is None else -piece.when.day_offset
        time = piece.when.time or time
    if "today" in rest:
        days_back = 0
    if not set(rest) <= SAY_NOTHING | {"today"}:
        return Target()
    return Target(slot, days_back, time, before is not None)


def _meals_in(index: FoodIndex, text: str, said_at: SaidAt) -> tuple[MealsNamed, str]:
    """The meals that `text` names, and its other words."""
    slot: Slot | None = None
    days_back: int | None = None
    rest: list[str] = []
    for piece in scan(index, text, said_at):
        if piece.when is None:
            rest.append(piece.text)
            continue
        slot = piece.when.slot or slot
        days_back = days_back if piece.when.day_offset is None else -piece.when.day_offset
    if "today" in text.split():
        days_back = 0
        rest = [word for word in rest if word != "today"]
    return MealsNamed(slot, days_back), " ".join(rest)


def _without_joints(text: str) -> str:
    """Without what led to the meal: "the eggs from", "add a coffee to"."""
    return re.sub(r"(?: (?:from|of|to|in|at|for|on|out|into|my|the|and))+$", "", text).strip()
