"""What an engine is told: a whitelist, always the same bytes, and nothing that is empty."""

import json

import pytest
from openai.types.realtime import RealtimeSessionCreateRequest
from pydantic import BaseModel

from coach.engine.protocol.config import SessionConfig
from coach.engine.protocol.config_update import updated
from coach.voice.engine_commands import SetPace, SetTurnDetection
from coach.voice.realtime import EngineSettings, EngineTarget, connect
from coach.voice.realtime.settings import (
    LAST_RESORT,
    pace_update,
    session_update,
    turn_detection_update,
)
from tests.support.relay_stage import until
from tests.support.scripted_engine import ScriptedEngine

TOOL = {"type": "function", "name": "a", "description": "b", "parameters": {"type": "object"}}
FULL = EngineSettings(
    "Be kind.",
    (TOOL,),
    voice="marin",
    speed=1.1,
    language="en-GB",
    noise_reduction="far_field",
    reasoning_effort="low",
    retention_ratio=0.8,
    idle_timeout_ms=6000,
)
# Everything that may ever be sent. `prompt` is none of it: the service ends, and with it the talks.
FIELDS = {
    *("type", "instructions", "output_modalities", "tools", "tool_choice", "reasoning"),
    *("truncation", "audio"),
}


def session(settings, omitted=frozenset()):
    return json.loads(session_update(settings, "e", omitted))["session"]


def test_the_whole_of_it():
    pcm = {"type": "audio/pcm", "rate": 24000}
    assert session(FULL) == {
        "type": "realtime",
        "instructions": "Be kind.",
        "output_modalities": ["audio"],
        "tools": [TOOL],
        "tool_choice": "auto",
        "reasoning": {"effort": "low"},
        "truncation": {"type": "retention_ratio", "retention_ratio": 0.8},
        "audio": {
            "input": {
                "format": pcm,
                "noise_reduction": {"type": "far_field"},
                "transcription": {"model": "gpt-transcribe", "language": "en"},
                "turn_detection": {
                    "type": "server_vad",
                    "threshold": 0.5,
                    "prefix_padding_ms": 300,
                    "silence_duration_ms": 500,
                    "idle_timeout_ms": 6000,
                    "create_response": False,
                    "interrupt_response": False,
                },
            },
            "output": {"format": pcm, "speed": 1.1, "voice": "marin"},
        },
    }


def test_what_is_empty_is_not_sent():
    told = session(EngineSettings("Be kind."))
    assert set(told) == FIELDS - {"reasoning", "truncation"}
    assert set(told["audio"]["input"]) == {"format", "transcription", "turn_detection"}
    assert set(told["audio"]["output"]) == {"format", "speed"}
    assert "idle_timeout_ms" not in told["audio"]["input"]["turn_detection"]


@pytest.mark.parametrize("settings", [EngineSettings("x"), FULL])
def test_neither_a_prompt_nor_a_model_nor_anything_unknown_is_ever_sent(settings):
    assert set(session(settings)) <= FIELDS


def test_the_same_settings_are_the_same_bytes():
    again = EngineSettings(**{name: getattr(FULL, name) for name in FULL.__struct_fields__})
    assert session_update(again, "e") == session_update(FULL, "e")
    # Written out, so that a change of order does not slip in: it would cost every cached prefix.
    assert session_update(EngineSettings("x"), "configure") == (
        b'{"type":"session.update","event_id":"configure","session":{"type":"realtime",'
        b'"instructions":"x","output_modalities":["audio"],"tools":[],"tool_choice":"auto",'
        b'"audio":{"input":{"format":{"type":"audio/pcm","rate":24000},"transcription":'
        b'{"model":"gpt-transcribe","language":"en"},"turn_detection":{"type":"server_vad",'
        b'"threshold":0.5,"prefix_padding_ms":300,"silence_duration_ms":500,'
        b'"create_response":false,"interrupt_response":false}},'
        b'"output":{"format":{"type":"audio/pcm","rate":24000},"speed":1.0}}}}'
    )


@pytest.mark.parametrize("kind", ["server_vad", "semantic_vad"])
def test_the_relay_decides_about_answers_and_interruptions(kind):
    detection = session(EngineSettings("x", turn_detection=kind, silence_ms=700))["audio"]["input"][
        "turn_detection"
    ]
    assert detection["type"] == kind
    assert detection["create_response"] is False
    assert detection["interrupt_response"] is False
    assert detection.get("silence_duration_ms", 700) == 700


@pytest.mark.parametrize("kind", ["server_vad", "semantic_vad"])
def test_an_engine_that_is_to_answer_by_itself_is_told_so(kind):
    settings = EngineSettings("x", turn_detection=kind, answers_itself=True)
    detection = session(settings)["audio"]["input"]["turn_detection"]
    assert detection["create_response"] is True
    assert detection["interrupt_response"] is False  # who cuts the coach off is decided here
    on = json.loads(turn_detection_update(settings, "e", on=True))["session"]
    assert on["audio"]["input"]["turn_detection"] == detection


def test_by_what_is_said_there_is_an_eagerness_and_no_silence():
    settings = EngineSettings("x", turn_detection="semantic_vad", eagerness="low")
    detection = session(settings)["audio"]["input"]["turn_detection"]
    assert set(detection) == {"type", "eagerness", "create_response", "interrupt_response"}


def test_without_detection_it_is_null_which_clears_it():
    detection = session(EngineSettings("x", turn_detection="none"))["audio"]["input"]
    assert detection["turn_detection"] is None


def test_what_a_server_lacks_is_left_out_and_what_is_needed_stays():
    told = session(FULL, LAST_RESORT)
    assert set(told) == FIELDS - {"reasoning", "truncation"}
    assert told["audio"]["output"] == {"format": {"type": "audio/pcm", "rate": 24000}}
    assert told["audio"]["input"]["transcription"] == {}
    assert told["audio"]["input"]["turn_detection"]["type"] == "server_vad"
    assert told["instructions"] == "Be kind."


def test_push_to_talk_changes_turn_detection_and_nothing_else():
    off = json.loads(turn_detection_update(FULL, "e", on=False))["session"]
    assert off == {"type": "realtime", "audio": {"input": {"turn_detection": None}}}
    on = json.loads(turn_detection_update(FULL, "e", on=True))["session"]
    assert on["audio"]["input"] == {
        "turn_detection": session(FULL)["audio"]["input"]["turn_detection"]
    }


async def test_push_to_talk_on_the_wire_and_back():
    async with ScriptedEngine([[]]) as server:
        engine = await connect(EngineTarget(server.url, "", "m"))
        await engine.configure(FULL)
        await engine.send(SetTurnDetection("ptt-1", on=False))
        await engine.send(SetTurnDetection("ptt-2", on=True))
        await until(lambda: len(server.updates) == 3)
        await engine.close()
    sent = [json.loads(update) for update in server.updates]
    assert [update["event_id"] for update in sent] == ["configure", "ptt-1", "ptt-2"]
    kinds = [update["session"]["audio"]["input"]["turn_detection"] for update in sent]
    assert [kind and kind["type"] for kind in kinds] == ["server_vad", None, "server_vad"]


async def test_another_pace_on_the_wire_changes_the_speed_and_nothing_else():
    async with ScriptedEngine([[]]) as server:
        engine = await connect(EngineTarget(server.url, "", "m"))
        await engine.configure(EngineSettings("x", speed=0.9))
        await engine.send(SetPace("pace-1", 0.8))
        await until(lambda: len(server.updates) == 2)
        await engine.close()
    sent = json.loads(server.updates[1])["session"]
    assert sent == {"type": "realtime", "audio": {"output": {"speed": 0.72}}}


@pytest.mark.parametrize(
    ("speed", "pace", "told"),
    [(1.0, 0.65, 0.65), (0.8, 0.65, 0.6), (0.5, 0.8, 0.5), (1.5, 1.0, 1.5)],
)
def test_a_voice_is_never_made_so_slow_that_its_words_fall_apart(speed, pace, told):
    update = pace_update(EngineSettings("x", speed=speed), "e", pace=pace)
    session = json.loads(update)["session"]
    assert session["audio"]["output"] == {"speed": told}
    config = SessionConfig(type="realtime", model="m")
    assert updated(config, session).audio.output.speed == told


def test_a_server_that_knows_no_speed_is_told_none():
    assert pace_update(EngineSettings("x"), "e", pace=0.8, omitted=LAST_RESORT) is None


SEMANTIC = EngineSettings("x", turn_detection="semantic_vad", eagerness="high")


@pytest.mark.parametrize("settings", [EngineSettings("x"), FULL, SEMANTIC])
def test_our_own_engine_which_is_strict_takes_all_of_it(settings):
    config = updated(SessionConfig(type="realtime", model="m"), session(settings))
    off = json.loads(turn_detection_update(settings, "e", on=False))["session"]
    on = json.loads(turn_detection_update(settings, "e", on=True))["session"]
    assert updated(updated(config, off), on) == config


@pytest.mark.parametrize("settings", [EngineSettings("x"), FULL, SEMANTIC])
def test_every_field_is_one_that_the_official_types_know(settings):
    def unknown(model, path=""):
        extra = [f"{path}{name}" for name in model.model_extra or {}]
        for name in type(model).model_fields:
            value = getattr(model, name)
            if isinstance(value, BaseModel):
                extra += unknown(value, f"{path}{name}.")
        return extra

    assert unknown(RealtimeSessionCreateRequest.model_validate(session(settings))) == []
