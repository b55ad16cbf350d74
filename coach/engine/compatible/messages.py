"""What the language model may know, as messages and tools of a Chat Completions request.

The same entries give the same bytes, and what changes stands last, so that an endpoint finds the
beginning of the prompt in its cache.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from coach.engine.llm.types import Context, Entry, FunctionCall, FunctionCallOutput, Message, Tool

Wire = dict[str, Any]

_INAUDIBLE = "(inaudible)"
_PENDING = "(There is no result yet.)"


def messages(context: Context) -> list[Wire]:
    """Instructions, history, and last the directions for this one answer.

    Clients that want the instructions to hold for it, too, repeat them before what they add, since
    elsewhere the directions replace them: what is known already is not said twice.
    """
    found = [_system(context.instructions)] if context.instructions else []
    found += _history(context.entries)
    directions = (context.directions or "").removeprefix(context.instructions).strip()
    if directions:
        found.append(_system(directions))
    return found


def tools(offered: Sequence[Tool]) -> list[Wire]:
    """The tools on offer."""
    return [
        {
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "parameters": tool.parameters or {"type": "object", "properties": {}},
            },
        }
        for tool in offered
    ]


def alternating(found: Sequence[Wire]) -> list[Wire]:
    """The same for chat templates that take one system message, first, and then user and assistant
    by turns, the user beginning: what else there is of the system is said by the user."""
    plain: list[Wire] = []
    for index, message in enumerate(found):
        if message["role"] == "system" and index:
            message = {"role": "user", "content": f"[Directions: {message['content']}]"}
        last = plain[-1] if plain else None
        if last is not None and last["role"] == message["role"] and _joins(last, message):
            plain[-1] = {**last, "content": f"{last['content']}\n\n{message['content']}"}
        else:
            plain.append(message)
    first = 1 if plain and plain[0]["role"] == "system" else 0
    if len(plain) == first or plain[first]["role"] != "user":
        plain.insert(first, {"role": "user", "content": "[The conversation begins.]"})
    return plain


def _joins(one: Wire, other: Wire) -> bool:
    return one["role"] != "tool" and all(
        isinstance(each["content"], str) and "tool_calls" not in each for each in (one, other)
    )


def _system(text: str) -> Wire:
    return {"role": "system", "content": text}


def _history(entries: Sequence[Entry]) -> list[Wire]:
    """Calls stand in the message of the assistant that took them, their outputs right behind it,
    as endpoints demand; in a talk the member may have spoken in between."""
    outputs = {one.call_id: one.output for one in entries if isinstance(one, FunctionCallOutput)}
    called = {one.call_id for one in entries if isinstance(one, FunctionCall)}
    found: list[Wire] = []
    calls: list[FunctionCall] = []
    for entry in entries:
        if isinstance(entry, FunctionCall):
            calls.append(entry)
            continue
        _settle(found, calls, outputs)
        if isinstance(entry, Message):
            found += _said(entry)
        elif entry.call_id not in called:
            found.append(_system(f"The result of an earlier tool call: {entry.output}"))
    _settle(found, calls, outputs)
    return found


def _settle(found: list[Wire], calls: list[FunctionCall], outputs: dict[str, str]) -> None:
    """Writes the calls that one response took, and what came of them."""
    if not calls:
        return
    taken = [
        {
            "id": call.call_id,
            "type": "function",
            "function": {"name": call.name, "arguments": _object(call.arguments)},
        }
        for call in calls
    ]
    if found and found[-1]["role"] == "assistant" and "tool_calls" not in found[-1]:
        found[-1] = {**found[-1], "tool_calls": taken}
    else:
        found.append({"role": "assistant", "content": None, "tool_calls": taken})
    for call in calls:
        output = outputs.get(call.call_id, _PENDING)
        found.append({"role": "tool", "tool_call_id": call.call_id, "content": output})
    calls.clear()


def _object(arguments: str) -> str:
    """Templates parse the arguments of earlier calls: what is no object would fail every answer."""
    try:
        whole = isinstance(msgspec.json.decode(arguments), dict)
    except (msgspec.DecodeError, RecursionError):
        whole = False
    return arguments if whole else "{}"


def _said(message: Message) -> list[Wire]:
    if message.role == "user":
        return [{"role": "user", "content": _content(message)}]
    return [{"role": message.role, "content": message.text}] if message.text else []


def _content(message: Message) -> str | list[Wire]:
    if not message.pictures:
        return message.text or _INAUDIBLE
    parts: list[Wire] = [{"type": "text", "text": message.text}] if message.text else []
    for picture in message.pictures:
        shown = {"url": picture.url}
        if picture.detail is not None:
            shown["detail"] = picture.detail
        parts.append({"type": "image_url", "image_url": shown})
    return parts
