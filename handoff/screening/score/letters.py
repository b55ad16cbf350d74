"""A sentence as counts of its pieces of letters: what is left when a word is misspelt."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 16
LENGTHS = range(2, 6)
MAX_CHARS = 600
APOSTROPHES = re.compile(r"['’‘`´ʼ]")
NO_WORD = re.compile(r"[^\w\s]|\d[\d.,:]*")


NO_SIGN = re.compile(r"[^\w\s'’]")


def as_heard(text: str) -> str:
    """As a recogniser writes it, whoever typed it: small letters, and no signs between words."""
    return " ".join(NO_SIGN.sub(" ", text).lower().split())


class Pieces(NamedTuple):
    """Which buckets a sentence fills and how much, as a vector of length 1."""

    buckets: NDArray[np.int64]
    weights: NDArray[np.float32]


def words_only(text: str) -> str:
    """Lower case, without apostrophes, punctuation and digits."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARS]).lower()
    return " ".join(NO_WORD.sub(" ", APOSTROPHES.sub("", plain)).split())


def pieces(text: str) -> Pieces:
    """Pieces of 2 to 5 letters within words; a bucket may hold several."""
    counts = Counter(
        word[at : at + length]
        for word in (f" {word} " for word in words_only(text).split())
        for length in LENGTHS
        for at in range(len(word) - length + 1)
    )
    buckets = np.fromiter(
        (crc32(piece.encode()) % BUCKETS for piece in counts), np.int64, len(counts)
    )
    weights = 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
    norm = float(np.sqrt(weights @ weights)) or 1.0
    return Pieces(buckets, (weights / norm).astype(np.float32))


def dot(sentences: Sequence[Pieces], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each sentence times one weight a bucket."""
    sums = [float(weights[each.buckets] @ each.weights) for each in sentences]
    return np.array(sums, dtype=np.float32)
