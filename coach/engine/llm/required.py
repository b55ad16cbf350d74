"""The tool for words where the client has said that one has to be taken."""

from collections.abc import Sequence

from coach.engine.llm.arguments import fill, fill_in
from coach.engine.llm.matching import ENOUGH, matcher_for, tool_texts
from coach.engine.llm.types import Tool, ToolCall


def required(tools: Sequence[Tool], read: str, words: str) -> ToolCall | None:
    """The likeliest tool for `read`, where one has to be taken; it is given `words`, if it can."""
    by_name = {tool.name: tool for tool in tools}
    ranked = matcher_for(tool_texts(tools)).ranked(read)
    for match in ranked:
        tool = by_name[match.name]
        arguments = fill(tool.parameters, words)
        if arguments is not None:
            return ToolCall(tool.name, arguments)
        if match.likeness >= ENOUGH:
            break
    if not ranked:
        return None
    tool = by_name[ranked[0].name]
    return ToolCall(tool.name, fill_in(tool.parameters, words))
