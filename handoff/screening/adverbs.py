"""Words that soften or stress and may stand inside any phrase: no rule has to allow for them.

"I really want to just, like, die" is read as "I want to die", so every phrase of every rule has a
place for an adverb between any two of its words.
"""

from handoff.screening.tokens import Word


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


EVERYWHERE = _words(
    "really literally honestly actually totally basically truly definitely genuinely "
    "absolutely frankly simply obviously legit lowkey highkey tbh ngl fr"
)
PAIRS = frozenset([("kind", "of"), ("sort", "of"), ("you", "know"), ("i", "mean"), ("i", "guess")])
# "just" is "only" before these, and time before "now".
AFTER_ONLY = _words("eat eating ate had have having allow let an a one the now water")
# Behind these "like" compares or is a verb.
LIKE_AFTER = _words(
    "feel feels felt feeling would look looks looked looking seem seems seemed sound sounds "
    "sounded i you we they smell smells smelt smelling something anything nothing more much "
    "did do does not what taste tastes act acts people is was it her him them face mouth head "
    "pain"
)
# In front of these "like" compares, and "really" is a measure.
COMPARED = _words("this that a an the my me him her it you them your his our every hell crazy shit")
MEASURED = _words("high low bad deep tight fast sick hard")
VERBS = _words("want wanted need cannot am have wish hate think keep took feel")


def without_adverbs(words: list[Word]) -> list[Word]:
    """The words without those that only soften or stress; linear in their number."""
    out: list[Word] = []
    at = 0
    while at < len(words):
        text = words[at].text
        following = words[at + 1].text if at + 1 < len(words) else ""
        if (text, following) in PAIRS and not (
            out and out[-1].text in ("do", "what", "some", "of")
        ):
            at += 2
        elif (text in EVERYWHERE and following not in MEASURED) or _softens(
            text, out[-1].text if out else "", following
        ):
            at += 1
        else:
            out.append(words[at])
            at += 1
    return out


def _softens(text: str, before: str, following: str) -> bool:
    if text == "just":
        return bool(before) and following not in AFTER_ONLY and not following[:1].isdigit()
    if text == "like":
        if following in VERBS:
            return True
        return bool(before) and before not in LIKE_AFTER and following not in COMPARED
    return False
