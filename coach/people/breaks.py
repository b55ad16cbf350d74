"""Members who are known to be minors are told, every three hours of a talk, that it is no person.

California's SB 243 asks for it of companion chatbots; it does no harm anywhere. It needs the date
of birth: of nobody else the age is known.
"""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from coach import clock
from coach.talk.actions import add_directive, record_turn
from coach.talk.language import in_language_of
from coach.talk.models import FLOORS_OF_COACH, Directive, Session, Turn

EVERY = timedelta(hours=3)
ADULT = 18  # years
BATCH = 50  # talks in one walk
SPOKEN_WITHIN = timedelta(minutes=5)


def remind_minors(at: datetime) -> int:
    """Tell those who are due; returns how many were told."""
    talks = Session.objects.live().filter(
        started_at__lte=at - EVERY,
        member__profile__born_on__gt=_born_before(at.date()),
        floor__in=FLOORS_OF_COACH,
    )
    return sum(_remind(talk, at) for talk in talks.select_related("member").defer("brief")[:BATCH])


def _born_before(today: date) -> date:
    """Who was born on this day is an adult today."""
    last_day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - ADULT, day=last_day)


def _remind(talk: Session, at: datetime) -> bool:
    """Once in each three hours: the name of the turn says for which."""
    times = (at - talk.started_at) // EVERY
    name = f"break-{times}"
    if talk.turns.filter(client_id=name).exists():
        return False
    words = in_language_of(talk.member, _words)()
    told = record_turn(talk, Turn.Speaker.SYSTEM, words, client_id=name, source=Turn.Source.TEXT)
    add_directive(
        talk,
        Directive.Kind.SCRIPT,
        "Say exactly these reviewed words and nothing else.",
        spoken=words,
        expires_at=clock.now() + SPOKEN_WITHIN,
    )
    return told is not None


def _words() -> str:
    return _(
        "A reminder: I am an AI, not a person. We have talked for some hours. This is a good moment"
        " for a break."
    )
