"""Members who are known to be minors are told, every three hours of a talk, that it is no person.

California's SB 243 asks for it of companion chatbots; it does no harm anywhere. It needs the date
of birth: of nobody else the age is known.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from coach import clock
from coach.talk.actions import add_directive, record_turn
from coach.talk.language import in_language_of
from coach.talk.models import FLOORS_OF_COACH, Directive, Session, Turn

log = structlog.get_logger(__name__)
EVERY = timedelta(hours=3)
NAMED = "break-"  # the turns, with their number
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
    last = Turn.objects.filter(session=OuterRef("pk"), client_id__startswith=NAMED)
    rows = talks.annotate(last_told=Subquery(last.order_by("-seq").values("client_id")[:1]))
    told = 0
    for pk, began, name in rows.order_by("started_at").values_list("pk", "started_at", "last_told"):
        if name != _name(began, at):
            told += _safely(pk, at)
        if told == BATCH:
            break
    return told


def _safely(pk: UUID, at: datetime) -> bool:
    try:
        return _remind(Session.objects.select_related("member").defer("brief").get(pk=pk), at)
    except Exception as error:  # noqa: BLE001  one broken talk must not stop the timers of all
        log.warning("minor_not_told", session=str(pk), error=type(error).__name__)
        return False


def _name(began: datetime, at: datetime) -> str:
    """Of the turn that tells it in this part of the talk."""
    return f"{NAMED}{(at - began) // EVERY}"


def _born_before(today: date) -> date:
    """Who was born on this day is an adult today."""
    last_day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - ADULT, day=last_day)


@transaction.atomic
def _remind(talk: Session, at: datetime) -> bool:
    """Once in each three hours: the name of the turn says for which."""
    name = _name(talk.started_at, at)
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
