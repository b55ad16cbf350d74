"""A streamed Chat Completion, chunk by chunk, as the pieces of an answer. No I/O."""

from typing import Any

import msgspec

from coach.engine.compatible.http import failure
from coach.engine.compatible.sentence_stream import SentenceStream
from coach.engine.compatible.sse import ServerSent
from coach.engine.compatible.tool_calls import ToolCallAssembler
from coach.engine.errors import EngineError
from coach.engine.llm.types import AnswerPiece, Context, CutShort, LlmUsage, Sentence


class CompletionReader:
    """One answer. `finished`: the model has said why it ended. `begun`: something was passed on."""

    def __init__(self, context: Context) -> None:
        self.finished = False
        self.begun = False
        self._context = context
        self._names = {tool.name for tool in context.tools}
        self._prose = SentenceStream(context.spoken)
        self._calls = ToolCallAssembler()
        self._usage: dict[str, Any] = {}
        self._reason = ""

    def event(self, sent: ServerSent) -> list[AnswerPiece]:
        """The pieces an event completes. Raises EngineError with the code of what is wrong."""
        return self.chunk(_decoded(sent.data), failed=sent.name == "error")

    def chunk(self, chunk: dict[str, Any], failed: bool = False) -> list[AnswerPiece]:
        """The same for a chunk, or for a whole completion."""
        if failed or chunk.get("error") or chunk.get("object") == "error":
            raise failure(0, chunk)
        usage = chunk.get("usage")
        if isinstance(usage, dict):
            self._usage = usage
        choices = chunk.get("choices")
        if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
            return []
        delta = choices[0].get("delta") or choices[0].get("message")
        pieces = self._delta(delta) if isinstance(delta, dict) else []
        if choices[0].get("finish_reason") and not self.finished:
            self._reason = str(choices[0]["finish_reason"])
            pieces += self.finish()
        self.begun = self.begun or bool(pieces)
        return pieces

    def finish(self) -> list[AnswerPiece]:
        """The rest: the last words, and the calls."""
        self.finished = True
        pieces: list[AnswerPiece] = [Sentence(text) for text in self._prose.end()]
        for written in self._prose.calls:
            self._calls.add_written(written)
        if self._context.tools and self._context.tool_choice != "none":
            taken = self._calls.whole(self._names, self._reason == "length")
            pieces += taken if self._context.parallel else taken[:1]
        return pieces

    def account(self) -> list[AnswerPiece]:
        """What is known once nothing more comes: the cost, and whether it broke off."""
        pieces: list[AnswerPiece] = []
        read, written = (
            _count(self._usage, "prompt_tokens"),
            _count(self._usage, "completion_tokens"),
        )
        if read or written:
            pieces.append(LlmUsage(read, min(read, _cached(self._usage)), written))
        if self._reason == "length":
            pieces.append(CutShort("max_output_tokens"))
        elif self._reason == "content_filter":
            pieces.append(CutShort("content_filter"))
        return pieces

    def _delta(self, delta: dict[str, Any]) -> list[AnswerPiece]:
        """Thoughts (`reasoning`, `reasoning_content`) are not spoken."""
        text = _text(delta.get("content")) or _text(delta.get("refusal"))
        pieces: list[AnswerPiece] = (
            [Sentence(one) for one in self._prose.feed(text)] if text else []
        )
        for fragment in delta.get("tool_calls") or []:
            if isinstance(fragment, dict):
                self._calls.add(fragment)
        return pieces


def _decoded(data: str) -> dict[str, Any]:
    try:
        chunk = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise EngineError("bad_stream", "The stream is not JSON.") from error
    if not isinstance(chunk, dict):
        raise EngineError("bad_stream", "A chunk of the stream is not an object.")
    return chunk


def _text(content: object) -> str:
    """Text, also where it comes in parts."""
    if isinstance(content, list):
        parts = [one for one in content if isinstance(one, dict) and one.get("type") == "text"]
        return "".join(_text(one.get("text")) for one in parts)
    return content if isinstance(content, str) else ""


def _count(usage: dict[str, Any], name: str) -> int:
    found = usage.get(name)
    return found if isinstance(found, int) and found > 0 else 0


def _cached(usage: dict[str, Any]) -> int:
    details = usage.get("prompt_tokens_details")
    if isinstance(details, dict):
        return _count(details, "cached_tokens")
    return _count(usage, "prompt_cache_hit_tokens")
