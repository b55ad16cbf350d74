"""Who stays with a member after passing their case on: until the new owner takes the floor."""

from django.db.models import F, QuerySet

from coach.talk.models import Floor
from handoff.models import OWNED_STATES, Escalation, Expert, Offer


def staying(expert: Expert) -> QuerySet[Escalation]:
    """What `expert` has passed on and stays with: a colleague has it and has not joined.

    Each look at the queue asks, and mostly it is nothing: that is found out by one table alone.
    """
    if not _passed_on().filter(passed_by=expert).exists():
        return Escalation.objects.none()
    return Escalation.objects.filter(pk__in=_stays().filter(passed_by=expert).values("escalation"))


def stayer_of(case: Escalation) -> Expert | None:
    """The expert who writes to the member of `case` until its owner has joined."""
    found = _stays().filter(escalation=case).select_related("passed_by__user").first()
    return found.passed_by if found is not None else None


def _stays() -> QuerySet[Offer]:
    """Transfers whose old owner still has the floor, in writing."""
    return (
        _passed_on()
        .filter(
            passed_by__user=F("escalation__session__floor_holder"),
            escalation__state__in=OWNED_STATES,
            escalation__joined_at__isnull=True,
            escalation__session__floor=Floor.EXPERT,
            escalation__session__floor_voice=False,
        )
        .exclude(passed_by=F("escalation__owner"))
    )


def _passed_on() -> QuerySet[Offer]:
    """Warm transfers that a colleague has accepted and still holds."""
    return Offer.objects.filter(warm=True, state=Offer.State.ACCEPTED, ended_at__isnull=True)
