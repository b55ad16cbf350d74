"""Give the floor to somebody, or stop who has it."""

from django.db import transaction
from django.db.models import F

from coach import wire
from coach.after_commit import publish
from coach.talk.models import FLOORS_OF_COACH, Session
from coach.types import Member


@transaction.atomic
def move_floor(
    session: Session,
    to: str,
    *,
    holder: Member | None = None,
    name: str = "",
    voice: bool = False,
    from_floors: tuple[str, ...] | None = None,
) -> int | None:
    """Move the floor and raise its epoch; returns the new epoch. The member reads `name`.

    `voice`: the holder speaks instead of writing. None when the floor was not one of `from_floors`
    (somebody was faster) or is `to` already with the same holder in the same way: then nothing
    changed. From the commit on, coach output of an older epoch is
    refused by the row, dropped at the relay and dropped at the page.
    """
    rows = Session.objects.filter(pk=session.pk)
    if from_floors is not None:
        rows = rows.filter(floor__in=from_floors)
    holder_id = holder.pk if holder is not None else None
    same = rows.filter(floor=to, floor_voice=voice)
    same = same.filter(floor_holder_id=holder_id) if holder_id else same.filter(floor_holder=None)
    if same.exists():
        return None
    changed = rows.update(
        floor=to,
        floor_holder_id=holder_id,
        floor_name=name,
        floor_voice=voice,
        floor_epoch=F("floor_epoch") + 1,
    )
    if not changed:
        return None
    moved = ["floor", "floor_epoch", "floor_holder", "floor_name", "floor_voice"]
    session.refresh_from_db(fields=moved)
    publish(session.group, wire.FloorMoved(), session.watch_group)
    return session.floor_epoch


@transaction.atomic
def stop_coach(session: Session) -> bool:
    """End what the coach is saying now, and its answer that is being made; it keeps the floor.

    The epoch rises, so that what is late of the old one is refused as when the floor moves. False:
    the floor is not the coach's, and nothing has changed.
    """
    rows = Session.objects.live().filter(pk=session.pk, floor__in=FLOORS_OF_COACH)
    if not rows.update(floor_epoch=F("floor_epoch") + 1, stopped_epoch=F("floor_epoch") + 1):
        return False
    session.refresh_from_db(fields=["floor", "floor_epoch", "stopped_epoch"])
    publish(session.group, wire.FloorMoved(), session.watch_group)
    return True
