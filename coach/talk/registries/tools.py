"""The registry of tools: what the coach can do, as typed functions.

    class LogMeal(msgspec.Struct):
        said: Said

    @tool("log_meal", "Write down what the member ate.", examples=["I had two eggs"])
    def log_meal(call: ToolCallContext, args: LogMeal) -> ToolResult: ...

A tool acts for the session's member and nobody else: no argument can name a person. It returns
the facts and one short true sentence (`say`); what the page shows is drawn from the rows.
A tool that changes rows runs in one transaction with the row of its call: both are written, or
none. One that only reads, or asks another system, is `reads_only` and holds no lock meanwhile.
Features register theirs in `tools.py`, imported when their app is ready.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar, get_type_hints

import msgspec

from coach import wire
from coach.talk.models import Session, Turn
from coach.types import Member
from coach.voice.limits import TYPED_MAX_CHARS

MAX_OUTPUT_CHARS = 16_000
ASKED_BEFORE = 4  # calls of one tool in a row that questions may go back to
SAID_BEFORE = 2  # turns in which something was named that is only pointed at
WORDS_TOGETHER = 10  # turns of the member that one call may answer; the newest

# What a member says in one turn fits, so that no tool reads half a sentence.
SAID_MAX_CHARS = TYPED_MAX_CHARS
Said = Annotated[
    str,
    msgspec.Meta(description="The member's own words, verbatim.", max_length=SAID_MAX_CHARS),
]


@dataclass(frozen=True)
class ToolCallContext:
    """Who a tool acts for. `member` is the session's own, whatever the model says."""

    session: Session
    call_id: str
    asked: str = ""  # the item of the words that it was called for

    @property
    def member(self) -> Member:
        return self.session.member

    @property
    def words(self) -> str:
        """What the member has said since the coach spoke, as the thread has it; "" if it does not.

        It led to the call. A model may put other words into `said`.
        """
        turns, member = self.session.turns, Turn.Speaker.MEMBER
        asked = turns.of_item(self.asked).filter(speaker=member).first() if self.asked else None
        if asked is None:
            return ""
        spoke = turns.filter(seq__lt=asked.seq).exclude(speaker__in=(member, Turn.Speaker.SYSTEM))
        since = spoke.values_list("seq", flat=True).last() or 0
        said = turns.filter(speaker=member, seq__gt=since).order_by("-seq")
        return "\n".join(reversed(said.values_list("text", flat=True)[:WORDS_TOGETHER]))

    def asked_before(self, tool: str) -> list[str]:
        """What `tool` was called for just before, the oldest first; [] after another tool."""
        calls = self.session.tool_calls.exclude(call_id=self.call_id).order_by("-created_at", "-pk")
        items: list[str] = []
        for name, asked in calls.values_list("name", "asked")[:ASKED_BEFORE]:
            if name != tool or not asked:
                break
            items.append(asked)
        said = self.session.turns.filter(item_id__in=items, speaker=Turn.Speaker.MEMBER)
        return list(said.order_by("seq").values_list("text", flat=True))

    def said_before(self) -> list[str]:
        """The member's last turns before the words that led to the call, the newest first."""
        member = self.session.turns.filter(speaker=Turn.Speaker.MEMBER).order_by("-seq")
        asked = member.filter(item_id=self.asked).first() if self.asked else None
        earlier = member.filter(seq__lt=asked.seq) if asked else member.none()
        return list(earlier.values_list("text", flat=True)[:SAID_BEFORE])

    def offer(self, tool: str, said: str) -> dict[str, str] | None:
        """A result's `if_yes`: what an engine calls when the member says yes.

        `said` is a whole request that `tool` reads. None: this talk has no such tool, so a yes
        would come to nothing and nothing is asked.
        """
        if tool not in {one["name"] for one in self.session.tools}:
            return None
        return {"tool": tool, "said": said}


@dataclass(frozen=True)
class NewCard:
    """A card to put in the thread: `kind` names a registered drawing, `ref` its row."""

    kind: str
    ref: str


@dataclass(frozen=True)
class ToolResult:
    say: str
    data: dict[str, Any] = field(default_factory=dict)
    cards: tuple[NewCard, ...] = ()
    changed: tuple[wire.Region, ...] = ()  # regions of the page that must refetch, e.g. "day"


ToolFunction = Callable[[ToolCallContext, Any], ToolResult]
F = TypeVar("F", bound=ToolFunction)


@dataclass(frozen=True)
class Tool:
    name: str
    description: str
    examples: tuple[str, ...]
    always: bool
    arguments: type[msgspec.Struct]
    function: ToolFunction
    while_held: bool  # may run while the coach is held back (safety hold)
    of_pictures: bool = False  # of no use where the engine sees none: not offered there
    reads_only: bool = False  # changes no row of ours, so it runs outside of any transaction

    def definition(self) -> dict[str, Any]:
        """The tool as the Realtime protocol wants it, byte-stable for the prompt cache."""
        lines = [self.description]
        if self.always:
            lines.append("Use this for every turn.")
        if self.examples:
            lines.append("Examples: " + "; ".join(f'"{e}"' for e in self.examples))
        return {
            "type": "function",
            "name": self.name,
            "description": "\n".join(lines),
            "parameters": _schema(self.arguments),
        }


_tools: dict[str, Tool] = {}


def tool(
    name: str,
    description: str,
    *,
    examples: Iterable[str] = (),
    always: bool = False,
    while_held: bool = False,
    of_pictures: bool = False,
    reads_only: bool = False,
) -> Callable[[F], F]:
    """Register a tool. Its second parameter's type, a msgspec Struct, is its argument schema."""

    def register(function: F) -> F:
        if name in _tools:
            raise ValueError(f"two tools are called {name}")
        arguments = [
            hint for key, hint in get_type_hints(function).items() if key not in ("call", "return")
        ]
        if len(arguments) != 1 or not issubclass(arguments[0], msgspec.Struct):
            raise TypeError(f"{name} must take (call: ToolCallContext, args: <a msgspec Struct>)")
        _tools[name] = Tool(
            name,
            description,
            tuple(examples),
            always,
            arguments[0],
            function,
            while_held,
            of_pictures,
            reads_only,
        )
        return function

    return register


def get_tool(name: str) -> Tool | None:
    return _tools.get(name)


def reads_only() -> set[str]:
    """The names of the tools that change nothing."""
    return {name for name, tool in _tools.items() if tool.reads_only}


def is_reading(name: str) -> bool:
    """Whether this tool changes nothing; False for one that is no longer registered."""
    tool = _tools.get(name)
    return tool is not None and tool.reads_only


def tool_names() -> list[str]:
    return sorted(_tools)


def definitions(names: Iterable[str], *, images: bool = False) -> list[dict[str, Any]]:
    """Definitions of the named tools, in that order, without names no longer registered.

    `images`: whether the engine sees pictures.
    """
    known = [_tools[name] for name in names if name in _tools]
    return [tool.definition() for tool in known if images or not tool.of_pictures]


def _schema(arguments: type[msgspec.Struct]) -> dict[str, Any]:
    schema, components = msgspec.json.schema_components([arguments], ref_template="#/$defs/{name}")
    name = schema[0]["$ref"].rsplit("/", 1)[-1]
    body: dict[str, Any] = dict(components.pop(name))
    body.pop("title", None)
    if components:
        body["$defs"] = components
    body["additionalProperties"] = False
    return body
