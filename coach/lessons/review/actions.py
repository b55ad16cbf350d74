"""The verbs of review: keep, answer, take back, forget."""

from datetime import timedelta

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.bounds import whole_text
from coach.errors import Conflict, NotFound, Refused
from coach.lessons.review.models import SCHEDULED, TEXT_MAX_CHARS, ReviewAnswer, ReviewItem
from coach.lessons.review.scheduling import Answer, Schedule, after
from coach.types import Member

MOST = 2_000  # items of one member: more than anybody answers
UNDOABLE = timedelta(days=1)


class Keepsake(msgspec.Struct, frozen=True):
    """Something that can be kept: what is asked (`front`), what is wanted (`back`)."""

    kind: str
    language: str
    front: str
    back: str
    note: str = ""
    slug: str = ""


@transaction.atomic
def keep(member: Member, keepsake: Keepsake) -> tuple[ReviewItem, bool]:
    """Keep it, due at once; the same again changes nothing. Returns the row and whether it is new.

    Raises Refused where the member has as many as can be kept.
    """
    own = ReviewItem.objects.for_member(member)
    back = whole_text(keepsake.back, TEXT_MAX_CHARS)
    found = own.filter(language=keepsake.language, back=back).first()
    if found is None and own.count() >= MOST:
        message = _("You keep %(most)d items already. Delete some that you know.")
        raise Refused(message % {"most": MOST}, code="too_many")
    if found is not None:
        return found, False
    return own.get_or_create(
        member_id=member.pk,
        language=keepsake.language,
        back=back,
        defaults={
            "kind": keepsake.kind,
            "front": whole_text(keepsake.front, TEXT_MAX_CHARS),
            "note": whole_text(keepsake.note, TEXT_MAX_CHARS),
            "slug": keepsake.slug,
            "due": clock.now(),
        },
    )


@transaction.atomic
def answer_item(member: Member, pk: int, answer: Answer) -> ReviewItem:
    """Put the item off as `answer` says. Raises NotFound; Conflict where it is not due."""
    item = ReviewItem.objects.for_member(member).select_for_update().filter(pk=pk).first()
    if item is None:
        raise NotFound(_("This is no longer kept."))
    now = clock.now()
    if item.due > now:
        raise Conflict(_("That was answered already."), code="answered")
    before = msgspec.to_builtins(item.schedule)
    ReviewAnswer.objects.create(item=item, answer=answer, before=before)
    _reschedule(item, after(item.schedule, answer, now))
    return item


@transaction.atomic
def undo_answer(member: Member) -> ReviewItem:
    """Take the member's last answer back: the item is as it was. Raises NotFound."""
    seen = undoable(member)
    own = ReviewItem.objects.for_member(member).select_for_update()
    item = own.filter(pk=seen.item_id).first() if seen else None
    given = undoable(member)  # what it is once the item is locked
    if item is None or given is None or given != seen:
        raise NotFound(_("There is no answer to take back."))
    _reschedule(item, given.schedule_before)
    given.delete()
    return item


def undoable(member: Member) -> ReviewAnswer | None:
    """The answer that `undo_answer` would take back."""
    since = clock.now() - UNDOABLE
    answers = ReviewAnswer.objects.filter(item__member_id=member.pk, answered_at__gte=since)
    return answers.order_by("-pk").first()


@transaction.atomic
def forget(member: Member, pk: int) -> ReviewItem:
    """Delete the item and its answers. Raises NotFound."""
    item = ReviewItem.objects.for_member(member).filter(pk=pk).first()
    if item is None:
        raise NotFound(_("This is no longer kept."))
    item.delete()
    return item


def _reschedule(item: ReviewItem, schedule: Schedule) -> None:
    item.schedule = schedule
    item.save(update_fields=list(SCHEDULED))
