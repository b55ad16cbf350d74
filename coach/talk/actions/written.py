"""What a member writes outside of any talk is screened as what they say in one is."""

from datetime import timedelta

import msgspec
from django.conf import settings
from django.db import transaction

from coach import clock
from coach.personas.models import Persona
from coach.talk.actions.turns import record_turn
from coach.talk.brief import freeze, make_brief
from coach.talk.models import NO_SCENE, Session, Turn
from coach.talk.registries.screened_parts import parts_of
from coach.talk.registries.screeners import prepare_scores, score_turns, screen_parts
from coach.types import Member

WRITTEN = "written"  # in a brief's data: where it was written
CALLS_SOMEBODY = 2  # this severity or graver: outside of a talk, nobody asks for anybody
TOGETHER = timedelta(hours=1)  # what is written within it is one case, and its cards are shown


def screen_written(
    member: Member, persona: Persona, text: str, *, language: str, place: str
) -> Session | None:
    """Screen what `member` wrote in `language`, at `place` of the product.

    An ordinary text is kept nowhere. One that calls for a person, or for words on where there is
    help, becomes a turn of a talk that has ended: so it is acted on as in any talk, with the words
    in their thread, and nobody is told that the member is there to be talked with. Returns that
    talk, whose cards say what follows.
    """
    if not text or not _calls_for_help(text, language):
        return None
    return _record(member, persona, text, language, place)


def _calls_for_help(text: str, language: str) -> bool:
    hits = screen_parts(parts_of(text), Turn.Speaker.MEMBER, language)
    if settings.SCREENING_SCORE:
        prepare_scores()
        hits += score_turns([text], hits)
    return any(flag.help or flag.severity <= CALLS_SOMEBODY for _, flags in hits for flag in flags)


def written_lately(member: Member) -> Session | None:
    """The talk of what they wrote lately that called for somebody, or for help."""
    own = Session.objects.for_member(member).filter(kind=Session.Kind.LESSON)
    # Last, since it opens the brief of each talk that is left.
    lately = own.filter(ended_at__gt=clock.now() - TOGETHER).filter(brief__data__has_key=WRITTEN)
    return lately.order_by("-ended_at").first()


def is_written(session: Session) -> bool:
    """Whether it is no talk, but what a member has written elsewhere."""
    return WRITTEN in session.brief.get("data", {})


@transaction.atomic
def _record(member: Member, persona: Persona, text: str, language: str, place: str) -> Session:
    """The newest talk of this kind goes on for a while, so that two sentences are one case."""
    session = written_lately(member) or begin_written(
        member, persona, language=language, place=place, kind=Session.Kind.LESSON
    )
    record_turn(session, Turn.Speaker.MEMBER, text, source=Turn.Source.TEXT)
    return session


def begin_written(
    member: Member, persona: Persona, *, language: str, place: str, kind: str
) -> Session:
    """A talk that has ended already, for what `place` tells of `member` outside of talks."""
    data = {WRITTEN: place, NO_SCENE: True}
    brief = make_brief(persona, member_name=str(member), tools=[], data=data)
    brief = msgspec.structs.replace(brief, language=language)
    return Session.objects.create(
        member=member,
        persona=persona,
        kind=kind,
        ended_at=clock.now(),
        **freeze(brief),
    )
