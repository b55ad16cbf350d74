"""Show a member where there is help, and count that they were told."""

from coach import clock
from coach.talk.actions import add_card
from coach.talk.models import Card, Session
from handoff.models import CrisisReferral
from handoff.opening import today_at_desk
from handoff.safety.crisis import country_of, resources_for

Shown = CrisisReferral.Shown


def refer(session: Session, shown: Shown, ref: str, code: str) -> Card:
    """Put the card for `code` into the thread, and note what it names. The member is not noted."""
    zone = session.member.time_zone
    CrisisReferral.objects.create(
        month=today_at_desk(clock.now()).replace(day=1),
        shown=shown,
        code=code,
        country=country_of(zone),
        resources=[resource.name for resource in resources_for(code, zone)],
    )
    return add_card(session, shown.value, ref)
