"""How a meal is drawn in the thread of a talk: always the rows as they are now."""

from typing import Any

from django.urls import reverse

from coach.nutrition.actions.history import can_undo
from coach.nutrition.day import total
from coach.nutrition.models.diary import DiaryChange
from coach.nutrition.today import today
from coach.nutrition.words import day_name
from coach.talk.cards import card
from coach.talk.models import Card


@card("meal")
def draw_meal(card: Card) -> tuple[str, dict[str, Any]] | None:
    """`card.ref` is the key of the change that the talk made; None when it is not this member's."""
    member = card.session.member
    changes = DiaryChange.objects.for_member(member).select_related("meal")
    change = changes.filter(pk=int(card.ref)).first() if card.ref.isdecimal() else None
    if change is None:
        return None
    meal, undone = change.meal, change.undone_at is not None
    items = list(meal.items.all())
    at = f"{meal.local_time:%H:%M}"
    current = today(member)
    return "nutrition/cards/meal.html", {
        "meal": meal,
        "items": items,
        "totals": total(items),
        "when": at if meal.day == current else f"{day_name(meal.day, current)}, {at}",
        "undone": undone,
        "can": can_undo(change),
        "action": reverse(f"nutrition:{'restore' if undone else 'undo'}", args=[change.pk]),
        "member": member,
    }
