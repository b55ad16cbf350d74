"""What the outputs of tools say, and what of it nobody has told the member yet."""

from collections.abc import Sequence
from typing import Any

import msgspec

from coach.engine.llm.types import Entry, FunctionCallOutput, Message

_FAILED = "I am sorry, that did not work. Please try again in a moment."
_EMPTY = "That is done."
_FACTS = 6  # told of a result that has no sentence
_FACTS_CHARS = 300
_TEXTS = frozenset({"result", "output", "message", "text", "answer"})  # names that say nothing


def unsaid(since: Sequence[Entry]) -> list[str]:
    """What outputs have to say and nobody has said. Of several calls, some clients ask for an
    answer after each output, so that an answer may stand before or after any of them."""
    told = " ".join(
        " ".join(entry.text.split())
        for entry in since
        if isinstance(entry, Message) and entry.role == "assistant"
    )
    said = [sentence_of(entry.output) for entry in since if isinstance(entry, FunctionCallOutput)]
    return [one for one in said if " ".join(one.split()) not in told]


def sentence_of(output: str) -> str:
    """The sentence a tool's output carries."""
    try:
        result = msgspec.json.decode(output)
    except (msgspec.DecodeError, RecursionError):
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
