"""The trained machine: sentences in, the probability of danger and the likeliest code out.

Two halves say whether there is danger. The first compares the sentence's vector with those of
training sentences (support vectors of a radial kernel); the second weighs its pieces of letters. A
logistic function of both is the probability. Which code it is, a linear function of the vector
says. Whether somebody asks for a person, which is no danger, say linear functions of both halves.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.meaning.encoder import MODEL, Vectors, encode
from handoff.screening.score.letters import Pieces, as_heard, dot, pieces
from handoff.screening.score.mending import mended

FILE = Path(__file__).parent / "model.npz"
LEVELS = 31  # steps of a number of a support vector: six bits of it, to keep the file small
HARMLESS = ("-", "ASK")  # asking for a person is no danger


class Reading(NamedTuple):
    """Of each sentence: the probability of danger, its likeliest code, and whether it asks."""

    danger: NDArray[np.float32]
    codes: list[str]
    asking: NDArray[np.float32]


@dataclass(frozen=True)
class Machine:
    """`supports` are n vectors, and `weights` what each says of danger.

    `code_weights` has a row a dimension and a column a code of `codes`. `ease` is how much less of
    the danger's logit each code needs for a card than `card` says. `mix` holds the weights of
    both halves and a constant, for the danger's logit. `buried` is what a window of a long turn
    has less of this logit, since it lacks what was around. From `ask` on a person is asked for.
    `words` are spelt right.
    """

    supports: Vectors
    weights: NDArray[np.float32]
    bias: float
    gamma: float
    letters: NDArray[np.float32]
    codes: tuple[str, ...]
    code_weights: NDArray[np.float32]
    code_bias: NDArray[np.float32]
    ease: NDArray[np.float32]
    ask_weights: NDArray[np.float32]
    ask_letters: NDArray[np.float32]
    ask_bias: float
    words: frozenset[str]
    mix: tuple[float, float, float] = (1.0, 1.0, 0.0)
    buried: float = 0.0
    card: float = 1.0
    page: float = 1.0
    ask: float = 1.0

    def margin(self, vectors: Vectors) -> NDArray[np.float32]:
        """What the first half says of each vector: above 0 is danger."""
        near = np.exp(-2 * self.gamma * (1 - vectors @ self.supports.T))
        margin: NDArray[np.float32] = near @ self.weights + self.bias
        return margin

    def likeliest(self, vectors: Vectors) -> list[str]:
        """The code of each vector, if there is danger."""
        return [self.codes[at] for at in (vectors @ self.code_weights + self.code_bias).argmax(1)]

    def card_of(self, code: str, card: float) -> float:
        """From which probability on `code` has a card, where the threshold of all is `card`."""
        return card / (card + (1 - card) * math.exp(self.ease[self.codes.index(code)]))

    def asking(self, vectors: Vectors, spelt: Sequence[Pieces]) -> NDArray[np.float32]:
        """The probability that each sentence asks for a person."""
        return logistic(vectors @ self.ask_weights + dot(spelt, self.ask_letters) + self.ask_bias)

    def read(self, sentences: Sequence[str], windows: Sequence[str] = ()) -> Reading:
        """The sentences, and behind them the `windows` of a long turn."""
        every = [mended(each, self.words) for each in (*sentences, *windows)]
        vectors = encode([as_heard(each) for each in every])
        spelt = [pieces(each) for each in every]
        meant, letters, constant = self.mix
        logits = meant * self.margin(vectors) + letters * dot(spelt, self.letters) + constant
        logits[len(sentences) :] -= self.buried
        return Reading(logistic(logits), self.likeliest(vectors), self.asking(vectors, spelt))


def logistic(logits: NDArray[np.floating]) -> NDArray[np.float32]:
    chances: NDArray[np.float32] = (1 / (1 + np.exp(-logits))).astype(np.float32)
    return chances


def packed(vectors: Vectors) -> NDArray[np.int8]:
    """Vectors of length 1 in a fifth of the space; `unpacked` gives them back, nearly."""
    scaled = vectors * (LEVELS / np.abs(vectors).max(axis=1, keepdims=True))
    small: NDArray[np.int8] = np.round(scaled).astype(np.int8)
    return small


def unpacked(small: NDArray[np.int8]) -> Vectors:
    vectors = small.astype(np.float32)
    longs: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return longs


@cache
def machine() -> Machine:
    """The machine that comes with the product, read once.

    Raises ValueError when it was trained on another version of the encoder.
    """
    with np.load(FILE, allow_pickle=False) as kept:
        if str(kept["encoder"]) != MODEL:
            raise ValueError(f"trained on {kept['encoder']}, not {MODEL}: train it again")
        return Machine(
            supports=unpacked(kept["supports"]),
            weights=kept["weights"],
            bias=float(kept["bias"]),
            gamma=float(kept["gamma"]),
            letters=kept["letters"].astype(np.float32),
            codes=tuple(str(name) for name in kept["codes"]),
            code_weights=kept["code_weights"].astype(np.float32),
            code_bias=kept["code_bias"],
            ease=kept["ease"],
            ask_weights=kept["ask_weights"],
            ask_letters=kept["ask_letters"].astype(np.float32),
            ask_bias=float(kept["ask_bias"]),
            words=frozenset(str(kept["words"]).split()),
            mix=(float(kept["mix"][0]), float(kept["mix"][1]), float(kept["mix"][2])),
            buried=float(kept["buried"]),
            card=float(kept["card"]),
            page=float(kept["page"]),
            ask=float(kept["ask"]),
        )
