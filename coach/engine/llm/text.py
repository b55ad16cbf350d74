"""Words, stems and sentence forms of English, enough to compare utterances. No vocabulary of
any field: what a tool is about is known from its examples alone."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from coach.engine.limits import CHARS_READ, WORDS_READ

Form = Literal["question", "request", "statement"]

NUMBER = "#"

_TOKEN = re.compile(r"\d+(?:[.,/:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)?")
_CLITICS = {
    "'s": "is", "'re": "are", "'m": "am", "'ve": "have", "'d": "would", "'ll": "will",
}  # fmt: skip
_WHOLE = {
    "can't": ["can", "not"], "won't": ["will", "not"], "let's": ["let", "us"],
    "cannot": ["can", "not"], "ain't": ["is", "not"], "gonna": ["going", "to"],
    "wanna": ["want", "to"],
    "gimme": ["give", "me"], "lemme": ["let", "me"], "dont": ["do", "not"], "im": ["i", "am"],
    "ive": ["i", "have"], "whats": ["what", "is"],
}  # fmt: skip
_NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "  # noqa: SIM905
    "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety hundred thousand half quarter dozen couple".split()
)
_IRREGULAR = {
    "had": "have", "has": "have", "having": "have", "ate": "eat", "eaten": "eat", "drank": "drink",
    "drunk": "drink", "said": "say", "told": "tell", "made": "make", "did": "do", "does": "do",
    "done": "do", "was": "be", "were": "be", "is": "be", "are": "be", "am": "be", "been": "be",
    "went": "go", "gone": "go", "got": "get", "gotten": "get", "spoke": "speak", "spoken": "speak",
    "took": "take", "taken": "take", "gave": "give", "given": "give", "wrote": "write",
    "written": "write", "thought": "think", "meant": "mean", "forgot": "forget",
    "forgotten": "forget", "children": "child", "people": "person", "men": "man", "women": "woman",
    "could": "can", "would": "will", "should": "shall", "me": "i", "my": "i", "myself": "i",
    "mine": "i", "your": "you", "these": "this", "those": "that", "an": "a",
}  # fmt: skip
_FUNCTION = frozenset(
    "i you he she it we they us him her them this that a the and or but not no yes if of to in on "  # noqa: SIM905
    "at by for from with about into as than then so too be have do can will shall may might must "
    "what which who whom when where why how there here some any all just only really also very "
    "please ok okay hey hi um uh er erm well now again thing one let us like want need know tell "
    "go get give make today time last lot bit day way kind sort much many "
    "morning noon afternoon evening night week".split()
) | {NUMBER}
# Ways to say the same thing, in any field.
_SAME = (
    (re.compile(r"\b(?:get rid of|remove|erase|(?:cross|strike|take) out|take off)\b"), "delete"),
    (re.compile(r"\b(?:scrap|scratch|ditch)(?= (?:the|my)\b)"), "delete"),
    (re.compile(r"\btake ((?:the|my|that|those) [\w ]{2,30}?) (?:off|out|away)\b"), r"delete \1"),
    (re.compile(r"\b(?:put|write|note|jot) down\b|\b(?:record|enter|track)(?= (?:an?|my|the)\b)"),
     "log"),
    (re.compile(r"\b(?:replace|swap|switch)\b"), "change"),
    (re.compile(r"\b(?:snacked on|grabbed|nibbled)\b"), "ate"),
    (re.compile(r"\b(?:somebody|anyone|anybody)\b"), "someone"),
    (re.compile(r"\bcompare ([\w ]+?) (?:and|with|to)\b"), r"which is more \1 or"),
    (re.compile(r"\b(?:tell|show|give|remind) me(?: of| about)? (?=my\b)"), "what is "),
)  # fmt: skip
_FILLERS = frozenset(
    "ok okay so um uh er erm well hey hi hello please and but actually right yes yeah oh just "  # noqa: SIM905
    "then now also alright sorry no wait hmm thanks thank coach".split()
)
_WH = frozenset("what which who whom whose when where why how".split())  # noqa: SIM905
_BEFORE_IS = _WH | frozenset({"it", "he", "she", "that", "there", "here", "this"})
_INVERTED = frozenset("be do have shall".split())  # noqa: SIM905
_ASKS = frozenset("does did is are was were".split())  # noqa: SIM905
_SUBJECTS = frozenset("i we it he she they there this that the you my our".split())  # noqa: SIM905
_PAST = frozenset({"had", "ate", "drank", "did", "got", "took", "made", "went"})
_LEAD = 5  # words before the subject of a statement, at most
_ASKING = re.compile(
    r"^(?:(?:can|could|will|would) you (?:please )?(?:tell|show|remind|let) (?:me|us)(?: know)?"
    r"|tell me|show me|remind me|do you know|i (?:want|need|'d like|would like) to know"
    r"|i wonder|i was wondering|any idea)(?: about)?\s+(?=what|which|who|when|where|why|how|if)"
)


@dataclass(frozen=True)
class ParsedText:
    """`stems` are compared; `form` is what kind of sentence it is."""

    stems: tuple[str, ...]
    form: Form

    @property
    def personal(self) -> bool:
        """Whether it is about the speaker."""
        return "i" in self.stems or "we" in self.stems

    @cached_property
    def words(self) -> frozenset[str]:
        """The stems without their order."""
        return frozenset(self.stems)


def is_function(stem: str) -> bool:
    """Whether a stem carries grammar rather than a matter."""
    return stem in _FUNCTION


def beginning(text: str) -> str:
    """As much of a text as is read to tell what it is for, and whether it ends as a question."""
    found = text[:CHARS_READ].split(maxsplit=WORDS_READ)
    if len(text) <= CHARS_READ and len(found) <= WORDS_READ:
        return text
    cut = " ".join(found[:WORDS_READ])
    return f"{cut} ?" if text.rstrip().endswith("?") else cut


def words(text: str) -> list[str]:
    """Lower-case words, contractions opened: `what's` is `what is`."""
    found: list[str] = []
    text = text.lower().replace("’", "'")
    for pattern, usual in _SAME:
        text = pattern.sub(usual, text)
    for token in _TOKEN.findall(text):
        if token in _WHOLE:
            found += _WHOLE[token]
        elif token.endswith("n't"):
            found += [token[:-3], "not"]
        else:
            base, clitic, rest = token.partition("'")
            found.append(base)
            if clitic and f"'{rest}" in _CLITICS and (rest != "s" or base in _BEFORE_IS):
                found.append(_CLITICS[f"'{rest}"])  # else `the cook's`, a possessive
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word's stem; all numbers are one stem, since `two eggs` and `3 eggs` are alike."""
    if word[0].isdigit() or word in _NUMBERS:
        return NUMBER
    if word in _IRREGULAR or word in _FUNCTION:
        return _IRREGULAR.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-2] if word.endswith(("ches", "shes", "sses", "xes", "oes")) else word[:-1]
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 4 and any(letter in "aeiouy" for letter in root):
            if root[-1] == root[-2] and root[-1] not in "lsz":
                root = root[:-1]
            return root.removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word


def read(text: str) -> ParsedText:
    """Stems without the words that only fill, and the form."""
    found = words(text)
    while found and (found[0] in _FILLERS) and len(found) > 1:
        found = found[1:]
    plain = " ".join(found)
    asked = _ASKING.match(plain)
    if asked:
        return ParsedText(tuple(stem(word) for word in plain[asked.end() :].split()), "question")
    asks = len(found) > 1 and found[1] in _SUBJECTS
    if found and not asks and (found[0] in _PAST or found[0].endswith("ed")):
        found = ["i", *found]  # `had a muffin` leaves the speaker out
    form = _form(found, text)
    if form == "statement":
        found = _from_subject(found)
    return ParsedText(tuple(stem(word) for word in found), form)


def names_again(text: str, before: str) -> bool:
    """Whether a word of matter in `text` was said `before`: `the toast`, after `eggs and toast`."""
    return any(not is_function(stem) for stem in {*read(text).stems} & {*read(before).stems})


def _from_subject(found: list[str]) -> list[str]:
    """Moves what stands before the speaker, such as a time of day, to the end."""
    for place, one in enumerate(found[:_LEAD]):
        if one in ("i", "we"):
            return ["i", *found[place + 1 :], *found[:place]]
    return found


def _form(found: list[str], text: str) -> Form:
    if not found:
        return "statement"
    first, second = found[0], found[1] if len(found) > 1 else ""
    head = stem(first)
    if first in _WH:
        return "question"
    if head in ("can", "will", "may") and second in ("i", "you", "we", "someone"):
        return "request"
    if (head in _INVERTED and second in _SUBJECTS) or first in _ASKS:
        return "question"
    if first == "i" and any(one in found[:4] for one in ("want", "need", "like", "prefer")):
        return "request"
    if text.rstrip().endswith("?"):
        return "question"
    if first in _SUBJECTS or any(one in ("i", "we") for one in found[1:_LEAD]):
        return "statement"
    if first in ("for", "at", "a", "an", "some") or stem(first) == NUMBER:
        return "statement"
    return "request"


def likeness(one: str, other: str) -> float:
    """0..1, by shared pairs of letters: catches slips of spelling and of the recogniser."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) < 5:
        return 0.0
    pairs = [one[i : i + 2] for i in range(len(one) - 1)]
    left = [other[i : i + 2] for i in range(len(other) - 1)]
    total = len(pairs) + len(left)
    shared = 0
    for pair in pairs:
        if pair in left:
            left.remove(pair)
            shared += 1
    return 2 * shared / total
