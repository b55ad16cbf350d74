"""Keep what was agreed in a talk, and erase it when its member wishes."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach.errors import NotFound
from coach.people.models import MemoryItem
from coach.talk.models import Session
from coach.types import Member

KEPT = 50  # agreed things of one member; older ones go


@transaction.atomic
def remember(session: Session, text: str, by: str) -> MemoryItem:
    """Keep `text`, which `by` agreed with the member of `session`."""
    item = MemoryItem.objects.create(member=session.member, text=text, by=by, session=session)
    kept = MemoryItem.objects.for_member(session.member)
    old = list(kept.values_list("pk", flat=True)[KEPT : 2 * KEPT])
    MemoryItem.objects.filter(pk__in=old).delete()
    return item


@transaction.atomic
def erase_memory(member: Member, pk: int) -> None:
    """Delete what was agreed. Raises NotFound."""
    if not MemoryItem.objects.for_member(member).filter(pk=pk).delete()[0]:
        raise NotFound(_("That is no longer there."))
