"""The queue of waiting escalations: push its changes to pages, and nudge the workers.

Workers are nudged by a task's name, because the tasks call these verbs. A nudge may be lost: the
sweeper does the same a second later.
"""

from django.db.models import Q

from coach import wire
from coach.after_commit import enqueue, publish
from coach.talk.models import Session
from handoff.actions.reading import OPENS
from handoff.models import WAITING_STATES, Escalation, Expert, Offer

DISPATCH_NOW = "handoff.tasks.dispatch_now"
SWEEP_NOW = "handoff.tasks.sweep_now"
# Offers of experts who may read a case, or could until now.
TOLD = (*OPENS, Offer.State.RELEASED, Offer.State.LOST)


def tell_owner(escalation: Escalation, *, warn: bool = False) -> None:
    """A case has changed in the hands of its owner, if it has one: their desk fetches it again.

    `warn`: the desk says loudly that the member waits for them.
    """
    if escalation.owner is not None:
        publish(escalation.owner.group, wire.OwnershipChanged(escalation.pk, warn=warn))


def tell_called_in(escalation: Escalation) -> None:
    """The case is nobody's to read on: desks of those whom a note called in stop reading along."""
    for expert in Expert.objects.filter(mentions__note__escalation=escalation).distinct():
        publish(expert.group, wire.OwnershipChanged(escalation.pk))


def tell_desks(escalation: Escalation, before: str) -> None:
    """The case changed, from the state `before`: each desk that shows it fetches the queue again.

    All desks show who waits. What becomes of a case in somebody's hands is shown to those who may
    read it: all others would fetch what they have. Offers and notes are written before the change.
    """
    changed = wire.QueueChanged(escalation.last_event)
    if before in WAITING_STATES or escalation.state in WAITING_STATES:
        publish("desk", changed)
        return
    publish("wall", changed)  # supervisors read everything
    of_case = Q(offers__escalation=escalation, offers__state__in=TOLD)
    called_in = Q(mentions__note__escalation=escalation)
    for expert in Expert.objects.filter(of_case | called_in, supervisor=False).distinct():
        publish(expert.group, changed)


def tell_wall() -> None:
    """A talk began or ended, whether anybody is called or not: walls refetch."""
    publish("wall", wire.TalksChanged())


def tell_member_page(escalation: Escalation) -> None:
    """The case changed: the member's page draws its cards anew."""
    publish(Session(pk=escalation.session_id).group, wire.DataChanged("person"))


def nudge_dispatcher() -> None:
    """Somebody calls: have a worker ring for them now."""
    enqueue(DISPATCH_NOW)


def wake_queue() -> None:
    """Somebody has room: have a worker look who waits now instead of a second later."""
    enqueue(SWEEP_NOW)
