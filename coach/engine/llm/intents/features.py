"""A sentence as numbers: its vector, its facts of grammar, and its words in buckets."""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coach.engine.llm.intents.grammar import row
from coach.meaning.encoder import DIMENSIONS, encode
from coach.meaning.facts import FACTS
from coach.meaning.plain_speech import plain_speech

BUCKETS = 4096  # of words, pairs of words and pieces of four letters
WIDTH = DIMENSIONS + 2 * len(FACTS) + 1 + BUCKETS
_FACT_WEIGHT = 0.3
_WORD_WEIGHT = 0.7
_PIECE = 4
_NUMBER = re.compile(r"\d[\d.,:]*")
_NO_WORD = re.compile(r"[^\w' #]+")


def features(
    sentences: Sequence[str], just_changed: Sequence[bool], *, with_vectors: bool = True
) -> NDArray[np.float32]:
    """(n, WIDTH). `just_changed`: whether the diary was written to just before each sentence.

    Without vectors there are nothing but noughts in their place, and no encoder is needed.
    """
    sentences = [plain_speech(sentence) for sentence in sentences]
    vectors = encode(sentences) if with_vectors else np.zeros((len(sentences), DIMENSIONS))
    facts = np.array([row(sentence) for sentence in sentences], dtype=np.float32) * _FACT_WEIGHT
    after = np.array(just_changed, dtype=np.float32)[:, None]
    words = np.stack([_words(sentence) for sentence in sentences]) * _WORD_WEIGHT
    return np.hstack([vectors, facts, facts * after, after, words])


def _words(sentence: str) -> NDArray[np.float32]:
    """The buckets of a sentence, of length 1."""
    held = np.zeros(BUCKETS, dtype=np.float32)
    for piece, times in Counter(_pieces(sentence)).items():
        held[zlib.crc32(piece.encode()) % BUCKETS] += times
    length = float(np.linalg.norm(held))
    return held / length if length else held


def _pieces(sentence: str) -> list[str]:
    text = _NO_WORD.sub(" ", _NUMBER.sub("#", sentence.lower().replace("’", "'")))
    words = text.split()
    pieces = [f"w{word}" for word in words]
    pieces += [f"b{one} {other}" for one, other in pairwise(["^", *words, "$"])]
    for word in words:
        whole = f"<{word}>"
        pieces += [f"c{whole[i : i + _PIECE]}" for i in range(len(whole) - _PIECE + 1)]
    return pieces
