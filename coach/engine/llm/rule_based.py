"""A mind without a model: fixed rules, the tools' own examples, and no knowledge of its own.

It says what it was told to say, what a tool's output says, words that an expert gave it, or which
things it can do. It never invents a fact.
"""

import re
from collections.abc import AsyncIterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from coach.engine.llm.arguments import fill, fill_in
from coach.engine.llm.guidance import words_to_say
from coach.engine.llm.matching import ALWAYS, ENOUGH, Matcher, about
from coach.engine.llm.requests import two_requests
from coach.engine.llm.smalltalk import reply
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

_VERBATIM = re.compile(
    r'Say exactly this, word for word, and nothing else:\s*["“](?P<text>.*)["”]', re.DOTALL
)
_EXAMPLE = re.compile(r'For example:\s*["“](?P<text>.*)["”]', re.DOTALL)
_FAILED = "I am sorry, that did not work. Please try again in a moment."
_EMPTY = "That is done."
_FACTS = 6  # told of a result that has no sentence
_FACTS_CHARS = 300
_TEXTS = frozenset({"result", "output", "message", "text", "answer"})  # names that say nothing
_WAIT = "One moment, please."
_ABILITIES = 4  # named at a time
_SORRY = "I am sorry, I cannot help with that."
_CERTAIN = 0.7  # the likeness at which a tool is taken for what could be small talk
_FIRST = re.compile(r"[^.:;\n]+")
_AFTER_CLAUSE = re.compile(r", (?:or|and) .*$")
_TO_YOU = [
    (re.compile(r"\b[Tt]he (?:member|user|learner)'s\b"), "your"),
    (re.compile(r"\b[Tt]he (?:member|user|learner)\b"), "you"),
    (re.compile(r"\byou has\b"), "you have"),
    (re.compile(r"\byou is\b"), "you are"),
    (re.compile(r"\byou was\b"), "you were"),
    (re.compile(r"\byou wants\b"), "you want"),
    (re.compile(r"\byou asks\b"), "you ask"),
    (re.compile(r"\b(?:themselves|themself)\b"), "yourself"),
]


class RuleBasedLlm:
    """Answers at once and always alike. Holds nothing between answers."""

    async def answer(self, context: Context) -> AsyncIterator[AnswerPiece]:
        """Yields one sentence, or one tool call, or two where two things were asked for."""
        for piece in decisions(context):
            yield piece


def decisions(context: Context) -> list[AnswerPiece]:
    """All that is to be said or done now."""
    return [*_two_calls(context)] or [decide(context)]


def decide(context: Context) -> AnswerPiece:
    """The one thing to say or do. An expert's words come after a tool's, and before all excuses."""
    if context.tool_choice.startswith("="):
        return _forced(context)
    directed = _directed(context.directions)
    if directed is not None:
        return Sentence(directed)
    guided = words_to_say(context.entries)
    since = _since_asked(context.entries)
    unsaid = _unsaid(since)
    if unsaid:
        return Sentence(" ".join([*unsaid, *([guided] if guided else [])]))
    if any(isinstance(entry, FunctionCall) for entry in since):
        # What the words asked for is under way or done: to take a tool again would do it twice.
        outputs = [entry.output for entry in since if isinstance(entry, FunctionCallOutput)]
        return Sentence(guided or (_said(outputs[-1]) if outputs else _WAIT))
    words = _last_words(context.entries)
    if words is None and context.tool_choice != "required":
        hello = reply("hello", context.instructions, abilities(context.tools))
        return Sentence(guided or hello or _SORRY)
    call = _tool_for(context, words or "")
    if call is not None:
        return call
    return Sentence(guided or _talk(context, words or ""))


def abilities(tools: Sequence[Tool]) -> str:
    """What the tools can do, as one sentence made of their descriptions."""
    named = [_ability(tool) for tool in tools]
    named = [one for one in named if one][:_ABILITIES]
    if not named:
        return "I can listen and repeat what I was given, and little else."
    if len(named) == 1:
        return f"I can {named[0]}."
    return f"I can {', '.join(named[:-1])}, or {named[-1]}."


def _directed(directions: str | None) -> str | None:
    if not directions:
        return None
    for pattern in (_VERBATIM, _EXAMPLE):
        found = pattern.search(directions)
        if found and found["text"].strip():
            return found["text"].strip()
    return None


def _since_asked(entries: Sequence[Entry]) -> Sequence[Entry]:
    """What came after the member's last words."""
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place]
        if isinstance(entry, Message) and entry.role == "user":
            return entries[place + 1 :]
    return entries


def _unsaid(since: Sequence[Entry]) -> list[str]:
    """What outputs have to say and nobody has said. Of several calls, some clients ask for an
    answer after each output, so that an answer may stand before or after any of them."""
    told = " ".join(
        " ".join(entry.text.split())
        for entry in since
        if isinstance(entry, Message) and entry.role == "assistant"
    )
    said = [_said(entry.output) for entry in since if isinstance(entry, FunctionCallOutput)]
    return [one for one in said if " ".join(one.split()) not in told]


def _said(output: str) -> str:
    """The sentence a tool's output carries."""
    try:
        result = msgspec.json.decode(output)
    except msgspec.DecodeError:
        return output.strip() or _EMPTY
    if isinstance(result, str):
        return result.strip() or _EMPTY
    if not isinstance(result, dict):
        return _EMPTY
    say = result.get("say")
    if isinstance(say, str) and say.strip():
        return say.strip()
    if result.get("error"):
        return _FAILED
    return _EMPTY if "say" in result else _facts(result)


def _facts(result: dict[str, Any]) -> str:
    """What a result without a sentence holds, as `Temperature: 20, sky: clear.`"""
    told = {
        name: str(value).strip()
        for name, value in result.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    facts = [
        value if name in _TEXTS else f"{name.replace('_', ' ')}: {value}"
        for name, value in told.items()
        if value
    ][:_FACTS]
    if not facts:
        return _EMPTY
    text = ", ".join(facts)[:_FACTS_CHARS].rstrip(" .,")
    return f"{text[:1].upper()}{text[1:]}."


def _last_words(entries: Sequence[Entry]) -> str | None:
    for entry in reversed(entries):
        if isinstance(entry, Message) and entry.role == "user":
            return " ".join(entry.text.split())
    return None


def _tool_for(context: Context, words: str) -> ToolCall | None:
    choice, tools = context.tool_choice, context.tools
    if choice == "none" or not tools:
        return None
    for tool in tools:
        if ALWAYS in tool.description and words:
            call = _call(tool, words)
            if call is not None:
                return call
    return _alike(context, words)


def _forced(context: Context) -> ToolCall:
    """The tool that the client chose, with what can be filled in."""
    tool = next(tool for tool in context.tools if context.tool_choice == f"={tool.name}")
    return ToolCall(tool.name, fill_in(tool.parameters, _last_words(context.entries) or ""))


def _two_calls(context: Context) -> list[ToolCall]:
    """Calls for two things asked for in one breath; none where there is but one, or a doubt."""
    words = _last_words(context.entries)
    free = context.parallel and context.tool_choice == "auto" and not context.directions
    done = any(
        isinstance(entry, FunctionCall | FunctionCallOutput)
        for entry in _since_asked(context.entries)
    )
    if done or not (words and free):
        return []
    if any(ALWAYS in tool.description for tool in context.tools):
        return []
    tools = {tool.name: tool for tool in context.tools}
    found = two_requests(words, _matcher_for(context.tools), tools) if tools else None
    calls = [_call(tools[name], part) for part, name in found or ()]
    return [call for call in calls if call] if all(calls) else []


def _alike(context: Context, words: str) -> ToolCall | None:
    """The tool whose examples are like the words and whose arguments can be filled."""
    needed = ENOUGH
    if context.tool_choice == "required":
        needed = 0.0
    elif reply(words, context.instructions, "") is not None:
        needed = _CERTAIN
    by_name = {tool.name: tool for tool in context.tools}
    matcher = _matcher_for(context.tools)
    for match in matcher.ranked(words):
        if match.likeness < needed:
            return None
        call = _call(by_name[match.name], words)
        if call is not None:
            return call
        if needed == 0 and match.likeness >= ENOUGH:
            break
    if needed > 0:
        return None
    # Where a tool is required, the likeliest is taken even with nothing to give it.
    tool = by_name[matcher.ranked(words)[0].name]
    return ToolCall(tool.name, fill_in(tool.parameters, words))


def _call(tool: Tool, words: str) -> ToolCall | None:
    arguments = fill(tool.parameters, words)
    return None if arguments is None else ToolCall(tool.name, arguments)


def _matcher_for(tools: Sequence[Tool]) -> Matcher:
    return _matcher(tuple((tool.name, tool.description) for tool in tools))


@lru_cache(maxsize=64)
def _matcher(tools: tuple[tuple[str, str], ...]) -> Matcher:
    return Matcher(tools)


def _talk(context: Context, words: str) -> str:
    able = abilities(context.tools)
    small = reply(words, context.instructions, able)
    return f"{_SORRY} {able}" if small is None else small


def _ability(tool: Tool) -> str:
    """`Write down what the member ate.` as `write down what you ate`."""
    first = _FIRST.match(about(tool.description))
    if first is None:
        return ""
    text = _AFTER_CLAUSE.sub("", first.group().strip())
    if text.split()[0].lower() in ("what", "how", "which", "whether"):
        text = f"tell you {text[:1].lower()}{text[1:]}"
    for pattern, better in _TO_YOU:
        text = pattern.sub(better, text)
    return text[:1].lower() + text[1:]
