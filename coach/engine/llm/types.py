"""What a language model is given and what it gives back."""

from collections.abc import AsyncIterator
from typing import Any, Literal, Protocol

import msgspec


class Picture(msgspec.Struct, frozen=True):
    """A picture as a data URI; `detail` is how closely to look, if the client said."""

    url: str
    detail: str | None = None


class Message(msgspec.Struct, frozen=True):
    """Something that was said, written or shown."""

    role: Literal["user", "assistant", "system"]
    text: str
    pictures: tuple[Picture, ...] = ()


class FunctionCall(msgspec.Struct, frozen=True):
    """A tool call of the conversation; `arguments` is a JSON string."""

    call_id: str
    name: str
    arguments: str


class FunctionCallOutput(msgspec.Struct, frozen=True):
    """The output of a tool call."""

    call_id: str
    output: str


Entry = Message | FunctionCall | FunctionCallOutput


class Tool(msgspec.Struct, frozen=True):
    """A tool on offer; `parameters` is a JSON Schema."""

    name: str
    description: str
    parameters: dict[str, Any]


class Context(msgspec.Struct, frozen=True):
    """All the model may know for one answer.

    `directions` are the instructions given for this one answer, if any. `tool_choice` is
    `auto`, `none`, `required`, or `=name` for a certain tool. `max_tokens` None: no limit.
    `spoken` is whether the answer will be synthesised.
    """

    instructions: str
    directions: str | None
    entries: list[Entry]
    tools: list[Tool]
    tool_choice: str = "auto"
    parallel: bool = True
    max_tokens: int | None = None
    effort: str | None = None
    spoken: bool = True


class Sentence(msgspec.Struct, frozen=True):
    """Something to say, one or a few sentences."""

    text: str


class ToolCall(msgspec.Struct, frozen=True):
    """A call of the answer; `arguments` is a JSON string."""

    name: str
    arguments: str


class LlmUsage(msgspec.Struct, frozen=True):
    """Tokens an answer took, as its server counted them; `cached` is a part of `read`."""

    read: int
    cached: int
    written: int


class CutShort(msgspec.Struct, frozen=True):
    """The answer ends here though it is not complete."""

    reason: Literal["max_output_tokens", "content_filter"]


AnswerPiece = Sentence | ToolCall | LlmUsage | CutShort


class Llm(Protocol):
    """A language model, or what stands in for one."""

    def answer(self, context: Context) -> AsyncIterator[AnswerPiece]:
        """Yields pieces as they are ready. Raises EngineError when it cannot."""
        ...
