"""A Chat Completions request, in the words that an endpoint takes.

Servers differ in what they refuse. What one has refused is put differently from then on, for the
life of the process; the answer is asked for again at once.
"""

import re
from typing import Any

from coach.engine.compatible.http import EndpointError
from coach.engine.compatible.messages import alternating, messages, tools
from coach.engine.llm.types import Context

_OPTIONAL = ("stream_options", "parallel_tool_calls", "reasoning_effort")
_ROLES = re.compile(
    r"system (?:message|role|prompt)|roles must alternate|must alternate|jinja|chat template"
    r"|user query|after role|prefill",
    re.IGNORECASE,
)


class Dialect:
    """What one endpoint has taught us."""

    def __init__(self) -> None:
        self._left_out: set[str] = set()
        self._limit = "max_tokens"
        self._alternating = False
        self._names_tool = True

    def request(self, model: str, context: Context) -> dict[str, Any]:
        """The body of a request."""
        said = messages(context)
        body: dict[str, Any] = {
            "model": model,
            "messages": alternating(said) if self._alternating else said,
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if context.tools:
            body |= self._tools(context)
            if not context.parallel:
                body["parallel_tool_calls"] = False
        if context.max_tokens is not None:
            body[self._limit] = context.max_tokens
        if context.effort is not None:
            body["reasoning_effort"] = context.effort
        return {name: value for name, value in body.items() if name not in self._left_out}

    def learn(self, error: EndpointError, body: dict[str, Any]) -> None:
        """Takes from the refusal of `body` what is to be put differently, if it says so."""
        if error.code not in ("endpoint_refused", "server_error"):
            return
        said = f"{error.refused_param} {error.said}"
        named = next((name for name in _OPTIONAL if name in body and name in said), None)
        if "max_tokens" in body and "max_completion_tokens" in said:
            self._limit = "max_completion_tokens"
        elif named is not None:
            self._left_out.add(named)
        elif isinstance(body.get("tool_choice"), dict) and "tool_choice" in said:
            self._names_tool = False
        elif _ROLES.search(said):
            self._alternating = True

    def _tools(self, context: Context) -> dict[str, Any]:
        choice = context.tool_choice
        if not choice.startswith("="):
            return {"tools": tools(context.tools), "tool_choice": choice}
        name = choice.removeprefix("=")
        if self._names_tool:
            named = {"type": "function", "function": {"name": name}}
            return {"tools": tools(context.tools), "tool_choice": named}
        only = [tool for tool in context.tools if tool.name == name]
        return {"tools": tools(only), "tool_choice": "required"}
