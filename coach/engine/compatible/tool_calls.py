"""Tool calls put together from the fragments in which they arrive."""

import re
from dataclasses import dataclass
from typing import Any

import msgspec

from coach.engine import limits
from coach.engine.errors import EngineError
from coach.engine.llm.types import ToolCall

_NOT_A_NAME = re.compile(r"[^a-zA-Z0-9_-]")
_NAME_CHARS = 64


@dataclass
class _Taken:
    id: str
    name: str
    arguments: str = ""


class ToolCallAssembler:
    """The calls of one answer, in order.

    A fragment belongs to the call of its index, but servers give all calls the same index, or
    none, or no ids: what has another id or name, or a name after whole arguments, is a new call.
    """

    def __init__(self) -> None:
        self._taken: list[_Taken] = []
        self._at: dict[int, _Taken] = {}

    def add(self, fragment: dict[str, Any]) -> None:
        """One element of `tool_calls`. Raises EngineError `bad_stream` where it is of none."""
        function = fragment.get("function")
        function = function if isinstance(function, dict) else {}
        name, call_id = str(function.get("name") or ""), str(fragment.get("id") or "")
        index = fragment.get("index")
        current = self._current(index)
        if current is None or _begins(current, name, call_id):
            current = self._begin(name, call_id)
        current.name = current.name or name
        if isinstance(index, int):
            self._at[index] = current
        arguments = function.get("arguments")
        if isinstance(arguments, str):
            current.arguments += arguments
        elif arguments is not None:
            current.arguments += msgspec.json.encode(arguments).decode()

    def add_written(self, text: str) -> None:
        """A call in the text, as JSON; what is none is left out."""
        try:
            written = msgspec.json.decode(text.strip())
        except (msgspec.DecodeError, RecursionError):
            return
        if isinstance(written, dict) and isinstance(written.get("name"), str):
            given = written.get("arguments", written.get("parameters"))
            self._begin(written["name"], "").arguments = (
                given if isinstance(given, str) else msgspec.json.encode(given or {}).decode()
            )

    def whole(self, names: set[str], cut_off: bool) -> list[ToolCall]:
        """All calls; those broken off in their arguments are left out where the answer is. Raises
        EngineError `bad_stream` where one never had a name."""
        if not cut_off and not all(one.name for one in self._taken):
            raise _senseless()
        return [
            ToolCall(_known(one.name, names), one.arguments.strip() or "{}")
            for one in self._taken
            if not cut_off or (one.name and _is_json(one.arguments))
        ]

    def _current(self, index: object) -> _Taken | None:
        if isinstance(index, int):
            return self._at.get(index)
        return self._taken[-1] if self._taken else None

    def _begin(self, name: str, call_id: str) -> _Taken:
        if not (name or call_id) or len(self._taken) >= limits.ENDPOINT_CALLS:
            raise _senseless()
        taken = _Taken(call_id, name)
        self._taken.append(taken)
        return taken


def _senseless() -> EngineError:
    return EngineError("bad_stream", "The stream's tool calls make no sense.")


def _begins(current: _Taken, name: str, call_id: str) -> bool:
    if not (name and current.name):
        return False
    if call_id:
        return call_id != current.id
    return name != current.name or _is_json(current.arguments)


def _is_json(arguments: str) -> bool:
    try:
        msgspec.json.decode(arguments)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _known(name: str, names: set[str]) -> str:
    """The tool that is meant: models put namespaces before names."""
    bare = re.split(r"[.:/]", name)[-1]
    if name not in names and bare in names:
        return bare
    return _NOT_A_NAME.sub("_", name)[:_NAME_CHARS]
