"""Whether an expert is at the desk: the status they chose, and whether their page is alive."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from handoff.actions import locks, queue
from handoff.actions.ownership import give_back
from handoff.limits import AWAY_MAX_CHARS
from handoff.models import OWNED_STATES, Escalation, Expert, Offer
from handoff.timeouts import LEASE

Status = Expert.Status


@transaction.atomic
def touch_presence(expert: Expert) -> None:
    """The expert's page is alive: their lease runs `LEASE` (30 s) from now."""
    at = clock.now()
    Expert.objects.filter(pk=expert.pk).update(last_seen_at=at, lease_until=at + LEASE)


@transaction.atomic
def go_available(expert: Expert) -> None:
    """Ready for offers; whoever waits is offered now."""
    _choose(expert, Status.AVAILABLE, "")
    touch_presence(expert)
    queue.wake_queue()


@transaction.atomic
def go_away(expert: Expert, reason: str = "") -> None:
    """At the desk but not to be asked; `reason` is what colleagues read."""
    _choose(expert, Status.AWAY, whole_text(reason, AWAY_MAX_CHARS))


@transaction.atomic
def drain(expert: Expert) -> None:
    """Finish what one has and take nothing new."""
    _choose(expert, Status.DRAINING, "")


@transaction.atomic
def go_offline(expert: Expert) -> None:
    """Leave the desk. What one still owns stays so until the lease ends or it is given back."""
    _choose(expert, Status.OFFLINE, "")


def _choose(expert: Expert, status: str, reason: str) -> None:
    Expert.objects.filter(pk=expert.pk).update(status=status, status_reason=reason, missed_offers=0)
    expert.refresh_from_db(fields=["status", "status_reason", "missed_offers"])
    publish("desk", wire.QueueChanged(0))
    publish(expert.group, wire.PresenceChanged(status))


@transaction.atomic
def lose(escalation: Escalation) -> bool:
    """The owner's page has been silent for a whole lease: back to the head of the queue.

    False when the owner is there after all or it is no longer theirs.
    """
    _session, escalation = locks.lock_escalation(escalation)
    if escalation.owner_id is None or escalation.state not in OWNED_STATES:
        return False
    owner = locks.lock_expert(escalation.owner_id)
    if owner.live(clock.now()):
        return False
    notice = _("We lost the connection to %(expert)s. We are calling somebody now.")
    give_back(escalation, owner, "lost", Offer.State.LOST, notice=notice % {"expert": owner.user})
    return True
