"""Frames are decoded strictly; the quick way for sound gives what the thorough way gives."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.engine import limits
from coach.engine.errors import BadRequest
from coach.engine.protocol.client_events import BufferAppend, ResponseCreate
from coach.engine.protocol.decode import decode_append, decode_event, event_id_of, parse_frame

APPENDS = st.fixed_dictionaries(
    {"type": st.just("input_audio_buffer.append"), "audio": st.text(max_size=20)},
    optional={"event_id": st.text(max_size=20)},
)


@given(APPENDS, st.booleans())
def test_sound_is_decoded_alike_both_ways(event: dict[str, Any], compact: bool) -> None:
    first = {"type": event["type"], **event}  # as clients write it
    raw = json.dumps(first, separators=(",", ":") if compact else None)
    quick = decode_append(raw)
    assert quick == decode_event(parse_frame(raw))
    assert isinstance(quick, BufferAppend)


@pytest.mark.parametrize(
    "raw",
    [
        '{"type":"input_audio_buffer.commit"}',
        '{"type":"input_audio_buffer.append"}',
        '{"type":"input_audio_buffer.append","audio":1}',
        '{"type":"input_audio_buffer.append","audio":"","more":1}',
        '{"type":"input_audio_buffer.append","audio":"',
        b'{"type":"input_audio_buffer.append","audio":""}',
        '{"event_id":"' + "x" * 100 + '","type":"input_audio_buffer.append","audio":""}',
        "",
    ],
)
def test_what_is_no_plain_sound_is_left_to_the_thorough_way(raw: str | bytes) -> None:
    assert decode_append(raw) is None


@pytest.mark.parametrize("raw", [b"{}", "", "[]", "1", "null", '{"a":', '{"a":1}{}', "[" * 9_999])
def test_a_frame_is_one_object_of_json_text(raw: str | bytes) -> None:
    with pytest.raises(BadRequest) as refused:
        parse_frame(raw)
    assert refused.value.code == "invalid_event"


@given(st.binary(max_size=30) | st.text(max_size=30))
def test_any_frame_is_an_object_or_refused(raw: str | bytes) -> None:
    with contextlib.suppress(BadRequest):  # the one way to say no
        assert isinstance(parse_frame(raw), dict)


def test_an_event_id_is_echoed_only_where_it_is_one() -> None:
    assert event_id_of({"event_id": "e"}) == "e"
    for wrong in ({}, {"event_id": 1}, {"event_id": "e" * (limits.EVENT_ID_CHARS + 1)}):
        assert event_id_of(wrong) is None


@pytest.mark.parametrize(
    ("event", "param"),
    [
        ({}, "type"),
        ({"type": None}, "type"),
        ({"type": "response.created"}, "type"),
        ({"type": "session.update"}, "session"),
        ({"type": "response.create", "response": {"prompt": {}}}, "response.prompt"),
        (
            {"type": "response.create", "response": {"tools": [{"type": "mcp"}]}},
            "response.tools[0]",
        ),
        ({"type": "conversation.item.create", "item": {"type": "mcp_call"}}, "item.type"),
        ({"type": "conversation.item.delete", "item_id": 1}, "item_id"),
        ({"type": "conversation.item.delete", "item_id": "i", "more": 1}, "more"),
    ],
)
def test_a_refusal_names_the_field_at_fault(event: dict[str, Any], param: str) -> None:
    with pytest.raises(BadRequest) as refused:
        decode_event(event)
    assert refused.value.param == param


def test_nulls_of_a_response_say_nothing() -> None:
    event = {"type": "response.create", "response": {"voice": None, "instructions": "i"}}
    decoded = decode_event(event)
    assert isinstance(decoded, ResponseCreate)
    assert decoded.response is not None
    assert decoded.response.instructions == "i"


def test_pictures_are_taken_where_the_engine_sees_them() -> None:
    picture = {"type": "input_image", "image_url": "data:image/png;base64,AAAA"}
    item = {"type": "message", "role": "user", "content": [picture]}
    event = {"type": "conversation.item.create", "item": item}
    assert decode_event(event, images=True)
    with pytest.raises(BadRequest) as refused:
        decode_event(event)
    assert refused.value.code == "unsupported_content_type"
