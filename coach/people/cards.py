"""How noted facts and measurements are drawn in the thread: always the rows as they are now."""

import re
from collections.abc import Sequence
from functools import cache

from coach.people.models import HealthFact, Measurement
from coach.people.numbers import may_hear_numbers
from coach.talk.models import Card
from coach.talk.registries.cards import Drawn
from coach.talk.registries.cards import card as draws

REF = re.compile(r"([fm])(\d{1,18})")


@draws("noted")
def draw_noted(cards: Sequence[Card]) -> dict[int, Drawn]:
    """A card's `ref` names its rows: `f` and the key of a fact, `m` and that of a measurement.

    A row that was erased is left out, and a card without rows is empty.
    """
    keys = {card.pk: REF.findall(card.ref) for card in cards}
    facts = HealthFact.objects.noted().in_bulk(_of("f", keys.values()))
    measured = Measurement.objects.in_bulk(_of("m", keys.values()))
    members = {card.session.member_id: card.session.member for card in cards}
    numbers = cache(lambda pk: may_hear_numbers(members[pk]))
    drawn: dict[int, Drawn] = {}
    for card in cards:
        member = card.session.member
        own = [
            row
            for kind, key in keys[card.pk]
            if (row := (facts if kind == "f" else measured).get(int(key)))
            and row.member_id == member.pk
        ]
        if own:
            drawn[card.pk] = (
                "people/cards/noted.html",
                {
                    "facts": [row for row in own if isinstance(row, HealthFact)],
                    "measured": [row for row in own if isinstance(row, Measurement)],
                    "member": member,
                    "numbers": numbers(member.pk),
                },
            )
    return drawn


def _of(kind: str, refs: object) -> set[int]:
    return {int(key) for found in refs for one, key in found if one == kind}  # type: ignore[attr-defined]
