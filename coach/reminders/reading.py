# ruff: noqa: E501  a pattern is read best in one piece
"""What somebody wants to be reminded of, and when. Pure."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from coach.entities import ClockTime, Day, Duration, Entity, Recurrence, Span, read_entities
from coach.reminders.schedule import Rule, Unit, next_after

Wanted = Literal["make", "list", "cancel", "move", "skip", "pause"]

LIST = re.compile(
    r"\b(?:what|which|list|show|read|tell me|do i have|have i|any|how many|see|when)\b.*\breminders?\b"
    r"|\b(?:do i|have i|have you|did you|is|are)\b.*\b(?:reminders?|alarms?|nudges?|(?:the|my|that) (?:\w+ )*?ones?)\b.*\b(?:still|on|set|down|there|active|going|left)\b"
    r"|\b(?:do i|have i|have you|did you|is|are)\b.*\bstill\b.*\b(?:reminders?|alarms?|nudges?|(?:the|my|that) (?:\w+ )*?ones?)\b"
    r"|^\W*(?:my |all )*reminders?\W*$|\bwhat (?:did i|have i) ask(?:ed)? you to remind",
    re.IGNORECASE,
)
# «Is the one about the vitamins still on?»: one of them is asked about.
OF_ONE = re.compile(r"\b(?:ones?|reminders? (?:for|about|to|with))\b|\b(?:still|down|set)\b")
CANCEL_VERBS = r"cancel|delete|remove|stop|turn off|switch off|clear|drop|no more|scrap|get rid of|forget(?: about)?"
# What may stand between the verb and its object. None of them begins a clause of its own.
BETWEEN = (
    r"(?:(?!(?:to|and|or|but|then|that|a|an|i|me|set|make|create|add|give|put|schedule|need|want|remind\w*)\b)"
    r"[\w'’:-]+\s+){0,6}"
)
# Only a verb whose object is the reminder itself: «stop smoking» in a wish cancels nothing.
CANCEL = re.compile(
    rf"\b(?:{CANCEL_VERBS}),?\s+(?:(?:(?:that|an?|\w+ing me(?: with)?)\s+)?{BETWEEN}reminders?\b(?!\s+apps?\b)|(?:all (?:of )?)?(?:the |this )?reminding\b|(?:the |my |that )?(?:\w+ ){{0,3}}(?:one|alarm|nudge|notification|ping)s?(?:\s+(?:on|at|this|for|until) [\w ]+)?\W*$"
    r"|to remind me\b|(?:what|all|everything|anything|the (?:one|thing)s?) (?:that |which )?(?:you remind|reminds?) me\b)"
    r"|\b(?:turn|switch) (?:my |the |all )*(?:\w+ )?reminders? off\b"
    r"|\b(?:don't|do not|dont|no longer) (?:need|want) (?:the|that|this|those|these|my|any)(?: \w+){0,3} reminders?\b"
    r"|\b(?:don't|do not|dont) remind\b",
    re.IGNORECASE,
)
# Some of the times are to be left out: «pause them», «no alarms at weekends».
PAUSE = re.compile(
    r"\b(?:pause|mute|silence|suspend|skip|snooze)\b.*\b(?:remind\w*|alarms?|nudges?|ones?|notifications?|them)\b"
    r"|^\W*(?:please )?no (?:more )?(?:reminders|alarms|nudges|notifications)\b",
    re.IGNORECASE,
)
FOR_A_TIME = re.compile(
    r"\b(?:while|during|until|till|from .+ (?:to|until|till)|for (?:now|today|a while)|(?:this|next|for the|for a) (?:week|weekend|month))\b",
    re.IGNORECASE,
)
ALL = re.compile(
    r"\b(?:reminders|alarms|nudges|notifications)\b|\b(?:all|every|everything|any)\b.*\bremind",
    re.IGNORECASE,
)
# «move the reminder to eight», «shift the tablets one»
MOVE = re.compile(
    r"^\W*(?:(?:please|can you|could you|and|ok|okay|hey) )*"
    r"(?:move|shift|change|switch|push|put off|reschedule|verschieb\w*|cambia|mueve|déplace)\b"
    r".*\b(?:reminders?|ones?|alarms?|wecker|aviso|recordatorio|rappel|alerte)\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"(?:\b(?:please|can you|could you|will you|would you|hey|ok|okay|and|also|i want you to|i need you to"
    r"|i would like you to|i'd like you to)\s+)*"
    r"\b(?:remind me|(?:set|add|create|make|give|put|schedule)(?: me)?(?: up| in)? (?:a |an |another |the )?"
    r"(?:new |daily |weekly |monthly |hourly )?(?:reminders?|alarms?)|(?:don't|do not|dont) let me forget|alert me|ping me"
    r"|i (?:keep forgetting|always forget|never remember)(?: to)?|recu[ée]rdame(?: que)?|rappelle-moi(?: de| d')?|erinner\w* mich(?: daran)?|알려 ?줘(?:요)?"
    r"|(?:tell|ask) me(?= (?:not )?to\b)|(?:text|message|poke|prod|buzz|beep) me|give (?:me|us) a (?:shout|yell|prod|buzz|poke)"
    r"|(?:i(?:'d| would)? (?:like|love|want|wish|need)|please (?:have|let)) (?:me )?to be (?:told|asked|reminded|nudged|warned|prompted)"
    r"|notify me|nudge me|nag me|keep after me|prod me|wake me(?: up)?(?: with (?:a|the|my) (?:reminder|note))?|i (?:need|want) (?:a |another )?(?:daily |weekly )?reminder|^reminder)\b",
    re.IGNORECASE,
)
CANCELS = re.compile(
    r"\b(?:cancel|delete|remove|stop|pause|mute|silence|suspend|skip|snooze|only|alarms?|nudges?|turn off|switch off|turn|switch|off|^no|clear|drop|no more|scrap|get rid of|forget"
    r"|i (?:don't|do not|dont|no longer) (?:need|want)|don't|do not|dont|sending|giving|any ?more|more"
    r"|remind(?:ers?|ing|s)?|me|my|the|all|every|any|please|can you|could you|of)\b",
    re.IGNORECASE,
)
GONE = "\x00"  # stands for what was read, so that places in the text stay as they are
NAMED_UNITS: dict[str, Unit] = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
}
BEFORE = re.compile(
    r"^(?:[\s,:.;-]|\b(?:daran|que|de|to|that|about|of|for|on|at|and|please|i (?:need|have|should|must|ought) to|it)\b)+",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"(?:[\s,:.;!?-]|\b(?:to|at|for|by|and|please|thanks|thank you|from|till|until|starting|every|each|the|is|are)\b)+$",
    re.IGNORECASE,
)
# Occasions, at the hour that most have them.
OCCASIONS = (
    (r"noon|midday|noontime", time(12)),
    (r"(?:when|after|once) i (?:wake|get) up", time(7, 30)),
    (r"(?:before|at|with) breakfast", time(7, 45)),
    (r"after breakfast", time(9)),
    (r"(?:before|at|with) lunch(?:time)?", time(12)),
    (r"after lunch", time(13, 30)),
    (r"after work", time(17, 30)),
    (r"(?:before|at|with) (?:dinner|supper)(?:time)?", time(18, 30)),
    (r"after (?:dinner|supper)", time(20)),
    (r"(?:before|at) bed(?:time)?|before i (?:go to )?(?:bed|sleep)", time(21, 30)),
)
PARTS = {
    "morning": time(8),
    "noon": time(12),
    "afternoon": time(15),
    "evening": time(19),
    "night": time(21),
}
A_DAY = time(9)  # where a day is named and no time
FROM_HOUR, UNTIL_HOUR = 6, 23  # who says «at two» does not mean the night
YOURS = (
    (r"\bmyself\b", "yourself"),
    (r"\bi'?m\b|\bi am\b", "you are"),
    (r"\bi've\b|\bi have\b", "you have"),
    (r"\bmy\b", "your"),
    (r"\bmine\b", "yours"),
    (r"\bme\b|\bi\b", "you"),
)
MOST_TIMES = 4  # in one sentence


@dataclass(frozen=True)
class Wish:
    """`rules`: one for each time that was named; none: no time was said. `past`: it is over."""

    wanted: Wanted
    text: str = ""
    rules: tuple[Rule, ...] = ()
    past: bool = False
    all: bool = False
    clock: time | None = None  # of the reminder that is to be cancelled
    weekdays: tuple[int, ...] = ()  # that are to be left out (0 is Monday)


def read(said: str, at: datetime, zone: ZoneInfo, language: str = "en") -> Wish:
    """What `said` wants, when it is said at the instant `at` (aware) by a speaker in `zone`."""
    now = at.astimezone(zone)
    found = read_entities(said, language, today=now.date(), now=now, prefer="future")
    if wanted := _leaves_out(said, found):
        return wanted
    if _cancels(said):
        clock = next((one.time for one in found if isinstance(one, ClockTime)), None)
        return Wish("cancel", _subject(said, found), all=bool(ALL.search(said)), clock=clock)
    rules = _ahead(found, at, zone) or _rules(said, found, now.replace(tzinfo=None))
    future = tuple(rule for rule in rules if next_after(rule, zone, at))
    if MOVE.search(said):
        return Wish("move", _subject(said, found), future, past=bool(rules) and not future)
    if LIST.search(said) and not re.search(r"\bremind me (?:to|that|in|at|on|every)\b", said, re.I):
        return Wish("list", _subject(said, found) if OF_ONE.search(said) else "")
    return Wish("make", _subject(said, found), future, past=bool(rules) and not future)


def _cancels(said: str) -> bool:
    """Whether `said` wants a reminder gone. Who first asks for one asks, whatever it is about."""
    cancel, ask = CANCEL.search(said), ASKS.search(said)
    return cancel is not None and (ask is None or cancel.start() < ask.start())


def _leaves_out(said: str, found: list[Entity]) -> Wish | None:
    """«Cancel the walk at weekends»: some weekdays; «pause them while I'm away»: for a time."""
    pause, ask = PAUSE.search(said), ASKS.search(said)
    pauses = pause is not None and (ask is None or pause.start() < ask.start())
    if not (pauses or _cancels(said)):
        return None
    weekdays = next((one.weekdays for one in found if isinstance(one, Recurrence)), ())
    every = bool(ALL.search(said))
    if weekdays:
        return Wish("skip", _subject(said, found), all=every, weekdays=weekdays)
    return Wish("pause") if pauses or FOR_A_TIME.search(said) else None


def _ahead(found: list[Entity], at: datetime, zone: ZoneInfo) -> list[Rule]:
    """«in one hour»: an instant, so a change of the clocks meanwhile does not move it."""
    ahead = next((e for e in found if isinstance(e, Duration) and e.points == "ahead"), None)
    if ahead is None:
        return []
    instant = (at.astimezone(UTC) + ahead.length).replace(microsecond=0)
    local = instant.astimezone(zone)
    return [Rule(local.date(), local.time(), instant=instant)]


def _rules(said: str, found: list[Entity], now: datetime) -> list[Rule]:
    """The times that were named; `now` is the naive time on the speaker's clock."""
    unit, every, weekdays = _repeats(said, found)
    if unit == "hour":
        return [Rule(now.date(), now.time().replace(second=0, microsecond=0), "hour", every)]
    day = _day(found)
    times = _times(said, found, repeats=bool(unit), today=day in (None, now.date()), now=now)
    if not times and (day or unit):
        times = [A_DAY]
    rules = []
    for at in times[:MOST_TIMES]:
        first = day or now.date()
        if day is None and not unit and datetime.combine(first, at) <= now:
            first += timedelta(days=1)
        rules.append(Rule(first, at, unit, every, weekdays))
    return rules


def _repeats(said: str, found: list[Entity]) -> tuple[Unit, int, tuple[int, ...]]:
    for one in found:
        if isinstance(one, Recurrence) and one.unit in ("hour", "day", "week", "month"):
            return one.unit, max(1, one.every), one.weekdays
    for word, unit in NAMED_UNITS.items():
        if re.search(rf"\b{word}\b", said, re.IGNORECASE):
            return unit, 1, ()
    return "", 1, ()


def _day(found: list[Entity]) -> date | None:
    for one in found:
        if isinstance(one, Day) and one.date is not None:
            return one.date
        if isinstance(one, Span):
            return one.first
    return None


def _times(
    said: str, found: list[Entity], *, repeats: bool, today: bool, now: datetime
) -> list[time]:
    """The times of day that were named, each in the half of the day that is meant."""
    part = next((one.part for one in found if isinstance(one, Day) and one.part), "")
    clocks = [one for one in found if isinstance(one, ClockTime)]
    if clocks:
        after = now.time() if today and not repeats else None
        return [one.time if one.sure else _half(one.time, part, after) for one in clocks]
    if part:
        return [PARTS[part]]
    return [at for words, at in OCCASIONS if re.search(rf"\b(?:{words})\b", said, re.IGNORECASE)][
        :1
    ]


def _half(at: time, part: str, after: time | None) -> time:
    """«at 8» in the morning or in the evening: the next that is no time of night."""
    early, late = at.replace(hour=at.hour % 12), at.replace(hour=at.hour % 12 + 12)
    if part:
        return early if part == "morning" else late
    awake = [one for one in (early, late) if FROM_HOUR <= one.hour < UNTIL_HOUR] or [late]
    if after is not None:
        return next((one for one in awake if one > after), awake[0])
    return awake[0]


def _subject(said: str, found: list[Entity]) -> str:
    """What it is about, in the second person: the words without the request and the time."""
    used = [
        one
        for one in found
        if isinstance(one, ClockTime | Day | Recurrence | Span)
        or (isinstance(one, Duration) and one.points == "ahead")
    ]
    blank = CANCELS if _cancels(said) or PAUSE.search(said) else ASKS
    kept = list(blank.sub(lambda match: GONE * len(match[0]), said))
    for one in used:
        kept[one.start : one.end] = GONE * (one.end - one.start)
    text = "".join(kept)
    for words, _at in OCCASIONS:
        text = re.sub(rf"\b(?:{words})\b", GONE, text, flags=re.IGNORECASE)
    text = re.sub(rf"\s*(?:\b(?:at|by|for|from|starting)\s+)?{GONE}+\s*", " ", text)
    before = None
    while before != text:
        before, text = text, AFTER.sub("", BEFORE.sub("", text))
    for pattern, yours in YOURS:
        text = re.sub(pattern, yours, text, flags=re.IGNORECASE)
    text = re.sub(r"\s*,(?:\s*,)+", ",", text)
    return " ".join(text.split())
