"""What members say and what has to come of it, with the product's own tools: `requests.txt`.

`python -m tests.engine.llm.requests_set` prints figures and every sentence that went wrong, of the
two thirds that may be looked at; with `--aside` the figures of the last third, and no sentence;
with `--words` no vector is to be had.

A line is `outcome: sentence`. The outcome is a kind of request, several where either is right
(`a|b`), or two in their order (`a + b`). `>`: something was just written into the diary.
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import django

from coach.engine.llm.intents.kinds import DEEDS, TALK
from coach.engine.llm.rule_based import decisions
from coach.engine.llm.texts import REPLIES, UNCLEAR
from coach.engine.llm.types import (
    AnswerPiece,
    Context,
    Entry,
    FunctionCall,
    FunctionCallOutput,
    Message,
    Sentence,
    Tool,
    ToolCall,
)

FILE = Path(__file__).parent / "requests.txt"
# The product's tools for a kind: each that is there is right.
TOOLS_FOR = {
    "log": ("log_meal",),
    "correct": ("change_meal",),
    "remove": ("change_meal",),
    "undo": ("undo",),
    "figures": ("day_summary",),
    "trend": ("day_summary",),
    "recall": ("day_summary",),
    "propose": ("suggest_meal",),
    "food_fact": ("find_food",),
    "suits_me": ("food_for_me",),
    "health_told": ("note_health",),
    "allergy_told": ("note_health",),
    "weight_told": ("note_health",),
    "goal_told": ("set_goal", "note_health"),
    "reminder": ("reminders",),
    "profile": ("get_profile",),
    "person": ("talk_to_human",),
    "notes": ("handoff_notes",),
    "memory": ("recall_memory",),
}
JUST_LOGGED: tuple[Entry, ...] = (
    Message("user", "I had two eggs and a bowl of rice"),
    FunctionCall("c1", "log_meal", '{"said": "I had two eggs and a bowl of rice"}'),
    FunctionCallOutput("c1", '{"say": "Two eggs and rice, for lunch.", "logged": true}'),
    Message("assistant", "Two eggs and rice, for lunch."),
)


@dataclass(frozen=True)
class Wanted:
    """A sentence and the kinds that are right, for each of its requests."""

    said: str
    requests: tuple[frozenset[str], ...]
    just_logged: bool

    @property
    def aside(self) -> bool:
        digest = hashlib.md5(self.said.encode(), usedforsecurity=False).hexdigest()
        return int(digest, 16) % 3 == 0

    def context(self, tools: Sequence[Tool]) -> Context:
        before = JUST_LOGGED if self.just_logged else ()
        entries = [*before, Message("user", self.said)]
        return Context("You are Sage.", None, entries, list(tools))


def wanted() -> list[Wanted]:
    found = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        outcome, said = line.split(": ", 1)
        after = said.startswith("> ")
        requests = tuple(frozenset(one.split("|")) for one in outcome.split(" + "))
        found.append(Wanted(said.removeprefix("> "), requests, after))
    return found


def product_tools() -> list[Tool]:
    from coach.talk.registries.tools import definitions, get_tool, tool_names

    every = [name for name in tool_names() if (t := get_tool(name)) and not t.always]
    made = definitions(name for name in every if name != "objective_met")
    return [Tool(one["name"], one["description"], one["parameters"]) for one in made]


def judged(one: Wanted, tools: Sequence[Tool], by_meaning: bool = True) -> tuple[str, str]:
    """How it went, and what came of it."""
    pieces = decisions(one.context(tools), by_meaning)
    names = {tool.name for tool in tools}
    came = " + ".join(_told(piece) for piece in pieces)
    if len(one.requests) > 1:
        return _of_two(one, pieces, names), came
    (kinds,) = one.requests
    right = [name for kind in kinds for name in TOOLS_FOR.get(kind, ()) if name in names]
    return _of_one(kinds, right, pieces, names, tools), came


def _of_one(
    kinds: frozenset[str],
    right: list[str],
    pieces: Sequence[AnswerPiece],
    names: set[str],
    tools: Sequence[Tool],
) -> str:
    called = [piece.name for piece in pieces if isinstance(piece, ToolCall)]
    deeds = {name for kind in DEEDS for name in TOOLS_FOR[kind] if kind in TOOLS_FOR}
    if called:
        if set(called) <= set(right):
            return "right"
        return "wrong action" if deeds & (set(called) - set(right)) else "beside"
    (said,) = [piece.text for piece in pieces if isinstance(piece, Sentence)]
    if right:
        return "asked" if _offers(said) else "refused"
    if not kinds & TALK:  # nothing is for it: an honest sentence, or an expert is offered
        return "right" if said not in UNCLEAR.values() else "beside"
    return "right" if any(_is_reply(kind, said) for kind in kinds) else "beside"


def _is_reply(kind: str, said: str) -> bool:
    if kind == "ability":
        return said.startswith("I can ")
    texts = REPLIES.get(kind, {})
    return any(said.startswith(text.split("{")[0]) for text in texts.values()) or (
        kind in ("distress", "no") and not said.startswith("I did not")
    )


def _of_two(one: Wanted, pieces: Sequence[AnswerPiece], names: set[str]) -> str:
    called = [piece.name for piece in pieces if isinstance(piece, ToolCall)]
    able = [
        right
        for kinds in one.requests
        if (right := {name for kind in kinds for name in TOOLS_FOR.get(kind, ()) if name in names})
    ]
    if any(not any(name in right for right in able) for name in called):
        return "wrong action"
    met = sum(any(name in right for name in called) for right in able)
    return "right" if met == len(able) else "half" if met else "refused"


def _offers(said: str) -> bool:
    return said.endswith("?") and not said.startswith("I did not")


def _told(piece: AnswerPiece) -> str:
    return piece.name if isinstance(piece, ToolCall) else getattr(piece, "text", "")


def main() -> None:
    django.setup()
    aside = "--aside" in sys.argv
    tools = product_tools()
    names = {tool.name for tool in tools}
    counts: Counter[str] = Counter()
    by_kind: dict[str, Counter[str]] = {}
    for one in [one for one in wanted() if one.aside is aside]:
        how, came = judged(one, tools, "--words" not in sys.argv)
        counts[how] += 1
        kind = " + ".join(sorted(kinds)[0] for kinds in one.requests)
        by_kind.setdefault(kind if "+" not in kind else "two requests", Counter())[how] += 1
        if how != "right" and not aside:
            print(f"{how:13} {kind:14} {one.said!r} -> {came}")
    total = sum(counts.values())
    print(sorted(names))
    for kind, found in sorted(by_kind.items()):
        print(f"{kind:14} {dict(found)}")
    print({how: f"{n} = {n / total:.1%}" for how, n in counts.most_common()}, "of", total)


if __name__ == "__main__":
    main()
