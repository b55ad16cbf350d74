"""What the profile registers with a talk: taking back by a word, and what is remembered."""

from datetime import timedelta

from django.dispatch import receiver
from django.utils.translation import gettext as _

from coach import clock
from coach.people import actions, phrases
from coach.people.models import HealthFact, Measurement, MemoryItem
from coach.people.models.health import Source
from coach.talk.models import Session
from coach.talk.registries.memory import MOST, Remembered, remembers
from coach.talk.registries.undoing import UNDO_WITHIN, LastChange, can_undo
from coach.talk.signals import session_ended
from coach.types import Member


@can_undo
def newest_fact(session: Session) -> LastChange | None:
    """What was noted or ended last in this talk; what was typed is taken back where it is shown."""
    since = clock.now() - UNDO_WITHIN
    told = HealthFact.objects.for_member(session.member).changes().filter(noted_at__gt=since)
    row = told.filter(source=Source.TALK, session=session).order_by("-noted_at").first()
    if row is None or row.noted_at is None:
        return None
    at = row.noted_at
    return LastChange(at, lambda: phrases.undone(actions.undo_told(session, at)))


@can_undo
def newest_measurement(session: Session) -> LastChange | None:
    """The measurement that was written last in this talk."""
    member, since = session.member, clock.now() - UNDO_WITHIN
    rows = Measurement.objects.for_member(member).standing().filter(created_at__gt=since)
    row = rows.filter(source=Source.TALK, session=session).order_by("-created_at", "-pk").first()
    if row is None:
        return None
    pk = row.pk

    def undo() -> str:
        taken = actions.undo_measurement(member, pk)
        what = taken.get_kind_display()
        return _("Done. I have taken back your %(what)s.") % {"what": what}

    return LastChange(row.created_at, undo)


@receiver(session_ended, sender=Session, dispatch_uid="people.forget_asked")
def talk_ended(session: Session, **_signal: object) -> None:
    """A question that the talk left open is deleted."""
    actions.forget_asked_in(session)


TODAY = timedelta(days=14)  # so long what an expert noted is said at the beginning of a talk
SPOKEN_MAX_CHARS = 160  # a longer note is not said there; the coach knows it


@remembers
def agreed(member: Member) -> list[Remembered]:
    """What experts agreed with the member, and the goal that was noted."""
    since = clock.now() - TODAY
    kept = []
    for number, item in enumerate(MemoryItem.objects.for_member(member)[:MOST]):
        text = _("%(by)s, noted: %(text)s") % {"by": item.by, "text": _sentence(item.text)}
        spoken = number == 0 and item.created_at > since and len(text) <= SPOKEN_MAX_CHARS
        today = _("Last time %(note)s") % {"note": text} if spoken else ""
        kept.append(Remembered(item.created_at, text, today))
    goals = HealthFact.objects.for_member(member).noted().filter(kind=HealthFact.Kind.GOAL)
    for goal in goals.order_by("-noted_at")[:1]:
        text = _("Their goal: %(goal)s.") % {"goal": goal.value}
        kept.append(Remembered(goal.noted_at or goal.created_at, text))
    return kept


def _sentence(text: str) -> str:
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."
