"""How a follow-up stands: whether the member was reached, and who spoke last."""

from django.utils.translation import gettext as _

from coach.errors import Refused
from coach.talk.models import Turn
from handoff.models import Escalation

REACHED = "reached"  # kind of the event of a call that the member answered
NOT_A_CASE = "not_a_case"  # the outcome of a call that nobody needed


def check_contacted(escalation: Escalation, outcome: str) -> None:
    """Raise Refused where a follow-up would be closed without a word to the member.

    What was no case at all may be closed without one.
    """
    if escalation.session.ended_at is None or outcome == NOT_A_CASE:
        return
    if not was_contacted(escalation):
        raise Refused(
            _("The member was not reached yet. Write to them, or note a call that they answered."),
            code="not_contacted",
        )


def was_contacted(escalation: Escalation) -> bool:
    """Whether a person wrote or spoke to the member since the case began."""
    wrote = Turn.objects.filter(
        session=escalation.session_id,
        speaker=Turn.Speaker.EXPERT,
        created_at__gte=escalation.created_at,
    )
    return wrote.exists() or escalation.events.filter(kind=REACHED).exists()


def owes_answer(escalation: Escalation) -> bool:
    """Whether the member wrote last, into a talk that had ended, and was not called since."""
    if escalation.session.ended_at is None:
        return False
    said = Turn.objects.filter(
        session=escalation.session_id, speaker__in=(Turn.Speaker.MEMBER, Turn.Speaker.EXPERT)
    )
    last = said.filter(created_at__gt=escalation.session.ended_at).order_by("-seq").first()
    if last is None or last.speaker != Turn.Speaker.MEMBER:
        return False
    return not escalation.events.filter(kind=REACHED, at__gt=last.created_at).exists()
