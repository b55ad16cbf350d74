"""The grammar of a sentence about food: clauses, and what each says happened to its foods.

    text   = clause { joint clause }
    joint  = stop | comma | colon | and | with | on | without | instead | but
           | eating | denied | refused | intent | when
    clause = { name | amount | describing | unknown | correct | filler }

Everything here is read off the pieces alone; what the foods are is not asked.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec
from msgspec.structs import replace

from coach.meaning.ordinary_words import is_ordinary
from coach.nutrition.meals import lexicon
from coach.nutrition.meals.tokens import Kind, Piece

JOINTS: Final[frozenset[Kind]] = frozenset(
    ["stop", "comma", "colon", "and", "with", "on", "without", "instead", "but", "eating",
     "denied", "refused", "intent", "when"]
)  # fmt: skip
ONLY: Final = frozenset({"only", "just"})
IN_THE_END: Final = frozenset(
    {"ended up with", "ended up having", "ended up eating", "settled for", "settled on"}
)
EATEN: Final = frozenset({"had", "ate", "drank"})
HAPPENED: Final = IN_THE_END | EATEN | {"got", "took", "grabbed", "made", "log"}
BEFORE_ANOTHER: Final[frozenset[Kind]] = frozenset(["stop", "comma", "and", "eating"])
OF_A_PART: Final = frozenset({"left off", "left out", "left aside", "on hold"})
THEN: Final = frozenset({"then", "later", "after", "afterwards"})
WHAT_WAS_NAMED: Final = frozenset({"it", "them", "that"})


class Mood(msgspec.Struct, frozen=True):
    """Whether the foods of a clause were eaten.

    `denied`: they were not ("I didn't have …"). `intended`: not yet ("I wanted …"). `only`:
    nothing else of what was named was eaten ("I only had …").
    """

    denied: bool = False
    intended: bool = False
    only: bool = False


class Sharing(msgspec.Struct, frozen=True):
    """ "Shared with", "split between three": how many `people`, and of what.

    `of_named`: of what was named before. `of_all`: of every food of the sentence, not only of the
    last dish.
    """

    people: float = 2
    of_named: bool = False
    of_all: bool = False


class Clause(msgspec.Struct, frozen=True):
    """The pieces between two joints. `joint` opened it; None at the start of the text.

    `sentence_at` is the word at which its sentence begins, `when_at` the word of the last phrase
    of time before it. `postfix` holds the words at which an amount begins that follows its
    food. `sharing` is there where the joint is a verb of sharing. `goes_on`: a "then" opened it.
    """

    joint: Piece | None
    pieces: tuple[Piece, ...]
    mood: Mood = Mood()
    sentence_at: int = 0
    when_at: int = 0
    postfix: frozenset[int] = frozenset()
    sharing: Sharing | None = None
    goes_on: bool = False

    @property
    def just_this(self) -> bool:
        """ "I had no eggs today, just coffee": what follows was eaten, whatever was denied."""
        after_comma = self.joint is not None and self.joint.kind == "comma"
        return after_comma and begins_with_only(self.pieces)


def clauses_of(pieces: Sequence[Piece]) -> list[Clause]:
    """All clauses in order; the first one, before any joint, may be empty."""
    found: list[Clause] = []
    clause = Clause(None, ())
    for joint, inside in cut(pieces):
        if joint is not None:
            clause = clause_after(clause, pieces, joint)
        clause = replace(clause, pieces=inside, postfix=postfix_amounts(inside))
        clause = replace(clause, mood=mood_within(clause))
        if clause.joint is not None and clause.joint.kind == "refused":
            refuse(found, clause.joint)
        if clause.joint is not None and clause.joint.text in IN_THE_END:
            take_back_what_was_meant(found)
        found.append(clause)
    return found


def refuse(clauses: list[Clause], refusal: Piece) -> None:
    """ "An egg, and peas were on offer, but I said no": what was named last was not eaten.

    "Salad with the dressing left off": of a dish only the part was left.
    """
    named = False
    ends = BEFORE_ANOTHER | {"with"} if refusal.text in OF_A_PART else BEFORE_ANOTHER
    for place in reversed(range(len(clauses))):
        clause, joint = clauses[place], clauses[place].joint
        if joint is not None and joint.kind == "eating" and joint.text in EATEN:
            return
        clauses[place] = replace(clause, mood=replace(clause.mood, denied=True))
        named = named or any(may_be_food(piece) for piece in clause.pieces)
        if joint is not None and joint.kind in ends and (named or joint.kind == "stop"):
            return


def take_back_what_was_meant(clauses: list[Clause]) -> None:
    """ "I ordered eggs Benedict, but … so I ended up with two poached eggs": only the last."""
    turned = False
    for place in reversed(range(len(clauses))):
        clause, joint = clauses[place], clauses[place].joint
        if turned:
            clauses[place] = replace(clause, mood=replace(clause.mood, denied=True))
        turned = turned or (joint is not None and joint.kind == "but")
        if joint is not None and joint.kind == "stop":
            return


def may_be_food(piece: Piece) -> bool:
    """Whether it names a food, or perhaps one; the "look" of "I took one look" is none."""
    return piece.kind == "name" or (piece.kind == "unknown" and not is_ordinary(piece.text))


def clause_after(before: Clause, pieces: Sequence[Piece], place: int) -> Clause:
    """The clause that the joint at `place` opens, still without pieces."""
    joint = pieces[place]
    return Clause(
        joint=joint,
        pieces=(),
        mood=mood_after(before.mood, pieces, place),
        sentence_at=joint.end if joint.kind == "stop" else before.sentence_at,
        when_at=joint.start if joint.kind == "when" else before.when_at,
        sharing=sharing_at(pieces, place),
        goes_on=not before.pieces and before.joint is not None and before.joint.text in THEN,
    )


def cut(pieces: Sequence[Piece]) -> Iterator[tuple[int | None, tuple[Piece, ...]]]:
    """The place of each joint, None for the start of the text, and the pieces it opens."""
    joint, start = None, 0
    for place, piece in enumerate(pieces):
        if piece.kind in JOINTS:
            yield joint, tuple(pieces[start:place])
            joint, start = place, place + 1
    yield joint, tuple(pieces[start:])


def mood_after(mood: Mood, pieces: Sequence[Piece], place: int) -> Mood:
    """The mood that the joint at `place` makes of the one before it."""
    joint = pieces[place]
    if joint.kind == "stop":
        return Mood()
    if joint.kind == "but" or (joint.kind == "colon" and mood.denied):
        return Mood(only=mood.only)  # "I cooked nothing: one tub of yogurt"
    if joint.kind == "comma" and is_so(pieces[place + 1 :]):
        return Mood(only=mood.only)  # "I am trying to eat less meat, so supper was soup"
    if joint.kind == "denied":
        return replace(mood, denied=True)
    if joint.kind == "intent":
        return replace(mood, intended=True)
    if joint.kind == "eating":
        only = mood.only or says_only(pieces, place - 1)
        before = last_said(pieces, place)
        # "I wanted cake but I had an apple"; in "I didn't have", what was denied stays so.
        if joint.text in HAPPENED and before is not None and before.kind != "denied":
            return Mood(only=only)
        return replace(mood, only=only)
    return mood


def is_so(following: Sequence[Piece]) -> bool:
    return bool(following) and following[0].text == "so"


def mood_within(clause: Clause) -> Mood:
    """ "steak and peas, I had just the peas": the mood once the clause's first words are read."""
    if clause.just_this:
        return replace(clause.mood, denied=False)
    eating = clause.joint is not None and clause.joint.kind == "eating"
    if eating and begins_with_only(clause.pieces):
        return replace(clause.mood, only=True)
    return clause.mood


def says_only(pieces: Sequence[Piece], place: int) -> bool:
    """Whether the piece at `place` is an "only" before a verb.

    "fish fingers, peas and some mash for my son, I just had the peas".
    """
    if place < 0:
        return False
    return pieces[place].kind in {"but", "filler"} and pieces[place].text in ONLY


def begins_with_only(pieces: Sequence[Piece]) -> bool:
    """Whether an "only" stands before everything that means something."""
    for piece in pieces:
        if piece.kind != "filler":
            return False
        if piece.text in ONLY:
            return True
    return False


def last_said(pieces: Sequence[Piece], place: int) -> Piece | None:
    """The piece before `place` that is no filler."""
    return next((piece for piece in reversed(pieces[:place]) if piece.kind != "filler"), None)


def sharing_at(pieces: Sequence[Piece], place: int) -> Sharing | None:
    """ "A pizza, shared between three of us": who shares, and whether it was named already."""
    if pieces[place].kind != "eating" or pieces[place].text not in lexicon.SHARING:
        return None
    following = pieces[place + 1 :]
    after = next((piece for piece in following if piece.text not in WHAT_WAS_NAMED), None)
    before = last_said(pieces, place)
    return Sharing(
        people=max(2, people_in(following)),
        of_named=after is not None and (after.kind == "with" or after.text == "between"),
        of_all=before is not None and before.kind == "comma",
    )


def people_in(pieces: Sequence[Piece]) -> float:
    """How many share: "with two friends" are three, "between three" are three; 0 if none says."""
    for before, piece in pairwise(pieces):
        if piece.kind in {"stop", "eating"}:
            break
        if piece.kind == "filler" and piece.amount and piece.amount.count:
            return piece.amount.count + (before.kind == "with")
    return 0


def postfix_amounts(pieces: Sequence[Piece]) -> frozenset[int]:
    """Words at which amounts begin that follow their food.

    "rice one bowl dal one katori and two rotis".
    """
    found: set[int] = set()
    run: list[Piece] = []
    for piece in (*pieces, Piece("stop", 0, 0)):
        if piece.kind in {"name", "amount"}:
            run.append(piece)
        elif piece.kind not in {"describing", "filler"}:
            kinds = [piece.kind for piece in run]
            behind = not any(piece.text.endswith(" of") for piece in run)  # that waits for a food
            if kinds and behind and kinds == ["name", "amount"] * (len(kinds) // 2):
                found.update(piece.start for piece in run[1::2])
            run = []
    return frozenset(found)
