"""Write down what a member measured, and take it back."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import NotFound
from coach.people.actions import rows
from coach.people.health import Measured
from coach.people.health.measures import KG_PER_POUND
from coach.people.models import Measurement, Profile
from coach.people.models.health import Source
from coach.people.signals import measured
from coach.talk.models import Session
from coach.types import Member

Kind = Measurement.Kind
# The profile's field that holds the newest of a kind.
FIELDS = {Kind.WEIGHT: "weight_kg", Kind.HEIGHT: "height_cm"}
# A weight without a unit, or that nothing names, is so near the last.
LIKE_BEFORE = 0.2


def in_unit(profile: Profile, found: Measured) -> Measured | None:
    """`found` in its unit; None where its unit or what was weighed is not known."""
    if found.unit and (found.sure or found.kind != Kind.WEIGHT):
        return found
    known = profile.weight_kg
    units = (1.0,) if found.unit else (1.0, KG_PER_POUND)
    for unit_kg in units if known else ():
        value = round(found.value * unit_kg, 1)
        if known and abs(value - known) <= LIKE_BEFORE * known:
            return Measured(found.kind, value, "kg", days_ago=found.days_ago)
    return None


@transaction.atomic
def measure(
    member: Member,
    found: Iterable[Measured],
    *,
    session: Session | None = None,
    source: Source = Source.TALK,
) -> list[Measurement]:
    """Write measurements, each with its unit; the newest weight and height are the profile's."""
    rows.hold(member)
    profile = Profile.of(member)
    now = clock.now()
    told = [(one.sure, _write(profile, one, now, session, source)) for one in found]
    written = [row for _sure, row in told]
    if written:
        sure = [row for is_sure, row in told if is_sure]
        measured.send(Measurement, member=member, rows=written, sure=sure)
    return written


def _write(
    profile: Profile, found: Measured, now: datetime, session: Session | None, source: Source
) -> Measurement:
    field = FIELDS.get(Kind(found.kind))
    at = now - timedelta(days=found.days_ago)
    row = Measurement.objects.create(
        member=profile.user,
        kind=found.kind,
        value=found.value,
        second=found.second,
        unit=found.unit,
        replaced=getattr(profile, field) if field else None,
        source=source,
        session=session,
        measured_at=at,
    )
    if field and _newest(profile.user, row.kind) == row:
        setattr(profile, field, row.value)
        profile.save()
    return row


def _newest(member: Member, kind: str) -> Measurement | None:
    return Measurement.objects.for_member(member).standing().filter(kind=kind).first()


@transaction.atomic
def undo_measurement(member: Member, pk: int) -> Measurement:
    """Take a measurement back; the profile holds what it held before. Raises NotFound."""
    rows.hold(member)
    row = Measurement.objects.for_member(member).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("That is no longer there."))
    if row.undone_at is None:
        row.undone_at = clock.now()
        row.save(update_fields=["undone_at"])
        _put_back(row)
    return row


@transaction.atomic
def erase_measurement(member: Member, pk: int) -> None:
    """Delete a measurement for good, and its number wherever it was kept. Raises NotFound."""
    row = undo_measurement(member, pk)
    others = Measurement.objects.for_member(member).filter(kind=row.kind, replaced=row.value)
    others.update(replaced=None)
    row.delete()


def _put_back(row: Measurement) -> None:
    """The profile's value is that of the newest measurement left, or what was there before."""
    field = FIELDS.get(Kind(row.kind))
    profile = Profile.of(row.member)
    if not field or getattr(profile, field) != row.value:
        return
    before = _newest(row.member, row.kind)
    setattr(profile, field, before.value if before else row.replaced)
    profile.save()
