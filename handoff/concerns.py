"""What the desk knows of a member that calorie goals and budgets must respect."""

from datetime import timedelta
from typing import Any

from coach import clock
from coach.nutrition.targets import watch_for
from coach.talk.models import Turn
from coach.talk.usage.budgets import never_stopped_while
from handoff.models import Escalation, FlagRecord

# So long goals stay away after such words, unless an expert says that the flag was not needed.
REMEMBERED = timedelta(days=180)
GRAVE = 1  # P0 and P1


@watch_for
def said_signs_of_an_eating_disorder(member: Any) -> bool:
    """Whether `member` said something that was flagged as an eating disorder, P0 or P1."""
    flags = FlagRecord.objects.filter(
        session__member=member,
        speaker=Turn.Speaker.MEMBER,
        code__startswith="ED",
        severity__lte=GRAVE,
        created_at__gt=clock.now() - REMEMBERED,
    )
    return flags.exclude(escalation__flag_right=Escalation.FlagRight.WRONG).exists()


@never_stopped_while
def is_called_for(member_id: int) -> bool:
    """Whether a person is called for this member, has them, or is to follow up."""
    return bool(Escalation.objects.filter(member_id=member_id).open().exists())
