"""What a learner writes or says on the pages of lessons, outside of a scene, is screened.

Answers are judged and forgotten. One that says that somebody may be in danger shows, on the page
on which it was given, where there is help; a grave one calls a person as well.
"""

from collections.abc import Iterable
from functools import cache

from coach.errors import NotFound
from coach.lessons.authored import Authored, Words, authored, words_of
from coach.lessons.files import catalogue
from coach.lessons.library import find_lesson
from coach.personas.models import Persona
from coach.talk.actions import screen_written, written_lately
from coach.talk.registries.cards import render_many
from coach.types import Member, MemberRequest


def screen_answer(
    request: MemberRequest,
    text: str,
    *,
    language: str,
    place: str,
    said: Iterable[str] = (),
    lesson: str = "",
) -> bool:
    """Screen what was answered; whether there is help to show for it.

    The words of a sentence that an author wrote, in whatever order, are not the learner's: those
    of the shipped lessons, of the `lesson` that is learned, and what was `said` on the page before.
    """
    words = words_of(text, language)
    if not words or any(words == words_of(line, language) for line in said):
        return False
    if _is_authored(words, language) or _is_of_lesson(request.user, words, lesson):
        return False
    persona = Persona.objects.filter(kind=Persona.Kind.LESSON).order_by("-active", "pk").first()
    if persona is None:  # there is nobody who plays, and so no lesson
        return False
    talk = screen_written(request.user, persona, text, language=language, place=place)
    return talk is not None


def _is_authored(words: Words, language: str) -> bool:
    return any(line.is_said(words) for line in _shipped(language))


def _is_of_lesson(member: Member, words: Words, slug: str) -> bool:
    """Whether it is a sentence of a lesson that they may play, as a teacher wrote it."""
    if not slug or slug in catalogue():
        return False
    try:
        scenario = find_lesson(member, slug)
    except NotFound:
        return False
    return any(line.is_said(words) for line in authored(scenario))


@cache
def _shipped(language: str) -> tuple[Authored, ...]:
    """The sentences of every shipped lesson in this language: what learners say on purpose."""
    lessons = [scenario for scenario in catalogue().values() if scenario.language == language]
    return tuple(line for scenario in lessons for line in authored(scenario))


def help_for(request: MemberRequest) -> list[str]:
    """The cards of what they have written lately: where there is help, and who was called."""
    talk = written_lately(request.user)
    if talk is None:
        return []
    cards = list(talk.cards.all())
    drawn = render_many(cards, request)
    return [drawn[card.pk] for card in cards if drawn.get(card.pk)]
