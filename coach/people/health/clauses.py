# ruff: noqa: E501  a pattern is read best in one piece
"""A text as clauses of plain words, each with what its grammar says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.meaning.people import KIN

# Written alike before anything is read.
SPELLINGS = (
    (r"[’‘`]", "'"),
    (r"\b(?:i'm|im|i'am|iam)\b", "i am"),
    (r"\b(?:i've|ive)\b", "i have"),
    (r"\b(?:i'd)\b", "i would"),
    (r"\b(?:i'll)\b", "i will"),
    (r"\bcan(?:'t|t|not)\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"\b(do|does|did|is|are|was|were|have|has|had|would|could|should)n'?t\b", r"\1 not"),
    (r"\bwe're\b", "we are"),
    (r"\bit's\b", "it is"),
    (r"\b(the|my) (\w+)'s (?=(?:gone|sorted|cured|cleared|over)\b)", r"\1 \2 is "),
    (r"\bgotta\b", "have to"),
    # «the clinic rang, prediabetes», «had my results, it's …»: who has told it, and not what.
    (
        r"^(?:so )?(?:(?:the |my )?(?:doctors?|gp|surgery|clinic|hospital|consultant|specialist|nurse|midwife|(?:test |blood )?results?)"
        r"(?: \w+){0,3}|(?:i )?(?:have )?(?:just )?(?:had|got) (?:my|the) (?:\w+ )?results?(?: back)?)[,:] (?:and )?(?:so )?",
        "",
    ),
    (r"\b(?:so )?it is official,? ", ""),
    # «down two pounds, I'm 172 now» is one thing.
    (
        r"^((?:i |i have )?(?:down|up|lost|gained|dropped|put on|shed)\b[^,.;]{0,30}), i am (?=(?:now |down to |at )?[\w.]+)",
        r"\1, now ",
    ),
    (r"\bcoeliacs?\b", "coeliac"),
    # What a household eats, the speaker eats.
    (
        r"\bwe (?:all )?(?:keep|eat|cook|follow|are)(?= (?:\w+ )?(?:halal|kosher|vegan|vegetarian)\b)",
        "i am",
    ),
    (
        r"\bi am an? (halal|kosher|vegan|vegetarian) (?:household|home|house|family)\b",
        r"i am \1",
    ),
    (
        r"\b(?:at (?:home|ours|our place),? )?everything is (?=(?:halal|kosher|vegan|vegetarian)\b)",
        "i am ",
    ),
    (
        r"\bmy (cholesterol|blood pressure) (?:is|was|has been) (?:\w+ ){0,2}?(?:too )?(?:high|up|raised|elevated)\b",
        r"i have high \1",
    ),
)
# Words that change nothing here.
FILLERS = re.compile(
    r",?\s*\b(?:um+|uh+|er+m?|well|actually|basically|honestly|you know|i mean|by the way|btw"
    r"|just so you know|just to let you know|for your information|fyi|please note|note that"
    r"|(?:did|have) i (?:tell|told|mention|mentioned|say|said)(?: to)?(?: you)?(?: that)?"
    r"|(?:you should|you need to|i want you to|i should|i need to) (?:know|tell you|mention)(?: that)?"
    r"|remember that|(?:don't|do not) forget(?: that)?|unfortunately|also|btw)\b,?"
)
SENTENCE = re.compile(r"[^.!?;\n]+(?:\.(?=\d)[^.!?;\n]+)*[.!?;]*")
CLAUSE = re.compile(
    r",?\s+(?:but|although|though|however|because|which|while|whereas)\s+|,\s+so\s+"
    r"|,?\s+and\s+(?=(?:i|my|he|she|they|we|you|it)\b(?! (?:do not|never) (?:get|mix|agree)\b))|,\s+(?=(?:i|my|he|she|they)\b)"
)
ASKS = re.compile(
    r"^(?:and |so |but |or |ok |okay |hey |hi )*(?:am i|are|is|was i|do i|does|did|have i|has|can|could"
    r"|should(?! have (?:said|told|mentioned))|would|will|may|what|which|who|how|why|when|where|whose|tell me|show me|do you)\b"
)
SUPPOSES = re.compile(
    r"\b(?:if|suppose|supposing|imagine|pretend|unless|in case|when i am|once i am|want to be"
    r"|want to get|would like to be|trying to (?:be|get|become)|hope to|hoping to|going to be"
    r"|plan to|thinking of|thinking about|considering)\b"
)
ALLERGIC = re.compile(
    r"\b(?:allerg\w+|anaphyla\w+|epi ?-?pen|stop breathing|life (?:and|or|&) death"
    r"|(?:my|the) throat|hives|swell\w*)\b"
)
# A sentence that begins so supposes to its end.
PRETENDS = re.compile(
    r"^(?:(?:let's|let us|just|please|now|ok|okay|so|and|but) )*(?:suppose|supposing|imagine|pretend)\b"
)
DOUBTS = re.compile(
    r"\b(?:think|might|maybe|perhaps|could|probably|possibly|suspect|suspects|not sure|wonder"
    r"|afraid|worried|scared|fear|guess|seems?|apparently|looks like)\b"
)
PEOPLE = rf"{KIN}|people|person|somebody|someone|everyone|everybody|nobody"
OTHERS = re.compile(rf"\b(?:he|she|they|you|we|his|her|their|your|our|{PEOPLE})\b(?:'s)?")


@dataclass(frozen=True)
class Clause:
    """Plain words; whether they ask or suppose, and whether their sentence names an allergy."""

    words: str
    asks: bool = False
    supposes: bool = False
    allergic: bool = False


def clauses(text: str) -> Iterator[Clause]:
    """`text` in lower case and plain spelling, clause by clause."""
    plain = text.lower()
    for pattern, wanted in SPELLINGS:
        plain = re.sub(pattern, wanted, plain)
    for sentence in SENTENCE.findall(plain):
        told = bool(re.search(r"\b(?:did|have) i (?:tell|told|mention)", sentence))
        bare = " ".join(FILLERS.sub(" ", sentence).split()).strip(" ,:")
        asks = not told and (bare.endswith("?") or bool(ASKS.match(bare)))
        pretends = bool(PRETENDS.match(bare))
        allergic = bool(ALLERGIC.search(bare))
        for part in CLAUSE.split(bare.rstrip(".!?; ")):
            if words := part.strip(" ,"):
                supposes = pretends or bool(SUPPOSES.search(words))
                yield Clause(words, asks, supposes, allergic)


def is_others(clause: str, at: int, end: int) -> bool:
    """Whether what stands from `at` to `end` is somebody else's than the speaker's.

    The nearest subject before it decides, and a person right after it: «a diabetic friend».
    """
    if re.match(rf"[ -](?:\w+ )?(?:{PEOPLE})\b", clause[end:]):
        return True
    before = clause[:at]
    mine = max((found.start() for found in re.finditer(r"\b(?:i|me|myself)\b", before)), default=-1)
    other = max((found.start() for found in OTHERS.finditer(before)), default=-1)
    return other > mine
