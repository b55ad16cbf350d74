"""Five short exercises of a lesson, made from its phrases and objectives.

They are the same each time: the order of words and choices is shuffled by the lesson's own name, so
that a page that is drawn again shows what was there before.
"""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from coach.lessons.learn.judging import Verdict, judge
from coach.lessons.learn.phrases import TargetPhrase, target_phrases
from coach.lessons.scenario import Scenario
from coach.lessons.wording import example


class Kind(StrEnum):
    CHOOSE = "choose"  # which sentence does what is asked
    ORDER = "order"  # these words, in their order
    TYPE = "type"  # the phrase, from its translation or its first letters


@dataclass(frozen=True)
class Exercise:
    number: int
    kind: Kind
    prompt: str  # what to say; its translation, or an objective; empty: only words to put in order
    wanted: str
    shown: tuple[str, ...] = ()  # sentences to choose from, or words to put in order
    cue: str = ""  # first letters, where there is no translation
    translated: bool = False  # the prompt is in the member's language

    def judged(self, answer: str) -> Verdict:
        verdict = judge(answer, self.wanted)
        exact = self.kind == Kind.TYPE
        return verdict if exact or verdict == Verdict.RIGHT else Verdict.OTHER


PLAN = (Kind.CHOOSE, Kind.ORDER, Kind.TYPE, Kind.ORDER, Kind.TYPE)


def exercises(scenario: Scenario, language: str) -> list[Exercise]:
    """The five for who reads `language`."""
    random = Random(scenario.slug)
    phrases = target_phrases(scenario, language)
    long = sorted(phrases, key=lambda p: -len(p.sentence.split()))
    made: list[Exercise] = []
    for number, kind in enumerate(PLAN):
        if kind == Kind.CHOOSE:
            made.append(_choose(number, scenario, random))
        elif kind == Kind.ORDER:
            made.append(_order(number, long.pop(0), random))
        else:
            made.append(_type(number, long.pop()))
    return made


def _choose(number: int, scenario: Scenario, random: Random) -> Exercise:
    objective = random.choice(scenario.objectives)
    shown = [example(scenario, o) for o in scenario.objectives]
    random.shuffle(shown)
    wanted = example(scenario, objective)
    return Exercise(number, Kind.CHOOSE, objective.label, wanted, tuple(shown))


def _order(number: int, phrase: TargetPhrase, random: Random) -> Exercise:
    words = phrase.sentence.split()
    shuffled = words[:]
    while shuffled == words and len(set(words)) > 1:
        random.shuffle(shuffled)
    return Exercise(
        number,
        Kind.ORDER,
        phrase.translation,
        phrase.sentence,
        tuple(shuffled),
        translated=bool(phrase.translation),
    )


def _type(number: int, phrase: TargetPhrase) -> Exercise:
    cue = "" if phrase.translation else first_letters(phrase.text)
    return Exercise(
        number,
        Kind.TYPE,
        phrase.translation or cue,
        phrase.text,
        cue=cue,
        translated=bool(phrase.translation),
    )


def first_letters(text: str) -> str:
    """«How much is that?» as «H__ m___ i_ t___?»: signs and gaps stay."""
    return "".join(
        letter if not letter.isalnum() or begins else "_"
        for letter, begins in zip(text, _beginnings(text), strict=True)
    )


def _beginnings(text: str) -> list[bool]:
    """Which letters begin a word."""
    before = [" ", *text[:-1]]
    return [not (b.isalnum() or b in "'’") for b in before]
