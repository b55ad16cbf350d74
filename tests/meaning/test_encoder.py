"""Sentences to vectors: shape, neighbours, numbers, threads, and what is kept on disk."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from coach.meaning.encoder import DIMENSIONS, encode
from coach.meaning.plain_text import MAX_CHARS, plain_text


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("I had  two\neggs", "I had two eggs"),
        ("1,200 kcal at 7:30", "10 kcal at 10"),
        ("", ""),
        ("x" * 5000, "x" * MAX_CHARS),
    ],
)
def test_what_only_disturbs_is_not_read(sentence, read):
    assert plain_text(sentence) == read


def test_vectors_are_rows_of_length_one():
    vectors = encode(["Good morning", "", "어디 가세요?"])
    assert vectors.shape == (3, DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-3)
    assert encode([]).shape == (0, DIMENSIONS)


def test_the_same_in_another_language_is_near():
    english, spanish, other = encode(
        ["I am very tired today", "Hoy estoy muy cansada", "The train leaves at nine"]
    )
    assert english @ spanish > english @ other + 0.2


def test_a_sentence_has_one_vector_whoever_asks_beside_whom():
    alone = encode(["I had an egg"])[0]
    with ThreadPoolExecutor(4) as threads:
        asked = threads.map(lambda n: encode([f"word {n}", "I had an egg"])[1], range(8))
    assert all(np.allclose(vector, alone, atol=1e-4) for vector in asked)


def test_no_thread_of_blas_spins_beside_a_process_of_ours():
    """BLAS makes its threads when numpy is imported; a later limit would come too late."""
    program = "import coach.meaning.encoder, os; print(len(os.listdir('/proc/self/task')))"
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.strip() == "1"
