"""Thresholds of a machine from sentences that it has not seen, and what it finds at them.

All families of codes share two thresholds, which the console can move. A family to which harmless
talk seldom comes near needs less to have a card: `eases` says how much less of the logit.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from handoff.screening.score.data import Labelled

Chances = NDArray[np.float64]

# A card needs no more than the one, near misses being half of our lookalikes, and no less than
# the other, where it would be the likelier that nothing is the matter.
MOST_CARD, LEAST_CARD = 0.6, 0.4
# Shares of harmless lines that may have a card of one family: everyday talk, and lookalikes.
CARD_EVERYDAY = {"SI": 0.009}
CARD_EVERYDAY_OF_OTHERS, CARD_LOOKALIKES = 0.003, 0.05
# A person is called from here on. In cross-validation it was the lowest at which at most 0.1 % of
# everyday turns and 0.6 % of lookalikes call one; `report` prints what it is by now.
PAGE = 0.944


def family(code: str) -> str:
    return code.split("-")[0]


def of_families(
    talk: tuple[Chances, NDArray[np.str_]], lookalikes: tuple[Chances, NDArray[np.str_]]
) -> dict[str, float]:
    """The lowest threshold of each family at which it is told as seldom as it has to be."""
    found = {}
    for name in sorted({family(code) for code in np.concatenate([talk[1], lookalikes[1]])}):
        everyday = CARD_EVERYDAY.get(name, CARD_EVERYDAY_OF_OTHERS)
        limits = (_lowest(name, *talk, everyday), _lowest(name, *lookalikes, CARD_LOOKALIKES))
        found[name] = min(MOST_CARD, max(LEAST_CARD, *limits))
    return found


def _lowest(name: str, chances: Chances, codes: NDArray[np.str_], share: float) -> float:
    own = np.sort(chances[[family(code) == name for code in codes]])[::-1]
    most = int(share * len(chances))
    return float(own[most]) + 1e-6 if len(own) > most else 0.0


def eases(codes: Sequence[str], card: float, cards: Mapping[str, float]) -> NDArray[np.float32]:
    """How much less of the logit each code needs for its own threshold than for `card`."""
    own = np.array([cards.get(family(code), card) for code in codes])
    eased: NDArray[np.float32] = (_logit(np.array(card)) - _logit(own)).astype(np.float32)
    return eased


def _logit(chances: Chances) -> Chances:
    logits: Chances = np.log(chances / (1 - chances))
    return logits


def report(
    rows: Sequence[Labelled],
    lines: tuple[Chances, NDArray[np.str_]],
    talk: tuple[Chances, NDArray[np.str_]],
    cards: Mapping[str, float],
) -> None:
    """Cross-validated figures: what no machine was trained on."""
    shown, of_talk = _carded(*lines, cards), _carded(*talk, cards)
    called = lines[0] >= PAGE
    groups = sorted({row.group if not row.danger else row.code for row in rows})
    for language in ("en", "es", "fr", "de", "ko"):
        for group in groups:
            here = [
                at
                for at, row in enumerate(rows)
                if row.language == language and group in (row.code, row.group)
            ]
            if here:
                print(
                    language,
                    group,
                    len(here),
                    f"{shown[here].mean():.3f} {called[here].mean():.3f}",
                )
    print("everyday talk", f"{of_talk.mean():.4f} {(talk[0] >= PAGE).mean():.4f}")
    danger = np.array([row.danger for row in rows])
    right = lines[1][danger] == np.array([row.code for row in rows])[danger]
    print(f"code right {right.mean():.3f}")


def _carded(
    chances: Chances, codes: NDArray[np.str_], cards: Mapping[str, float]
) -> NDArray[np.bool_]:
    card = max(cards.values())  # as `eases` has it: of a family that no harmless line came near
    shown: NDArray[np.bool_] = chances >= [cards.get(family(code), card) for code in codes]
    return shown
