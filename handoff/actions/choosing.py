"""A supervisor chooses the expert whom a waiting call asks next.

It rings at their desk as any other offer: whoever is away from the screen does not have a case for
that, and who has it has said yes.
"""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from coach.errors import Refused
from handoff.actions import locks, roster, transitions
from handoff.actions.capacity import load_of
from handoff.actions.supervising import check_supervisor
from handoff.actions.transitions import State
from handoff.assignment import Candidate, Unfit, place_for
from handoff.limits import REASON_MAX_CHARS
from handoff.models import Escalation, Expert, Offer, Tier
from handoff.opening import called_at_any_hour
from handoff.timeouts import DECLINED_FOR, OFFER_LIFE

Status = Expert.Status

WHY_NOT: dict[str, Promise] = {
    Unfit.UNRESPONSIVE: gettext_lazy("%(name)s has not answered the last offers."),
    Unfit.LANGUAGE: gettext_lazy("%(name)s does not speak the member's language."),
    Unfit.ASKED: gettext_lazy("It rings at %(name)s's desk already."),
    Unfit.DECLINED: gettext_lazy("%(name)s has declined it in the last minutes."),
    Unfit.GRAVER: gettext_lazy("A graver call rings at %(name)s's desk."),
    Unfit.FULL: gettext_lazy("%(name)s has as many conversations as they can take."),
    Status.AWAY: gettext_lazy("%(name)s is away."),
    Status.DRAINING: gettext_lazy("%(name)s takes nothing new."),
    Status.OFFLINE: gettext_lazy("%(name)s is not at the desk."),
}


@transaction.atomic
def choose(escalation: Escalation, supervisor: Expert, expert: Expert, note: str = "") -> Offer:
    """Offer a waiting call to `expert`, whom `supervisor` chose; `note` is for the expert.

    P2 to P4 ring nowhere else meanwhile. In danger whoever is rung already goes on being rung.
    Raises AlreadyTaken when somebody has it, and Refused with the reason why it cannot be them.
    """
    check_supervisor(supervisor)
    note = whole_text(note, REASON_MAX_CHARS)
    _session, escalation = locks.lock_escalation(escalation)
    expert = locks.lock_expert(expert.pk)
    at = clock.now()
    if not escalation.rings:
        raise transitions.taken()
    place = unfit_now(expert, at) or place_for(
        roster.case_of(escalation), _candidate(escalation, expert, at)
    )
    if isinstance(place, str):
        raise Refused(why_not(place, expert), code=str(place))
    if escalation.tier > Tier.P1:
        transitions.end_offers(escalation, Offer.State.CANCELED, at)
    offer = Offer.objects.create(
        escalation=escalation,
        expert=expert,
        kind=Offer.Kind.CHOSEN,
        ring=place,
        passed_by=supervisor,
        note=note,
        created_at=at,
        expires_at=at + OFFER_LIFE[escalation.tier],
    )
    _note_in(escalation, supervisor, expert, note, at)
    publish(expert.group, wire.OfferMade(offer.pk))
    return offer


def why_not(unfit: str, expert: Expert) -> str:
    """The sentence for a supervisor: why `expert` cannot be chosen."""
    return str(WHY_NOT[unfit]) % {"name": expert.user}


def unfit_now(expert: Expert, at: datetime) -> str:
    """What the expert has said of themselves that forbids to ask them; "" when nothing does."""
    if not expert.active or not expert.live(at):
        return Status.OFFLINE
    asked = (Status.AVAILABLE, Status.UNRESPONSIVE)
    return "" if expert.status in asked else expert.status


def _candidate(escalation: Escalation, expert: Expert, at: datetime) -> Candidate:
    ringing = expert.offers.filter(state=Offer.State.PENDING)
    rung = dict(ringing.values_list("escalation", "escalation__tier"))
    fresh = roster.candidate(
        expert,
        owned=load_of(expert),
        spoken=False,
        rung_for=tuple(rung.values()),
        any_hour=called_at_any_hour(expert, at),
    )
    said_no = expert.pk in declined_lately(escalation, at)
    return replace(fresh, asked=escalation.pk in rung, declined=said_no)


def declined_lately(escalation: Escalation, at: datetime) -> set[int]:
    """Keys of the experts who said no to this call and are not asked again yet."""
    no = escalation.offers.filter(state=Offer.State.DECLINED, ended_at__gt=at - DECLINED_FOR)
    return set(no.values_list("expert", flat=True))


def _note_in(
    escalation: Escalation, supervisor: Expert, expert: Expert, note: str, at: datetime
) -> None:
    changes: transitions.EscalationChanges = {"offered_at": escalation.offered_at or at}
    if escalation.state != State.FOLLOW_UP:  # which rings and stays what it is
        changes |= {"state": State.OFFERED, "next_action_at": at}
    told = f"{expert.user}: {note}" if note else str(expert.user)
    transitions.move(escalation, "chosen", actor=supervisor.user, at=at, note=told, **changes)
