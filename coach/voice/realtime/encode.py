"""Our commands as frames of the protocol."""

from typing import Any

import msgspec
import pybase64

from coach.voice.engine_commands import (
    AddMessage,
    AddPicture,
    AddSilence,
    CancelResponse,
    ClearInput,
    CommitInput,
    CreateResponse,
    DeleteItem,
    EngineCommand,
    LeaveEngine,
    SetPace,
    SetTurnDetection,
    ToolOutput,
    Truncate,
)

_APPEND = b'{"type":"input_audio_buffer.append","audio":"'
_END = b'"}'
_CONTENT = {"user": "input_text", "system": "input_text", "assistant": "output_text"}


def append(pcm: bytes) -> bytes:
    """The frame that appends microphone audio (PCM s16le mono 24 kHz)."""
    return b"".join((_APPEND, pybase64.b64encode(pcm), _END))


def encode(command: EngineCommand) -> bytes:
    """The frame of one command. Raises TypeError for one that has no message of its own."""
    return msgspec.json.encode(_message(command))


def _message(command: EngineCommand) -> dict[str, Any]:
    match command:
        case CreateResponse():
            return _create(command)
        case CancelResponse(event_id=event_id, response_id=response_id):
            message = {"type": "response.cancel", "event_id": event_id}
            return message | ({"response_id": response_id} if response_id else {})
        case Truncate(event_id=event_id, item_id=item_id, audio_end_ms=ms, content_index=part):
            return {
                "type": "conversation.item.truncate",
                "event_id": event_id,
                "item_id": item_id,
                "content_index": part,
                "audio_end_ms": ms,
            }
        case DeleteItem(event_id=event_id, item_id=item_id):
            return {"type": "conversation.item.delete", "event_id": event_id, "item_id": item_id}
        case AddMessage():
            return _message_item(command)
        case ToolOutput(event_id=event_id, call_id=call_id, output=output):
            item = {"type": "function_call_output", "call_id": call_id, "output": output}
            return {"type": "conversation.item.create", "event_id": event_id, "item": item}
        case AddPicture():
            return _picture_item(command)
        case CommitInput(event_id=event_id):
            return {"type": "input_audio_buffer.commit", "event_id": event_id}
        case ClearInput(event_id=event_id):
            return {"type": "input_audio_buffer.clear", "event_id": event_id}
        case AddSilence() | SetTurnDetection() | SetPace() | LeaveEngine():
            # Audio; what depends on the settings in force; nothing to be said at all.
            raise TypeError(f"{type(command).__name__} has no message of its own")


def _create(command: CreateResponse) -> dict[str, Any]:
    # The metadata comes back with the response: that is how it is known to be ours.
    response: dict[str, Any] = {"metadata": {"tag": command.event_id}}
    if command.instructions:
        response["instructions"] = command.instructions
    if not command.tools:
        response["tools"] = []
        response["tool_choice"] = "none"
    return {"type": "response.create", "event_id": command.event_id, "response": response}


def _message_item(command: AddMessage) -> dict[str, Any]:
    item: dict[str, Any] = {
        "type": "message",
        "role": command.role,
        "content": [{"type": _CONTENT[command.role], "text": command.text}],
    }
    if command.item_id:
        item["id"] = command.item_id
    return {"type": "conversation.item.create", "event_id": command.event_id, "item": item}


def _picture_item(command: AddPicture) -> dict[str, Any]:
    content = [{"type": "input_image", "image_url": command.data_uri}]
    if command.text:
        content.append({"type": "input_text", "text": command.text})
    item: dict[str, Any] = {"type": "message", "role": "user", "content": content}
    if command.item_id:
        item["id"] = command.item_id
    return {"type": "conversation.item.create", "event_id": command.event_id, "item": item}
