"""How a meal is drawn in the thread of a talk: always the rows as they are now."""

from typing import Any

from django.urls import reverse

from coach import clock
from coach.nutrition.actions.history import can_undo
from coach.nutrition.day import total
from coach.nutrition.diary_clock import today
from coach.nutrition.models.diary import DiaryChange, Meal
from coach.nutrition.models.drafts import LIFE, MealDraft
from coach.nutrition.speech.phrasing import day_name
from coach.talk.models import Card
from coach.talk.registries.cards import card
from coach.types import Member


def ref(change: DiaryChange, meal: Meal) -> str:
    """What a card of `meal` is stored by, as `change` left it."""
    return f"{change.pk}:{meal.pk}"


@card("meal")
def draw_meal(card: Card) -> tuple[str, dict[str, Any]] | None:
    """`card.ref` is `change:meal`, keys of rows; None when they are not this member's."""
    member = card.session.member
    change_id, _colon, meal_id = card.ref.partition(":")
    if not (change_id.isdecimal() and meal_id.isdecimal()):
        return None
    change = DiaryChange.objects.for_member(member).filter(pk=int(change_id)).first()
    meal = Meal.objects.for_member(member).filter(pk=int(meal_id)).first()
    if change is None or meal is None:
        return None
    return _meal(member, change, meal)


@card("draft")
def draw_draft(card: Card) -> tuple[str, dict[str, Any]] | None:
    """`card.ref` is the draft's key; once added, the card is that of the meal."""
    member = card.session.member
    if not card.ref.isdecimal():
        return None
    drafts = MealDraft.objects.for_member(member).select_related("change__meal")
    draft = drafts.filter(pk=int(card.ref)).first()
    if draft is None:
        return None
    if draft.change is not None:
        return _meal(member, draft.change, draft.change.meal)
    if draft.created_at <= clock.now() - LIFE:
        return None
    items = draft.items
    return "nutrition/cards/draft.html", {
        "draft": draft,
        "items": items,
        "totals": total(items),
        "other_day": _other_day(member, draft),
        "member": member,
    }


def _other_day(member: Member, meal: Meal | MealDraft) -> str:
    """The name of the meal's day, or "" where it is today's."""
    current = today(member)
    return "" if meal.day == current else day_name(meal.day, current)


def _meal(member: Member, change: DiaryChange, meal: Meal) -> tuple[str, dict[str, Any]]:
    undone = change.undone_at is not None
    items = list(meal.items.all())
    return "nutrition/cards/meal.html", {
        "meal": meal,
        "items": items,
        "totals": total(items),
        "other_day": _other_day(member, meal),
        "undone": undone,
        "can": can_undo(change),
        "action": reverse(f"nutrition:{'restore' if undone else 'undo'}", args=[change.pk]),
        "member": member,
    }
