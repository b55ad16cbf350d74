"""The one request that has a language model summarise a talk. The talk waits for none."""

import asyncio
from typing import Any

import msgspec
from django.conf import settings

from coach.voice.notes.chat import ChatApi, ChatTarget
from coach.voice.notes.exchange import NoteError

ANSWER_S = 20.0  # nothing else ends it: a thread of a worker has no limit of its own


class _Message(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Message


class Completion(msgspec.Struct):
    """What is read of an answer."""

    choices: list[_Choice]
    id: str = ""
    usage: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        return (self.choices[0].message.content or "") if self.choices else ""


def name() -> str:
    """The model that words summaries; empty: none is configured, and rules alone do it."""
    return str(settings.LLM_MODEL) if settings.LLM_URL else ""


def complete(messages: list[dict[str, str]]) -> Completion:
    """Ask the model of the site. Raises NoteError."""
    return asyncio.run(_complete(messages))


async def _complete(messages: list[dict[str, str]]) -> Completion:
    target = ChatTarget(settings.LLM_URL, settings.LLM_KEY, settings.LLM_MODEL, "", "")
    api = ChatApi(target)
    body = {"model": target.model, "messages": messages}
    try:
        async with asyncio.timeout(ANSWER_S):
            return await api.post("chat/completions", Completion, json=body)
    except TimeoutError as error:
        raise NoteError("timeout", retryable=True) from error
    finally:
        await api.close()
