"""The columns of a grammar table."""

import re
from dataclasses import dataclass, fields, replace

NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class Grammar:
    """Patterns of one language. Each is searched in a clause, unless it says otherwise."""

    request: re.Pattern[str]  # a wish, or a request in the form of a question
    question: re.Pattern[str]  # asks to know something; from the clause's start
    asks_first: re.Pattern[str]  # a question whatever else is in it; from the start
    negation: re.Pattern[str]
    beside: re.Pattern[str]  # «no onions on the _»: it denies nothing of the thing
    refusal: re.Pattern[str]  # wants nothing, whatever is on offer
    others: re.Pattern[str]  # somebody else does it
    for_others: re.Pattern[str]  # but wants it here and now: that is ordered
    not_now: re.Pattern[str]  # told of the past, of habits, of some later day
    unreal: re.Pattern[str]  # a condition that is not so: what follows its comma is not so either
    mentions: re.Pattern[str]  # speaks of words, not with them: «is it a tea or the tea?»
    reports: re.Pattern[str]  # at its end: what follows are the words of others
    undecided: re.Pattern[str]  # thinks aloud
    ago: re.Pattern[str]  # names a time that is over: only a sentence that does so is like it
    change: re.Pattern[str]  # what follows takes the place of what was said
    only: re.Pattern[str]  # and of everything of its kind: «just a tea»
    exchange: re.Pattern[str]  # «change X to Y»: the words between and after
    from_place: re.Pattern[str]  # right before a word: that is where somebody comes from
    available: re.Pattern[str]  # asks whether there is a thing
    cost: re.Pattern[str]  # asks what a thing costs
    likes: re.Pattern[str]  # of a place or person no wish: «I like Brighton»
    pronoun: re.Pattern[str]  # stands for a thing that was named before: «I'd like one»
    resumes: re.Pattern[str]  # takes up the thing before a comma: «the tea, is it hot?»
    being: re.Pattern[str]  # «I am _»: says what somebody is
    well_said: re.Pattern[str]  # right as it is, if its things have articles; from the start
    splits: re.Pattern[str]  # where a clause ends without a sign; what follows is kept
    fillers: frozenset[str]  # say nothing of the act
    numbers: dict[str, int]
    measures: re.Pattern[str]  # «a cup of», before a thing
    known: frozenset[str]  # common words: never a misspelling of another
    counted: re.Pattern[str] = NEVER  # «두 잔», after a thing; from the start, `n` is the number
    ending: re.Pattern[str] = NEVER  # what may hang on a thing's name, such as particles
    elided: re.Pattern[str] = NEVER  # and what before it: «l'», «d'»
    asked_for: tuple[tuple[str, re.Pattern[str]], ...] = ()  # what a question wants to know

    def asks_for(self, text: str) -> str:
        """«time», «place», «money» …; an empty text where no question word tells."""
        return next((kind for kind, asking in self.asked_for if asking.search(text)), "")

    def denies(self, text: str) -> bool:
        """Whether something of the act is denied in it."""
        beside = self.beside.search(text)
        rest = text if beside is None else text[: beside.start()] + text[beside.end() :]
        return self.negation.search(rest) is not None

    def marks(self, text: str) -> frozenset[str]:
        """What a sentence must tell, too, to be like `text`: of others, of a time that is over."""
        told = self.others.search(text) is not None and self.for_others.search(text) is None
        ago = self.ago.search(text) is not None
        return frozenset({"others"} if told else ()) | frozenset({"ago"} if ago else ())


def pattern(text: str) -> re.Pattern[str]:
    """A pattern of whole words; parts may be written on several lines."""
    return re.compile(rf"\b(?:{text})(?!\w)" if text else NEVER.pattern)


def words(text: str) -> frozenset[str]:
    """A set of words that are written one after the other."""
    return frozenset(text.split())


def with_its_words(grammar: Grammar) -> Grammar:
    """The table with the words that its patterns are made of among those that are known."""
    patterns = (getattr(grammar, field.name) for field in fields(grammar))
    texts = [one.pattern for one in patterns if isinstance(one, re.Pattern)]
    written = {word for text in texts for word in re.findall(r"[a-z]{3,}", text)}
    return replace(grammar, known=grammar.known | written)


def counts(*words: str) -> dict[str, int]:
    """Numbers by their words: the first is one. «un|una» are words of one number."""
    return {word: n for n, same in enumerate(words, 1) for word in same.split("|")}


def asking(**kinds: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The column `asked_for`, in the order in which the kinds are looked for."""
    return tuple((kind, pattern(text)) for kind, text in kinds.items())
