"""A sentence without what only fills it, and with slips put right in words on which all hangs."""

import re
from typing import Final

from coach.meaning.slips import swapped

# «um» is German as well: «um acht Uhr».
_GERMAN_UM: Final = (
    r"(?:\d|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|halb|mich|zu)"
)
# Behind these «like» is no filler.
_BEFORE_LIKE: Final = (
    "i ", "we ", "you ", "they ", "he ", "she ", "it ", "'d ", "would ", "feel ", "feels ", "felt ",
    "look ", "looks ", "looked ", "taste ", "tastes ", "tasted ", "n't ", "dont ", "really ",
    "something ", "stuff ", "things ", "foods ", "meals ", "much ", "more ", "kids ", "also ",
)  # fmt: skip
_NOT_BEFORE_LIKE: Final = "".join(f"(?<!{word})" for word in _BEFORE_LIKE)
_FILLER: Final = re.compile(
    r"(?<![\w'-])(?:"
    rf"(?:um+(?! {_GERMAN_UM}\b)|uh+|er+m|hmm+),?"
    r"|(?<!do )(?<!did )(?<!to )(?<!would )"
    r"you know(?! (?:what|how|if|the|that|any|about|my|me|a)\b),?"
    rf"|{_NOT_BEFORE_LIKE}like(?! (?:to|it|that|this|my|your|them|these)\b),?"
    r")(?![\w'-])\s*",
    re.IGNORECASE,
)


# Words that tell what a sentence is for. Neighbouring letters that changed places are put back.
_TELLING: Final = frozenset(
    "breakfast lunch dinner supper snack today tonight tomorrow yesterday morning afternoon "  # noqa: SIM905
    "evening monday tuesday wednesday thursday friday saturday sunday should would could "
    "almost nearly didn't never instead ended skipped calories calorie protein carbs fibre "
    "fiber sugar sodium nutrition remind reminder forget delete remove change replace "
    "actually suggest recommend ideas recipe weigh weight kilos pounds allergic allergy "
    "intolerant pregnant diabetes diabetic coeliac celiac vegetarian vegan lactose dairy "
    "diary shellfish peanut sesame cholesterol pressure medicine tablets headache dizzy "
    "nausea bloated migraine asthma person human dietitian nutritionist sorry wait seven "
    "eight eleven twelve twenty thirty forty fifty hours minutes spanish german french korean "
    "english compare average vitamins potassium goodbye hello huevo huevos manzana leche "
    "diabète habe gegen".split()
)
# What a slip in one of them would make, and is a word itself.
_WORDS: Final = frozenset({"crabs"})
# As they sound.
_HEARD: Final = {"wot": "what", "wots": "what's", "wuts": "what's"}
# «No wait, …» as a recogniser writes it; «no weight gain» is what it says.
_WAIT: Final = re.compile(
    r"(?<![\w'-])(?P<no>(?:no|oh|sorry|actually),? )weight"
    r"(?=, (?!height)| (?:a|an|one|two|three|four|half|it was|make|that was|i meant?)\b)",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile(r"[^\W\d_]{3,}")


def _slips() -> dict[str, str]:
    """What a telling word becomes when two of its letters change places."""
    found: dict[str, str] = {}
    for word in _TELLING:
        for slip in swapped(word, 1):
            if slip not in _TELLING | _WORDS:
                found[slip] = word
    return found


_SLIPS: Final = _HEARD | _slips()


def plain_speech(text: str) -> str:
    """`text` without «um», «you know» and an idle «like», unless nothing else is left, and with
    slips put right."""
    plain = _WAIT.sub(r"\g<no>wait", _FILLER.sub("", text).strip() or text)
    return _LETTERS.sub(lambda found: _SLIPS.get(found[0].lower(), found[0]), plain)
