"""How meals are drawn in the thread of a talk: always the rows as they are now."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from coach import clock
from coach.nutrition.actions.history import touched_by, undoable
from coach.nutrition.day import total
from coach.nutrition.diary_clock import today
from coach.nutrition.models.diary import DiaryChange, Meal
from coach.nutrition.models.drafts import LIFE, MealDraft
from coach.nutrition.needs import needs_of
from coach.nutrition.speech.phrasing import day_name
from coach.talk.models import Card
from coach.talk.registries.cards import Drawn
from coach.talk.registries.cards import card as draws
from coach.types import Member

OF_DRAFTS = ("draft", "suggestion")


def ref(change: DiaryChange, meal: Meal) -> str:
    """What a card of `meal` is stored by, as `change` left it."""
    return f"{change.pk}:{meal.pk}"


@draws("meal", "draft", "suggestion")
def draw_meals(cards: Sequence[Card]) -> dict[int, Drawn]:
    """A meal's `ref` is `change:meal`; a draft's and a proposal's is the draft's own key, and once
    that is added, it is drawn as the meal.

    Nothing is drawn of another member's. Drafts, changes, meals and items are read once each.
    """
    drafts = _drafts(cards)
    keys = {card.pk: _keys(card.ref) for card in cards if card.kind == "meal"}
    changes = DiaryChange.objects.in_bulk({change for change, _meal in keys.values()})
    changes |= {draft.change.pk: draft.change for draft in drafts.values() if draft.change}
    wanted = {meal for _change, meal in keys.values()} | touched_by(changes.values())
    wanted |= {change.meal_id for change in changes.values()}
    meals = Meal.objects.prefetch_related("items").in_bulk(wanted)
    days, can = _Members(), undoable(changes.values(), meals)
    drawn: dict[int, Drawn] = {}
    for card in cards:
        draft = drafts.get(card.pk)
        if draft is not None and draft.change is None:
            drawn[card.pk] = _draft(card.session.member, draft, days)
            continue
        if draft is not None and draft.change is not None:
            keys[card.pk] = draft.change.pk, draft.change.meal_id
        change_id, meal_id = keys.get(card.pk, (0, 0))
        change, meal = changes.get(change_id), meals.get(meal_id)
        if change is not None and meal is not None and _is_of(card, change, meal):
            drawn[card.pk] = _meal(card.session.member, change, meal, days, change.pk in can)
    return drawn


def _drafts(cards: Sequence[Card]) -> dict[int, MealDraft]:
    """The drafts of cards, by the card's key; not those that were abandoned."""
    drafts = [card for card in cards if card.kind in OF_DRAFTS and card.ref.isdecimal()]
    if not drafts:
        return {}
    rows = MealDraft.objects.select_related("change").in_bulk({int(card.ref) for card in drafts})
    oldest = clock.now() - LIFE
    found = {card.pk: rows[int(card.ref)] for card in drafts if int(card.ref) in rows}
    return {
        card.pk: found[card.pk]
        for card in drafts
        if card.pk in found
        and found[card.pk].member_id == card.session.member_id
        and (found[card.pk].change is not None or found[card.pk].created_at > oldest)
    }


def _is_of(card: Card, change: DiaryChange, meal: Meal) -> bool:
    return card.session.member_id == change.member_id == meal.member_id


class _Members:
    """The diary day of members, and whether they may see amounts; asked once for each."""

    def __init__(self) -> None:
        self._days: dict[int, date] = {}
        self._numbers: dict[int, bool] = {}

    def numbers(self, member: Member) -> bool:
        if member.pk not in self._numbers:
            self._numbers[member.pk] = needs_of(member).numbers
        return self._numbers[member.pk]

    def other_day(self, member: Member, meal: Meal | MealDraft) -> str:
        """The name of the meal's day, or "" where it is today's."""
        if member.pk not in self._days:
            self._days[member.pk] = today(member)
        current = self._days[member.pk]
        return "" if meal.day == current else day_name(meal.day, current)


def _keys(ref: str) -> tuple[int, int]:
    change, _colon, meal = ref.partition(":")
    known = change.isdecimal() and meal.isdecimal()
    return (int(change), int(meal)) if known else (0, 0)


def _draft(member: Member, draft: MealDraft, days: _Members) -> Drawn:
    items = draft.items
    if draft.kind == MealDraft.Kind.SUGGESTION:
        return "nutrition/cards/suggestion.html", {
            "draft": draft,
            "items": items,
            "totals": total(items),
            "numbers": days.numbers(member),
            "member": member,
        }
    return "nutrition/cards/draft.html", {
        "draft": draft,
        "items": items,
        "totals": total(items),
        "other_day": days.other_day(member, draft),
        "member": member,
    }


def _meal(member: Member, change: DiaryChange, meal: Meal, days: _Members, can: bool) -> Drawn:
    undone = change.undone_at is not None
    items = list(meal.items.all())
    return "nutrition/cards/meal.html", {
        "meal": meal,
        "items": items,
        "totals": total(items),
        "other_day": days.other_day(member, meal),
        "undone": undone,
        "can": can,
        "action": reverse(f"nutrition:{'restore' if undone else 'undo'}", args=[change.pk]),
        "member": member,
    }
