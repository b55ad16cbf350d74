"""Vectors of sentences that never change, kept on disk."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np

from coach.meaning.encoder import DIMENSIONS, MODEL, Vectors, encode


def fixed_vectors(sentences: Sequence[str], folder: Path) -> Vectors:
    """The vectors of `sentences`, as `encode` gives them; read from `folder` where they are.

    The file's name holds the model's version and a digest of the sentences: another version, or
    another sentence, is another file. A file that is not whole is made anew.
    """
    digest = hashlib.sha256("\0".join(sentences).encode()).hexdigest()[:16]
    path = folder / f"{MODEL}-{digest}.npy"
    shape = (len(sentences), DIMENSIONS)
    try:
        kept: Vectors = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        kept = np.empty((0, 0), dtype=np.float32)
    if kept.shape != shape:
        kept = encode(sentences)
        _write(path, kept)
    return kept


def _write(path: Path, vectors: Vectors) -> None:
    """Whole or not at all: two processes may write it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        np.save(file, vectors)
    os.replace(file.name, path)
