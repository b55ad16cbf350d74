"""Begin and end a talk."""

import msgspec
from django.db import transaction

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import Refused
from coach.personas.models import Persona
from coach.talk.brief import Brief
from coach.talk.models import Session
from coach.talk.signals import person_wanted, session_ended
from coach.talk.usage.budgets import refusal
from coach.types import Member


@transaction.atomic
def start_session(
    member: Member,
    persona: Persona,
    brief: Brief,
    *,
    kind: str = Session.Kind.COACHING,
    person: bool = False,
) -> Session:
    """A new live talk of `member`. Talks of theirs that were left open end here.

    `person`: the member wants a person, who is called at once. Otherwise raises Refused, with words
    for the member, while the day's budget is used up.
    """
    if not person and (words := refusal(member)):
        raise Refused(words, code="budget")
    for left_open in Session.objects.for_member(member).live():
        end_session(left_open)
    session = Session.objects.create(
        member=member, persona=persona, kind=kind, brief=msgspec.to_builtins(brief)
    )
    if person:
        person_wanted.send(Session, session=session)
    return session


@transaction.atomic
def end_session(session: Session) -> bool:
    """End the talk; False when it had already ended."""
    now = clock.now()
    if not Session.objects.live().filter(pk=session.pk).update(ended_at=now):
        return False
    session.ended_at = now
    session_ended.send(Session, session=session)
    for group in (session.group, session.watch_group):
        publish(group, wire.SessionEnded())
    return True
