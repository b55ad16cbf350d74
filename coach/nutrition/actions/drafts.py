"""A meal the coach proposes: added to the diary, or thrown away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coach import clock
from coach.errors import CoachError, NotFound
from coach.nutrition.actions.draft_rows import draft_of, line_item, open_draft, touch
from coach.nutrition.actions.history import done_before, hold, record
from coach.nutrition.actions.log import Question
from coach.nutrition.actions.rows import MAX_ITEMS
from coach.nutrition.diary_clock import said_at, today, when
from coach.nutrition.models.diary import DiaryChange, Meal, MealItem
from coach.nutrition.models.drafts import MealDraft, lines_of
from coach.nutrition.reading import NamedFood, read_items
from coach.talk.models import Session
from coach.types import Member

# How long words without a name ("leave the rice out") are taken to be about the draft.
IN_QUESTION = timedelta(minutes=30)


@dataclass(frozen=True)
class Proposed:
    """`question` asks for the foods that could not be looked up, if any."""

    draft: MealDraft
    question: str = ""


@transaction.atomic
def propose_meal(
    member: Member,
    items: Sequence[NamedFood],
    said: str = "",
    *,
    session: Session | None = None,
    key: str,
) -> Proposed | Question:
    """Keep a draft of what a picture seems to show; the same `key` again returns the first.

    The foods are looked up as those of a logged meal. Nothing is written to the diary. Drafts that
    were left for a day go, whoever's they are.
    """
    hold(member)
    MealDraft.objects.abandoned().delete()
    if there := MealDraft.objects.for_member(member).filter(key=key).first():
        return Proposed(there)
    reading = read_items(items, said, said_at(member))
    if not reading.foods:
        return Question(reading.question or _("I can't tell what is in it. What did you have?"))
    if len(reading.foods) > MAX_ITEMS:
        raise CoachError(_("That is too much for one meal. Tell me a part of it."), code="too_much")
    eaten_at, day, slot = when(
        member, day=reading.day(today(member)), slot=reading.slot, time_of_day=reading.clock
    )
    draft = MealDraft.objects.create(
        member=member,
        session=session,
        eaten_at=eaten_at,
        zone=member.time_zone,
        day=day,
        slot=slot,
        lines=lines_of([line_item(found, number) for number, found in enumerate(reading.foods)]),
        key=key,
        touched_at=clock.now(),
    )
    return Proposed(draft, reading.question)


def draft_in_question(member: Member, session: Session | None = None) -> MealDraft | None:
    """The draft that the member most likely talks about: open, looked at lately, and nothing of
    the diary was changed since."""
    drafts = MealDraft.objects.for_member(member).open().seen()
    drafts = drafts.filter(touched_at__gt=clock.now() - IN_QUESTION)
    if session is not None:
        drafts = drafts.filter(session=session)
    found = drafts.order_by("-touched_at", "-pk").first()
    if found is None:
        return None
    since = DiaryChange.objects.for_member(member).filter(created_at__gt=found.touched_at)
    return None if since.exists() else found


@transaction.atomic
def add_draft(member: Member, draft_id: int) -> DiaryChange:
    """Write the draft into the diary, once; undone like every other change."""
    hold(member)
    draft = draft_of(member, draft_id)
    key = f"draft:{draft.pk}"
    if done := done_before(member, key):
        return done
    draft = open_draft(member, draft_id)
    eaten_at, day = draft.eaten_at, draft.day
    if draft.kind == MealDraft.Kind.SUGGESTION:
        # Proposed some time ago, eaten when it is added.
        eaten_at, day, _slot = when(member, slot=draft.slot)
    meal = Meal.objects.create(
        member=member,
        eaten_at=eaten_at,
        zone=draft.zone,
        day=day,
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
def discard_draft(member: Member, draft_id: int) -> MealDraft:
    """Throw a draft away; within its day it can be brought back."""
    draft = open_draft(member, draft_id)
    draft.discarded_at = clock.now()
    return touch(draft)


@transaction.atomic
def keep_draft(member: Member, draft_id: int) -> MealDraft:
    """Bring a discarded draft back, within its day."""
    hold(member)
    draft = draft_of(member, draft_id)
    if MealDraft.objects.abandoned().filter(pk=draft.pk).exists():
        raise NotFound(_("That draft is gone. Show the photo again, or say what you ate."))
    draft.discarded_at = None
    return touch(draft)
