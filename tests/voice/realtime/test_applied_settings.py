"""What a server says is in force: what it dropped or changed is noticed, silence is not."""

import asyncio
import json

import msgspec
import pytest
from structlog.testing import capture_logs

from coach.engine.protocol.config import SessionConfig
from coach.engine.protocol.config_update import updated
from coach.voice.engine_commands import SetTurnDetection
from coach.voice.realtime import EngineError, EngineSettings, EngineTarget, connect, quirks
from coach.voice.realtime.applied_settings import differences
from coach.voice.realtime.settings import session_config
from tests.support.dialects import Dialect
from tests.support.relay_stage import Host, Page, relay_of

TOOLS = tuple(
    {"type": "function", "name": name, "description": "b", "parameters": {"type": "object"}}
    for name in ("log_meal", "talk_to_human")
)
SETTINGS = EngineSettings("Be kind.", TOOLS, voice="marin")
ASKED = session_config(SETTINGS)
PUSHED = session_config(EngineSettings("Be kind.", turn_detection="none"))


@pytest.fixture(autouse=True)
def new_process(monkeypatch):
    monkeypatch.setattr(quirks, "_by_address", {})


def heard(**fields):
    return {"audio": {"input": fields}}


def spoken(**fields):
    return {"audio": {"output": fields}}


@pytest.mark.parametrize("settings", [SETTINGS, EngineSettings("x", turn_detection="semantic_vad")])
def test_what_is_in_force_as_asked_is_no_difference(settings):
    asked = session_config(settings)
    assert differences(asked, asked) == ()
    config = updated(SessionConfig(type="realtime", model="m"), asked)
    assert differences(asked, msgspec.to_builtins(config)) == ()


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"id": "s", "model": "m"},
        {"tools": None, "instructions": None, "voice": None, "audio": None},
        {"audio": {"input": {}, "output": {}}},
        {"audio": "yes", "tools": 3, "instructions": 5, "output_modalities": "audio"},
        {"modalities": ["text", "audio"], "input_audio_format": "pcm16", "voice": "Marin"},
        heard(format={}, transcription={}, turn_detection={"type": "server_vad"}),
        heard(format={"type": "audio/pcm"}),
        heard(format={"rate": 24000}),
        spoken(format="pcm_24000", voice={"id": "marin"}),
        {"tools": [{"name": "more"}, {"function": {"name": "talk_to_human"}}, TOOLS[0]]},
    ],
)
def test_what_is_left_out_or_said_in_other_words_is_none(told):
    assert differences(ASKED, told) == ()


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (heard(format={"type": "audio/pcmu"}), ["input_format"]),
        (heard(format={"type": "audio/pcm", "rate": 16000}), ["input_format"]),
        (spoken(format={"type": "audio/pcm", "rate": 48000}), ["output_format"]),
        (spoken(format="pcm_16000"), ["output_format"]),
        (spoken(format={"rate": 16000}), ["output_format"]),
        ({"input_audio_format": "g711_ulaw"}, ["input_format"]),
        ({"output_audio_format": "opus"}, ["output_format"]),
        (heard(transcription=None), ["no_transcription"]),
        ({"input_audio_transcription": None}, ["no_transcription"]),
        ({"tools": []}, ["tools_gone"]),
        ({"tools": [TOOLS[0]]}, ["tools_gone"]),
        ({"instructions": ""}, ["instructions_gone"]),
        ({"output_modalities": ["text"]}, ["other_modalities"]),
        (spoken(voice="cedar"), ["other_voice"]),
        (heard(turn_detection=None), ["turn_detection_off"]),
        ({"turn_detection": {"type": "none"}}, ["turn_detection_off"]),
        (heard(turn_detection={"create_response": True}), ["answers_itself"]),
        (
            {"turn_detection": {"create_response": True, "interrupt_response": True}},
            ["answers_itself", "interrupts_itself"],
        ),
    ],
)
def test_what_is_not_as_asked_has_a_code(told, codes):
    assert list(differences(ASKED, told)) == codes


@pytest.mark.parametrize(
    ("detection", "codes"),
    [
        (None, ()),
        ({}, ()),
        ({"type": "none"}, ()),
        ({"type": "server_vad", "create_response": False}, ("turn_detection_on",)),
    ],
)
def test_under_the_button_the_engine_is_not_to_find_the_ends(detection, codes):
    assert differences(PUSHED, heard(turn_detection=detection)) == codes


def test_what_was_not_asked_cannot_differ():
    asked = session_config(EngineSettings("x"), {"audio.output.voice"})
    assert differences(asked, {**spoken(voice="cedar"), "tools": [{"name": "its_own"}]}) == ()


def answering(told):
    return lambda message: [{"type": "session.updated", "session": told}]


async def configured(server, times=1):
    for _ in range(times):
        engine = await connect(EngineTarget(server.url, "", "m"))
        try:
            await engine.configure(SETTINGS)
        finally:
            await engine.close()


async def test_what_is_not_in_force_is_logged_once_by_its_code_and_never_by_its_words():
    told = {"tools": [], "instructions": " ", "secret": "words", **heard(transcription=None)}
    async with Dialect([[], []], confirm=answering(told)) as server:
        with capture_logs() as logs:
            await configured(server, times=2)
    found = [line for line in logs if line["event"] == "engine_setting_not_in_force"]
    assert [(line["log_level"], line["setting"], line["host"]) for line in found] == [
        ("warning", "no_transcription", "127.0.0.1"),
        ("warning", "tools_gone", "127.0.0.1"),
        ("warning", "instructions_gone", "127.0.0.1"),
    ]
    assert "words" not in json.dumps(logs, default=str)


async def test_sound_of_another_kind_is_refused_on_each_connection():
    async with Dialect([[], []], confirm=answering(spoken(format="g711_alaw"))) as server:
        for _ in range(2):
            with pytest.raises(EngineError) as caught:
                await configured(server)
            assert (caught.value.code, caught.value.retryable) == ("audio_format_not_served", False)


async def test_the_member_is_told_and_nothing_is_tried_again():
    page = Page()
    async with Dialect([[]], confirm=answering(heard(format="g711_ulaw"))) as server:
        async with asyncio.timeout(10):
            await relay_of(server.url, page, Host()).run()
        assert server.connections == 1
        assert not server.mic
    assert page.errors == [("audio_format_not_served", True)]


async def test_what_is_confirmed_late_is_looked_at_all_the_same(monkeypatch):
    async with Dialect([[]], confirm=lambda message: []) as server:
        monkeypatch.setattr("coach.voice.limits.CONFIGURE_S", 0.05)
        engine = await connect(EngineTarget(server.url, "", "m"))
        await engine.configure(SETTINGS)
        server.confirm = answering(spoken(format="opus"))
        await engine.send(SetTurnDetection("detection-1", on=False))
        with pytest.raises(EngineError) as caught:
            await anext(engine.events())
        await engine.close()
    assert caught.value.code == "audio_format_not_served"


async def test_an_engine_that_keeps_its_turn_detection_is_logged():
    async with Dialect([[]]) as server:
        engine = await connect(EngineTarget(server.url, "", "m"))
        await engine.configure(SETTINGS)
        server.confirm = lambda message: [
            {"type": "session.updated", "session": ASKED},
            {"type": "input_audio_buffer.committed", "item_id": "m1"},
        ]
        with capture_logs() as logs:
            await engine.send(SetTurnDetection("detection-1", on=False))
            await anext(engine.events())
        await engine.close()
    assert [line["setting"] for line in logs if "setting" in line] == ["turn_detection_on"]
