"""Train the machine: `OPENBLAS_NUM_THREADS=1 python -m handoff.screening.score.train`.

It takes some minutes on one core, 8 GB, and two packages that the product does not have:
`pip install scikit-learn==1.9.1 chitchat-dataset==0.9.0`. All choices are made by cross-validation
on `data/train.tsv`; sentences that say the same in several languages are always in one part.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

from coach.meaning.encoder import MODEL, Vectors, encode
from handoff.screening import screen
from handoff.screening.score.calibrate import PAGE, Chances, eases, of_families, report
from handoff.screening.score.data import Labelled, read
from handoff.screening.score.disturb import with_filler, with_letters_swapped
from handoff.screening.score.flags import SEVERITY
from handoff.screening.score.lesson_lines import lesson_lines
from handoff.screening.score.letters import BUCKETS, Pieces, as_heard, dot, pieces
from handoff.screening.score.machine import FILE, HARMLESS, Machine, packed, unpacked
from handoff.screening.score.mending import known_words
from handoff.screening.score.units import windows_of

RULES = Path(__file__).parents[3] / "tests" / "handoff" / "screening"
REQUESTS = Path(__file__).parents[3] / "coach" / "engine" / "llm" / "intents" / "data"
MAY_BE_DANGER = frozenset(["distress", "complaint"])  # kinds of requests
ASKS = "person"  # … and that of asking for one
PARTS = 3
GAMMA = 1.0
STRENGTH = 3.0  # the inverse of the penalty, of both halves and of the codes
LETTERS_STRENGTH = 10.0
CODES_STRENGTH = 20.0
BATCH = 256  # sentences encoded together
ASK_STRENGTH, ASK_LETTERS_STRENGTH = 1.0, 10.0
ASK_MORE = {True: 5.0, False: 1.0}  # who asks is rare
ASK_VECTOR = 0.5  # of the vector's logit, beside that of letters and words
ALSO_DISTURBED = 6  # each sixth sentence is trained on disturbed as well
MOST_WEIGHT = 3.0  # of a harmless line in a language with few of them
EVERYDAY = 15000  # turns of everyday talk
UNSEEN = 3000  # of these, which train nothing and find the thresholds
NEAREST = 4500  # of these others, requests and lessons, which look likeliest: for the vectors
# Shares of harmless lines that may seem to ask for a person.
ASK_EVERYDAY, ASK_OTHERS = 0.0007, 0.004
# What a window has less. Of 144 long lines of danger that a machine had not seen, windows find 13
# more with 1, 9 with 1.5, 8 with 2; and of 46 harmless ones a card more with 1, none with 1.5.
BURIED = 1.5


def everyday_talk() -> list[str]:
    """Turns of strangers who chat, from a public set (MIT)."""
    source = files("chitchat_dataset").joinpath("dataset.json").read_text(encoding="utf-8")
    talks = json.loads(source)
    turns = [
        " ".join(message["text"] for message in turn).strip()
        for key in sorted(talks)
        for turn in talks[key]["messages"]
    ]
    unique = list(
        {turn.casefold(): turn for turn in turns if 3 <= len(turn.split()) <= 60}.values()
    )
    Random(3).shuffle(unique)
    return unique[:EVERYDAY]


def of_the_rules() -> list[Labelled]:
    """The sentences that the rules are tested with: they know the textbook phrases."""
    sentences = []
    for name, fields in (("positives", 3), ("second_set", 2), ("negatives", 1)):
        for line in (RULES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                sentences.append(line.split("|", fields - 1))
    known = [(each[-1], _code_of(each)) for each in sentences]
    return [
        Labelled(text, "en", code, "plain", "rules", "rules" if code == "-" else "danger")
        for text, code in known
        if code == "-" or code in SEVERITY
    ]


def of_the_coach() -> tuple[list[Labelled], list[str]]:
    """What the embedded coach was taught with: what members say all day.

    As rows every second request and all that ask for a person; as everyday talk the others.
    """
    found, asking = [], []
    for file in sorted(REQUESTS.glob("*.txt")):
        language, kind = file.stem[:2], ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                kind = line.strip("[]").split()[0]
            elif line.strip() and not line.startswith("#") and kind not in MAY_BE_DANGER:
                said = line.strip()
                if kind == ASKS:
                    asking.append(Labelled(said, language, "ASK", "plain", kind, "ask"))
                else:
                    found.append(Labelled(said, language, "-", "plain", kind, "everyday"))
    harmless = [row for row in found if not _code_of([row.text]).startswith(tuple(SEVERITY))]
    return [*harmless[::2], *asking], [row.text for row in harmless[1::2]]


def _code_of(fields: Sequence[str]) -> str:
    if len(fields) == 3:
        return fields[0]
    found = screen(fields[-1])
    return found[0].code if found else "-"


def part_of(row: Labelled) -> int:
    """Sentences of one code and kind in several languages are translations: one part."""
    told = f"en {row.text}" if row.language == "en" else f"{row.code} {row.kind}"
    return int(hashlib.md5(told.encode(), usedforsecurity=False).hexdigest(), 16) % PARTS


def weights_of(rows: Sequence[Labelled]) -> NDArray[np.float64]:
    """A harmless line counts as much more as it is rarer in its language than in English."""
    share = {}
    for language in {row.language for row in rows}:
        dangers = [row.danger for row in rows if row.language == language]
        share[language] = (len(dangers) - sum(dangers)) / sum(dangers)
    more = {
        language: min(MOST_WEIGHT, max(1.0, share["en"] / own)) for language, own in share.items()
    }
    return np.array([1.0 if row.danger else more[row.language] for row in rows])


def views(rows: Sequence[Labelled], chance: Random) -> list[list[str]]:
    """The rows as they are, and disturbed."""
    disturbed = [
        with_letters_swapped(with_filler(r.text, r.language, chance), r.language, chance)
        for r in rows
    ]
    return [[r.text for r in rows], disturbed]


class Set:
    """Sentences with all that is computed of them once."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.pieces: list[Pieces] = [pieces(text) for text in texts]

    @cached_property
    def vectors(self) -> Vectors:
        return self.vectors_of(range(len(self.texts)))

    def vectors_of(self, at: Iterable[int]) -> Vectors:
        heard = [as_heard(self.texts[row]) for row in at]
        batches = [encode(heard[at : at + BATCH]) for at in range(0, len(heard), BATCH)]
        return np.concatenate(batches)

    def matrix(self) -> sparse.csr_matrix:
        lengths = [len(each.buckets) for each in self.pieces]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        columns = np.concatenate([each.buckets for each in self.pieces])
        values = np.concatenate([each.weights for each in self.pieces])
        return sparse.csr_matrix((values, columns, ends), shape=(len(lengths), BUCKETS))


def near(vectors: Vectors) -> NDArray[np.float64]:
    """The radial kernel of all pairs: at once it is five times as fast as one by one."""
    kernel = np.empty((len(vectors), len(vectors)))
    for at in range(0, len(vectors), BATCH):
        close = vectors[at : at + BATCH] @ vectors.T
        kernel[at : at + BATCH] = np.exp(-2 * GAMMA * (1 - close))
    return kernel


def fit(
    sets: Sequence[Set],
    at: NDArray[np.int64],
    labels: NDArray[np.str_],
    weights: NDArray[np.float64],
    talk: Set,
) -> Machine:
    """A machine of rows `at` of the labelled sets, and of everyday talk."""
    danger = ~np.isin(labels, HARMLESS)
    plain, disturbed = sets
    chatter = talk.matrix()
    counted = [each.matrix() for each in sets]
    letters = sparse.vstack([*(each[at] for each in counted), chatter])
    spelt = LogisticRegression(C=LETTERS_STRENGTH, max_iter=60)
    spelt.fit(
        letters,
        np.concatenate([danger[at]] * len(sets) + [np.zeros(len(talk.texts), bool)]),
        sample_weight=np.concatenate([weights[at]] * len(sets) + [np.ones(len(talk.texts))]),
    )
    nearest = likeliest(plain.vectors[at], danger[at], talk, spelt.decision_function(chatter))
    few = at[::ALSO_DISTURBED]
    vectors = np.concatenate([plain.vectors[at], disturbed.vectors_of(few), talk.vectors[nearest]])
    target = np.concatenate([danger[at], danger[few], np.zeros(NEAREST, bool)])
    weight = np.concatenate([weights[at], weights[few], np.ones(NEAREST)])
    meant = SVC(C=STRENGTH, kernel="precomputed", cache_size=1000)
    meant.fit(near(vectors), target, sample_weight=weight)
    asks = np.concatenate([labels[at], labels[few], ["-"] * NEAREST]) == "ASK"
    of_asking = asking(
        vectors, sparse.vstack([counted[0][at], counted[1][few], chatter[nearest]]), asks
    )
    told = at[danger[at]]
    codes = LogisticRegression(C=CODES_STRENGTH, max_iter=200)
    codes.fit(plain.vectors[told], labels[told])
    return Machine(
        supports=unpacked(packed(vectors[meant.support_])),
        weights=meant.dual_coef_[0].astype(np.float32),
        bias=float(meant.intercept_[0]),
        gamma=GAMMA,
        letters=spelt.coef_[0].astype(np.float16).astype(np.float32),
        codes=tuple(codes.classes_),
        code_weights=codes.coef_.T.astype(np.float16).astype(np.float32),
        code_bias=codes.intercept_.astype(np.float32),
        ease=np.zeros(len(codes.classes_), np.float32),
        ask_weights=of_asking[0],
        ask_letters=of_asking[1],
        ask_bias=of_asking[2],
        words=frozenset(known_words(plain.texts[row] for row in at)),
    )


def likeliest(
    vectors: Vectors, danger: NDArray[np.bool_], talk: Set, spelt: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Which turns of harmless talk look most like danger, to the letters and to a line."""
    line = LogisticRegression(C=STRENGTH, max_iter=100).fit(vectors, danger)
    order: NDArray[np.int64] = np.argsort(-(spelt + line.decision_function(talk.vectors)))
    return order[:NEAREST]


def asking(
    vectors: Vectors, spelt: sparse.csr_matrix, asks: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.float32], float]:
    """What tells that a person is asked for: weights of vector and letters, and a constant."""
    by_vector = LogisticRegression(C=ASK_STRENGTH, max_iter=200, class_weight=ASK_MORE)
    by_vector.fit(vectors, asks)
    by_letters = LogisticRegression(C=ASK_LETTERS_STRENGTH, max_iter=60, class_weight=ASK_MORE)
    by_letters.fit(spelt, asks)
    return (
        (ASK_VECTOR * by_vector.coef_[0]).astype(np.float32),
        by_letters.coef_[0].astype(np.float16).astype(np.float32),
        float(ASK_VECTOR * by_vector.intercept_[0] + by_letters.intercept_[0]),
    )


def halves(made: Machine, given: Set, at: NDArray[np.int64]) -> NDArray[np.float32]:
    """What both halves of a machine say of rows, as two columns."""
    spelt = dot([given.pieces[row] for row in at], made.letters)
    return np.stack([made.margin(given.vectors[at]), spelt], axis=1)


class Unseen:
    """Sentences that a machine has not seen: the logit of each, and the most of its windows."""

    def __init__(self, made: Machine, given: Set, at: NDArray[np.int64]) -> None:
        self.halves = halves(made, given, at)
        self.codes = np.array(made.likeliest(given.vectors[at]))
        windows = [
            (place, each) for place, row in enumerate(at) for each in windows_of(given.texts[row])
        ]
        self._owners = [place for place, _ in windows]
        parts = Set([each for _, each in windows])
        self._parts = halves(made, parts, np.arange(len(windows)))
        self.asking = made.asking(given.vectors[at], [given.pieces[row] for row in at])
        np.maximum.at(self.asking, self._owners, made.asking(parts.vectors, parts.pieces))

    def told(self, mix: NDArray[np.float64]) -> Chances:
        """The probability of danger, where a window counts for so much less."""
        logits = self.halves @ mix[:2] + mix[2]
        np.maximum.at(logits, self._owners, self._parts @ mix[:2] + mix[2] - BURIED)
        chances: Chances = 1 / (1 + np.exp(-logits))
        return chances


def train() -> None:
    """Mix and thresholds come from a third that a first machine has not seen; a second sees all."""
    requests, other_requests = of_the_coach()
    rows = [*read("train"), *of_the_rules(), *requests]
    labels, weights = np.array([row.code for row in rows]), weights_of(rows)
    danger = np.array([row.danger for row in rows])
    parts = np.array([part_of(row) for row in rows])
    sets, chatter = [Set(view) for view in views(rows, Random(11))], everyday_talk()
    others = [*other_requests, *lesson_lines()]
    talk, unseen_talk = Set([*chatter[UNSEEN:], *others]), Set(chatter[:UNSEEN])
    made = fit(sets, np.flatnonzero(parts != 0), labels, weights, talk)
    here = np.flatnonzero(parts == 0)
    unseen, of_talk = Unseen(made, sets[0], here), Unseen(made, unseen_talk, np.arange(UNSEEN))
    mixer = LogisticRegression(C=1.0).fit(
        np.concatenate([unseen.halves, of_talk.halves]),
        np.concatenate([danger[here], np.zeros(UNSEEN, bool)]),
        sample_weight=np.concatenate([weights[here], np.ones(UNSEEN)]),
    )
    mix = np.array([*mixer.coef_[0], mixer.intercept_[0]])
    there = [rows[at] for at in here]
    nearly = np.array([row.group == "lookalikes" for row in there])
    told, of_talk_told = unseen.told(mix), of_talk.told(mix)
    cards = of_families((of_talk_told, of_talk.codes), (told[nearly], unseen.codes[nearly]))
    card = max(cards.values())
    print({name: round(one, 2) for name, one in cards.items()})
    ask = max(
        np.quantile(of_talk.asking, 1 - ASK_EVERYDAY),
        np.quantile(unseen.asking[~danger[here] & (labels[here] != "ASK")], 1 - ASK_OTHERS),
    )
    asked = unseen.asking[labels[here] == "ASK"]
    print(f"asks from {ask:.3f}: {(asked >= ask).mean():.3f} of those who ask")
    report(there, (told, unseen.codes), (of_talk_told, of_talk.codes), cards)
    final = fit(sets, np.arange(len(rows)), labels, weights, talk)
    save(
        replace(
            final,
            mix=(float(mix[0]), float(mix[1]), float(mix[2])),
            ease=eases(final.codes, card, cards),
            buried=BURIED,
            card=card,
            page=PAGE,
            ask=float(ask),
        )
    )


def save(made: Machine) -> None:
    np.savez_compressed(
        FILE,
        encoder=MODEL,
        supports=packed(made.supports),
        weights=made.weights,
        bias=made.bias,
        gamma=made.gamma,
        codes=np.array(made.codes),
        code_weights=made.code_weights.astype(np.float16),
        code_bias=made.code_bias,
        ease=made.ease,
        letters=made.letters.astype(np.float16),
        ask_weights=made.ask_weights,
        ask_letters=made.ask_letters.astype(np.float16),
        ask_bias=made.ask_bias,
        words=" ".join(sorted(made.words)),
        mix=np.array(made.mix),
        buried=made.buried,
        card=made.card,
        page=made.page,
        ask=made.ask,
    )
    print(f"{FILE.name}: {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    train()
