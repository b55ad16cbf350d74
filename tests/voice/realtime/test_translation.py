"""A translation session: what is sent is what the protocol documents, and what comes is read."""

import base64
import json

import pytest
from openai.types.realtime import (
    RealtimeTranslationInputAudioBufferAppendEvent,
    RealtimeTranslationSessionCloseEvent,
    RealtimeTranslationSessionUpdateEvent,
)

from coach.voice.engine_commands import CreateResponse
from coach.voice.engine_events import (
    EngineFault,
    InputDelta,
    SessionClosed,
    SpokenAudio,
    SpokenDelta,
)
from coach.voice.realtime import (
    EngineError,
    EngineSettings,
    EngineTarget,
    TranslationEngine,
    connect_to_translate,
    translation,
)
from coach.voice.realtime.wire import Malformed
from tests.support.translation_server import Script, Step, TranslationServer, heard, sound, told

INTO_KOREAN = EngineSettings("", language="ko", transcription_model="gpt-realtime-whisper")
LOUD = b"\x00\x10" * 24 * 200


def target(server):
    return EngineTarget(server.url, "sk-1", "talks").translating("translates")


async def opened(server, settings=INTO_KOREAN):
    engine = await connect_to_translate(target(server))
    await engine.configure(settings)
    return engine


def test_what_is_sent_is_what_is_documented():
    update = json.loads(translation._update(INTO_KOREAN))
    event = RealtimeTranslationSessionUpdateEvent.model_validate(update)
    assert event.session.audio.output.language == "ko"
    assert event.session.audio.input.transcription.model == "gpt-realtime-whisper"
    RealtimeTranslationSessionCloseEvent.model_validate_json(translation._CLOSE)
    append = translation._APPEND + base64.b64encode(LOUD) + translation._END
    RealtimeTranslationInputAudioBufferAppendEvent.model_validate_json(append)


def test_translations_have_an_address_of_their_own():
    engine = EngineTarget("wss://x/v1/realtime?version=2", "k", "talks")
    address = engine.translating("translates").address
    assert address == "wss://x/v1/realtime/translations?version=2&model=translates"


async def test_sound_goes_in_and_words_and_sound_come_out():
    script = Script([Step(200, [heard("Hi"), told("안녕"), sound(100)])], last=[told("!")])
    async with TranslationServer({"ko": [script]}) as server:
        engine = await opened(server)
        engine.append(LOUD)
        events = engine.events()
        assert await anext(events) == InputDelta("", "Hi")
        assert await anext(events) == SpokenDelta("", "", "안녕")
        audio = await anext(events)
        assert isinstance(audio, SpokenAudio)
        assert len(audio.pcm) == 100 * 48
        await engine.finish()
        assert [await anext(events), await anext(events)] == [
            SpokenDelta("", "", "!"),
            SessionClosed(),
        ]
        await engine.close()
        server.assert_complete()


async def test_a_session_that_is_left_is_closed_in_order_too():
    async with TranslationServer({"ko": [Script()]}) as server:
        engine = await opened(server)
        await engine.close()
        server.assert_complete()


async def test_after_the_last_words_were_asked_for_no_more_sound_is_sent():
    async with TranslationServer({"ko": [Script()]}) as server:
        engine = await opened(server)
        await engine.finish()
        engine.append(LOUD)
        assert await anext(engine.events()) == SessionClosed()
        await engine.close()
        server.assert_complete()


async def test_settings_that_are_refused_are_an_error():
    refusal = {"type": "error", "error": {"code": "invalid_value", "message": "no such language"}}
    async with TranslationServer({}, refusals=[refusal]) as server:
        engine = await connect_to_translate(target(server))
        with pytest.raises(EngineError, match="no such language") as refused:
            await engine.configure(INTO_KOREAN)
        assert not refused.value.retryable
        await engine.close()


@pytest.mark.parametrize(
    ("event", "events"),
    [
        ({"type": "session.output_audio.delta", "delta": "AAAA"}, (SpokenAudio("", "", b"\0\0"),)),
        ({"type": "session.output_transcript.delta"}, (SpokenDelta("", "", ""),)),
        ({"type": "error", "error": {"code": "x", "message": "y"}}, (EngineFault("x", "y"),)),
        ({"type": "session.usage.updated", "usage": {"seconds": 3}}, ()),
    ],
)
def test_what_a_server_writes_otherwise_is_read_or_left(event, events):
    assert translation._events(event) == events


def test_sound_that_is_none_is_malformed():
    with pytest.raises(Malformed):
        translation._events({"type": "session.output_audio.delta", "delta": "%%%"})


def test_an_expired_session_is_left_for_another():
    expired = {"type": "error", "error": {"code": "session_expired", "message": "over"}}
    with pytest.raises(EngineError) as error:
        translation._events(expired)
    assert error.value.retryable


async def test_nothing_is_asked_of_a_translation():
    engine = TranslationEngine.__new__(TranslationEngine)
    with pytest.raises(TypeError, match="CreateResponse"):
        await engine.send(CreateResponse("c"))
