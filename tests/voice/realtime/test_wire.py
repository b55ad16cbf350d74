"""The wire's events in our words, and ours in the wire's."""

import base64
import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voice import limits
from coach.voice.engine_commands import (
    AddMessage,
    AddPicture,
    CancelResponse,
    ClearInput,
    CommitInput,
    CreateResponse,
    DeleteItem,
    ToolOutput,
    Truncate,
)
from coach.voice.engine_events import (
    EngineFault,
    InputFailed,
    InputTranscript,
    ItemDone,
    ResponseCreated,
    ResponseDone,
    SpokenAudio,
    SpokenDelta,
    ToolCalled,
)
from coach.voice.realtime import wire
from coach.voice.realtime.encode import append, encode
from coach.voice.realtime.reader import Reader
from tests.support import scripted_engine as scripted

PCM = bytes(range(256)) * 4
B64 = base64.b64encode(PCM).decode()


def decode(data):
    """The last event in a first frame."""
    events = Reader().read(data)
    return events[-1] if events else None


def raw(message):
    return json.dumps(message).encode()


COMPACT = (
    '{"type":"response.output_audio.delta","event_id":"e1","response_id":"r1","item_id":"i1",'
    f'"output_index":0,"content_index":0,"delta":"{B64}"}}'
)


@pytest.mark.parametrize(
    "data",
    [
        COMPACT,
        COMPACT.replace('":', '": ').replace(',"', ', "'),
        f'{{"type":"response.output_audio.delta","delta":"{B64}","item_id":"i1","response_id":"r1"}}',
        COMPACT.replace("/", "\\/"),
        f'{{"response_id":"r1","item_id":"i1","delta":"{B64}","pad":"{"x" * 99}",'
        '"type":"response.output_audio.delta"}',
    ],
    ids=["compact", "spaced", "delta first", "escaped slashes", "type last"],
)
def test_an_audio_delta_is_read_whatever_its_shape(data):
    assert decode(data.encode()) == SpokenAudio("r1", "i1", PCM)


LONG = bytes(range(256)) * 3


@pytest.mark.parametrize(
    "written",
    [
        base64.b64encode(LONG[:-1]).decode().rstrip("="),
        base64.b64encode(LONG[:-2]).decode().rstrip("="),
        base64.encodebytes(LONG).decode(),
        base64.encodebytes(LONG).decode().replace("\n", "\r\n"),
        base64.urlsafe_b64encode(LONG).decode(),
        "".join(base64.b64encode(LONG[i : i + 100]).decode() for i in range(0, len(LONG), 100)),
    ],
    ids=["no padding", "no paddings", "lines", "long line ends", "of URLs", "joined"],
)
def test_base64_is_read_however_it_is_written(written):
    event = {"type": "response.output_audio.delta", "item_id": "i1", "response_id": "r1"}
    read = decode(raw(event | {"delta": written}))
    assert LONG.startswith(read.pcm)
    assert len(read.pcm) >= len(LONG) - 2


@given(st.text(max_size=60))
def test_what_is_called_audio_is_bytes_or_malformed(text):
    with contextlib.suppress(wire.Malformed):
        assert isinstance(wire.audio_field({"delta": text}), bytes)


def test_the_usual_shape_is_read_without_decoding_it():
    assert wire.decode_audio(COMPACT.encode()) == SpokenAudio("r1", "i1", PCM)


@pytest.mark.parametrize(
    "data",
    [
        COMPACT.replace(B64, "no base64!"),
        '{"type":"response.output_audio.delta"',
        "no json",
        "[]",
        '{"type": 5}',
    ],
)
def test_what_is_not_right_is_malformed(data):
    with pytest.raises(wire.Malformed):
        decode(data.encode())


def test_another_event_that_mentions_the_audio_delta_is_not_one():
    message = {"type": "error", "error": {"message": '"response.output_audio.delta"'}}
    assert isinstance(decode(raw(message)), EngineFault)


def test_unknown_events_are_nothing():
    assert decode(b'{"type":"rate_limits.updated","rate_limits":[]}') is None
    assert decode(b'{"type":"something.new","x":1}') is None


def test_unknown_fields_are_ignored():
    message = scripted.created("r1", "create-1") | {"obfuscation": "xx"}
    assert decode(raw(message)) == ResponseCreated("r1", "create-1")


@pytest.mark.parametrize(
    ("message", "event"),
    [
        (scripted.created("r1"), ResponseCreated("r1", "")),
        (scripted.words("r1", "i1", "Hi"), SpokenDelta("r1", "i1", "Hi")),
        (scripted.item_done("r1", "i1"), ItemDone("r1", "i1", True)),
        (scripted.call("r1", "c1", "log_meal"), ToolCalled("r1", "c1", "log_meal", "{}", True)),
        (scripted.done("r1"), ResponseDone("r1", "completed")),
        (
            scripted.done("r1", "failed", error={"type": "server_error", "code": "busy"}),
            ResponseDone("r1", "failed", "", "busy"),
        ),
        (
            scripted.done("r1", "cancelled", reason="turn_detected"),
            ResponseDone("r1", "cancelled", "turn_detected"),
        ),
        (scripted.member_says("i1", "Hi")[3], InputTranscript("i1", "Hi")),
        (
            {
                "type": "conversation.item.input_audio_transcription.failed",
                "item_id": "i1",
                "error": {"type": "x", "code": None, "message": "m"},
            },
            InputFailed("i1", "x"),
        ),
        (
            {"type": "error", "error": {"type": "t", "code": "c", "message": "m", "event_id": "e"}},
            EngineFault("c", "m", "e"),
        ),
    ],
)
def test_events(message, event):
    assert decode(raw(message)) == event


def test_calls_in_the_end_of_a_response_are_known():
    message = scripted.done("r1", "cancelled")
    body = scripted.call("r1", "c1", "log_meal")["item"] | {"status": "incomplete"}
    message["response"]["output"] = [body]
    event = decode(raw(message))
    assert isinstance(event, ResponseDone)
    assert event.calls == (ToolCalled("r1", "c1", "log_meal", "{}", False),)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (
            CreateResponse("create-1"),
            {"type": "response.create", "response": {"metadata": {"tag": "create-1"}}},
        ),
        (
            CreateResponse("create-1", "Say it", tools=False),
            {
                "type": "response.create",
                "response": {
                    "metadata": {"tag": "create-1"},
                    "instructions": "Say it",
                    "tools": [],
                    "tool_choice": "none",
                },
            },
        ),
        (CancelResponse("cancel-1"), {"type": "response.cancel"}),
        (CancelResponse("cancel-1", "r1"), {"type": "response.cancel", "response_id": "r1"}),
        (
            Truncate("t-1", "i1", 500),
            {
                "type": "conversation.item.truncate",
                "item_id": "i1",
                "content_index": 0,
                "audio_end_ms": 500,
            },
        ),
        (CommitInput("c-1"), {"type": "input_audio_buffer.commit"}),
        (ClearInput("c-2"), {"type": "input_audio_buffer.clear"}),
        (DeleteItem("d-1", "i1"), {"type": "conversation.item.delete", "item_id": "i1"}),
        (
            AddMessage("m-1", "", "assistant", "Hi"),
            {
                "type": "conversation.item.create",
                "item": {
                    "type": "message",
                    "role": "assistant",
                    "content": [{"type": "output_text", "text": "Hi"}],
                },
            },
        ),
        (
            ToolOutput("o-1", "c1", "{}"),
            {
                "type": "conversation.item.create",
                "item": {"type": "function_call_output", "call_id": "c1", "output": "{}"},
            },
        ),
    ],
)
def test_commands(command, message):
    assert json.loads(encode(command)) == message | {"event_id": command.event_id}


def test_a_picture_is_a_message_of_the_member():
    shown = json.loads(encode(AddPicture("p-1", "i1", "data:image/jpeg;base64,AA==", "My lunch")))
    assert shown == {
        "type": "conversation.item.create",
        "event_id": "p-1",
        "item": {
            "id": "i1",
            "type": "message",
            "role": "user",
            "content": [
                {"type": "input_image", "image_url": "data:image/jpeg;base64,AA=="},
                {"type": "input_text", "text": "My lunch"},
            ],
        },
    }
    alone = json.loads(encode(AddPicture("p-2", "", "data:image/png;base64,AA==")))
    assert [part["type"] for part in alone["item"]["content"]] == ["input_image"]
    assert "id" not in alone["item"]


@pytest.mark.parametrize("usage", [{"type": "duration", "seconds": 3.5}, {"type": "tokens"}, None])
def test_what_a_transcription_cost_comes_with_its_words(usage):
    kind = "conversation.item.input_audio_transcription.completed"
    message = {"type": kind, "item_id": "i1", "content_index": 0, "transcript": "Hi"}
    reader = Reader()
    reader.read(raw({"type": "input_audio_buffer.committed", "item_id": "i1"}))
    assert reader.read(raw(message | {"usage": usage})) == (InputTranscript("i1", "Hi", usage),)


def test_audio():
    assert json.loads(append(PCM)) == {"type": "input_audio_buffer.append", "audio": B64}


def test_arguments_without_an_end_are_not_kept():
    reader = Reader()
    delta = {"call_id": "call1", "response_id": "r1", "delta": "x" * 10_000}
    for _ in range(20):
        reader.read(raw({"type": "response.function_call_arguments.delta", **delta}))
    item = {"type": "function_call", "call_id": "call1", "name": "note"}
    [called] = [
        event
        for event in reader.read(
            raw({"type": "response.output_item.done", "response_id": "r1", "item": item})
        )
        if isinstance(event, ToolCalled)
    ]
    assert limits.TOOL_ARGUMENTS_MAX_CHARS < len(called.arguments) < 40_000
