"""A meal the coach proposes: looked at, corrected, then added to the diary or thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import CoachError, Conflict, NotFound
from coach.nutrition.actions.changing import TAKE_AWAY, WHOLE
from coach.nutrition.actions.history import done_before, hold, record, tell
from coach.nutrition.actions.meals import MAX_GRAMS, MAX_ITEMS, Question, fill, scale
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.nutrition.models.drafts import MealDraft, lines_of
from coach.nutrition.reading import Draft, NamedFood, Step, read_change, read_items, same_food
from coach.nutrition.today import today, when

# How long words without a name ("leave the rice out") are taken to be about the draft.
IN_QUESTION = timedelta(minutes=30)


@dataclass(frozen=True)
class Proposed:
    """`question` asks for the foods that could not be looked up, if any."""

    draft: MealDraft
    question: str = ""


@transaction.atomic
def propose_meal(
    member: Any, items: Sequence[NamedFood], said: str = "", *, session: Any = None, key: str
) -> Proposed | Question:
    """Keep a draft of what a picture seems to show; the same `key` again returns the first.

    The foods are looked up as those of a logged meal. Nothing is written to the diary. Drafts that
    were left for a day go, whoever's they are.
    """
    hold(member)
    MealDraft.objects.abandoned().delete()
    if there := MealDraft.objects.for_member(member).filter(key=key).first():
        return Proposed(there)
    reading = read_items(items, said, today(member))
    if not reading.drafts:
        return Question(reading.question or _("I can't tell what is in it. What did you have?"))
    if len(reading.drafts) > MAX_ITEMS:
        raise CoachError(_("That is too much for one meal. Tell me a part of it."), code="too_much")
    eaten_at, day, slot = when(
        member, day=reading.day(today(member)), slot=reading.slot, clock=reading.clock
    )
    draft = MealDraft.objects.create(
        member=member,
        session=session,
        eaten_at=eaten_at,
        zone=member.time_zone,
        day=day,
        slot=slot,
        lines=lines_of([_item(found, number) for number, found in enumerate(reading.drafts)]),
        key=key,
        touched_at=clock.now(),
    )
    return Proposed(draft, reading.question)


def draft_in_question(member: Any, session: Any = None) -> MealDraft | None:
    """The draft that the member most likely talks about: open, looked at lately, and nothing of
    the diary was changed since."""
    drafts = MealDraft.objects.for_member(member).open()
    drafts = drafts.filter(touched_at__gt=clock.now() - IN_QUESTION)
    if session is not None:
        drafts = drafts.filter(session=session)
    found: MealDraft | None = drafts.order_by("-touched_at", "-pk").first()
    if found is None:
        return None
    since = DiaryChange.objects.for_member(member).filter(created_at__gt=found.touched_at)
    return None if since.exists() else found


@transaction.atomic
def change_draft(member: Any, draft_id: int, said: str) -> MealDraft | None:
    """Change a draft as `said` asks ("leave the rice out"); None when that is not about it."""
    draft = _open(member, draft_id)
    items = draft.items
    names_food = any(same_food(item.name, said) for item in items)
    if TAKE_AWAY.search(said) and not names_food and WHOLE.search(said):
        return discard_draft(member, draft_id)
    steps = read_change(said, items).steps
    if not steps:
        return None
    for step in steps:
        _take(step, items)
    return _rewrite(draft, [item for item in items if item.name])


@transaction.atomic
def edit_draft_line(member: Any, draft_id: int, line: int, grams: float) -> MealDraft:
    """Set the weight of one line; its nutrients follow."""
    draft = _open(member, draft_id)
    if not 0 < grams <= MAX_GRAMS:
        raise CoachError(_("Type a weight between 1 and 10,000 grams."), code="invalid")
    items = draft.items
    item = _line(items, line)
    scale(item, grams)
    item.amount = item.spoken = ""
    return _rewrite(draft, items)


@transaction.atomic
def remove_draft_line(member: Any, draft_id: int, line: int) -> MealDraft:
    """Take one line out; with the last one the draft is discarded."""
    draft = _open(member, draft_id)
    items = draft.items
    items.remove(_line(items, line))
    return _rewrite(draft, items)


@transaction.atomic
def take_back_draft_change(member: Any, draft_id: int) -> MealDraft:
    """What the last change of the draft did is undone, or done again."""
    draft = _open(member, draft_id)
    if draft.lines_before is None:
        raise NotFound(_("There is nothing to undo."))
    draft.lines, draft.lines_before = draft.lines_before, draft.lines
    return _touch(draft)


@transaction.atomic
def add_draft(member: Any, draft_id: int) -> DiaryChange:
    """Write the draft into the diary, once; undone like every other change."""
    hold(member)
    draft = _mine(member, draft_id)
    key = f"draft:{draft.pk}"
    if done := done_before(member, key):
        return done
    draft = _open(member, draft_id)
    meal = Meal.objects.create(
        member=member,
        eaten_at=draft.eaten_at,
        zone=draft.zone,
        day=draft.day,
        slot=draft.slot,
        session=draft.session,
    )
    items = draft.items
    for item in items:
        item.meal = meal
    MealItem.objects.bulk_create(items)
    change = record(member, DiaryChange.Verb.LOG, meal, {str(meal.pk): None}, key=key)
    draft.change = change
    draft.save(update_fields=["change"])
    return change


@transaction.atomic
def discard_draft(member: Any, draft_id: int) -> MealDraft:
    draft = _open(member, draft_id)
    draft.discarded_at = clock.now()
    return _touch(draft)


@transaction.atomic
def keep_draft(member: Any, draft_id: int) -> MealDraft:
    """Bring a discarded draft back, within its day."""
    hold(member)
    draft = _mine(member, draft_id)
    if MealDraft.objects.abandoned().filter(pk=draft.pk).exists():
        raise NotFound(_("That draft is gone. Show the photo again, or say what you ate."))
    draft.discarded_at = None
    return _touch(draft)


def _rewrite(draft: MealDraft, items: list[MealItem]) -> MealDraft:
    if len(items) > MAX_ITEMS:
        raise CoachError(_("That is too much for one meal. Tell me a part of it."), code="too_much")
    if not items:
        draft.discarded_at = clock.now()
    else:
        draft.lines_before, draft.lines = draft.lines, lines_of(items)
    return _touch(draft)


def _touch(draft: MealDraft) -> MealDraft:
    draft.touched_at = clock.now()
    draft.save()
    tell(draft.member)
    return draft


def _item(found: Draft, line: int) -> MealItem:
    item = MealItem(position=line)
    fill(item, found)
    return item


def _take(step: Step, items: list[MealItem]) -> None:
    """Do one step on the items as they were numbered; what is taken out loses its name."""
    if step.kind == "add":
        if step.draft:
            items.append(_item(step.draft, 1 + max((item.position for item in items), default=0)))
        return
    if step.target is None:
        return
    item = items[step.target]
    if step.kind == "remove":
        item.name = ""
    elif step.kind == "replace" and step.draft:
        fill(item, step.draft)
    elif step.grams and item.grams:
        scale(item, step.grams)
        item.amount, item.spoken = step.amount, step.spoken


def _line(items: list[MealItem], line: int) -> MealItem:
    for item in items:
        if item.position == line:
            return item
    raise NotFound(_("That food is not in the draft any more."))


def _mine(member: Any, draft_id: int) -> MealDraft:
    draft: MealDraft | None = MealDraft.objects.for_member(member).filter(pk=draft_id).first()
    if draft is None:
        raise NotFound(_("That draft is gone. Show the photo again, or say what you ate."))
    return draft


def _open(member: Any, draft_id: int) -> MealDraft:
    hold(member)
    draft = _mine(member, draft_id)
    if draft.change_id is not None:
        raise Conflict(_("That meal is in your diary already."))
    open_one: MealDraft | None = MealDraft.objects.open().filter(pk=draft_id).first()
    if open_one is None:
        raise Conflict(_("That draft was discarded."))
    return open_one
