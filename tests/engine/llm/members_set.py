"""What members say, through the mind and the tools to the rows: `members.txt`.

`python -m tests.engine.llm.members_set` prints figures, and what went wrong in the two thirds that
may be looked at; with `--aside` the figures of the last third, and no sentence; `--disturbed` puts
a filler and a slip into each sentence and takes its marks; with `--words` no vector is to be had;
`--spoken` takes the sentences of `spoken.txt`.

A line is `kinds | check | {said before} {…} sentence`. Kinds as in `requests.txt`; `none`: nothing
may be written down. A check names the foods of the talk's meals as they are after it, parted by `;`
(`EMPTY`, `NONE`: there are none), or the words that are told (`~words`), or what a new row holds
(`!fact=gout`), or that what is told has no more than twelve words (`SHORT`). Behind the sentence
stands what else holds of the meal: `!day=-1`, `!slot=dinner`, `!at=8`, `!g=300`, `!no=milk`,
`!half`, `!double`.
"""

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import django

FILE = Path(__file__).parent / "members.txt"
SPOKEN = Path(__file__).parent / "spoken.txt"
MOST_WORDS = 12  # where it cannot help
DIARY = (
    (1, "oatmeal with milk for breakfast"),
    (1, "grilled salmon and rice for dinner"),
    (1, "a yogurt as a snack"),
    (2, "two slices of pizza for lunch"),
    (2, "a glass of wine and a steak for dinner"),
    (3, "a chicken salad for dinner"),
    (8, "a cheeseburger and french fries for lunch"),
    (9, "lentil soup for dinner"),
)
# The rows that a kind may write.
WRITES = {
    "log": {"meals"}, "correct": {"meals"}, "remove": {"meals"}, "undo": {"meals"},
    "health_told": {"fact", "measure"}, "allergy_told": {"fact", "measure"},
    "weight_told": {"fact", "measure"}, "goal_told": {"fact", "measure"}, "reminder": {"rem"},
    "person": {"call"},
}  # fmt: skip
FILLERS = ("like", "um", "you know", "well", "really")


@dataclass(frozen=True)
class Line:
    kinds: tuple[frozenset[str], ...]
    said: str
    before: tuple[str, ...] = ()
    foods: tuple[str, ...] | None = None
    rows: dict[str, str] = field(default_factory=dict)
    told: str = ""
    short: bool = False

    @property
    def aside(self) -> bool:
        digest = hashlib.md5(self.said.encode(), usedforsecurity=False).hexdigest()
        return int(digest, 16) % 3 == 0

    @property
    def kind(self) -> str:
        return "two requests" if len(self.kinds) > 1 else sorted(self.kinds[0])[0]


def lines(file: Path = FILE) -> Iterator[Line]:
    for line in file.read_text(encoding="utf-8").splitlines():
        kinds, check, rest = (part.strip() for part in line.split(" | ", 2))
        said, *marks = re.split(r" !(?=[a-z]+(?:=|$))", rest)
        if check.startswith("!"):
            marks.append(check[1:])
        before = re.match(r"(?:\{[^}]*\} )*", said)
        foods = None if check[0] in "~!" or check == "SHORT" else tuple(check.split("; "))
        yield Line(
            kinds=tuple(frozenset(one.split("|")) for one in kinds.split(" + ")),
            said=said[before.end() :] if before else said,
            before=tuple(re.findall(r"\{([^}]*)\}", before[0])) if before else (),
            foods=() if check in ("EMPTY", "NONE") else foods,
            rows=dict(mark.partition("=")[::2] for mark in marks),  # type: ignore[misc]
            told=check[1:] if check.startswith("~") else "",
            short=check == "SHORT",
        )


def member_with_a_diary() -> Any:
    from coach import clock
    from coach.nutrition.actions import log_meal
    from coach.nutrition.diary_clock import today
    from tests.support.diary import make_member

    ahead = 13 - clock.now().hour  # it is between one and two in the afternoon
    member = make_member(
        zone=f"Etc/GMT{-ahead:+d}" if ahead else "UTC", allergies="peanuts", height_cm=175.0,
        weight_kg=84.0, sex="male", born_on=date(1988, 5, 2), activity="light", goal="lose",
    )  # fmt: skip
    for back, said in DIARY:
        log_meal(member, said, day=today(member) - timedelta(days=back))
    return member


class Talk:
    """A talk of `member` with the embedded coach; its words come to the tools as in the product."""

    def __init__(self, member: Any, by_meaning: bool) -> None:
        from coach.engine.llm.types import Tool
        from coach.personas.models import Persona
        from coach.talk.actions import start_session
        from coach.talk.brief import make_brief

        persona = Persona.objects.get(slug="sage")
        brief = make_brief(persona, member_name="Maya")
        self.member, self.by_meaning = member, by_meaning
        self.session = start_session(member, persona, brief)
        self.tools = [
            Tool(one["name"], one["description"], one["parameters"]) for one in brief.tools
        ]
        self.entries: list[Any] = []
        self.calls: list[str] = []
        self.seconds = 0.0  # of the first decision

    def say(self, text: str) -> str:
        from coach.engine.llm.rule_based import decisions
        from coach.engine.llm.types import Context, Message, Sentence, ToolCall
        from coach.talk.actions import record_turn

        item = f"item-{len(self.entries)}"
        record_turn(self.session, "member", text, item_id=item)
        self.entries.append(Message("user", text))
        self.calls, self.seconds, spoken = [], 0.0, []
        while True:
            began = perf_counter()
            context = Context("You are Sage.", None, list(self.entries), self.tools)
            pieces = decisions(context, self.by_meaning)
            self.seconds = self.seconds or perf_counter() - began
            said = [piece.text for piece in pieces if isinstance(piece, Sentence)]
            calls = [piece for piece in pieces if isinstance(piece, ToolCall)]
            self.entries += [Message("assistant", one) for one in said]
            spoken += said
            for call in calls:
                self._run(call, item)
            if not calls:
                told = " ".join(spoken)
                record_turn(self.session, "coach", told, item_id=f"{item}-answer")
                return told

    def _run(self, call: Any, asked: str) -> None:
        from coach.engine.llm.types import FunctionCall, FunctionCallOutput
        from coach.talk.actions import run_tool

        call_id = f"call-{len(self.entries)}"
        output = run_tool(self.session.pk, call_id, call.name, call.arguments, asked=asked)
        self.calls.append(call.name)
        self.entries += [
            FunctionCall(call_id, call.name, call.arguments),
            FunctionCallOutput(call_id, output),
        ]

    def items(self) -> list[Any]:
        from coach.nutrition.models import MealItem

        found = MealItem.objects.filter(meal__session=self.session, meal__deleted_at=None)
        return list(found.select_related("meal").order_by("meal_id", "position"))

    def rows(self) -> dict[str, Any]:
        from coach.people.models import HealthFact, Measurement
        from coach.reminders.models import Reminder
        from handoff.models import Escalation

        facts = HealthFact.objects.filter(session=self.session)
        measured = Measurement.objects.filter(session=self.session)
        kept = Reminder.objects.filter(session=self.session, cancelled_at=None)
        return {
            "meals": [(str(i), i.grams, i.meal.slot, i.meal.eaten_at) for i in self.items()],
            "fact": [f"{one.kind} {one.value}" for one in facts],
            "measure": [f"{one.kind} {one.amount}" for one in measured],
            "rem": [f"{one.at:%H:%M} {one.text}" for one in kept],
            "call": [str(one.pk) for one in Escalation.objects.filter(session=self.session)],
        }


@dataclass(frozen=True)
class Outcome:
    """How a line went, what came of it, and the seconds until it was decided."""

    how: str
    came: str
    seconds: float


def judged(line: Line, member: Any, by_meaning: bool = True) -> Outcome:
    talk = Talk(member, by_meaning)
    for said in line.before:
        talk.say(said)
    items, before = talk.items(), talk.rows()
    told = talk.say(line.said)
    how = _how(line, talk, items, before, told)
    came = f"[{' '.join(talk.calls)}] {told} {[item.spoken for item in talk.items()]}"
    return Outcome(how, came, talk.seconds)


def _how(line: Line, talk: Talk, items: list[Any], before: dict[str, Any], told: str) -> str:
    after = talk.rows()
    changed = {name for name in before if before[name] != after[name]}
    if "talk_to_human" not in talk.calls:
        changed.discard("call")  # screening may have called
    wanted = set().union(*line.kinds)
    if changed - set().union(*(WRITES.get(kind, set()) for kind in wanted)):
        return "wrong action"
    asked = "asked" if told.endswith(("?", "? ")) or "?" in told else "refused"
    if line.foods is not None and not _foods_are_right(line, talk, items):
        return "wrong action" if "meals" in changed else asked
    for name in {"fact", "measure", "rem", "call"} & set(line.rows):
        new = after[name][len(before[name]) :]
        if not any(re.search(line.rows[name], one, re.IGNORECASE) for one in new):
            return "wrong action" if new else asked
    if "none" in wanted:
        return "right"
    if line.short:
        brief = len(told.split()) <= MOST_WORDS
        return "beside" if talk.calls else "right" if brief else "long"
    if not re.search(line.told, told, re.IGNORECASE):
        return "beside"
    met = [_is_met(kinds, talk, told) for kinds in line.kinds]
    if all(met) or not any(met):
        return "right" if all(met) else "beside" if talk.calls else asked
    return "half"


def _is_met(kinds: frozenset[str], talk: Talk, told: str) -> bool:
    from tests.engine.llm.requests_set import TOOLS_FOR, _is_reply

    tools = {name for kind in kinds for name in TOOLS_FOR.get(kind, ())}
    return bool(tools & set(talk.calls)) or any(_is_reply(kind, told) for kind in kinds - {*WRITES})


def _foods_are_right(line: Line, talk: Talk, before: list[Any]) -> bool:
    from coach.nutrition.diary_clock import today

    assert line.foods is not None
    items, rows, current = talk.items(), line.rows, today(talk.member)
    texts = [f"{item.spoken} / {item.name} / {item.amount}".lower() for item in items]
    left = list(texts)
    for food in line.foods:
        found = next((text for text in left if re.search(food, text, re.IGNORECASE)), None)
        if found is None:
            return False
        left.remove(found)
    days = {item.meal.day for item in items}
    back = (current.weekday() - 5) % 7 or 7
    if rows.get("day") != "sat":
        back = -int(rows.get("day", 0))
    return not left and all(
        (
            not days or len(line.kinds) > 1 or days == {current - timedelta(days=back)},
            "slot" not in rows or {item.meal.slot for item in items} == {rows["slot"]},
            "at" not in rows or {item.meal.local_time.hour for item in items} == {int(rows["at"])},
            "no" not in rows or not any(re.search(rows["no"], text) for text in texts),
            "g" not in rows or any(round(item.grams) == int(rows["g"]) for item in items),
            "half" not in rows or abs(items[0].grams * 2 - before[0].grams) < 1,
            "double" not in rows or abs(items[0].grams / 2 - before[0].grams) < 1,
        )
    )


def disturbed(text: str, chance: Random) -> str:
    """A filler, two letters that changed places, no apostrophe, no marks, small letters."""
    words = re.sub(r"[^\w\s]", "", text.replace("-", " ")).lower().split()
    long = [at for at, word in enumerate(words) if len(word) >= 5 and word.isascii()]
    if long:
        at = chance.choice(long)
        word, place = words[at], chance.randrange(1, len(words[at]) - 2)
        words[at] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if text.isascii():
        words.insert(chance.randrange(len(words)), chance.choice(FILLERS))
    return " ".join(words)


def main() -> None:
    from django.db import transaction

    aside, changed = "--aside" in sys.argv, "--disturbed" in sys.argv
    member, chance = member_with_a_diary(), Random(7)
    table: dict[str, Counter[str]] = {}
    seconds: list[float] = []
    file = SPOKEN if "--spoken" in sys.argv else FILE
    for line in [line for line in lines(file) if line.aside is aside]:
        tried = replace(line, said=disturbed(line.said, chance)) if changed else line
        with transaction.atomic():
            came = judged(tried, member, "--words" not in sys.argv)
            transaction.set_rollback(True)
        seconds.append(came.seconds)
        table.setdefault(line.kind, Counter())[came.how] += 1
        if came.how != "right" and not aside:
            before = "".join(f"{{{said}}} " for said in tried.before)
            print(f"{came.how:12} {line.kind:12} {before}{tried.said!r} -> {came.came}")
    for kind, found in sorted(table.items()):
        print(f"{kind:14} {dict(found)}")
    counts = sum(table.values(), Counter())
    total, late = counts.total(), sorted(seconds)[int(len(seconds) * 0.95)]
    print({how: f"{n} = {n / total:.1%}" for how, n in counts.most_common()}, "of", total)
    print(f"until it is decided: {late * 1000:.0f} ms at the 95th percentile")


def with_rows() -> None:
    """A database in memory, with the product's personas; foods are read from their files."""
    from django.test.utils import setup_databases

    from coach.nutrition.foods import store
    from coach.nutrition.foods.files import index_from_files
    from coach.site.seed import seed_personas

    setup_databases(verbosity=0, interactive=False)
    store.load_index = index_from_files
    seed_personas()


if __name__ == "__main__":
    django.setup()
    with_rows()
    main()
