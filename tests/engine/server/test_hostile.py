"""What no client should send: each is one error, changes nothing, and ends nothing."""

import asyncio
import base64
import copy
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.engine import limits
from coach.engine.protocol.config import Pcm
from coach.engine.session.effects import FrameReceived, ResponseFinished, ResponsePiece
from tests.engine.server.test_app import KEY, port
from tests.support.conformance import Judge
from tests.support.official_client import OfficialClient, official_client
from tests.support.session_bench import Bench, b64, kinds, only, sound

assert port  # a fixture

TOOL = {"type": "function", "name": "t", "description": "d", "parameters": {"type": "object"}}
SESSION: dict[str, Any] = {
    "type": "realtime",
    "model": "m",
    "instructions": "Be kind.",
    "output_modalities": ["audio"],
    "max_output_tokens": 100,
    "tools": [TOOL],
    "tool_choice": {"type": "function", "name": "t"},
    "parallel_tool_calls": True,
    "reasoning": {"effort": "low"},
    "tracing": {"workflow_name": "w", "group_id": "g", "metadata": {"a": "b"}},
    "truncation": {
        "type": "retention_ratio",
        "retention_ratio": 0.8,
        "token_limits": {"post_instructions": 1_000},
    },
    "include": [],
    "audio": {
        "input": {
            "format": {"type": "audio/pcm", "rate": 24_000},
            "noise_reduction": {"type": "near_field"},
            "transcription": {
                "model": "gpt-transcribe",
                "language": "en",
                "languages": ["en"],
                "prompt": "p",
                "keywords": ["k"],
                "delay": "low",
            },
            "turn_detection": {
                "type": "server_vad",
                "threshold": 0.5,
                "prefix_padding_ms": 300,
                "silence_duration_ms": 500,
                "create_response": True,
                "interrupt_response": True,
                "idle_timeout_ms": 6_000,
            },
        },
        "output": {"format": {"type": "audio/pcmu"}, "speed": 1.1, "voice": "cedar"},
    },
}
MESSAGE = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "hi"}]}
RESPONSE: dict[str, Any] = {
    "instructions": "i",
    "tools": [TOOL],
    "tool_choice": "auto",
    "parallel_tool_calls": False,
    "output_modalities": ["text"],
    "max_output_tokens": 10,
    "reasoning": {"effort": "low"},
    "audio": {"output": {"format": {"type": "audio/pcma"}, "voice": "ash"}},
    "conversation": "none",
    "metadata": {"k": "v"},
    "input": [MESSAGE],
}
WHOLE: dict[str, dict[str, Any]] = {
    "session.update": {"session": SESSION},
    "input_audio_buffer.append": {"audio": b64(sound(100))},
    "input_audio_buffer.commit": {},
    "input_audio_buffer.clear": {},
    "conversation.item.create": {"item": {**MESSAGE, "id": "new"}, "previous_item_id": "first"},
    "conversation.item.retrieve": {"item_id": "first"},
    "conversation.item.truncate": {"item_id": "spoken", "content_index": 0, "audio_end_ms": 10},
    "conversation.item.delete": {"item_id": "first"},
    "response.create": {"response": RESPONSE},
    "response.cancel": {"response_id": "resp_x"},
    "output_audio_buffer.clear": {},
}
WRONG: tuple[Any, ...] = (
    *(0, -1, 1.5, 10**18, 1e308, True, False, "", "wrong", "\x00", "x" * 200_000, "ü\U0001f95a"),
    *([], [None], ["wrong"], [[]], {}, {"type": None}, {"type": "wrong"}, {"wrong": {"wrong": 1}}),
)
FREE = {  # what may hold anything: the metadata of tracing, a tool's schema
    ("session", "tracing", "metadata"),
    ("session", "tools", 0, "parameters"),
    ("response", "tools", 0, "parameters"),
}


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """All places in a tree, but not inside what may hold anything."""
    found = [at] if at else []
    if at in FREE:
        return found
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            found += paths(one, (*at, key))
    return found


def replaced(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    whole = copy.deepcopy(value)
    inner = whole
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = new
    return whole


class Anything(set[str]):
    """The identifiers of a client that may give any."""

    def __contains__(self, item: object) -> bool:
        return True


def _begun() -> Bench:
    """A session with something in it: an item, something spoken, some sound."""
    bench = Bench()
    bench.update(instructions="kept")
    bench.send("conversation.item.create", item={**MESSAGE, "id": "first"})
    bench.send("response.create")
    answer = bench.answer.response_id
    bench.happen(ResponsePiece(answer, "Hello.", sound(500)))
    bench.happen(ResponseFinished(answer))
    bench.send("input_audio_buffer.append", audio=b64(sound(200)))
    return bench


BEGUN = _begun()


def _bench() -> Bench:
    return copy.deepcopy(BEGUN)


WHOLE["conversation.item.truncate"]["item_id"] = BEGUN.events[-1]["response"]["output"][0]["id"]


def _state(bench: Bench) -> Any:
    """All that a client can see of a session, and what waits in its buffer."""
    session = bench.session
    conversation = session._conversation
    items = [json.dumps(item.wire(Pcm()), default=repr) for item in conversation.items]
    return (session._shown(), items, session._input_audio._buffer.end, session._responses.active)


def _lawful(bench: Bench, events: list[dict[str, Any]], before: Any) -> None:
    """Nothing, or it was done; one error, and then nothing was."""
    judge = Judge()
    judge.chosen = Anything()
    for event in bench.events:
        judge.take(json.dumps(event))
    errors = [event["error"] for event in events if event["type"] == "error"]
    if errors:
        assert kinds(events) == ["error"]
        assert errors[0]["type"] == "invalid_request_error"
        assert len(errors[0]["message"]) < 1_000
        assert _state(bench) == before
    assert bench.session.deadline() is not None
    assert kinds(bench.send("session.update", session={"type": "realtime"})) == ["session.updated"]


CASES = [(kind, path) for kind, fields in WHOLE.items() for path in paths(fields)]


@pytest.mark.parametrize(("kind", "path"), CASES, ids=lambda one: str(one)[:70])
def test_any_field_may_be_of_any_type(kind: str, path: tuple[Any, ...]) -> None:
    refused = 0
    for wrong in WRONG:
        bench = _bench()
        before = _state(bench)
        events = bench.send(kind, **replaced(WHOLE[kind], path, wrong))
        _lawful(bench, events, before)
        errors = [event["error"] for event in events if event["type"] == "error"]
        refused += bool(errors)
        root = path[0] if kind != "response.create" else "response"
        for error in errors:
            param = error["param"]
            assert param is None or param.split(".")[0].split("[")[0] in (root, "tool_choice")
    assert refused > len(WRONG) // 4 or path in FREE or path[-1] in ("previous_item_id",)


@pytest.mark.parametrize(("kind", "path"), CASES, ids=lambda one: str(one)[:70])
def test_no_object_takes_a_field_it_does_not_know(kind: str, path: tuple[Any, ...]) -> None:
    inner = WHOLE[kind]
    for key in path:
        inner = inner[key]
    loose = path in FREE or path[-1] == "metadata"
    if not isinstance(inner, dict) or loose:
        return
    bench = _bench()
    before = _state(bench)
    events = bench.send(kind, **replaced(WHOLE[kind], path, {**inner, "surprise": 1}))
    error = only(events, "error")["error"]
    assert error["code"] == "unknown_parameter"
    assert error["param"].endswith("surprise")
    _lawful(bench, events, before)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=st.sampled_from(CASES), wrong=JSON)
def test_anything_at_all_in_any_place(case: tuple[str, tuple[Any, ...]], wrong: Any) -> None:
    kind, path = case
    bench = _bench()
    before = _state(bench)
    _lawful(bench, bench.send(kind, **replaced(WHOLE[kind], path, wrong)), before)


@settings(max_examples=200, deadline=None)
@given(raw=st.binary(max_size=60) | st.text(max_size=60) | JSON.map(json.dumps))
def test_any_frame_at_all(raw: str | bytes) -> None:
    bench = _bench()
    before = _state(bench)
    events = bench.happen(FrameReceived(raw))
    assert kinds(events) == ["error"]
    _lawful(bench, events, before)


@pytest.mark.parametrize(
    "raw",
    [
        '{"type":"response.create","event_id":"\\ud800"}',
        '{"type":"response.cancel","response_id":' + "9" * 5_000 + "}",
        '{"type":"conversation.item.delete","item_id":1e999}',
        '{"type":"conversation.item.delete","item_id":NaN}',
        '{"type":"session.update","session":' * 5_000,
        '{"a":' * 900 + "1" + "}" * 900,
        "[" * 100_000,
        '{"type":"input_audio_buffer.commit"}{}',
        "﻿{}",
        '{"type":"conversation.item.created"}',
        '{"type":"response.create","type":"response.cancel"}',
    ],
    ids=lambda raw: raw[:40],
)
def test_frames_that_are_hard_to_read(raw: str) -> None:
    bench = _bench()
    before = _state(bench)
    events = bench.happen(FrameReceived(raw))
    assert kinds(events) == ["error"]
    _lawful(bench, events, before)


def test_event_ids_have_a_length() -> None:
    bench = _bench()
    for length, echoed in ((512, True), (513, False)):
        sent = "e" * length
        error = only(bench.send("response.cancel", event_id=sent), "error")["error"]
        assert (error["event_id"] == sent) is echoed
        assert error["code"] == ("response_cancel_not_active" if echoed else "invalid_value")


def test_metadata_has_its_limits() -> None:
    full = {f"{index:064d}": "v" * 512 for index in range(16)}
    for metadata, taken in (
        (full, True),
        ({**full, "one more": ""}, False),
        ({"k" * 65: "v"}, False),
        ({"k": "v" * 513}, False),
        ({"k": 1}, False),
    ):
        events = _bench().send("response.create", response={"metadata": metadata})
        assert ("response.created" in kinds(events)) is taken


@pytest.mark.parametrize(
    "audio",
    [
        "A",
        "AAA",
        "AA==",
        "AAAA=",
        "AA=A",
        "AAA\n",
        " AAAA",
        "AA-_",
        "ÄÄÄÄ",
        "\x00\x00\x00\x00",
        "====",
    ],
)
def test_sound_that_is_none(audio: str) -> None:
    for form in ("audio/pcm", "audio/pcmu"):
        bench = _bench()
        bench.update(audio={"input": {"format": {"type": form}}})
        before = _state(bench)
        events = bench.send("input_audio_buffer.append", audio=audio)
        if audio == "AA==":  # one byte: half a sample of one format, a whole one of the other
            assert events == []
            continue
        assert only(events, "error")["error"]["param"] == "audio"
        _lawful(bench, events, before)


def test_truncating_what_cannot_be() -> None:
    bench = _bench()
    bench.send("response.create")
    said = bench.happen(ResponsePiece(bench.answer.response_id, "Hello.", sound(500)))
    item = said[0]["item"]["id"]
    for fields in (
        {"item_id": item, "content_index": 0, "audio_end_ms": 501},
        {"item_id": item, "content_index": 1, "audio_end_ms": 0},
        {"item_id": item, "content_index": 0, "audio_end_ms": -1},
        {"item_id": "first", "content_index": 0, "audio_end_ms": 0},
        {"item_id": "nowhere", "content_index": 0, "audio_end_ms": 0},
    ):
        assert kinds(bench.send("conversation.item.truncate", **fields)) == ["error"]
    fields = {"item_id": item, "content_index": 0, "audio_end_ms": 0}
    for _ in range(2):  # the same again is no error
        assert kinds(bench.send("conversation.item.truncate", **fields)) == [
            "conversation.item.truncated"
        ]


# The same over a socket


async def _lives(one: OfficialClient) -> None:
    await one.api.session.update(session={"type": "realtime"})
    await one.until("session.updated")


async def test_frames_that_no_client_should_send(port: int) -> None:
    frames: list[str | bytes] = [
        *("", "null", "[]", "{", '"', "{}", '{"type":null}', '{"type":"x"}', b"", b"\xff\xfe"),
        '{"type":"session.update","session":{"type":"realtime","tools":[{"type":"function",'
        '"name":"t","parameters":' + '{"x":' * 980 + "1" + "}" * 980 + "}]}}",
        json.dumps({"type": "response.cancel", "event_id": "\ud83e\udd5a" * 256}),
        '{"type":"response.cancel","event_id":"\\u0000"}',
    ]
    async with official_client(port, KEY) as one:
        await one.next()
        for frame in frames:
            await one.api.send_raw(frame)
            assert (await one.next())["type"] == "error"
        await _lives(one)


async def test_words_that_no_voice_can_say(port: int) -> None:
    words = ["\x00", "\u202e", "🥚🥚", "ﷺ" * 200, "<x>&amp;", "\n\n", "...", "a" * 3_000, "5" * 400]
    async with official_client(port, KEY) as one:
        for text in words:
            await one.user(text)
            said = f'Say exactly this, word for word, and nothing else: "{text}"'
            response = await one.answer(instructions=said, max_output_tokens=200)
            assert response["status"] in ("completed", "incomplete"), text
        await _lives(one)


async def test_fifteen_mebibytes_of_sound_and_one_byte_more(port: int) -> None:
    async with official_client(port, KEY) as one:
        await one.update(audio={"input": {"turn_detection": None}})
        whole = base64.b64encode(bytes(limits.APPEND_BYTES)).decode()
        await one.api.input_audio_buffer.append(audio=whole)
        await one.api.input_audio_buffer.append(audio=f"{whole}AAAA")
        error = (await one.until("error"))["error"]
        assert error["param"] == "audio"
        await one.api.input_audio_buffer.append(audio=whole)  # the buffer does not hold two
        assert (await one.until("error"))["error"]["code"] == "input_audio_buffer_full"
        await one.api.input_audio_buffer.clear()
        await one.until("input_audio_buffer.cleared")
        await _lives(one)


async def test_a_frame_beyond_all_measure_ends_the_connection_cleanly(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (
        f"GET /v1/realtime?model=m HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {KEY}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    writer.write(head.encode())
    assert b" 101 " in await reader.readline()
    too_long = (limits.FRAME_BYTES + 1).to_bytes(8, "big")
    writer.write(b"\x81\xff" + too_long + bytes(4))  # a masked text frame begins, and no more
    rest = await asyncio.wait_for(reader.readuntil(b"\x03\xf1"), 20)  # 1009
    assert rest[-4] == 0x88  # in a close frame
    writer.close()


async def test_requests_in_a_hurry(port: int) -> None:
    """All at once, without waiting: each has its answer, in order."""
    async with official_client(port, KEY) as one:
        await one.next()
        for index in range(50):
            await one.api.response.create(event_id=f"create-{index}")
            await one.api.response.cancel(event_id=f"cancel-{index}")
            await one.api.conversation.item.delete(item_id="nowhere", event_id=f"delete-{index}")
        await _lives(one)
        done = [event["response"]["status"] for event in one.told("response.done")]
        assert done == ["cancelled"] * 50
        errors = [event["error"]["event_id"] for event in one.told("error")]
        assert errors == [f"delete-{index}" for index in range(50)]
        one.judge.finish()
