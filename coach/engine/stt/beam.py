"""Beam search: the likeliest transcript of several that are followed at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from coach.engine.stt.bias import Bias, Node

Step = Callable[[list[int], list[int]], Sequence[NDArray[np.float32]]]
"""Takes the last token of each transcript, and which transcript of the step before each goes on
from; returns a row of logits for each."""

_WIDTH = 3
_BEHIND = 3.0  # what is so much less likely than the best is given up
_ALIKE = 3  # tokens: of transcripts that end in the same ones the likelier is followed
_NEXT = 8  # tokens tried after each transcript, and with them those that the bias knows
_WORST = -7.0  # the least probable token (its logarithm) that the bias may raise


@dataclass(frozen=True, slots=True)
class _Line:
    tokens: tuple[int, ...]
    heard: float  # logarithm of probability, with the bonus earned
    node: Node
    owed: float
    source: int

    @property
    def score(self) -> float:
        return self.heard + self.owed


def search(
    step: Step, bias: Bias, first: int, last: int, most: int, stop: Callable[[], bool]
) -> list[int]:
    """The tokens after ``first`` and before ``last``, at most ``most``; none when stopped."""
    lines = [_Line((first,), 0.0, bias.root, 0.0, 0)]
    ended: list[_Line] = []
    for _ in range(most):
        if stop():
            return []
        rows = step([line.tokens[-1] for line in lines], [line.source for line in lines])
        grown = [
            _grown(line, token, chance, place, bias)
            for place, (line, row) in enumerate(zip(lines, rows, strict=True))
            for token, chance in _likely(row, line.node, bias)
        ]
        grown.sort(key=attrgetter("score"), reverse=True)
        ended += [line for line in grown[: 2 * _WIDTH] if line.tokens[-1] == last]
        lines = _hopeful(grown, last)
        best = max(ended, key=attrgetter("score"), default=None)
        if best is not None and not (lines and lines[0].score > best.score):
            return list(best.tokens[1:-1])
    return list(max([*ended, *lines], key=attrgetter("score")).tokens[1:])


def _hopeful(grown: list[_Line], last: int) -> list[_Line]:
    """Those worth following, of transcripts from the likeliest on."""
    chosen: dict[tuple[int, ...], _Line] = {}
    for line in grown:
        if line.score < grown[0].score - _BEHIND or len(chosen) == _WIDTH:
            break
        if line.tokens[-1] != last:
            chosen.setdefault(line.tokens[-_ALIKE:], line)
    return list(chosen.values())


def _grown(line: _Line, token: int, chance: float, place: int, bias: Bias) -> _Line:
    node, earned, owed = bias.follow(line.node, line.owed, token)
    return _Line((*line.tokens, token), line.heard + chance + earned, node, owed, place)


def _likely(logits: NDArray[np.float32], node: Node, bias: Bias) -> list[tuple[int, float]]:
    """Tokens worth trying, with the logarithms of their probabilities."""
    row = logits - logits.max()
    row -= np.log(np.exp(row).sum())
    likely = np.flatnonzero(row > row.max() - _BEHIND)
    if likely.size > _NEXT:
        likely = likely[np.argpartition(row[likely], -_NEXT)[-_NEXT:]]
    tokens = set(likely.tolist())
    known = [*{*node.after, *bias.root.after} - tokens]
    chances = row[known].tolist()
    leant = [pair for pair in zip(known, chances, strict=True) if pair[1] > _WORST]
    return [*((token, float(row[token])) for token in tokens), *leant]
