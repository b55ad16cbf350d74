"""The verb of free talks."""

import msgspec
from django.db import transaction
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from coach.errors import Refused
from coach.lessons.actions import for_learner, partner_persona
from coach.lessons.free import mind
from coach.lessons.free.talk import OFFLINE, SLUG, FreeTalk, as_scenario, instructions
from coach.lessons.free.topics import ANYTHING, topics
from coach.lessons.models import Attempt
from coach.personas.engines import engine_for
from coach.talk.actions import record_turn, start_session
from coach.talk.brief import make_brief
from coach.talk.models import NO_SCENE, Session, Turn
from coach.types import Member


def offline_only() -> bool:
    """Whether no language model would talk: then it is our own questions, in English."""
    return engine_for(partner_persona()).scripted


@transaction.atomic
def start_free_talk(member: Member, talk: FreeTalk, own_topic: str = "") -> Attempt:
    """Begin a talk without a scene. `own_topic` is the learner's first turn: the tutor answers it.

    So it is screened and shown as all that they write.
    """
    persona = partner_persona()
    scripted = engine_for(persona).scripted
    if scripted and talk.language != OFFLINE:
        raise Refused(_("Without a language model, free talk is in English only."))
    scenario, topic = as_scenario(talk), topics()[talk.topic or ANYTHING]
    greeting, state = mind.opening(talk)
    if talk.language != OFFLINE:  # the model says it in its language
        greeting = ""
    name = str(get_language_info(talk.language)["name"])
    brief = make_brief(
        persona,
        member_name=str(member),
        instructions=instructions(talk, name, topic.title if talk.topic else ""),
        greeting=greeting,
        tools=["partner_reply"] if scripted else [],
        silence_ms=scenario.silence_ms,
        data={"lesson": SLUG, NO_SCENE: True},
    )
    brief = for_learner(brief, member, scenario)
    session = start_session(member, persona, brief, kind=Session.Kind.LESSON)
    attempt = Attempt(member=member, session=session, slug=SLUG, free=msgspec.to_builtins(talk))
    attempt.standing = msgspec.to_builtins(mind.FreeState() if own_topic else state)
    attempt.save()
    if own_topic:
        record_turn(session, Turn.Speaker.MEMBER, own_topic, author=member, source=Turn.Source.TEXT)
    return attempt
