"""A sentence as counts: pieces of letters, which a misspelt word keeps, and pairs of words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

HALF = 1 << 16  # buckets of the letters, and as many of the words
BUCKETS = 2 * HALF
LENGTHS = range(2, 6)
MAX_CHARS = 600
APOSTROPHES = re.compile(r"['’‘`´ʼ]")
NO_WORD = re.compile(r"[^\w\s]|\d[\d.,:]*")

NO_SIGN = re.compile(r"[^\w\s'’]")


def as_heard(text: str) -> str:
    """As a recogniser writes it, whoever typed it: small letters, and no signs between words."""
    return " ".join(NO_SIGN.sub(" ", text).lower().split())


class Pieces(NamedTuple):
    """Which buckets a sentence fills and how much: both kinds as vectors of length 1."""

    buckets: NDArray[np.int64]
    weights: NDArray[np.float32]


def words_only(text: str) -> str:
    """Lower case, without apostrophes, punctuation and digits."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARS]).lower()
    return " ".join(NO_WORD.sub(" ", APOSTROPHES.sub("", plain)).split())


def pieces(text: str) -> Pieces:
    """Pieces of 2 to 5 letters within words; words, and pairs with at most one word between."""
    words = words_only(text).split()
    letters = _counted(
        word[at : at + length]
        for word in (f" {word} " for word in words)
        for length in LENGTHS
        for at in range(len(word) - length + 1)
    )
    around = ["<", *words, ">"]
    neighbours = [f"{one} {two}" for one, two in pairwise(around)]
    apart = [f"{one} _ {two}" for one, two in zip(around, around[2:], strict=False)]
    in_words = _counted([*words, *neighbours, *apart])
    return Pieces(
        np.concatenate([letters.buckets, in_words.buckets + HALF]),
        np.concatenate([letters.weights, in_words.weights]),
    )


def _counted(pieces: Iterable[str]) -> Pieces:
    """A bucket may hold several pieces."""
    counts = Counter(pieces)
    buckets = np.fromiter((crc32(piece.encode()) % HALF for piece in counts), np.int64, len(counts))
    weights = 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
    norm = float(np.sqrt(weights @ weights)) or 1.0
    return Pieces(buckets, (weights / norm).astype(np.float32))


def dot(sentences: Sequence[Pieces], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each sentence times one weight a bucket."""
    sums = [float(weights[each.buckets] @ each.weights) for each in sentences]
    return np.array(sums, dtype=np.float32)
