"""An update lays its fields over the configuration, and nothing else changes."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.engine import limits
from coach.engine.errors import BadRequest
from coach.engine.protocol.config import (
    Pcmu,
    SemanticVad,
    ServerVad,
    SessionConfig,
    Transcription,
    TranscriptionConfig,
)
from coach.engine.protocol.config_update import nesting, session_object, updated, without_nulls

BEGUN = SessionConfig(type="realtime", model="m")
VOICES = st.sampled_from(["marin", "cedar", {"id": "voice_1"}])
DETECTION = st.none() | st.fixed_dictionaries(
    {"type": st.just("server_vad")},
    optional={
        "threshold": st.floats(0, 1),
        "silence_duration_ms": st.integers(0, 60_000),
        "create_response": st.booleans(),
    },
)
DETECTION |= st.fixed_dictionaries(
    {"type": st.just("semantic_vad")},
    optional={"eagerness": st.sampled_from(["low", "medium", "high", "auto"])},
)
PATCHES = st.fixed_dictionaries(
    {"type": st.just("realtime")},
    optional={
        "instructions": st.text(max_size=20),
        "output_modalities": st.sampled_from([["audio"], ["text"]]),
        "max_output_tokens": st.integers(1, limits.OUTPUT_TOKENS) | st.just("inf"),
        "tool_choice": st.sampled_from(["auto", "none", "required"]),
        "tracing": st.none() | st.just("auto"),
        "audio": st.fixed_dictionaries(
            {},
            optional={
                "input": st.fixed_dictionaries({}, optional={"turn_detection": DETECTION}),
                "output": st.fixed_dictionaries(
                    {}, optional={"voice": VOICES, "speed": st.floats(0.25, 1.5)}
                ),
            },
        ),
    },
)


def patch(**fields: Any) -> dict[str, Any]:
    return {"type": "realtime", **fields}


@given(PATCHES, PATCHES)
def test_an_update_is_laid_over_what_there_is(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    once = updated(BEGUN, first)
    assert updated(once, first) == once  # the same again changes nothing
    assert updated(once, patch()) == once
    both = updated(once, second)
    for name in {"instructions", "tool_choice", "max_output_tokens", "tracing"}:
        if name in second:
            assert getattr(both, name) == second[name]
        else:
            assert getattr(both, name) == getattr(once, name)


@given(PATCHES)
def test_what_a_session_shows_can_be_sent_back_as_an_update(fields: dict[str, Any]) -> None:
    config = updated(BEGUN, fields)
    shown = session_object(config, "sess_1", 1)
    sent = {name: shown[name] for name in shown if name not in ("id", "object", "expires_at")}
    assert updated(config, sent) == config
    assert updated(BEGUN, msgspec.json.decode(msgspec.json.encode(sent))) == config


@given(PATCHES, st.sampled_from(["colour", "voice", "modalities"]))
def test_an_unknown_field_is_named_wherever_it_stands(fields: dict[str, Any], name: str) -> None:
    with pytest.raises(BadRequest) as refused:
        updated(BEGUN, {**fields, name: 1})
    assert (refused.value.code, refused.value.param) == ("unknown_parameter", f"session.{name}")
    inner = {"input": {"turn_detection": {"type": "server_vad", name: 1}}}
    with pytest.raises(BadRequest) as refused:
        updated(BEGUN, {**fields, "audio": inner})
    assert str(refused.value.param).endswith(f"turn_detection.{name}")


def test_another_kind_of_detection_forgets_the_settings_of_the_old_one() -> None:
    slow = {"input": {"turn_detection": {"type": "server_vad", "silence_duration_ms": 900}}}
    config = updated(BEGUN, patch(audio=slow))
    keen = {"input": {"turn_detection": {"type": "semantic_vad"}}}
    config = updated(config, patch(audio=keen))
    assert isinstance(config, SessionConfig)
    assert config.audio.input.turn_detection == SemanticVad()
    back = {"input": {"turn_detection": {"type": "server_vad"}}}
    config = updated(config, patch(audio=back))
    assert config.audio.input.turn_detection == ServerVad()


def test_null_clears_what_may_be_empty_and_says_nothing_elsewhere() -> None:
    asked = {"input": {"transcription": {"model": "whisper-1", "language": "de"}}}
    config = updated(BEGUN, patch(audio=asked, instructions="Be kind."))
    again = {"input": {"transcription": {"language": None}}}
    config = updated(config, patch(audio=again, instructions=None))
    assert config.audio.input.transcription == Transcription(model="whisper-1")
    assert isinstance(config, SessionConfig)
    assert config.instructions == "Be kind."
    config = updated(config, patch(audio={"input": {"transcription": None}}))
    assert config.audio.input.transcription is None


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ("nonsense", "session"),
        ({}, "session.type"),
        ({"type": "transcription"}, "session.type"),
        (patch(prompt={"id": "pmpt_1"}), "session.prompt"),
        (patch(tools=[{"type": "mcp"}]), "session.tools[0]"),
        (patch(tool_choice={"type": "mcp"}), "session.tool_choice"),
        (patch(include=["item.input_audio_transcription.logprobs"]), "session.include"),
        (patch(nothing=None), "session.nothing"),
        (patch(audio={"output": {"speed": 9}}), "session.audio.output.speed"),
    ],
)
def test_a_refusal_names_its_field(fields: object, param: str) -> None:
    with pytest.raises(BadRequest) as refused:
        updated(BEGUN, fields)
    assert refused.value.param == param


def test_a_tool_has_a_size_and_a_depth() -> None:
    deep: dict[str, Any] = {}
    for _ in range(limits.JSON_DEPTH):
        deep = {"properties": deep}
    tool = {"type": "function", "name": "t"}
    for parameters in (deep, {"description": "x" * limits.TOOL_BYTES}):
        with pytest.raises(BadRequest) as refused:
            updated(BEGUN, patch(tools=[{**tool, "parameters": parameters}]))
        assert refused.value.param == "session.tools[0]"
    assert updated(BEGUN, patch(tools=[{**tool, "parameters": {"type": "object"}}]))


def test_a_transcription_session_has_no_output() -> None:
    begun = TranscriptionConfig(type="transcription")
    form = {"input": {"format": {"type": "audio/pcmu"}}}
    config = updated(begun, {"type": "transcription", "audio": form})
    assert config.audio.input.format == Pcmu()
    assert session_object(config, "sess_1", 1)["object"] == "realtime.transcription_session"
    with pytest.raises(BadRequest) as refused:
        updated(begun, {"type": "transcription", "audio": {"output": {"voice": "ash"}}})
    assert refused.value.param == "session.audio.output"


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)


def depth(value: object) -> int:
    inner = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(inner, list):
        return 0
    return 1 + max(map(depth, inner), default=0)


@given(JSON)
def test_nesting_counts_lists_and_objects(value: object) -> None:
    assert nesting(value) == depth(value)


@given(JSON)
def test_nulls_go_from_objects_and_stay_in_lists(value: object) -> None:
    cleaned = without_nulls(value)
    assert without_nulls(cleaned) == cleaned
    if isinstance(value, dict):
        kept = {name for name, one in value.items() if one is not None}
        assert set(cleaned) == kept
    elif isinstance(value, list):
        assert len(cleaned) == len(value)


def test_what_is_the_clients_own_keeps_its_nulls() -> None:
    own = {"parameters": {"default": None}, "metadata": {"a": None}, "other": {"b": None}}
    assert without_nulls(own) == {**own, "other": {}}
