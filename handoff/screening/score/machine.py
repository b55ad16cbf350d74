"""The trained machine: sentences in, one margin for danger and one likelihood a code out.

Two halves, each one matrix product. The first compares the sentence's vector with landmarks, which
are vectors of training sentences (a radial kernel); the second weighs its pieces of letters. What
they say together is a logistic function of both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.meaning.encoder import MODEL, Vectors, encode
from handoff.screening.score.letters import dot, pieces

FILE = Path(__file__).parent / "model.npz"
HARMLESS = ("-", "ASK")  # asking for a person is no danger; the rules hear it


@dataclass(frozen=True)
class Machine:
    """`weights` has a row a landmark and a column a class of `classes`.

    `mix` holds the weights of both halves and a constant, for the danger's logit.
    """

    classes: tuple[str, ...]
    landmarks: Vectors
    gamma: float
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    letters: NDArray[np.float32]
    mix: tuple[float, float, float]
    card: float
    page: float

    @property
    def codes(self) -> list[str]:
        return [code for code in self.classes if code not in HARMLESS]

    def logits(self, vectors: Vectors) -> NDArray[np.float32]:
        """Of each class, for each vector."""
        near = np.exp(-2 * self.gamma * (1 - vectors @ self.landmarks.T))
        logits: NDArray[np.float32] = near @ self.weights + self.bias
        return logits

    def danger(self, sentences: Sequence[str]) -> tuple[NDArray[np.float32], list[str]]:
        """The probability that each sentence tells danger, and the likeliest code of each."""
        logits = self.logits(encode(sentences))
        by_letters = dot([pieces(sentence) for sentence in sentences], self.letters)
        meant, spelt, constant = self.mix
        margin = meant * danger_margin(logits, self.classes) + spelt * by_letters + constant
        return (1 / (1 + np.exp(-margin))).astype(np.float32), likeliest(logits, self.classes)


def danger_margin(logits: NDArray[np.float32], classes: Sequence[str]) -> NDArray[np.float32]:
    """How much likelier all codes are together than all that is harmless, as a logarithm."""
    harmless = np.array([name in HARMLESS for name in classes])
    return _log_sum(logits[:, ~harmless]) - _log_sum(logits[:, harmless])


def likeliest(logits: NDArray[np.float32], classes: Sequence[str]) -> list[str]:
    codes = [at for at, name in enumerate(classes) if name not in HARMLESS]
    return [classes[codes[at]] for at in logits[:, codes].argmax(axis=1)]


def _log_sum(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    top = logits.max(axis=1, keepdims=True)
    sums: NDArray[np.float32] = np.log(np.exp(logits - top).sum(axis=1)) + top[:, 0]
    return sums


@cache
def machine() -> Machine:
    """The machine that comes with the product, read once.

    Raises ValueError when it was trained on another version of the encoder.
    """
    with np.load(FILE, allow_pickle=False) as kept:
        if str(kept["encoder"]) != MODEL:
            raise ValueError(f"trained on {kept['encoder']}, not {MODEL}: train it again")
        return Machine(
            classes=tuple(str(name) for name in kept["classes"]),
            landmarks=kept["landmarks"].astype(np.float32),
            gamma=float(kept["gamma"]),
            weights=kept["weights"],
            bias=kept["bias"],
            letters=kept["letters"].astype(np.float32),
            mix=(float(kept["mix"][0]), float(kept["mix"][1]), float(kept["mix"][2])),
            card=float(kept["card"]),
            page=float(kept["page"]),
        )
