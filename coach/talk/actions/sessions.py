"""Begin and end a talk."""

import contextlib

import msgspec
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.errors import Refused
from coach.personas.models import Persona
from coach.talk.brief import Brief, freeze
from coach.talk.language import in_language_of
from coach.talk.models import Session
from coach.talk.registries.memory import open_with, remembered
from coach.talk.registries.orders import orders_of
from coach.talk.signals import coach_failed, person_wanted, session_ended, session_started
from coach.talk.usage.budgets import refusal
from coach.types import Member

FROM_EARLIER = "Known from earlier talks; use it where it helps, and do not recite it:"
TRIES = 8  # of beginning a talk while other pages of the member begin theirs


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
    brief = _for_member(brief, member, kind)
    session = _begin(member, persona, brief, kind)
    if person:
        person_wanted.send(Session, session=session)
    return session


def _for_member(brief: Brief, member: Member, kind: str) -> Brief:
    """The brief with what experts ordered for `member`, and what is remembered of them.

    A coaching talk begins with what matters today: one sentence behind the first of the greeting.
    """
    orders = orders_of(member)
    parts = [brief.instructions, orders.brief()]
    greeting = brief.greeting
    if kind == Session.Kind.COACHING:
        kept = in_language_of(member, remembered)(member)
        told = [text for one in kept if (text := one.text) and not orders.breaks(text)]
        if told:
            parts.append(FROM_EARLIER + " " + " ".join(told))
        today = [one.today for one in kept if one.today and not orders.breaks(one.today)]
        greeting = open_with(greeting, today[0] if today else "")
    together = "\n\n".join(part for part in parts if part)
    return msgspec.structs.replace(brief, instructions=together, greeting=greeting)


def _begin(member: Member, persona: Persona, brief: Brief, kind: str) -> Session:
    """The new talk, when the others have ended: one live talk a member is the database's rule.

    Another page may begin one between the two, and then that one ends as well. No lock on the
    member would do: a tool holds its talk and then the member, so this would have to do so too, and
    cannot, since it does not know yet which talk it will have to end.
    """
    frozen = freeze(brief)
    for _try in range(TRIES):
        _end_open(member)
        with contextlib.suppress(IntegrityError), transaction.atomic():
            begun = Session.objects.create(member=member, persona=persona, kind=kind, **frozen)
            session_started.send(Session, session=begun)
            return begun
    raise Refused(_("Another page of yours is beginning a talk. Please try again."), code="busy")


def _end_open(member: Member) -> None:
    for left_open in Session.objects.for_member(member).live().defer("brief"):
        end_session(left_open)


@transaction.atomic
def announce_failure(session: Session) -> None:
    """The engine cannot serve this talk: whoever listens may help the member."""
    coach_failed.send(Session, session=session)


@transaction.atomic
def end_session(session: Session) -> bool:
    """End the talk; False when it had already ended."""
    now = clock.now()
    if not Session.objects.live().filter(pk=session.pk).update(ended_at=now):
        return False
    session.ended_at = now
    session_ended.send(Session, session=session)
    publish(session.group, wire.SessionEnded(), session.watch_group)
    return True
