"""Meals that the coach proposes: kept as drafts, each of which can be added to the diary once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.db import transaction

from coach import clock
from coach.nutrition.actions.draft_rows import line_item
from coach.nutrition.actions.history import hold
from coach.nutrition.day import day_for
from coach.nutrition.diary_clock import suggested_slot, today, when
from coach.nutrition.foods import store
from coach.nutrition.models.diary import NUTRIENTS, MealItem, Slot
from coach.nutrition.models.drafts import MealDraft, lines_of
from coach.nutrition.needs import Needs, needs_of
from coach.nutrition.reading import DiaryFood, foods_by_name
from coach.nutrition.suggestions.candidates import Candidate, from_past, from_table
from coach.nutrition.suggestions.choose import choose, limit_of
from coach.nutrition.suggestions.wish import Wish, wish_in
from coach.nutrition.targets import Target
from coach.talk.models import Session
from coach.types import Member

# Meals that were proposed within so long are not proposed again in the same talk.
NOT_AGAIN: Final = timedelta(hours=3)
MOST_REMEMBERED: Final = 60
# What a meal may have of a day's energy; the rest is for what is between meals.
SHARES: Final = ((Slot.BREAKFAST, 0.3), (Slot.LUNCH, 0.35), (Slot.DINNER, 0.35))


@dataclass(frozen=True)
class Suggested:
    """`drafts` are what is proposed, the best first; `left_kcal` is None without a target."""

    drafts: list[MealDraft]
    wish: Wish
    needs: Needs
    slot: Slot
    left_kcal: float | None
    fits: bool
    no_target_because: str


@transaction.atomic
def suggest_meals(
    member: Member, said: str, *, session: Session | None = None, key: str
) -> Suggested:
    """Propose up to three meals that `said` asks for; the same `key` again proposes the same.

    Nothing is written to the diary. Drafts that were left for a day go, whoever's they are.
    """
    hold(member)
    MealDraft.objects.abandoned().delete()
    index, needs = store.load_index(), needs_of(member)
    wish = wish_in(index, said)
    day = day_for(member)
    slot = wish.slot or _next_slot(member, {str(group.slot) for group in day.slots})
    target = day.targets.kcal
    left = max(target.goal - day.totals["kcal"], 0.0) if target else None
    mine = MealDraft.objects.for_member(member).filter(kind=MealDraft.Kind.SUGGESTION)
    drafts = list(mine.filter(key__startswith=f"{key}:").order_by("pk"))
    if not drafts:
        candidates = [*from_past(member, index, day.today), *from_table(index)]
        shown = _shown(mine[:MOST_REMEMBERED])
        if wish.whole_day:
            chosen = _for_a_day(candidates, needs, wish, day.today, target, shown)
        else:
            choice = choose(
                candidates, needs, wish, slot, left_kcal=left, day=day.today, shown=shown
            )
            chosen = [(one, slot) for one in choice.chosen]
        drafts = _keep(member, chosen, session, key)
    limit = limit_of(wish, left)
    # From the drafts, so that a request that is repeated is answered alike.
    fits = bool(drafts) and (limit is None or any(_kcal(one) <= limit for one in drafts))
    return Suggested(drafts, wish, needs, slot, left, fits, "" if target else day.targets.why)


def _for_a_day(
    candidates: Sequence[Candidate],
    needs: Needs,
    wish: Wish,
    day: date,
    target: Target | None,
    shown: frozenset[str],
) -> list[tuple[Candidate, Slot]]:
    """A meal for each time of the day, within its share of the day's energy."""
    most = wish.most_kcal or (target.goal if target else None)
    chosen: list[tuple[Candidate, Slot]] = []
    for slot, share in SHARES:
        limit = most * share if most else None
        own = replace(wish, most_kcal=limit)
        had = shown | {one.title for one, _slot in chosen}
        best = choose(candidates, needs, own, slot, left_kcal=None, day=day, shown=had).chosen[:1]
        chosen += [(one, slot) for one in best]
    return chosen


def _kcal(draft: MealDraft) -> float:
    return sum(item.kcal for item in draft.items)


def _shown(mine: Iterable[MealDraft]) -> frozenset[str]:
    """What was proposed a moment ago, so that "something else" is something else."""
    since = clock.now() - NOT_AGAIN
    return frozenset(draft.title for draft in mine if draft.created_at > since)


def _next_slot(member: Member, eaten: set[str]) -> Slot:
    """The meal that comes next: the one of the hour, or after it the next that was not had."""
    slot = suggested_slot(clock.now().astimezone(member.zone).time())
    order = (Slot.BREAKFAST, Slot.LUNCH, Slot.DINNER, Slot.SNACK)
    if slot not in eaten or slot is Slot.SNACK:
        return slot
    return next((one for one in order[order.index(slot) :] if one not in eaten), Slot.SNACK)


def _keep(
    member: Member,
    chosen: Sequence[tuple[Candidate, Slot]],
    session: Session | None,
    key: str,
) -> list[MealDraft]:
    foods = iter(foods_by_name([pair for one, _slot in chosen for pair in one.foods]))
    drafts = []
    for number, (one, slot) in enumerate(chosen):
        eaten_at, on, _slot = when(member, day=today(member), slot=slot)
        found = [next(foods) for _pair in one.foods] or [_again(item) for item in one.items]
        lines = lines_of([line_item(food, line) for line, food in enumerate(found)])
        draft = MealDraft(
            member=member,
            kind=MealDraft.Kind.SUGGESTION,
            title=one.title[:200],
            session=session,
            eaten_at=eaten_at,
            zone=member.time_zone,
            day=on,
            slot=slot,
            lines=lines,
            key=f"{key}:{number}",
            touched_at=clock.now(),
        )
        draft.save()
        drafts.append(draft)
    return drafts


def _again(item: MealItem) -> DiaryFood:
    """A food of a past meal, as much as it was then."""
    return DiaryFood(
        food_id=item.food_id,
        name=item.name,
        amount=item.amount,
        spoken=item.spoken,
        grams=item.grams,
        nutrients={name: getattr(item, name) for name in NUTRIENTS},
    )
