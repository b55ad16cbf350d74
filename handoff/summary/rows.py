"""The rows of a talk that its summary is made of: a few queries, however long the talk is."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import Q

from coach.nutrition.models.diary import DiaryChange
from coach.talk.models import Session, Turn
from handoff.summary.extract import Line, Spoken, cut, lines_of

FUTURE = 10**9  # no thread is so long
TURNS_READ = 200  # the newest
FLAGS_SHOWN, DIARY_SHOWN = 8, 5


def summary_of(session: Session, before: int, until: datetime | None) -> list[Line]:
    """The statements of what stands before number `before`, and was found until `until`."""
    turns = spoken(session, before)
    return lines_of(turns, _flagged(session, before, until), _diary(session, before))


def spoken(session: Session, before: int) -> list[Spoken]:
    """The newest turns of the member and the coach, in their order."""
    both = (Turn.Speaker.MEMBER, Turn.Speaker.COACH)
    rows = session.turns.filter(speaker__in=both, seq__lt=before).order_by("-seq")
    columns = rows.values_list("seq", "speaker", "text")[:TURNS_READ]
    return [Spoken(*each) for each in columns][::-1]


def _flagged(session: Session, before: int, until: datetime | None) -> list[Line]:
    """What screening found, the gravest first, however long ago and whether or not a turn is found.

    Nothing else may take the place of what is grave.
    """
    flags = session.flags.order_by("severity", "pk")
    if until is not None:
        flags = flags.filter(created_at__lte=until)
    shown = flags[:FLAGS_SHOWN]
    items = {flag.item_id for flag in shown if flag.item_id}
    turns = session.turns.filter(Q(item_id__in=items) | Q(client_id__in=items), seq__lt=before)
    places = {
        item: seq
        for seq, *names in turns.values_list("seq", "item_id", "client_id")
        for item in items.intersection(names)
    }
    return [
        Line("flag", cut(f.quote), places.get(f.item_id, 0), f.code, f.severity, f.item_id)
        for f in shown
    ]


def _diary(session: Session, before: int) -> list[Line]:
    """What was done to the diary, from its rows: names of foods, and no number."""
    cards = session.cards.filter(kind="meal", seq__lt=before).order_by("-seq")[:DIARY_SHOWN]
    places = {card.ref.partition(":")[0]: card.seq for card in cards}
    changes = DiaryChange.objects.filter(pk__in=places, member_id=session.member_id)
    rows = {str(change.pk): change for change in changes}
    found = [(rows[key], seq) for key, seq in places.items() if key in rows]
    return [Line("diary", cut(_foods(change)), seq, _done(change)) for change, seq in found[::-1]]


def _foods(change: DiaryChange) -> str:
    """The foods of the meal that a change is about: what it left there, or what it took away."""
    before, after = (
        _names(side.get(str(change.meal_id))) for side in (change.before, change.after)
    )
    if change.verb == DiaryChange.Verb.REMOVE:
        return ", ".join((Counter(before) - Counter(after)).elements())
    return ", ".join(after or before)


def _names(meal: dict[str, Any] | None) -> list[str]:
    """The foods of a meal as it was kept; none of one that was not there."""
    return [str(item["name"]) for item in meal["items"]] if meal else []


def _done(change: DiaryChange) -> str:
    return "undone" if change.undone_at is not None else str(change.verb)
