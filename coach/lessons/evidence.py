"""Did the learner really say it? Pure matching of a turn against authored phrases.

A phrase matches as whole words, after contractions and spelling of the recogniser are evened
out. `*` at a word's end stands for any ending; `#` for any number.
"""

import re
import unicodedata
from functools import cache

from coach.lessons.scenario import Objective, Scenario

_EVEN = (
    (r"[’‘`]", "'"),
    (r"\bi'd\b", "i would"),
    (r"\bi'll\b", "i will"),
    (r"\bi'm\b", "i am"),
    (r"\b(that|it|what|how|there|here|where)'s\b", r"\1 is"),
    (r"\b(we|they|you)'re\b", r"\1 are"),
    (r"\b(we|they|you)'d\b", r"\1 would"),
    (r"\b(we|they|you)'ll\b", r"\1 will"),
    (r"\bdon't\b", "do not"),
    (r"\bdoesn't\b", "does not"),
    (r"\bcan't\b", "cannot"),
    (r"\bwanna\b", "want to"),
    (r"\bgonna\b", "going to"),
    (r"[^\w' #*£$€]+", " "),
)
_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"(?:twenty|thirty|forty|fifty)(?:[ -]\w+)?)"
)


def even(text: str) -> str:
    """`text` in small letters, without accents, contractions written out, single spaces."""
    # Taken apart twice: what a sign stands for may be a capital, and a small letter may be two.
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    for pattern, plain in _EVEN:
        text = re.sub(pattern, plain, text)
    return " ".join(text.split())


@cache
def _compiled(phrase: str) -> re.Pattern[str]:
    words = re.escape(even(phrase)).replace(r"\*", r"\w*").replace(r"\ ", " ")
    words = words.replace(r"\#", "#").replace("#", _NUMBER)
    return re.compile(rf"(?<!\w){words}(?!\w)")


def says(evened: str, phrase: str) -> bool:
    return _compiled(phrase).search(evened) is not None


def groups_met(said: str, objective: Objective) -> int:
    """How many of the objective's groups `said` fulfils."""
    evened = even(said)
    return sum(any(says(evened, phrase) for phrase in group) for group in objective.needs)


def is_met(said: str, objective: Objective) -> bool:
    return groups_met(said, objective) == len(objective.needs)


def newly_met(said: str, scenario: Scenario, already: set[str]) -> list[Objective]:
    return [o for o in scenario.objectives if o.id not in already and is_met(said, o)]


def quotes(said: str, evidence: str) -> bool:
    """Whether `evidence`, as a model reports it, stands in what was said."""
    evened = even(evidence)
    return len(evened) >= 2 and evened in even(said)


def chosen(said: str, scenario: Scenario) -> dict[str, str]:
    """What the learner chose for each slot, by the longest word of it that was said."""
    evened = even(said)
    found = {}
    for slot, words in scenario.slots.items():
        spoken = [word for word in words if says(evened, word)]
        if spoken:
            found[slot] = max(spoken, key=len)
    return found


def phrase_used(said: str, phrase: str) -> bool:
    """Whether a target phrase was used; its gaps (“…”) may hold anything short."""
    parts = [part.strip() for part in even(phrase.replace("…", "*gap*")).split("*gap*")]
    pattern = r"\s*(?:\S+\s+){0,5}?".join(re.escape(part) for part in parts if part)
    pattern = pattern.replace(r"\ ", r"\s+")
    return re.search(rf"(?<!\w){pattern}(?!\w)", even(said)) is not None
