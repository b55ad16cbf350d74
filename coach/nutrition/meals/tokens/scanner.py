"""Cut a sentence into pieces: foods, amounts, joints, denials, corrections, times, unknowns."""

from typing import Final

from coach.meaning.ordinary_words import is_ordinary
from coach.nutrition.foods.idle_words import DESCRIBING, FILLER
from coach.nutrition.foods.index import FoodIndex
from coach.nutrition.foods.word_forms import key
from coach.nutrition.meals import lexicon
from coach.nutrition.meals.measures import APPROXIMATE
from coach.nutrition.meals.quantities import amount_at
from coach.nutrition.meals.said_at import AT_NO_KNOWN_TIME, SaidAt
from coach.nutrition.meals.tokens.food_steps import (
    is_place,
    read_amount,
    read_long_name,
    read_name,
    read_slip,
)
from coach.nutrition.meals.tokens.phrase_steps import (
    read_correction,
    read_denial,
    read_eating,
    read_instead,
    read_intent,
    read_pause,
    read_refusal,
    read_time,
)
from coach.nutrition.meals.tokens.piece import Kind, Piece
from coach.nutrition.meals.tokens.reader import SentenceReader, Step

# In this order: a longer reading comes before a shorter one of the same word.
STEPS: Final[tuple[Step, ...]] = (
    read_pause, read_correction, read_long_name, read_refusal, read_denial, read_eating,
    read_intent, read_time, read_instead, read_slip, read_amount, read_name,
)  # fmt: skip
BUT: Final = frozenset({"but", "however", "though", "although"})
# After "not", these deny no food: "that was not enough".
AFTER_A_WEAK_NOT: Final = frozenset({"enough", "only", "too", "very", "quite", "sure", "bad"})
# What a word is by itself, first match first.
WORD_KINDS: Final[tuple[tuple[frozenset[str], Kind], ...]] = (
    (lexicon.WITHOUT, "without"),
    (lexicon.AND, "and"),
    (lexicon.WITH, "with"),
    (lexicon.ON, "on"),
    (lexicon.EATING, "eating"),
    (DESCRIBING, "describing"),
)
KNOWN: Final = frozenset(
    FILLER | lexicon.AND | lexicon.WITH | lexicon.ON | lexicon.EATING | DESCRIBING
)


def scan(index: FoodIndex, text: str, said_at: SaidAt = AT_NO_KNOWN_TIME) -> list[Piece]:
    """All pieces of `text` in order; words that mean nothing here are `filler`."""
    return scanned(SentenceReader(index, text, said_at))


def scanned(reader: SentenceReader) -> list[Piece]:
    """All pieces of the sentence of `reader`."""
    i = 0
    while i < len(reader.words):
        piece = next((piece for step in STEPS if (piece := step(reader, i))), None)
        piece = piece or read_word(reader, i)
        reader.found.append(piece)
        i = piece.end
    return reader.found


def read_word(reader: SentenceReader, i: int) -> Piece:
    """A word that no step could read: what it is by itself, or unknown."""
    word = reader.words[i]
    if word in BUT:
        return reader.piece("but", i, i + 1)
    if word in {"just", "only"} and reader.word(i + 1) not in {"a", "one"}:
        denied = any(piece.kind == "denied" for piece in reader.found)
        return reader.piece("but" if denied else "filler", i, i + 1)
    if word == "not" and reader.word(i + 1) in AFTER_A_WEAK_NOT:
        return reader.piece("filler", i, i + 2)
    if word == "halved" and reader.word(i + 1) in {"with", "between"}:
        return reader.piece("eating", i, i + 1)
    if word == "share" and reader.word(i - 1) in {"my", "a", "the", "his", "her"}:
        return reader.piece("filler", i, i + 1)
    kind = next((kind for words, kind in WORD_KINDS if word in words), None)
    before = reader.found[-1].kind if reader.found else None
    if kind == "eating" and word in DESCRIBING and before in {"amount", "describing"}:
        kind = "describing"  # a cup of cooked carrots
    if kind is not None:
        return reader.piece(kind, i, i + 1)
    if means_nothing(word):
        return reader.piece("filler", i, i + 1)
    if is_place(reader, i):
        return reader.piece("filler", i, end_of_place(reader, i))
    if tells_only(reader, i):
        return reader.piece("filler", i, i + 1)
    return reader.piece("unknown", i, i + 1)


def means_nothing(word: str) -> bool:
    return (
        word in lexicon.NOT_FOOD_AFTER
        or word in FILLER
        or key(word) in FILLER
        or word in APPROXIMATE
        or word[0].isdigit()
        or len(word) == 1
    )


def tells_only(reader: SentenceReader, i: int) -> bool:
    """ "We celebrated my promotion with steak": an ordinary word that no food has.

    After the name of a food it may belong to that: "a potato jacket"; after an amount it may be the
    food, or begin its name: "a pain au chocolat".
    """
    word, last = reader.words[i], reader.found[-1] if reader.found else None
    if word in lexicon.BRANDS or word in reader.index.postings() or not word.isalpha():
        return False
    return not (last and last.kind in {"name", "unknown", "amount"}) and is_ordinary(word)


def end_of_place(reader: SentenceReader, i: int) -> int:
    """The word after the name of a place that begins at `i`."""
    end = i + 1
    while reader.word(end) and is_stray(reader, end):
        end += 1
    return end


def is_stray(reader: SentenceReader, i: int) -> bool:
    """Whether the word at `i` is known neither as food nor as anything else."""
    word = reader.words[i]
    return (
        word[0].isalpha()
        and word not in KNOWN
        and not reader.names_food(i)
        and amount_at(reader.words, i) is None
    )
