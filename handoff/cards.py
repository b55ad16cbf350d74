"""Cards that the desk puts into the thread: help in a crisis, and how the call stands."""

from collections.abc import Sequence
from typing import Any

from coach.talk.models import Card
from coach.talk.registries.cards import Drawn
from coach.talk.registries.cards import card as draws
from handoff.limits import RATING_MAX_CHARS
from handoff.models import WAITING_STATES, Escalation, FlagRecord, PlannedFollowUp, Rating
from handoff.safety.asking_back import asked_now
from handoff.safety.crisis import resources_for_each
from handoff.safety.status import status_of

HELP = ("crisis", "safety")  # kinds of cards that name whom to call
# Taps, from the best to the worst, each with its icon.
ANSWERS = tuple(zip(Rating.Answer, ("thumbs-up", "circle-help", "thumbs-down"), strict=True))
MEDICAL = ("MED", "ED-E", "SUP", "SUB")  # codes that ask for a doctor first


@draws("crisis", "safety", "person")
def draw_calls(cards: Sequence[Card]) -> dict[int, Drawn]:
    """How a call for a person stands; with the numbers to call (crisis) or calmer help (safety).

    Cards of one call share its row, and its status is worked out once.
    """
    calls = _calls(cards)
    statuses = {call.pk: status_of(call) for call in set(calls.values())}
    places = {
        card.pk: (_code(card, calls[card.pk]), calls[card.pk].member.time_zone)
        for card in cards
        if card.pk in calls and card.kind in HELP
    }
    resources = resources_for_each(places.values()) if places else {}
    drawn: dict[int, Drawn] = {}
    for card in cards:
        call = calls.get(card.pk)
        if call is None:
            continue
        context: dict[str, Any] = {
            "escalation": call,
            "session": call.session,
            "status": statuses[call.pk],
            "can_be_reached": _can_be_reached(call),
        }
        if card.pk in places:
            context["resources"] = resources[places[card.pk]]
            context["medical"] = places[card.pk][0].startswith(MEDICAL)
        drawn[card.pk] = (f"handoff/cards/{card.kind}.html", context)
    return drawn


@draws("support")
def draw_help(cards: Sequence[Card]) -> dict[int, Drawn]:
    """Where there is help for what may have been said. Nobody is called for it."""
    keys = {card.pk: int(card.ref.partition(":")[0]) for card in cards}
    records = FlagRecord.objects.select_related("session__member").defer("session__brief")
    found = records.in_bulk(set(keys.values()))
    places = {
        card: (found[key].code, found[key].session.member.time_zone)
        for card, key in keys.items()
        if key in found
    }
    resources = resources_for_each(places.values()) if places else {}
    return {
        card: (
            "handoff/cards/support.html",
            {"resources": resources[place], "medical": place[0].startswith(MEDICAL)},
        )
        for card, place in places.items()
    }


@draws("follow_up")
def draw_follow_ups(cards: Sequence[Card]) -> dict[int, Drawn]:
    """On which day somebody gets back to the member, and how to take that back."""
    rows = PlannedFollowUp.objects.select_related("expert__user", "escalation__session")
    found = rows.defer("escalation__session__brief").in_bulk({int(card.ref) for card in cards})
    return {
        card.pk: ("handoff/cards/follow_up.html", {"planned": found[int(card.ref)]})
        for card in cards
        if int(card.ref) in found
    }


@draws("rating")
def draw_questions(cards: Sequence[Card]) -> dict[int, Drawn]:
    """Whether the expert helped; `card.ref` is the case. It is drawn for the member alone."""
    keys = {card.pk: int(card.ref) for card in cards if card.ref.isdecimal()}
    questions = asked_now(keys.values())
    return {
        card.pk: (
            "handoff/cards/rating.html",
            {
                "question": question,
                "case": question.escalation,
                "answers": ANSWERS,
                "words_max": RATING_MAX_CHARS,
            },
        )
        for card in cards
        if (question := questions.get(keys.get(card.pk, 0)))
    }


def _calls(cards: Sequence[Card]) -> dict[int, Escalation]:
    """The escalation of each card, by the card's key."""
    keys = {card.pk: card.ref.split(":")[0] for card in cards}
    rows = Escalation.objects.with_talk().select_related("owner__user", "preferred__user")
    found = rows.in_bulk({int(key) for key in keys.values() if key.isdecimal()})
    by_ref = {str(pk): escalation for pk, escalation in found.items()}
    return {card: by_ref[key] for card, key in keys.items() if key in by_ref}


def _can_be_reached(call: Escalation) -> bool:
    """Whether the member may say how to reach them: nobody is with them, and somebody will be."""
    after = call.session.ended_at is not None and call.is_open
    return after or call.state in WAITING_STATES


def _code(card: Card, call: Escalation) -> str:
    return card.ref.partition(":")[2] or call.code
