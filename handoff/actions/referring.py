"""Count that a member was told where there is help, beside the card that tells it."""

from coach import clock
from coach.types import Member
from handoff.models import CrisisReferral
from handoff.opening import desk_zone
from handoff.safety.crisis import country_of, resources_for

Shown = CrisisReferral.Shown


def count_referral(shown: Shown, code: str, member: Member) -> None:
    """Note what a card for `code` names, in the transaction that shows it. The member is not."""
    today = clock.now().astimezone(desk_zone()).date()
    CrisisReferral.objects.create(
        month=today.replace(day=1),
        shown=shown,
        code=code,
        country=country_of(member.time_zone),
        resources=[resource.name for resource in resources_for(code, member.time_zone)],
    )
