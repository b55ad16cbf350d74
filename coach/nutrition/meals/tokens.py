"""A sentence cut into pieces: foods, amounts, joints, denials, corrections, times, unknowns."""

from datetime import date
from typing import Final, Literal

import msgspec

from coach.nutrition.foods.index import Entry, FoodIndex
from coach.nutrition.foods.words import key, tokens, words_of
from coach.nutrition.meals import lexicon
from coach.nutrition.meals.measures import APPROXIMATE, WEIGHT
from coach.nutrition.meals.quantities import Amount, Words, amount_at, number_at, unit_at
from coach.nutrition.meals.spelling import Spelling
from coach.nutrition.meals.time_phrases import When, when_at

Kind = Literal[
    "name", "amount", "colon", "and", "with", "on", "without", "instead", "comma", "stop", "but",
    "correct", "when", "denied", "intent", "eating", "describing", "unknown", "filler",
]  # fmt: skip

DENIALS: Final = words_of("didnt dont havent hadnt hasnt never couldnt wont cant isnt wasnt doesnt")
SKIPPED: Final = frozenset(["skipped", "missed", "skipping", "fasted", "fasting", "forgot"])
INTENTS: Final = (
    ("going", "to", "have"), ("going", "to", "eat"), ("gonna", "have"), ("gonna", "eat"),
    ("about", "to", "have"), ("about", "to", "eat"), ("thinking", "of"), ("thinking", "about"),
    ("planning",), ("plan", "to"), ("want", "to", "have"), ("want", "to", "eat"),
    ("wanted",), ("might", "have"), ("should", "i"), ("could", "i", "have"), ("can", "i", "have"),
    ("can", "i", "eat"), ("craving",), ("wish", "i"), ("feel", "like"), ("how", "many"),
    ("how", "much"), ("what", "should"), ("what", "can"), ("is", "it", "ok"), ("what", "is"),
    ("whats",), ("tell", "me", "about"), ("was", "going", "to"), ("would", "like", "to", "eat"),
    ("tomorrow",), ("almost", "had"), ("nearly", "had"), ("almost", "ate"), ("thought", "about"),
    ("allergic", "to"), ("i", "hate"), ("is", "bad"), ("are", "bad"), ("do", "you", "know"),
    ("were", "out", "of"), ("ran", "out", "of"), ("avoid",), ("avoiding",), ("avoided",),
)  # fmt: skip
PAUSES: Final = frozenset({"comma", "filler"})
COUNT_SLIPS: Final = {"to": 2.0, "too": 2.0, "tu": 2.0, "for": 4.0, "won": 1.0, "tree": 3.0}


class Piece(msgspec.Struct, frozen=True):
    """One piece of a sentence: words `start` to `end`, and what its kind carries."""

    kind: Kind
    start: int
    end: int
    text: str = ""
    entry: Entry | None = None
    amount: Amount | None = None
    when: When | None = None


class Scanner:
    """Cuts one sentence; `pieces()` is the whole of it."""

    def __init__(self, index: FoodIndex, spelling: Spelling, text: str, today: date | None) -> None:
        self.index = index
        self.today = today
        words = spelling.corrected(slips(tokens(text)))
        compounds = frozenset(
            i for i in range(len(words)) if (m := index.match(words, i)) and m[1] - i > 1
        )
        self.words = Words(words, compounds)
        self.found: list[Piece] = []

    def pieces(self) -> list[Piece]:
        """All pieces in order; words that mean nothing here are `filler`."""
        i = 0
        steps = (
            self._pause, self._correction, self._long_name, self._denial, self._intent,
            self._when, self._instead, self._slip, self._amount, self._name, self._word,
        )  # fmt: skip
        while i < len(self.words):
            for step in steps:
                piece = step(i)
                if piece is not None:
                    self.found.append(piece)
                    i = piece.end
                    break
        return self.found

    def _piece(self, kind: Kind, start: int, end: int, **rest: object) -> Piece:
        text = " ".join(self.words[start:end])
        return Piece(kind, start, end, text, **rest)  # type: ignore[arg-type]

    def _previous(self) -> Piece | None:
        """The last piece that is not filler."""
        return next((p for p in reversed(self.found) if p.kind != "filler"), None)

    def _word_at(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    # --- steps: each returns the piece that begins at `i`, or None --------------------------------
    def _pause(self, i: int) -> Piece | None:
        word = self.words[i]
        if word == ",":
            return self._piece("comma", i, i + 1)
        if word == ":":
            return self._piece("colon", i, i + 1)
        if word in {".", ";", "!", "?", "\n"}:
            return self._piece("stop", i, i + 1)
        return None

    def _correction(self, i: int) -> Piece | None:
        for phrase in lexicon.CORRECTION:
            end = i + len(phrase)
            if tuple(self.words[i:end]) != phrase:
                continue
            previous = self._previous()
            last = next(
                (p for p in reversed(self.found) if p.kind not in {"filler", "comma"}), None
            )
            if last is None or last.kind in {"and", "with", "but", "on", "without", "eating"}:
                return None
            while self._word_at(end) in {",", "wait", "no", "sorry", "actually", "it", "was"}:
                if self._word_at(end) == "no" and self.index.match(self.words, end + 1):
                    break
                end += 1
            if phrase in {("no",), ("rather",)} and not self._replaces(i, end, previous):
                return None
            if phrase == ("make", "it") and number_at(self.words, end) is None:
                return None
            return self._piece("correct", i, end)
        return None

    def _replaces(self, i: int, end: int, previous: Piece | None) -> bool:
        """Whether a lone "no" takes something back: `two, no, three`, `two no three eggs`."""
        pause_after = self._word_at(end - 1) == "," and end - 1 > i
        pause_before = previous is not None and previous.kind == "comma"
        follows = number_at(self.words, end)
        return pause_after or (follows is not None and (pause_before or not self._size_next(end)))

    def _size_next(self, i: int) -> bool:
        return self._word_at(i) in {"a", "an"}

    def _long_name(self, i: int) -> Piece | None:
        return self._name(i) if i in self.words.compounds else None

    def _denial(self, i: int) -> Piece | None:
        word, following = self.words[i], self._word_at(i + 1)
        if word in SKIPPED and not (word == "forgot" and following in {"to", "i"}):
            return self._piece("denied", i, i + 1)
        leaves = word == "left" and self._word_at(i - 1) in {"i", "but", "we", ","}
        if leaves and following in {"the", "my", "out", "most", "some", "all"}:
            return self._piece("denied", i, i + 1)  # I left the crust
        if word == "nothing":
            return self._piece("denied", i, i + 1)
        if word == "no" and (when := when_at(self.words, i + 1, self.today)) and when[0].slot:
            return self._piece("denied", i, i + 1)
        if word == "without" and when_at(self.words, i + 1, self.today):
            return self._piece("denied", i, i + 1)
        denies = word in DENIALS or (word in {"did", "have", "had", "do"} and following == "not")
        if not denies:
            return None
        end = i + (1 if word in DENIALS else 2)
        for j in range(end, min(end + 4, len(self.words))):
            if self.words[j] in lexicon.EATING or self.words[j] in {"touch", "bother", "want"}:
                end = j + 1
        if self._word_at(end - 1) in {"forget", "worry"} or self._word_at(end) == "forget":
            return None
        return self._piece("denied", i, end)

    def _intent(self, i: int) -> Piece | None:
        for phrase in INTENTS:
            if tuple(self.words[i : i + len(phrase)]) == phrase:
                return self._piece("intent", i, i + len(phrase))
        return None

    def _when(self, i: int) -> Piece | None:
        found = when_at(self.words, i, self.today)
        return self._piece("when", i, found[1], when=found[0]) if found else None

    def _instead(self, i: int) -> Piece | None:
        for phrase in (("instead", "of"), ("rather", "than"), ("apart", "from"), ("except", "for")):
            if tuple(self.words[i : i + 2]) == phrase:
                return self._piece("instead", i, i + 2)
        return None

    def _slip(self, i: int) -> Piece | None:
        """What a recogniser makes of a number: "I had to eggs", "tree apples"."""
        count = COUNT_SLIPS.get(self.words[i])
        previous = self._previous()
        if count is None or (previous and previous.kind not in {"eating", "and", "comma", "stop"}):
            return None
        if previous and self.found and self.found[-1].kind == "filler":
            return None
        if previous is None and self.words[i] in {"for", "won"}:
            return None
        unit = unit_at(self.words, i + 1)
        name = self.index.match(self.words, unit[1] if unit else i + 1)
        start = unit[1] if unit else i + 1
        if name is None and self._word_at(start) in {"large", "small", "medium", "boiled", "fried"}:
            name = self.index.match(self.words, start + 1)
        if name is None or not self.words[(name[1] if not unit else unit[1]) - 1].endswith("s"):
            return None
        if unit:
            return self._piece(
                "amount", i, unit[1], amount=Amount(count, unit[0], unit_said=self.words[i + 1])
            )
        return self._piece("amount", i, i + 1, amount=Amount(count))

    def _amount(self, i: int) -> Piece | None:
        if self._word_at(i - 1) == "in" and self.words[i] in {"half", "halves", "quarters"}:
            return self._piece("filler", i, i + 1)  # cut in half, and not the less for it
        found = amount_at(self.words, i)
        if found is None:
            return None
        amount, end = found
        if self._word_at(i - 1) == "between" and amount.count:
            return self._piece("filler", i, end, amount=amount)  # shared between three
        if amount.unit and not amount.inner and self.words[end - 1] != "of":
            # "two wraps", "a roll": the unit is itself the food unless a food follows.
            at = next((j for j in range(end - 1, i, -1) if self.words[j] == amount.unit_said), None)
            last = next((p for p in reversed(self.found) if p.kind not in PAUSES), None)
            if last is not None and last.entry is not None and amount.unit in last.entry.own:
                return self._piece("amount", i, end, amount=amount)  # gimbap, one roll
            if at is not None and self.index.match(self.words, at) and not self._food_near(end):
                return self._piece(
                    "amount", i, at, amount=msgspec.structs.replace(amount, unit="", unit_said="")
                )
            if at is None and not self._food_near(end) and self.index.match(self.words, i):
                return None
        return self._piece("amount", i, end, amount=amount)

    def _food_near(self, i: int) -> bool:
        """Whether a food begins at `i`, perhaps after a describing word or two."""
        for j in range(i, min(i + 3, len(self.words))):
            if self.index.match(self.words, j):
                return True
            if self.words[j] not in lexicon.DESCRIBING:
                return False
        return False

    def _name(self, i: int) -> Piece | None:
        found = self.index.match(self.words, i)
        if found is None:
            return None
        entry, end = found
        if self._word_at(end) == "free" and end == i + 1:
            return self._piece("describing", i, end + 1)  # sugar free
        share = self.found[-1].amount if self.found and self.found[-1].kind == "amount" else None
        if share and "on" in self.words[i:end] and (share.unit or (share.count or 1) % 1):
            # "half an avocado on toast": the half is of the avocado.
            joint = self.words.index("on", i)
            entry, end = self.index.match(self.words[:joint], i) or found
        if share and share.unit in WEIGHT and "and" in self.words[i:end]:
            # "200 g of chicken and rice": the weight is of the first.
            joint = self.words.index("and", i)
            entry, end = self.index.match(self.words[:joint], i) or (entry, end)
        if self._word_at(end) in lexicon.NOT_FOOD_AFTER:
            return self._piece("filler", i, end + 1)
        if self._is_place(i):
            return self._piece("filler", i, end)
        return self._piece("name", i, end, entry=entry)

    def _is_place(self, i: int) -> bool:
        """Whether what begins at `i` is where it came from: "from subway", "at the movies"."""
        before, earlier = self._word_at(i - 1), self._word_at(i - 2)
        if before in {"from", "at"} and earlier != "made":
            return True
        return before in {"the", "my", "our", "a", "this"} and earlier in {"from", "at"}

    def _stray(self, i: int) -> bool:
        """Whether the word at `i` is known neither as food nor as anything else."""
        word = self.words[i]
        known = lexicon.FILLER | lexicon.AND | lexicon.WITH | lexicon.ON | lexicon.EATING
        return (
            word[0].isalpha()
            and word not in known
            and word not in lexicon.DESCRIBING
            and self.index.match(self.words, i) is None
            and amount_at(self.words, i) is None
        )

    def _word(self, i: int) -> Piece:
        word = self.words[i]
        following = self._word_at(i + 1)
        kind: Kind = "unknown"
        if word in {"but", "however", "though", "although"}:
            kind = "but"
        elif word in {"just", "only"} and following not in {"a", "one"}:
            kind = "but" if any(p.kind == "denied" for p in self.found) else "filler"
        elif word in lexicon.WITHOUT:
            kind = "without"
        elif word in lexicon.AND:
            kind = "and"
        elif word in lexicon.WITH:
            kind = "with"
        elif word in lexicon.ON:
            kind = "on"
        elif word in lexicon.EATING:
            kind = "eating"
        elif word in lexicon.DESCRIBING:
            kind = "describing"
        elif (
            word in lexicon.NOT_FOOD_AFTER
            or word in lexicon.FILLER
            or key(word) in lexicon.FILLER
            or word in APPROXIMATE
            or word[0].isdigit()
            or len(word) == 1
        ):
            kind = "filler"
        elif self._is_place(i):
            end = i + 1
            while self._word_at(end) and self._stray(end):
                end += 1
            return self._piece("filler", i, end)
        return self._piece(kind, i, i + 1)


def slips(words: list[str]) -> list[str]:
    """Mishearings and misspellings that can mean only one thing here, put right."""
    fixed: list[str] = []
    i = 0
    while i < len(words):
        for wrong, right in lexicon.PHRASE_SLIPS:
            if tuple(words[i : i + len(wrong)]) == wrong:
                fixed.extend(right)
                i += len(wrong)
                break
        else:
            fixed.append(lexicon.HOMOPHONES.get(words[i], words[i]))
            i += 1
    return fixed
