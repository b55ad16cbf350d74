"""Fills a tool's arguments from the member's words, or finds that it cannot."""

import json
import re
from typing import Any

SAID = "said"

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BOUND = ("enum", "const", "default", "format", "pattern")  # what makes a text more than any words


def fill(parameters: dict[str, Any], words: str) -> str | None:
    """The arguments as JSON, or None where a required one is not to be had.

    `said` takes the words as they are; without it the only required text does. Of the other
    required arguments a choice is taken when exactly one of its values is in the words, a number
    when they hold exactly one. Words are never cut: a tool refuses what is too long for it.
    """
    filled, texts, missing = _filled(parameters, words)
    if SAID not in filled and len(texts) == 1:
        filled |= texts
        texts = {}
    return None if texts or missing else json.dumps(filled, ensure_ascii=False)


def fill_in(parameters: dict[str, Any], words: str) -> str:
    """The same for a tool that has to be taken: what is not to be had is left out, and any text
    takes the words."""
    filled, texts, _ = _filled(parameters, words)
    return json.dumps(filled | texts, ensure_ascii=False)


def _filled(
    parameters: dict[str, Any], words: str
) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """What is sure, the required texts that could be anything, and what else is missing."""
    properties = _object(parameters.get("properties"))
    filled: dict[str, Any] = {}
    texts: dict[str, Any] = {}
    missing: list[str] = []
    said = properties.get(SAID)
    if isinstance(said, dict) and said.get("type", "string") == "string":
        filled[SAID] = words
    for name in _list(parameters.get("required")):
        if not isinstance(name, str) or name in filled:
            continue
        schema = _resolved(properties.get(name), parameters)
        value = _obvious(schema, words)
        if value is not None or _may_be_null(schema):
            filled[name] = value
        elif words and schema.get("type") == "string" and not any(one in schema for one in _BOUND):
            texts[name] = words
        else:
            missing.append(name)
    return filled, texts, missing


def _object(value: object) -> dict[str, Any]:
    """Schemas are clients' own, and are not looked at before they are used."""
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _may_be_null(schema: dict[str, Any]) -> bool:
    """Strict schemas require all arguments, and let null stand for those that were left out."""
    either = [schema, *_list(schema.get("anyOf")), *_list(schema.get("oneOf"))]
    kinds = [_object(one).get("type") for one in either]
    return any(kind == "null" or (isinstance(kind, list) and "null" in kind) for kind in kinds)


def _resolved(schema: object, parameters: dict[str, Any]) -> dict[str, Any]:
    if not isinstance(schema, dict):
        return {}
    reference = schema.get("$ref")
    if isinstance(reference, str):
        return _object(_object(parameters.get("$defs")).get(reference.rsplit("/", 1)[-1]))
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
