"""P0 and P1 write to experts whose desk is not open, or at whose desk nobody answers."""

from datetime import datetime

from django.db.models import Q

from handoff.fluency import suffices
from handoff.limits import EXPERTS_MAILED
from handoff.models import Escalation, Expert, Outbox, Tier
from handoff.opening import on_call_now
from handoff.outside import outbox
from handoff.timeouts import MAIL_OTHERS_AFTER


def mail_absent(escalation: Escalation, at: datetime) -> None:
    """Write one mail to each expert who is away, in the caller's transaction; once for each case.

    Supervisors and who is on call are written to at once, the others after a while: by then
    somebody may have taken it, and what nobody needs any more is not sent. Of P1, those who speak
    the member's language a little are written to after twice as long, the rest not at all.
    """
    if escalation.tier > Tier.P1 or not escalation.rings:
        return
    written = Outbox.objects.filter(kind=Outbox.Kind.CALL, escalation=escalation)
    told = set(written.values_list("recipient", flat=True))
    if told and escalation.tier == Tier.P0:
        _bring_forward(escalation, at)  # it may have been less grave when they were to be told
    first = on_call_now(at)
    away = Expert.objects.filter(active=True, user__is_active=True).exclude(user__email="")
    answers = ~Q(status=Expert.Status.UNRESPONSIVE)  # or nobody sits before the open page
    away = away.exclude(answers, lease_until__gt=at).select_related("user")
    for expert in sorted(away, key=lambda one: not (one.supervisor or one.pk in first)):
        if expert.user_id in told or len(told) >= EXPERTS_MAILED:
            continue
        spoken, later = expert.fluency(escalation.language), MAIL_OTHERS_AFTER[escalation.tier]
        if expert.supervisor or expert.pk in first:
            due = at
        elif escalation.tier == Tier.P0 or suffices(spoken):
            due = at + later
        elif spoken:
            due = at + 2 * later
        else:
            continue
        told.add(expert.user_id)
        outbox.post(Outbox.Kind.CALL, escalation, at, expert.user, due=due)


def _bring_forward(escalation: Escalation, at: datetime) -> None:
    """Who waits for longer than an emergency may is told as in one."""
    due = at + MAIL_OTHERS_AFTER[Tier.P0]
    waiting = Outbox.objects.filter(kind=Outbox.Kind.CALL, escalation=escalation, attempts=0)
    waiting.filter(sent_at=None, next_try_at__gt=due).update(next_try_at=due)
