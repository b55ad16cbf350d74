"""What words are for by their likeness to the tools' examples: where meaning is not to be had."""

from collections.abc import Sequence

from coach.engine.llm.arguments import fill, fill_in
from coach.engine.llm.choices import Act, Choice, Talk
from coach.engine.llm.matching import ENOUGH, matcher_for, tool_texts
from coach.engine.llm.smalltalk import kind_of
from coach.engine.llm.types import Tool, ToolCall

_CERTAIN = 0.7  # the likeness at which a tool is taken for what could be small talk
_SURE = 0.56  # the likeness at which a half is believed to be a request of its own
_FOR_A_PERSON = "I want to talk to a person"


class ByWords:
    """Chooses among the tools by their examples."""

    def __init__(self, tools: Sequence[Tool]) -> None:
        self._tools = {tool.name: tool for tool in tools}
        self._matcher = matcher_for(tool_texts(tools))

    def choose(self, words: str, just_called: str | None) -> Choice:
        small = kind_of(words)
        needed = ENOUGH if small is None else _CERTAIN
        for match in self._matcher.ranked(words):
            if match.likeness < needed:
                break
            if fill(self._tools[match.name].parameters, words) is not None:
                return Act(match.name, match.likeness)
        return Talk(small or "out_of_scope")

    def surely(self, words: str) -> Choice | None:
        best = self._matcher.ranked(words)[0]
        return Act(best.name, best.likeness) if best.likeness >= _SURE else None

    def caller(self) -> str | None:
        ranked = self._matcher.ranked(_FOR_A_PERSON)
        return ranked[0].name if ranked and ranked[0].likeness >= _CERTAIN else None


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
