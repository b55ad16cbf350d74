"""Change the lines of a drafted meal: by saying so, by hand, and back again."""

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import CoachError, NotFound
from coach.nutrition.actions.draft_rows import line_item, open_draft, touch
from coach.nutrition.actions.drafts import discard_draft
from coach.nutrition.actions.rows import MAX_GRAMS, MAX_ITEMS, fill, scale
from coach.nutrition.diary_clock import said_at
from coach.nutrition.models.diary import MealItem
from coach.nutrition.models.drafts import MealDraft, lines_of
from coach.nutrition.reading import Step, read_change, read_correction
from coach.types import Member


@transaction.atomic
def change_draft(member: Member, draft_id: int, said: str) -> MealDraft | None:
    """Change a draft as `said` asks ("leave the rice out"); None when that is not about it."""
    draft = open_draft(member, draft_id)
    items = draft.items
    request = read_correction(said, said_at(member))
    if request.verb == "remove" and not request.what:
        return discard_draft(member, draft_id)
    steps = read_change(said, items).steps
    if not steps:
        return None
    for step in steps:
        _take(step, items)
    return _rewrite(draft, [item for item in items if item.name])


@transaction.atomic
def edit_draft_line(member: Member, draft_id: int, line: int, grams: float) -> MealDraft:
    """Set the weight of one line; its nutrients follow."""
    draft = open_draft(member, draft_id)
    if not 0 < grams <= MAX_GRAMS:
        raise CoachError(_("Type a weight between 1 and 10,000 grams."), code="invalid")
    items = draft.items
    item = _line(items, line)
    scale(item, grams)
    item.amount = item.spoken = ""
    return _rewrite(draft, items)


@transaction.atomic
def remove_draft_line(member: Member, draft_id: int, line: int) -> MealDraft:
    """Take one line out; with the last one the draft is discarded."""
    draft = open_draft(member, draft_id)
    items = draft.items
    items.remove(_line(items, line))
    return _rewrite(draft, items)


@transaction.atomic
def take_back_draft_change(member: Member, draft_id: int) -> MealDraft:
    """What the last change of the draft did is undone, or done again."""
    draft = open_draft(member, draft_id)
    if draft.lines_before is None:
        raise NotFound(_("There is nothing to undo."))
    draft.lines, draft.lines_before = draft.lines_before, draft.lines
    return touch(draft)


def _rewrite(draft: MealDraft, items: list[MealItem]) -> MealDraft:
    if len(items) > MAX_ITEMS:
        raise CoachError(_("That is too much for one meal. Tell me a part of it."), code="too_much")
    if not items:
        draft.discarded_at = clock.now()
    else:
        draft.lines_before, draft.lines = draft.lines, lines_of(items)
    return touch(draft)


def _take(step: Step, items: list[MealItem]) -> None:
    """Do one step on the items as they were numbered; what is taken out loses its name."""
    if step.kind == "add":
        if step.food:
            items.append(
                line_item(step.food, 1 + max((item.position for item in items), default=0))
            )
        return
    if step.target is None:
        return
    item = items[step.target]
    if step.kind == "remove":
        item.name = ""
    elif step.kind == "replace" and step.food:
        fill(item, step.food)
    elif step.grams and item.grams:
        scale(item, step.grams)
        item.amount, item.spoken = step.amount, step.spoken


def _line(items: list[MealItem], line: int) -> MealItem:
    for item in items:
        if item.position == line:
            return item
    raise NotFound(_("That food is not in the draft any more."))
