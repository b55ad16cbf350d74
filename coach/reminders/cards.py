"""How reminders are drawn in the thread: always the rows as they are now."""

from collections.abc import Sequence
from datetime import datetime

from coach import clock
from coach.reminders.models import Reminder
from coach.reminders.phrases import what, when
from coach.talk.models import Card
from coach.talk.registries.cards import Drawn
from coach.talk.registries.cards import card as draws


@draws("reminder")
def draw_reminders(cards: Sequence[Card]) -> dict[int, Drawn]:
    """A card's `ref` is its reminder's key; nothing is drawn of another member's."""
    keys = {int(card.ref) for card in cards if card.ref.isdecimal()}
    rows = Reminder.objects.select_related("member").in_bulk(keys)
    found = {card.pk: rows.get(int(card.ref)) for card in cards if card.ref.isdecimal()}
    now = clock.now()
    return {
        card.pk: (
            "reminders/cards/reminder.html",
            {"reminder": row, "what": what(row), "when": _when(row, now), "member": row.member},
        )
        for card in cards
        if (row := found.get(card.pk)) and row.member.pk == card.session.member_id
    }


def _when(row: Reminder, now: datetime) -> str:
    return when(row, row.member.local(now).date())
