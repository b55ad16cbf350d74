"""The trained machine: sentences in, the probability of each kind out. numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.engine.llm.intents.features import WIDTH, features
from coach.engine.llm.intents.kinds import KINDS
from coach.meaning.encoder import MODEL

FILE = Path(__file__).parent / "model.npz"


@dataclass(frozen=True)
class Machine:
    """`weights` has a row a feature and a column a kind, in the order of `KINDS`."""

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    with_vectors: bool

    def probabilities(
        self, sentences: Sequence[str], just_changed: Sequence[bool]
    ) -> NDArray[np.float32]:
        """(n, kinds); each row sums to 1. Takes 2 to 8 ms a sentence: not for an event loop."""
        if not sentences:
            return np.empty((0, len(KINDS)), dtype=np.float32)
        read = features(sentences, just_changed, with_vectors=self.with_vectors)
        logits = read @ self.weights + self.bias
        likely = np.exp(logits - logits.max(axis=1, keepdims=True))
        found: NDArray[np.float32] = likely / likely.sum(axis=1, keepdims=True)
        return found


@cache
def machine(with_vectors: bool = True) -> Machine:
    """The machine that comes with the engine, read once; without vectors, the one of words alone.

    Raises ValueError when it was trained on another encoder, other facts or other kinds.
    """
    of = "" if with_vectors else "words_"
    with np.load(FILE, allow_pickle=False) as kept:
        trained = (str(kept["encoder"]), tuple(str(name) for name in kept["kinds"]))
        weights = kept[f"{of}weights"].astype(np.float32)
        if trained != (MODEL, KINDS) or weights.shape != (WIDTH, len(KINDS)):
            raise ValueError("the intents were trained on something else: train them again")
        return Machine(weights, kept[f"{of}bias"].astype(np.float32), with_vectors)
