"""From a question to a sentence: each kind of question has one function."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from coach.meaning.in_english import in_english
from coach.nutrition.answers import food_sentences as foods
from coach.nutrition.answers import span_sentences as spans
from coach.nutrition.answers.asking import Asked, Kind, ask
from coach.nutrition.answers.enough import say_enough
from coach.nutrition.answers.reader import Reader
from coach.nutrition.day import Day
from coach.nutrition.diary_clock import today
from coach.nutrition.foods import store
from coach.nutrition.speech.summary import say_day
from coach.nutrition.targets.safeguards import may_hear_numbers
from coach.types import Member

SAYERS: Final[dict[Kind, Callable[[Reader], str]]] = {
    Kind.SPAN: spans.say_span,
    Kind.AVERAGE: spans.say_average,
    Kind.COMPARE: spans.say_compared,
    Kind.EXTREME: spans.say_extreme,
    Kind.STREAK: spans.say_streak,
    Kind.ENOUGH: say_enough,
    Kind.LAST: foods.say_last,
    Kind.COUNT: foods.say_count,
    Kind.OFTEN: foods.say_often,
    Kind.MUCH: foods.say_much,
    Kind.ANY: foods.say_any,
    Kind.WHICH: foods.say_which,
    Kind.USUAL: foods.say_usual,
    Kind.WRITTEN: foods.say_written,
}


@dataclass(frozen=True)
class Answered:
    """What is said, and what it is about: one day, or facts (ISO dates, amounts by their names)."""

    say: str
    day: Day | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def answer(member: Member, said: str, language: str = "en") -> Answered:
    """Answer `said` from the diary of `member`. Reads only; a bounded number of queries."""
    current, said = today(member), in_english(said)
    asked = ask(store.load_index(), said, current, language)
    numbers = may_hear_numbers(member)
    if asked.kind is Kind.DAY:
        return Answered(*say_day(member, said, asked.span.first, numbers=numbers))
    reader = Reader(member, current, asked, numbers)
    say = SAYERS[asked.kind](reader)
    return Answered(say, facts=_facts(asked, reader))


def _facts(asked: Asked, reader: Reader) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "question": str(asked.kind),
        "from": asked.span.first.isoformat(),
        "to": asked.span.last.isoformat(),
    }
    if asked.food:
        facts["food"] = asked.food.words
    if reader.numbers:
        facts["days"] = [
            {"day": one.day.isoformat(), **{k: round(v, 1) for k, v in one.totals.items()}}
            for one in reader.days_read
        ]
    return facts
