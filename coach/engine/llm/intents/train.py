"""Train the machine: `OPENBLAS_NUM_THREADS=1 python -m coach.engine.llm.intents.train`.

It takes some minutes on one core, and one package that the product does not have:
`pip install scikit-learn==1.9.1`. With `--measure` it prints cross-validated figures instead.
"""

import sys
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from coach.engine.llm.intents.data import PARTS, Labelled, labelled
from coach.engine.llm.intents.disturb import disturbed
from coach.engine.llm.intents.features import features
from coach.engine.llm.intents.kinds import KINDS, LOG
from coach.engine.llm.intents.machine import FILE
from coach.meaning.encoder import DIMENSIONS, MODEL

STRENGTH = 10.0  # the inverse of the penalty
ROUNDS = 300
LOG_WEIGHT = 2.5  # most of what a coach hears all day is a meal; the gates shut what is none


def examples(rows: Sequence[Labelled], chance: Random) -> tuple[sparse.csr_matrix, list[str]]:
    """The rows as they are and disturbed, after a change of the diary and not."""
    texts, after, kinds = [], [], []
    for row in rows:
        for text in (row.text, disturbed(row.text, row.language, chance)):
            for changed in (True,) if row.after else (False, True):
                texts.append(text)
                after.append(changed)
                kinds.append(row.kind)
    chunks = [
        sparse.csr_matrix(features(texts[at : at + 256], after[at : at + 256]))
        for at in range(0, len(texts), 256)
    ]
    return sparse.vstack(chunks).tocsr(), kinds


def fit(x: sparse.csr_matrix, kinds: Sequence[str]) -> LogisticRegression:
    weights = {at: LOG_WEIGHT if kind == LOG else 1.0 for at, kind in enumerate(KINDS)}
    return LogisticRegression(C=STRENGTH, max_iter=ROUNDS, class_weight=weights).fit(
        x, [KINDS.index(kind) for kind in kinds]
    )


def train() -> None:
    """Two machines: one of all features, and one for where vectors are not to be had."""
    x, kinds = examples(labelled(), Random(5))
    kept: dict[str, Any] = {"encoder": np.array(MODEL), "kinds": np.array(KINDS)}
    for of, made in (("", fit(x, kinds)), ("words_", fit(without_vectors(x), kinds))):
        if list(made.classes_) != list(range(len(KINDS))):
            raise ValueError("a kind has no sentences")
        kept[f"{of}weights"] = made.coef_.T.astype(np.float16)
        kept[f"{of}bias"] = made.intercept_.astype(np.float32)
    np.savez_compressed(FILE, **kept)


def without_vectors(x: sparse.csr_matrix) -> sparse.csr_matrix:
    """The same with noughts in the place of the vectors."""
    others = np.arange(x.shape[1]) >= DIMENSIONS
    return (x @ sparse.diags(others.astype(np.float32))).tocsr()


def measure() -> None:
    """Cross-validated: right, and right among the first two."""
    rows = labelled()
    first: list[bool] = []
    second: list[bool] = []
    for part in range(PARTS):
        model = fit(*examples([row for row in rows if row.part != part], Random(5)))
        put_aside = [row for row in rows if row.part == part]
        x = features([row.text for row in put_aside], [row.after for row in put_aside])
        likely: NDArray[np.int64] = np.argsort(-model.predict_proba(x), axis=1)
        for row, order in zip(put_aside, likely, strict=True):
            want = KINDS.index(row.kind)
            first.append(bool(order[0] == want))
            second.append(want in order[:2])
    print(f"{len(rows)} sentences: right {np.mean(first):.3f}, in two {np.mean(second):.3f}")


if __name__ == "__main__":
    measure() if "--measure" in sys.argv else train()
