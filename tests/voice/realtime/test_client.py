"""Connecting to an engine, and losing it."""

import pytest

from coach.voice import limits
from coach.voice.engine_commands import AddSilence, CommitInput, CreateResponse
from coach.voice.engine_events import ResponseCreated
from coach.voice.realtime import EngineError, EngineSettings, EngineTarget, connect
from tests.support.scripted_engine import ScriptedEngine, Step, created

SETTINGS = EngineSettings("Be kind.")


async def test_connected_and_configured():
    async with ScriptedEngine([[]]) as server:
        engine = await connect(EngineTarget(server.url, "key", "gpt realtime"))
        await engine.configure(SETTINGS)
        await engine.close()
        assert server.requests == [("/v1/realtime?model=gpt%20realtime", "Bearer key")]
        assert len(server.updates) == 1
        server.assert_complete()


async def test_events_come_out_and_unknown_or_broken_ones_do_not():
    emit = [{"type": "something.new"}, "no json", {"type": 5}, created("r1")]
    async with ScriptedEngine([[Step("response.create", emit)]]) as server:
        engine = await connect(EngineTarget(server.url, "", "m"))
        await engine.configure(SETTINGS)
        await engine.send(CreateResponse("create-1"))
        assert isinstance(await anext(engine.events()), ResponseCreated)
        await engine.close()


@pytest.mark.parametrize(("code", "retryable"), [("invalid_api_key", False), ("busy", True)])
async def test_a_refusal_as_the_first_event(code, retryable):
    first = {"type": "error", "error": {"type": "x", "code": code, "message": "no"}}
    async with ScriptedEngine([[]], first=first) as server:
        with pytest.raises(EngineError) as caught:
            await connect(EngineTarget(server.url, "key", "m"))
    assert (caught.value.code, caught.value.retryable) == (code, retryable)


async def test_settings_that_are_refused_are_fatal():
    refusal = {"type": "error", "error": {"code": "invalid_value", "message": "no"}}
    async with ScriptedEngine([[]], refuse=refusal) as server:
        engine = await connect(EngineTarget(server.url, "key", "m"))
        with pytest.raises(EngineError) as caught:
            await engine.configure(SETTINGS)
        await engine.close()
    assert not caught.value.retryable


async def test_a_language_that_the_engine_does_not_know_is_not_simply_left_out():
    param = "session.audio.input.transcription.language"
    refusal = {"code": "invalid_value", "message": "no such language", "param": param}
    async with ScriptedEngine([[]], refuse={"type": "error", "error": refusal}) as server:
        engine = await connect(EngineTarget(server.url, "key", "m"))
        with pytest.raises(EngineError) as caught:
            await engine.configure(SETTINGS)
        await engine.close()
        assert len(server.updates) == 1
    assert (caught.value.code, caught.value.retryable) == ("language_not_served", False)


async def test_nobody_there():
    with pytest.raises(EngineError) as caught:
        await connect(EngineTarget("ws://127.0.0.1:9/v1/realtime", "", "m"))
    assert caught.value.retryable


@pytest.mark.parametrize(("close", "retryable"), [(1001, True), (1011, True), (4000, False)])
async def test_the_end_of_a_connection(close, retryable):
    async with ScriptedEngine([[Step("response.create", close=close)]]) as server:
        engine = await connect(EngineTarget(server.url, "", "m"))
        await engine.configure(SETTINGS)
        await engine.send(CreateResponse("create-1"))
        with pytest.raises(EngineError) as caught:
            await anext(engine.events())
    assert (caught.value.code, caught.value.retryable) == (f"closed_{close}", retryable)


async def test_how_much_of_the_speech_was_heard_is_told_but_not_too_much_believed():
    started = {"type": "input_audio_buffer.speech_started", "item_id": "i", "audio_start_ms": 0}
    async with ScriptedEngine([[]]) as server:
        engine = await connect(EngineTarget(server.url, "", "m"))
        await engine.configure(SETTINGS)
        engine.append(bytes(360 * 48))
        await server.emit(started)
        assert (await anext(engine.events())).spoken_ms == 60
        engine.append(bytes(3000 * 48))
        await server.emit(started)
        assert (await anext(engine.events())).spoken_ms == 100
        await engine.close()


async def test_silence_that_was_added_counts_as_sound_that_was_heard():
    started = {"type": "input_audio_buffer.speech_started", "item_id": "m1", "audio_start_ms": 850}
    async with ScriptedEngine([[Step("input_audio_buffer.commit", [started])]]) as engine:
        connection = await connect(EngineTarget(engine.url, "", "m"))
        await connection.configure(EngineSettings("Be kind.", prefix_ms=0))
        connection.append(bytes(100 * limits.BYTES_PER_MS))
        await connection.send(AddSilence(800))
        await connection.send(CommitInput("commit-1"))
        assert (await anext(connection.events())).spoken_ms == 50
        await connection.close()
