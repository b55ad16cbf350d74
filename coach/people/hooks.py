"""What the profile registers with a talk: what was noted last can be taken back by a word."""

from django.utils.translation import gettext as _

from coach import clock
from coach.people import actions
from coach.people.models import HealthFact, Measurement
from coach.talk.registries.undoing import UNDO_WITHIN, LastChange, can_undo
from coach.types import Member


@can_undo
def newest_fact(member: Member) -> LastChange | None:
    """The fact that was noted last."""
    since = clock.now() - UNDO_WITHIN
    noted = HealthFact.objects.for_member(member).filter(noted_at__gt=since)
    row = noted.order_by("-noted_at", "-pk").first()
    if row is None or row.noted_at is None:
        return None
    pk = row.pk

    def undo() -> str:
        name = actions.erase_fact(member, pk)
        return _("Done. I have taken back what I noted: %(name)s.") % {"name": name}

    return LastChange(row.noted_at, undo)


@can_undo
def newest_measurement(member: Member) -> LastChange | None:
    """The measurement that was written last."""
    since = clock.now() - UNDO_WITHIN
    rows = Measurement.objects.for_member(member).standing().filter(created_at__gt=since)
    row = rows.order_by("-created_at", "-pk").first()
    if row is None:
        return None
    pk = row.pk

    def undo() -> str:
        taken = actions.undo_measurement(member, pk)
        what = taken.get_kind_display()
        return _("Done. I have taken back your %(what)s.") % {"what": what}

    return LastChange(row.created_at, undo)
