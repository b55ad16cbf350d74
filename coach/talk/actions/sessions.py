"""Begin and end a talk."""

from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from coach.after_commit import publish
from coach.personas.models import Persona
from coach.talk.brief import Brief
from coach.talk.models import Session
from coach.talk.signals import session_ended


@transaction.atomic
def start_session(
    member: Any, persona: Persona, brief: Brief, *, kind: str = Session.Kind.COACHING
) -> Session:
    """A new live talk of `member`. Talks of theirs that were left open end here."""
    for left_open in Session.objects.for_member(member).live():
        end_session(left_open)
    return Session.objects.create(
        member=member, persona=persona, kind=kind, brief=msgspec.to_builtins(brief)
    )


@transaction.atomic
def end_session(session: Session) -> bool:
    """End the talk; False when it had already ended."""
    now = timezone.now()
    if not Session.objects.live().filter(pk=session.pk).update(ended_at=now):
        return False
    session.ended_at = now
    session_ended.send(Session, session=session)
    for group in (session.group, session.watch_group):
        publish(group, {"type": "ended"})
    return True
