"""A language model's place filled by rules: the tools' own examples, and no knowledge of its own.

It says what it was told to say, what a tool's output says, words that an expert gave it, or which
things it can do. It never invents a fact.
"""

import re
from collections.abc import AsyncIterator, Sequence
from functools import lru_cache

import msgspec

from coach.engine.llm.abilities import abilities
from coach.engine.llm.arguments import fill, fill_in
from coach.engine.llm.guidance import words_to_say
from coach.engine.llm.matching import ENOUGH, Matcher
from coach.engine.llm.offers import agreement, offered
from coach.engine.llm.requests import two_requests
from coach.engine.llm.smalltalk import reply
from coach.engine.llm.tool_examples import ALWAYS
from coach.engine.llm.tool_results import sentence_of, unsaid
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
_WAIT = "One moment, please."
_SORRY = "I am sorry, I cannot help with that."
_LEFT = "All right."  # to a no
_TOGETHER = 10  # so many messages are answered in one
_CERTAIN = 0.7  # the likeness at which a tool is taken for what could be small talk


class RuleBasedLlm:
    """Answers at once and always alike. Holds nothing between answers."""

    async def answer(self, context: Context) -> AsyncIterator[AnswerPiece]:
        """Yields one sentence, or one tool call, or two where two things were asked for."""
        for piece in decisions(context):
            yield piece


def decisions(context: Context) -> list[AnswerPiece]:
    """All that is to be said or done now: also for words that came while a tool was at work."""
    answered, news = _parts(context.entries)
    outputs = [entry for entry in news if isinstance(entry, FunctionCallOutput)]
    asked = [entry for entry in news if isinstance(entry, Message)]
    free = context.tool_choice == "auto" and _directed(context.directions) is None
    if outputs and free and any(entry.role == "user" for entry in asked):
        told = " ".join(unsaid(outputs))
        rest = decisions(msgspec.structs.replace(context, entries=[*answered, *asked]))
        calls = [piece for piece in rest if isinstance(piece, ToolCall)]
        said = [piece.text for piece in rest if isinstance(piece, Sentence)]
        # Calls first: who types again cuts the words off, and what was asked for is under way.
        return [*calls, Sentence(" ".join([told, *said]))]
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
    untold = unsaid(since)
    if untold:
        return Sentence(" ".join([*untold, *([guided] if guided else [])]))
    if any(isinstance(entry, FunctionCall) for entry in since):
        # What the words asked for is under way or done: to take a tool again would do it twice.
        outputs = [entry.output for entry in since if isinstance(entry, FunctionCallOutput)]
        return Sentence(guided or (sentence_of(outputs[-1]) if outputs else _WAIT))
    words = _last_words(context.entries)
    if words is None and context.tool_choice != "required":
        hello = reply("hello", context.instructions, abilities(context.tools))
        return Sentence(guided or hello or _SORRY)
    piece = _after_offer(context, words or "") or _tool_for(context, words or "")
    if piece is not None:
        return piece
    return Sentence(guided or _talk(context, words or ""))


def _directed(directions: str | None) -> str | None:
    if not directions:
        return None
    for pattern in (_VERBATIM, _EXAMPLE):
        found = pattern.search(directions)
        if found and found["text"].strip():
            return found["text"].strip()
    return None


def _parts(entries: Sequence[Entry]) -> tuple[Sequence[Entry], Sequence[Entry]]:
    """What was answered up to now, by words or by a tool's call, and what came since."""
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place]
        if isinstance(entry, FunctionCall) or (
            isinstance(entry, Message) and entry.role == "assistant"
        ):
            return entries[: place + 1], entries[place + 1 :]
    return [], entries


def _since_asked(entries: Sequence[Entry]) -> Sequence[Entry]:
    """What came after the member's last words."""
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place]
        if isinstance(entry, Message) and entry.role == "user":
            return entries[place + 1 :]
    return entries


def _last_words(entries: Sequence[Entry]) -> str | None:
    """What the member said last: also of several messages that nothing was said to in between.

    They come so after a lost line, or where somebody types faster than they are answered.
    """
    said: list[str] = []
    for entry in reversed(entries):
        if isinstance(entry, Message) and entry.role == "user":
            said.append(" ".join(entry.text.split()))
            if len(said) == _TOGETHER:
                break
        elif said:
            break
    if not said:
        return None
    *before, last = [words for words in reversed(said) if words] or [""]
    return " ".join([*(_as_sentence(words) for words in before), last])


def _as_sentence(words: str) -> str:
    return words if words[-1] in ".!?…,;:" else f"{words}."


def _after_offer(context: Context, words: str) -> AnswerPiece | None:
    """What a yes or a no to an offer becomes; None where nothing was offered, or more is said."""
    agreed = agreement(words)
    offer = (
        offered(context.entries) if agreed is not None and context.tool_choice == "auto" else None
    )
    if offer is None:
        return None
    tool = next((tool for tool in context.tools if tool.name == offer.tool), None)
    if tool is None or not agreed:
        return Sentence(_LEFT)
    return ToolCall(tool.name, fill_in(tool.parameters, offer.said))


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
