"""Whether an expert is at the desk: the status they chose, and whether their page is alive."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from coach.talk.language import in_language_of
from coach.talk.models import Floor, Session
from handoff.actions import clocks, locks, queue, transitions
from handoff.actions.floor import return_floor
from handoff.actions.ownership import give_back
from handoff.limits import AWAY_MAX_CHARS
from handoff.models import OWNED_STATES, Escalation, Expert, Offer, Script
from handoff.timeouts import BREAK, LEASE

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
def take_break(expert: Expert) -> None:
    """Away for `BREAK` (10 minutes), then available; what the expert chooses meanwhile counts."""
    go_away(expert, _("break"))
    Expert.objects.filter(pk=expert.pk).update(away_until=clock.now() + BREAK)
    expert.refresh_from_db(fields=["away_until"])


@transaction.atomic
def end_break(expert: Expert) -> bool:
    """A break is over: available, and asked again where their page is open. False: not over."""
    expert = locks.lock_expert(expert.pk)
    if expert.away_until is None or expert.away_until > clock.now():
        return False
    _choose(expert, Status.AVAILABLE, "")
    queue.wake_queue()
    return True


@transaction.atomic
def drain(expert: Expert) -> None:
    """Finish what one has and take nothing new."""
    _choose(expert, Status.DRAINING, "")


@transaction.atomic
def go_offline(expert: Expert) -> None:
    """Leave the desk. What one still owns stays so until the lease ends or it is given back."""
    _choose(expert, Status.OFFLINE, "")


def _choose(expert: Expert, status: str, reason: str) -> None:
    mine = Expert.objects.filter(pk=expert.pk)
    mine.exclude(status=status).update(status_since=clock.now())
    mine.update(status=status, status_reason=reason, missed_offers=0, away_until=None)
    chosen = ["status", "status_reason", "status_since", "away_until", "missed_offers"]
    expert.refresh_from_db(fields=chosen)
    publish("desk", wire.QueueChanged(0))
    publish(expert.group, wire.PresenceChanged(status))


@transaction.atomic
def lose(escalation: Escalation) -> bool:
    """The owner's page has been silent for a whole lease: back to the head of the queue.

    Where it is whoever stayed with the member after a transfer that is gone, the coach takes over
    until the owner comes. False when all are there after all or it is no longer theirs.
    """
    session, escalation = locks.lock_escalation(escalation)
    if escalation.owner_id is None or escalation.state not in OWNED_STATES:
        return False
    owner = locks.lock_expert(escalation.owner_id)
    at = clock.now()
    if owner.live(at):
        return _lose_stayer(session, escalation, owner, at)
    notice = _("We lost the connection to %(expert)s. We are calling somebody now.")
    give_back(escalation, owner, "lost", Offer.State.LOST, notice=notice % {"expert": owner.user})
    return True


def _lose_stayer(session: Session, escalation: Escalation, owner: Expert, at: datetime) -> bool:
    holder = Expert.objects.filter(user=session.floor_holder_id).exclude(pk=owner.pk)
    gone = holder.exclude(lease_until__gt=at).select_related("user").first()
    if session.floor != Floor.EXPERT or gone is None:
        return False
    notice = in_language_of(session.member, lambda: _("The connection to %(expert)s was lost."))()
    transitions.move(escalation, "stayer_lost", at=at)
    return_floor(escalation, notice=notice % {"expert": gone.user}, moment=Script.Moment.LOST)
    clocks.follow(escalation, at)  # nobody writes to the member any more
    return True
