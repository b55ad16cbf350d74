"""After an emergency: ask the expert how they are, and let supervisors know what they answer."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coach import clock, wire
from coach.after_commit import publish
from coach.bounds import whole_text
from coach.errors import Conflict, Refused
from handoff.actions.presence import take_break
from handoff.actions.supervising import check_supervisor
from handoff.limits import DEBRIEF_MAX_CHARS
from handoff.models import Debrief, Escalation, Expert
from handoff.timeouts import DEBRIEF_FOR

How = Debrief.How
# Who chose to be away, or to take nothing new, is not made available by the end of a break.
ASKED_AGAIN = (Expert.Status.AVAILABLE, Expert.Status.UNRESPONSIVE)
OVER = (Escalation.State.WRAP_UP, Escalation.State.RESOLVED)


def owed_debrief(expert: Expert) -> Escalation | None:
    """The last emergency that this expert handed back and was not debriefed about; or None."""
    cases = Escalation.objects.filter(
        owner=expert,
        crisis_card__isnull=False,
        state__in=OVER,
        wrap_at__gt=clock.now() - DEBRIEF_FOR,
    )
    owed = cases.exclude(debriefs__expert=expert).select_related("member")
    found: Escalation | None = owed.order_by("-wrap_at").first()
    return found


@transaction.atomic
def debrief(
    escalation: Escalation, expert: Expert, how: str, note: str = "", *, rest: bool = False
) -> Debrief:
    """Keep the answer; an empty `how` wants none. `rest`: a break that ends by itself begins.

    Raises Refused where the case was not their emergency, Conflict where they answered already.
    """
    mine = escalation.owner_id == expert.pk and escalation.crisis_card_id is not None
    if not mine or escalation.state not in OVER:
        raise Refused(_("This was not your emergency, or it is not closed."))
    note = whole_text(note, DEBRIEF_MAX_CHARS)
    if how not in How.values or (note and not how):
        raise Refused(_("Choose how you are."))
    try:
        with transaction.atomic():
            row = Debrief.objects.create(
                escalation=escalation, expert=expert, how=how, note=note, created_at=clock.now()
            )
    except IntegrityError as error:
        raise Conflict(_("You have answered this already.")) from error
    if rest and expert.status in ASKED_AGAIN:
        take_break(expert)
    publish("wall", wire.QueueChanged(0), expert.group)
    return row


@transaction.atomic
def see_debrief(row: Debrief, supervisor: Expert) -> None:
    """A supervisor has read it and takes care of it: it leaves the wall."""
    check_supervisor(supervisor)
    Debrief.objects.filter(pk=row.pk, seen_at=None).update(seen_by=supervisor, seen_at=clock.now())
    publish("wall", wire.QueueChanged(0))
