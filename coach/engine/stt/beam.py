"""Beam search: the likeliest transcript of several hypotheses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from coach.engine.stt.bias import Bias, Node

Step = Callable[[list[int], list[int]], Sequence[NDArray[np.float32]]]
"""Takes the last token of each hypothesis, and which one of the step before each goes on from;
returns a row of logits for each."""

_WIDTH = 3
_BEHIND = 3.0  # what is so much less likely than the best is given up
_ALIKE = 3  # tokens: of transcripts that end in the same ones the likelier is followed
_NEXT = 8  # tokens tried after each transcript, and with them those that the bias knows
_WORST = -7.0  # the least probable token (its logarithm) that the bias may raise


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    tokens: tuple[int, ...]
    log_probability: float  # with the bonus earned
    node: Node
    owed: float  # bonus that a phrase earns if it is completed
    source: int

    @property
    def score(self) -> float:
        return self.log_probability + self.owed


def beam_search(
    step: Step, bias: Bias, first: int, last: int, most: int, stop: Callable[[], bool]
) -> list[int]:
    """The tokens after ``first`` and before ``last``, at most ``most``; none when stopped."""
    beam = [_Hypothesis((first,), 0.0, bias.root, 0.0, 0)]
    ended: list[_Hypothesis] = []
    for _ in range(most):
        if stop():
            return []
        rows = step(
            [hypothesis.tokens[-1] for hypothesis in beam],
            [hypothesis.source for hypothesis in beam],
        )
        grown = [
            _grown(hypothesis, token, chance, place, bias)
            for place, (hypothesis, row) in enumerate(zip(beam, rows, strict=True))
            for token, chance in _likely(row, hypothesis.node, bias)
        ]
        grown.sort(key=attrgetter("score"), reverse=True)
        ended += [hypothesis for hypothesis in grown[: 2 * _WIDTH] if hypothesis.tokens[-1] == last]
        beam = _kept(grown, last)
        best = max(ended, key=attrgetter("score"), default=None)
        if best is not None and not (beam and beam[0].score > best.score):
            return list(best.tokens[1:-1])
    return list(max([*ended, *beam], key=attrgetter("score")).tokens[1:])


def _kept(grown: list[_Hypothesis], last: int) -> list[_Hypothesis]:
    """Those worth following, of hypotheses from the likeliest on."""
    chosen: dict[tuple[int, ...], _Hypothesis] = {}
    for hypothesis in grown:
        if hypothesis.score < grown[0].score - _BEHIND or len(chosen) == _WIDTH:
            break
        if hypothesis.tokens[-1] != last:
            chosen.setdefault(hypothesis.tokens[-_ALIKE:], hypothesis)
    return list(chosen.values())


def _grown(
    hypothesis: _Hypothesis, token: int, chance: float, place: int, bias: Bias
) -> _Hypothesis:
    node, earned, owed = bias.follow(hypothesis.node, hypothesis.owed, token)
    return _Hypothesis(
        (*hypothesis.tokens, token), hypothesis.log_probability + chance + earned, node, owed, place
    )


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
