"""Every frame the engine sends is one that the official client's types describe."""

import json
from typing import Any

import numpy as np
import pytest
from openai.types.realtime import RealtimeServerEvent
from pydantic import TypeAdapter, ValidationError

from tests.engine.server.test_app import KEY, TOOL, Client, connected, port, silence, speech

assert port
assert speech  # fixtures
EVENT: TypeAdapter[Any] = TypeAdapter(RealtimeServerEvent)
HEARING = {"input": {"transcription": {"model": "gpt-4o-transcribe", "language": "en"}}}


def check(client: Client) -> set[str]:
    """The kinds of all frames so far; fails on the first that is not in the official schema."""
    for event in client.events:
        try:
            known = EVENT.validate_python(event)
        except ValidationError as error:
            pytest.fail(f"{event['type']}: {error}\n{json.dumps(event)[:600]}")
        assert known.type == event["type"]
    ids = [event["event_id"] for event in client.events]
    assert len(set(ids)) == len(ids)
    return {str(event["type"]) for event in client.events}


def test_the_check_can_fail() -> None:
    for wrong in (
        {"type": "response.cancelled", "event_id": "e"},
        {"type": "response.output_text.delta", "event_id": "e"},
        {"type": "error", "event_id": "e", "error": {"message": "no type"}},
    ):
        with pytest.raises(ValidationError):
            EVENT.validate_python(wrong)


@pytest.mark.parametrize("modality", ["audio", "text"])
async def test_a_text_turn(port: int, modality: str) -> None:
    async with connected(port) as client:
        await client.update(instructions="You are Mia.", output_modalities=[modality])
        await client.user("hello")
        await client.send("response.create", response={"metadata": {"a": "b"}})
        await client.until("response.done")
        kinds = check(client)
        assert {"session.created", "session.updated", "conversation.item.added"} <= kinds
        assert {"response.created", "response.content_part.added", "response.done"} <= kinds
        assert ("response.output_audio.delta" in kinds) == (modality == "audio")
        assert ("response.output_text.delta" in kinds) == (modality == "text")


async def test_a_spoken_turn_that_takes_a_tool(port: int, speech: np.ndarray) -> None:
    async with connected(port) as client:
        await client.update(tools=[TOOL], audio=HEARING)
        await client.speak(np.concatenate((silence(0.5), speech, silence(1.0))))
        done = await client.until("response.done")
        (call,) = done["response"]["output"]
        output = {"type": "function_call_output", "call_id": call["call_id"], "output": "{}"}
        await client.send("conversation.item.create", item=output)
        await client.send("response.create")
        await client.until("response.done")
        kinds = check(client)
        assert {"input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped"} <= kinds
        assert {"input_audio_buffer.committed", "response.function_call_arguments.done"} <= kinds
        assert "conversation.item.input_audio_transcription.delta" in kinds
        assert "conversation.item.input_audio_transcription.completed" in kinds
        assert "rate_limits.updated" in kinds


async def test_cancel_truncate_retrieve_and_delete(port: int) -> None:
    async with connected(port) as client:
        story = " ".join(["This is a rather long sentence that goes on and on."] * 40)
        said = f'Say exactly this, word for word, and nothing else: "{story}"'
        await client.send("response.create", response={"instructions": said})
        delta = await client.until("response.output_audio.delta")
        await client.send("response.cancel")
        done = await client.until("response.done")
        assert done["response"]["status"] == "cancelled"
        item = {"item_id": delta["item_id"]}
        await client.send("conversation.item.truncate", **item, content_index=0, audio_end_ms=50)
        await client.until("conversation.item.truncated")
        await client.send("conversation.item.retrieve", **item)
        await client.until("conversation.item.retrieved")
        await client.send("conversation.item.delete", **item)
        await client.until("conversation.item.deleted")
        check(client)


async def test_errors_and_the_buffer(port: int) -> None:
    async with connected(port) as client:
        await client.send("input_audio_buffer.clear")
        await client.until("input_audio_buffer.cleared")
        await client.send("response.cancel", event_id="mine")
        assert (await client.until("error"))["error"]["event_id"] == "mine"
        for kind in ("nonsense", "input_audio_buffer.commit", "output_audio_buffer.clear"):
            await client.send(kind)
            await client.until("error")
        await client.send("session.update", session={"type": "realtime", "colour": "red"})
        await client.until("error")
        assert "error" in check(client)


async def test_silence_that_lasts(port: int) -> None:
    detection = {"type": "server_vad", "idle_timeout_ms": 5000, "create_response": False}
    async with connected(port) as client:
        await client.update(audio={"input": {"turn_detection": detection}})
        await client.send("response.create", response={"output_modalities": ["text"]})
        await client.until("input_audio_buffer.timeout_triggered")
        await client.until("conversation.item.done")
        check(client)


async def test_a_transcription_session(port: int, speech: np.ndarray) -> None:
    async with connected(port, "?intent=transcription", KEY) as client:
        await client.speak(np.concatenate((silence(0.3), speech, silence(1.0))))
        await client.until("conversation.item.input_audio_transcription.completed")
        check(client)
