"""A day on which somebody gets back to a member: agreed at the hand-back, called on that day."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import Refused
from coach.talk.actions import add_card
from coach.talk.models import Session
from coach.types import Member
from handoff.actions import locks, queue, transitions
from handoff.actions.ending import NOT_SAID, complete
from handoff.actions.raising import raise_escalation
from handoff.assignment import Ring
from handoff.models import Escalation, Expert, PlannedFollowUp, Tier
from handoff.opening import desk_hours, desk_zone, today_at_desk
from handoff.timeouts import PLANNED_AHEAD

AGREED = "FUP"  # the code of the case that it becomes
BEGINS = time(9)  # of a desk that is always open
State = PlannedFollowUp.State


def check_day(day: date, at: datetime) -> datetime:
    """When the desk can get back to a member on `day`. Raises Refused where it cannot."""
    today = today_at_desk(at)
    if not today < day <= today + PLANNED_AHEAD:
        last = {"days": PLANNED_AHEAD.days}
        raise Refused(_("Choose a day from tomorrow on, within %(days)d days.") % last, code="day")
    zone, hours = desk_zone(), desk_hours()
    begins = datetime.combine(day, BEGINS if hours.always else time.min, zone)
    due = hours.next_opening(begins)
    if due.astimezone(zone).date() != day:
        raise Refused(_("The desk is closed on that day. Choose another one."), code="day")
    return due


def plan(escalation: Escalation, day: date | None, expert: Expert | None, at: datetime) -> None:
    """Write down that `expert`, or the desk, gets back to the member on `day`, if on any.

    The case is locked. The member reads it in the thread and can take it back there. It takes the
    place of what was agreed at an earlier hand-back of the case. Raises Refused, after which
    nothing of the caller's transaction may stay.
    """
    if day is None:
        return
    earlier = PlannedFollowUp.objects.filter(escalation=escalation, state=State.PLANNED)
    earlier.update(state=State.CANCELLED)
    row = PlannedFollowUp.objects.create(
        escalation=escalation, expert=expert, day=day, due_at=check_day(day, at)
    )
    add_card(escalation.session, "follow_up", str(row.pk))


@transaction.atomic
def cancel_planned(row: PlannedFollowUp, actor: Member) -> bool:
    """Nobody need get back to the member; False when it has come already, or is cancelled."""
    _session, case = locks.lock_escalation(row.escalation)
    planned = PlannedFollowUp.objects.filter(pk=row.pk, state=State.PLANNED)
    if not planned.update(state=State.CANCELLED):
        return False
    transitions.move(case, "plan_cancelled", actor=actor)
    queue.tell_owner(case)
    return True


@transaction.atomic
def call_planned(row: PlannedFollowUp) -> Escalation | None:
    """The day has come: call whoever agreed to it. None: it is not due, or no longer planned."""
    locks.lock_session(row.escalation.session_id)
    at = clock.now()
    due = PlannedFollowUp.objects.filter(pk=row.pk, state=State.PLANNED, due_at__lte=at)
    found = due.select_related("escalation__session", "expert__user").first()
    if found is None:
        return None
    _close_write_up(found.escalation.session)
    who = found.expert.user if found.expert is not None else _("the desk")
    reason = _("%(who)s agreed to get back to them today.") % {"who": who}
    called = raise_escalation(found.escalation.session, AGREED, Tier.P3, "", reason)
    # What was open already rings on as it did: nobody in danger is put back to the first ring.
    fresh = called.codes == [AGREED] and called.owner is None
    if found.expert is not None and fresh:
        transitions.move(
            called,
            "planned_for",
            at=at,
            preferred_id=found.expert.pk,
            ring=Ring.KNOWN,
            ring_since=at,
        )
    PlannedFollowUp.objects.filter(pk=found.pk).update(state=State.CALLED, became=called)
    return called


def _close_write_up(session: Session) -> None:
    """What was handed back and never written up is closed as it stands.

    It would ring again as what it was: an emergency, days after it, and hold the coach in a talk
    that goes on. Supervisors have been told since that nobody has said how it ended.
    """
    resting = Escalation.objects.filter(session=session, state=Escalation.State.WRAP_UP).first()
    if resting is not None:
        complete(resting, resting.outcome or NOT_SAID)


def next_planned(case: Escalation) -> PlannedFollowUp | None:
    """What was agreed at the hand-back of `case` and has not come yet."""
    planned = PlannedFollowUp.objects.filter(escalation=case, state=State.PLANNED)
    return planned.select_related("expert__user").first()
