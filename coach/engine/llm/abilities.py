"""What tools can do, said as the coach would say it of itself."""

import re
from collections.abc import Sequence

from coach.engine.llm.tool_examples import about
from coach.engine.llm.types import Tool

_ABILITIES = 4  # named at a time
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


def abilities(tools: Sequence[Tool]) -> str:
    """What the tools can do, as one sentence made of their descriptions."""
    named = [_ability(tool) for tool in tools]
    named = [one for one in named if one][:_ABILITIES]
    if not named:
        return "I can listen and repeat what I was given, and little else."
    if len(named) == 1:
        return f"I can {named[0]}."
    return f"I can {', '.join(named[:-1])}, or {named[-1]}."


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
