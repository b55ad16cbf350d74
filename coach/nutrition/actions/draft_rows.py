"""Rows of drafted meals, as their verbs find and write them. No transactions here."""

from django.utils.translation import gettext as _

from coach import clock
from coach.errors import Conflict, NotFound
from coach.nutrition.actions.history import hold, tell
from coach.nutrition.actions.rows import fill
from coach.nutrition.models.diary import MealItem
from coach.nutrition.models.drafts import MealDraft
from coach.nutrition.reading import DiaryFood
from coach.types import Member


def draft_of(member: Member, draft_id: int) -> MealDraft:
    """The draft of `member` with that key, added and discarded ones as well. Raises NotFound."""
    draft = MealDraft.objects.for_member(member).filter(pk=draft_id).first()
    if draft is None:
        raise NotFound(_("That draft is gone. Show the photo again, or say what you ate."))
    return draft


def open_draft(member: Member, draft_id: int) -> MealDraft:
    """The draft, held for a change. Raises NotFound, or Conflict where it is open no more."""
    hold(member)
    draft = draft_of(member, draft_id)
    if draft.change_id is not None:
        raise Conflict(_("That meal is in your diary already."))
    open_one = MealDraft.objects.open().filter(pk=draft_id).first()
    if open_one is None:
        raise Conflict(_("That draft was discarded."))
    return open_one


def touch(draft: MealDraft) -> MealDraft:
    """Save a draft that was changed, and let open pages draw it anew."""
    draft.touched_at = clock.now()
    draft.save()
    tell(draft.member)
    return draft


def line_item(found: DiaryFood, line: int) -> MealItem:
    """A food as line number `line` of a draft; never saved as an item."""
    item = MealItem(position=line)
    fill(item, found)
    return item
