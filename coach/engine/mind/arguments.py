"""Fills a tool's arguments from the member's words, or finds that it cannot."""

import json
import re
from typing import Any

SAID = "said"

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def fill(parameters: dict[str, Any], words: str) -> str | None:
    """The arguments as JSON, or None where a required one is not to be had.

    `said` takes the words as they are. Of the other required arguments a choice is taken when
    exactly one of its values is in the words, a number when they hold exactly one.
    """
    properties = parameters.get("properties")
    if not isinstance(properties, dict):
        properties = {}
    filled: dict[str, Any] = {}
    if _is_string(properties.get(SAID)):
        most = properties[SAID].get("maxLength")
        filled[SAID] = words[:most] if isinstance(most, int) else words
    for name in parameters.get("required", ()):
        if name in filled:
            continue
        value = _obvious(_resolved(properties.get(name), parameters), words)
        if value is None:
            return None
        filled[name] = value
    return json.dumps(filled, ensure_ascii=False)


def _is_string(schema: object) -> bool:
    return isinstance(schema, dict) and schema.get("type", "string") == "string"


def _resolved(schema: object, parameters: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(schema, dict):
        return {}
    reference = schema.get("$ref")
    if isinstance(reference, str):
        found = parameters.get("$defs", {}).get(reference.rsplit("/", 1)[-1])
        return found if isinstance(found, dict) else {}
    return schema


def _obvious(schema: dict[str, Any], words: str) -> Any:
    if "default" in schema:
        return schema["default"]
    if "const" in schema:
        return schema["const"]
    choices = schema.get("enum")
    if isinstance(choices, list):
        if len(choices) == 1:
            return choices[0]
        low = words.lower()
        named = [
            one
            for one in choices
            if isinstance(one, str) and re.search(rf"\b{re.escape(one.lower())}\b", low)
        ]
        return named[0] if len(named) == 1 else None
    if schema.get("type") in ("number", "integer"):
        numbers = _NUMBER.findall(words)
        if len(numbers) != 1:
            return None
        value = float(numbers[0])
        if schema["type"] == "integer":
            return int(value) if value.is_integer() else None
        return value
    return None
