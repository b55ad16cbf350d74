"""Whether a member is asked if the expert helped, and for how long. Never after a crisis.

Whoever was in danger is not asked how the service was: it would make little of it, and a "no"
would be a call for help in the wrong place.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from coach import clock
from handoff.models import Escalation, Rating
from handoff.timeouts import RATING_CHANGES, RATING_OPEN

State = Escalation.State
# Families of codes after which nobody is asked, however grave the case was in the end.
CRISES = (
    "SI",  # suicide
    "SH",  # self-injury
    "ED",  # eating disorders
    "ABU",  # abuse and violence
    "VIO",  # threats to others
    "OTH",  # somebody else in danger
    "PSY",  # mental health
)


def is_crisis(case: Escalation) -> bool:
    """Whether it is about a crisis, or was an emergency at any time: then it has a crisis card."""
    families = {code.split("-")[0] for code in (case.code, *case.codes)}
    return case.crisis_card_id is not None or not families.isdisjoint(CRISES)


def may_ask(case: Escalation) -> bool:
    """Whether the member of this case is asked: a person spoke with them, and it is over."""
    if case.state != State.RESOLVED or case.first_human_at is None or case.owner_id is None:
        return False
    return not any(map(is_crisis, Escalation.objects.filter(session=case.session_id)))


def asked_now(keys: Iterable[int]) -> Mapping[int, Rating]:
    """The questions that stand before their members now, by the key of their case.

    One that was answered stands as long as the answer can be changed. None stands while a person
    is called into the same talk, nor after a newer case of it.
    """
    rows = Rating.objects.filter(escalation__in=set(keys), closed_at__isnull=True)
    found = {row.escalation_id: row for row in rows.select_related("escalation__owner__user")}
    if not found:
        return {}
    now = clock.now()
    newest: dict[object, Escalation] = {}
    for case in Escalation.objects.filter(
        session__in={row.escalation.session_id for row in found.values()}
    ).order_by("pk"):
        newest[case.session_id] = case
    return {
        key: row
        for key, row in found.items()
        if newest[row.escalation.session_id].pk == key and stands(row, now)
    }


def stands(row: Rating, now: datetime) -> bool:
    """Whether it can be answered still, or the answer changed."""
    if row.answered_at is None:
        return row.asked_at + RATING_OPEN > now
    return row.answered_at + RATING_CHANGES > now
