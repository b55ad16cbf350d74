"""What a learner writes or says on the pages of lessons, outside of a scene, is screened.

Answers are judged and forgotten. One that says that somebody is in danger shows, on the page on
which it was given, where there is help, and calls a person.
"""

from collections.abc import Iterable
from functools import cache

from coach.lessons.files import catalogue, sentences
from coach.lessons.understanding.text import even
from coach.lessons.wording import fill
from coach.personas.models import Persona
from coach.talk.actions import screen_written, written_lately
from coach.talk.registries.cards import render_many
from coach.types import MemberRequest


def screen_answer(
    request: MemberRequest, text: str, *, language: str, place: str, authored: Iterable[str] = ()
) -> bool:
    """Screen what was answered; whether it has called for somebody.

    The words of an `authored` sentence, in whatever order, are the lesson's and not the learner's.
    """
    words = _words_of(text, language)
    own = {_words_of(line, language) for line in authored}
    if not words or words in own or words in _shipped(language):
        return False
    persona = Persona.objects.filter(kind=Persona.Kind.LESSON).order_by("-active", "pk").first()
    if persona is None:  # there is nobody who plays, and so no lesson
        return False
    talk = screen_written(request.user, persona, text, language=language, place=place)
    return talk is not None


def _words_of(line: str, language: str) -> tuple[str, ...]:
    return tuple(sorted(even(line, language).split()))


@cache
def _shipped(language: str) -> frozenset[tuple[str, ...]]:
    """The sentences of every shipped lesson in this language: what learners say on purpose."""
    lessons = [scenario for scenario in catalogue().values() if scenario.language == language]
    lines = [line for scenario in lessons for line in scenario.phrases]
    for scenario in lessons:
        lines += [fill(scenario, line, {}) for _field, line in sentences(scenario)]
    return frozenset(_words_of(line, language) for line in lines)


def help_for(request: MemberRequest) -> list[str]:
    """The cards of what they have written lately: where there is help, and who was called."""
    talk = written_lately(request.user)
    if talk is None:
        return []
    cards = list(talk.cards.all())
    drawn = render_many(cards, request)
    return [drawn[card.pk] for card in cards if drawn.get(card.pk)]
