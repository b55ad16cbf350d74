"""The coach's tool for reminders: make them, list them, move them, cancel them."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coach import clock
from coach.errors import CoachError
from coach.meaning.follows import names_other_time
from coach.meaning.in_english import spoken_in
from coach.meaning.plain_speech import plain_speech
from coach.reminders import actions, phrases
from coach.reminders.models import Reminder, Unit
from coach.reminders.reading import Wish, read
from coach.talk.language import language_of
from coach.talk.offers import offered, yes_to
from coach.talk.registries.tools import NewCard, Said, ToolCallContext, ToolResult, tool
from coach.types import Member

NAME = "reminders"
SPOKEN = 5  # reminders that are read aloud
YES = re.compile(r"^\s*yes\b[\s,:.!]*", re.IGNORECASE)
SMALL = frozenset(["a", "the", "to", "of", "your", "you", "and", "some", "it", "with", "my", "me"])


class Reminders(msgspec.Struct):
    said: Said


@tool(
    NAME,
    "Make, list, move or cancel the member's reminders. It finds the time, the days and what to be"
    " reminded of in their words.",
    examples=[
        "remind me to drink water at eight",
        "remind me in two hours to call my sister",
        "every day at 7 remind me to weigh myself",
        "remind me every Monday to take my vitamins",
        "set a reminder for lunch at noon",
        "don't let me forget my tablets tonight",
        "wake me at seven",
        "remind me tomorrow morning to eat breakfast",
        "what reminders do I have",
        "show me my reminders",
        "cancel the reminder about water",
        "stop reminding me to weigh myself",
        "delete all my reminders",
    ],
)
def reminders(call: ToolCallContext, args: Reminders) -> ToolResult:
    """Do what the words want; where no time was said, offer one."""
    member = call.member
    if keys := offered(args.said):
        return _confirmed(call, keys)
    agreed = plain_speech(YES.sub("", args.said))
    wish = read(
        agreed, clock.now(), ZoneInfo(member.time_zone), spoken_in(agreed) or language_of(member)
    )
    if wish.wanted == "list":
        return _listed(member, wish)
    if wish.wanted == "skip":
        return _skipped(call, wish)
    if wish.wanted == "pause":
        return _not_paused(member)
    if wish.wanted == "cancel":
        return _cancelled(call, wish)
    if wish.wanted == "move" or (call.asked_before(NAME) and names_other_time(agreed)):
        return _moved(call, wish)
    return _made(call, wish, agreed)


def _made(call: ToolCallContext, wish: Wish, said: str) -> ToolResult:
    if wish.past:
        raise CoachError(_("That time is over. Tell me a later one."), code="past")
    if not wish.rules:
        return _without_time(call, wish, said)
    today = _today(call.member)
    rows = [actions.make(call.member, wish.text, rule, session=call.session) for rule in wish.rules]
    return ToolResult(
        say=phrases.made(rows, today),
        data={"reminders": [_facts(row, today) for row in rows]},
        cards=tuple(NewCard("reminder", str(row.pk)) for row in rows),
    )


def _without_time(call: ToolCallContext, wish: Wish, said: str) -> ToolResult:
    """No time was said: an hour from now is offered, and the member may say another."""
    what = wish.text or _("you")
    say = _("When? Shall I remind you in an hour: %(what)s? Or say it again with a time.") % {
        "what": what
    }
    if not wish.text:
        say = _("When? Shall I remind you in an hour? Or say it again with a time.")
    later = call.offer(NAME, f"{said.rstrip(' .!?')} in one hour")
    return ToolResult(say=say, data={"reminders": [], "if_yes": later})


def _listed(member: Member, wish: Wish) -> ToolResult:
    every = list(_open(member))
    rows = _meant(every, wish) or every
    shown, today = rows[:SPOKEN], _today(member)
    return ToolResult(
        say=phrases.listed(shown, today, more=len(rows) - len(shown)),
        data={"reminders": [_facts(row, today) for row in rows]},
    )


def _moved(call: ToolCallContext, wish: Wish) -> ToolResult:
    """Give the reminder that is named, or else the one that was just made, another time."""
    rows, today = list(_open(call.member)), _today(call.member)
    named = _meant(rows, wish) or rows
    if named == rows and (own := [row for row in rows if row.session_id == call.session.pk]):
        named = [max(own, key=attrgetter("pk"))]
    if len(named) != 1 or len(wish.rules) != 1:
        ask = _("Which one shall I move?") if len(named) > 1 else _("To what time?")
        say = phrases.listed(named[:SPOKEN], today) + (f" {ask}" if named else "")
        return ToolResult(say=say, data={"reminders": [_facts(row, today) for row in named]})
    row, (rule,) = named[0], wish.rules
    if row.unit and not rule.unit:  # the beat stays
        rule = replace(rule, unit=row.rule.unit, every=row.every, weekdays=row.rule.weekdays)
    row = actions.change(call.member, row.pk, row.text, rule, by_mail=row.by_mail)
    card = NewCard("reminder", str(row.pk))
    data = {"reminders": [_facts(row, today)]}
    return ToolResult(say=phrases.made([row], today), data=data, cards=(card,))


def _cancelled(call: ToolCallContext, wish: Wish) -> ToolResult:
    rows = list(_open(call.member))
    if not rows:
        return ToolResult(say=_("You have no reminders."), data={"cancelled": []})
    named, today = _meant(rows, wish), _today(call.member)
    if wish.all and len(named) == len(rows) > 1:
        # A «yes, …» of the member's own answers nothing: only an engine passes the offer.
        say = _("Shall I delete all of your %(n)d reminders?") % {"n": len(rows)}
        offer = call.offer(NAME, yes_to(row.pk for row in rows))
        return ToolResult(say=say, data={"cancelled": [], "if_yes": offer})
    if len(named) != 1:
        say = phrases.listed((named or rows)[:SPOKEN], today) + " " + _("Which one shall I delete?")
        return ToolResult(say=say, data={"cancelled": []})
    row = actions.cancel(call.member, named[0].pk, session=call.session)
    words = {"what": phrases.what(row), "when": phrases.when(row, today)}
    say = phrases.sentence(_("I have deleted the reminder: %(what)s, %(when)s") % words)
    card = NewCard("reminder", str(row.pk))
    return ToolResult(say=say, data={"cancelled": [_facts(row, today)]}, cards=(card,))


def _skipped(call: ToolCallContext, wish: Wish) -> ToolResult:
    """«Not at weekends»: the weekdays that are named are left out, and the others stay."""
    rows, today = list(_open(call.member)), _today(call.member)
    if not rows:
        return ToolResult(say=_("You have no reminders."), data={"reminders": []})
    named = _meant(rows, wish)
    if len(named) != 1 and not wish.all:
        say = phrases.listed((named or rows)[:SPOKEN], today) + " " + _("Which one do you mean?")
        return ToolResult(say=say, data={"reminders": []})
    tried = [_without_days(call, row, wish.weekdays) for row in named]
    changed = [row for row in tried if row is not None]
    if not changed:
        say = phrases.listed(named[:SPOKEN], today) + " " + _("None of them comes then.")
        return ToolResult(say=say, data={"reminders": []})
    kept = [row for row in changed if row.cancelled_at is None]
    say = phrases.made(kept, today) if kept else _("Done. It does not come any more.")
    return ToolResult(
        say=say,
        data={"reminders": [_facts(row, today) for row in kept]},
        cards=tuple(NewCard("reminder", str(row.pk)) for row in changed),
    )


def _without_days(
    call: ToolCallContext, row: Reminder, weekdays: Collection[int]
) -> Reminder | None:
    """The reminder without `weekdays`; None: it does not come on them."""
    if row.unit not in (Unit.DAY, Unit.WEEK) or row.every != 1:
        return None
    own = row.weekdays or ([row.first.weekday()] if row.unit == Unit.WEEK else list(range(7)))
    left = tuple(day for day in own if day not in weekdays)
    if len(left) == len(own):
        return None
    if not left:
        return actions.cancel(call.member, row.pk, session=call.session)
    rule = replace(row.rule, unit="week", weekdays=left)
    return actions.change(call.member, row.pk, row.text, rule, by_mail=row.by_mail)


def _not_paused(member: Member) -> ToolResult:
    say = _("You have no reminders.")
    if _open(member).exists():
        say = _("I cannot pause reminders. I can leave out weekdays, or delete one.")
    return ToolResult(say=say, data={"reminders": []})


def _confirmed(call: ToolCallContext, keys: Collection[int]) -> ToolResult:
    """The member said yes to deleting the reminders that were there when they were asked."""
    rows, today = actions.cancel_named(call.session, keys), _today(call.member)
    say = _("I have deleted all of your reminders.")
    if not rows:
        say = _("Those reminders are no longer there.")
    elif left := _open(call.member).count():
        say = _("I have deleted %(n)d.") % {"n": len(rows)}
        say += " " + ngettext("%(n)d is left.", "%(n)d are left.", left) % {"n": left}
    return ToolResult(say=say, data={"cancelled": [_facts(row, today) for row in rows]})


def _meant(rows: list[Reminder], wish: Wish) -> list[Reminder]:
    """The reminders that the words name, by their time or by a word of theirs; all, if by none."""
    if wish.clock is not None:
        clock_time = wish.clock
        rows = [
            r
            for r in rows
            if (r.at.hour % 12, r.at.minute) == (clock_time.hour % 12, clock_time.minute)
        ]
    words = _words(wish.text)
    if not words:
        return rows
    most = max((len(words & _words(row.text)) for row in rows), default=0)
    return [row for row in rows if most and len(words & _words(row.text)) == most]


def _words(text: str) -> set[str]:
    found = re.findall(r"\w+", text.lower())
    return {word.rstrip("s") for word in found if word not in SMALL}


def _today(member: Member) -> date:
    return member.local(clock.now()).date()


def _open(member: Member) -> Any:
    return Reminder.objects.for_member(member).open().select_related("member")


def _facts(row: Reminder, today: date) -> dict[str, str]:
    at = row.member.local(row.next_at).isoformat(timespec="minutes") if row.next_at else ""
    return {"what": row.text, "when": phrases.when(row, today), "next": at}
