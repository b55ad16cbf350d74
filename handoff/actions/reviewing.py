"""A person has read ready sentences, and answers for them."""

from collections.abc import Iterable

from django.db import transaction

from coach import clock
from coach.types import Member
from handoff.models import CannedReply


@transaction.atomic
def review(replies: Iterable[CannedReply], person: Member) -> int:
    """Write down that `person` has reviewed these texts today; returns how many.

    One that was changed since it was read is not reviewed by that.
    """
    today, reviewed = clock.host_today(), 0
    for reply in replies:
        same = CannedReply.objects.filter(pk=reply.pk, text=reply.text, title=reply.title)
        reviewed += same.update(reviewed_on=today, reviewed_by=person)
    return reviewed
