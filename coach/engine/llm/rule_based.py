"""A language model's place filled without one: by meaning, grammar and the tools' own examples.

It says what it was told to say, what a tool's output says, words that an expert gave it, or a
reviewed sentence. It never invents a fact.
"""

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import msgspec

from coach.engine.limits import MEANING_LOADS_SECONDS, MEANING_SECONDS, TOOL_SETS
from coach.engine.llm.answering import Answering
from coach.engine.llm.arguments import fill_in
from coach.engine.llm.by_meaning import forget_words, tools_by_kind
from coach.engine.llm.conversation import (
    answered_and_new,
    is_user,
    last_words,
    since_asked,
)
from coach.engine.llm.guidance import words_to_say
from coach.engine.llm.intents.machine import machine
from coach.engine.llm.matching import ToolTexts, tool_texts
from coach.engine.llm.tool_results import sentence_of, unsaid
from coach.engine.llm.types import (
    AnswerPiece,
    Context,
    FunctionCall,
    FunctionCallOutput,
    Message,
    Sentence,
    ToolCall,
)

_log = logging.getLogger(__name__)

_VERBATIM = re.compile(
    r'Say exactly this, word for word, and nothing else:\s*["“](?P<text>.*)["”]', re.DOTALL
)
_EXAMPLE = re.compile(r'For example:\s*["“](?P<text>.*)["”]', re.DOTALL)
_WAIT = "One moment, please."


class RuleBasedLlm:
    """Answers alike to the same items, and holds nothing between answers.

    Meaning takes a thread. Where it cannot be loaded, and where the thread is late, words decide.
    """

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None
        self._loading: asyncio.Task[None] | None = None
        self._ready = False
        self._looked_at: set[ToolTexts] = set()

    async def start(self) -> None:
        """Begins to load what meaning needs. Who asks meanwhile waits for it, and nobody else."""
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="meaning")
        self._loading = asyncio.create_task(self._load(self._thread))

    async def loaded(self) -> bool:
        """Waits until loading is over. Whether meaning is to be had."""
        if self._loading is not None:
            await asyncio.wait([self._loading])
        return self._ready

    async def close(self) -> None:
        """Ends the thread. Answers that wait for it are given by words."""
        thread, self._thread, self._ready = self._thread, None, False
        if self._loading is not None:
            self._loading.cancel()
            self._loading = None
        if thread is not None:
            thread.shutdown(wait=False, cancel_futures=True)

    async def answer(self, context: Context) -> AsyncIterator[AnswerPiece]:
        """Yields one sentence, or one tool call, or two where two things were asked for."""
        for piece in await self._pieces(context):
            yield piece

    async def _pieces(self, context: Context) -> list[AnswerPiece]:
        if not _needs_meaning(context):
            self._look_at(tool_texts(context.tools))
            return decisions(context)
        by_meaning = await self._by_meaning(context)
        if by_meaning is not None:
            return by_meaning
        return await asyncio.to_thread(decisions, context)

    async def _by_meaning(self, context: Context) -> list[AnswerPiece] | None:
        """None where meaning cannot be loaded, is late, or is closed meanwhile."""
        if self._loading is not None and not self._loading.done():
            await asyncio.wait([self._loading], timeout=MEANING_LOADS_SECONDS)
        if self._thread is None or not self._ready:
            return None
        loop = asyncio.get_running_loop()
        answer = loop.run_in_executor(self._thread, decisions, context, True)
        try:
            # Unlike an `await`, this does not take the thread's end for the end of this task.
            await asyncio.wait([answer], timeout=MEANING_SECONDS)
            return answer.result() if answer.done() and not answer.cancelled() else None
        finally:
            answer.cancel()

    def _look_at(self, tools: ToolTexts) -> None:
        """Looks at a set of tools once, so that the first question finds them known."""
        if self._thread is None or not self._ready or tools in self._looked_at:
            return
        if len(self._looked_at) == TOOL_SETS:
            self._looked_at.clear()
        self._looked_at.add(tools)
        self._thread.submit(tools_by_kind, tools).add_done_callback(_log_failure)

    async def _load(self, thread: ThreadPoolExecutor) -> None:
        job = asyncio.get_running_loop().run_in_executor(thread, _warm_up)
        await asyncio.wait([job])
        if job.cancelled():
            return
        if (error := job.exception()) is not None:
            _log.error("What words mean is not to be had; words alone decide.", exc_info=error)
            return
        self._ready = self._thread is thread


def _log_failure(job: Future[Any]) -> None:
    if not job.cancelled() and (error := job.exception()) is not None:
        _log.error("A set of tools could not be looked at.", exc_info=error)


def _warm_up() -> None:
    machine().probabilities(["hello"], [False])


def _needs_meaning(context: Context) -> bool:
    """Whether there are words to read: nothing is to be read where it was told what to say."""
    return _directed(context.directions) is None and last_words(context.entries) is not None


def decisions(context: Context, by_meaning: bool = False) -> list[AnswerPiece]:
    """All that is to be said or done now: also for words that came while a tool was at work.

    `by_meaning` takes milliseconds and is for a thread; without it words alone are compared.
    """
    try:
        return _decisions(context, by_meaning)
    finally:
        forget_words()


def _decisions(context: Context, by_meaning: bool) -> list[AnswerPiece]:
    answered, news = answered_and_new(context.entries)
    outputs = [entry for entry in news if isinstance(entry, FunctionCallOutput)]
    asked = [entry for entry in news if isinstance(entry, Message)]
    free = context.tool_choice == "auto" and _directed(context.directions) is None
    if outputs and free and any(is_user(entry) for entry in asked):
        told = " ".join(unsaid(outputs))
        again = msgspec.structs.replace(context, entries=[*answered, *asked])
        rest = _decisions(again, by_meaning)
        calls = [piece for piece in rest if isinstance(piece, ToolCall)]
        said = [piece.text for piece in rest if isinstance(piece, Sentence)]
        # Calls first: who types again cuts the words off, and what was asked for is under way.
        return [*calls, Sentence(" ".join([told, *said]))]
    return _decided(context, by_meaning)


def decide(context: Context, by_meaning: bool = False) -> AnswerPiece:
    """The first of what is to be said or done."""
    return decisions(context, by_meaning)[0]


def _decided(context: Context, by_meaning: bool) -> list[AnswerPiece]:
    """An expert's words come after a tool's, and before all excuses."""
    if context.tool_choice.startswith("="):
        return [_forced(context)]
    directed = _directed(context.directions)
    if directed is not None:
        return [Sentence(directed)]
    guided = words_to_say(context.entries)
    since = since_asked(context.entries)
    untold = unsaid(since)
    if untold:
        return [Sentence(" ".join([*untold, *([guided] if guided else [])]))]
    if any(isinstance(entry, FunctionCall) for entry in since):
        # What the words asked for is under way or done: to take a tool again would do it twice.
        outputs = [entry.output for entry in since if isinstance(entry, FunctionCallOutput)]
        return [Sentence(guided or (sentence_of(outputs[-1]) if outputs else _WAIT))]
    pieces = Answering(context, by_meaning).pieces()
    talks = all(isinstance(piece, Sentence) for piece in pieces)
    return [Sentence(guided)] if guided and talks else pieces


def _directed(directions: str | None) -> str | None:
    if not directions:
        return None
    for pattern in (_VERBATIM, _EXAMPLE):
        found = pattern.search(directions)
        if found and found["text"].strip():
            return found["text"].strip()
    return None


def _forced(context: Context) -> ToolCall:
    """The tool that the client chose, with what can be filled in."""
    tool = next(tool for tool in context.tools if context.tool_choice == f"={tool.name}")
    return ToolCall(tool.name, fill_in(tool.parameters, last_words(context.entries) or ""))
