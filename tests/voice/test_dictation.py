"""An expert's words: by a session that only hears, and without any if there is no engine."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from coach.voice import dictation, limits
from coach.voice.dictation import Dictation, Words, dictation_settings
from coach.voice.engine_events import (
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    SpeechStarted,
)
from coach.voice.realtime import EngineError, EngineSettings
from coach.voice.realtime.settings import session_config
from tests.support.relay_stage import ManualClock

FRAME = bytes(960)
SETTINGS = EngineSettings("Be kind.", tools=({"type": "function", "name": "note"},), voice="ash")


class Engine:
    """Says what a test puts into `events`; None ends it."""

    congested = False
    silent_s = 0.0
    expires_at = None

    def __init__(self):
        self.said, self.settings = asyncio.Queue(), None
        self.heard = 0  # bytes

    async def configure(self, settings):
        self.settings = settings

    def append(self, pcm):
        self.heard += len(pcm)

    def offer_to(self, take, is_ready):
        pass

    async def events(self):
        while (event := await self.said.get()) is not None:
            yield event
        raise EngineError("gone", "closed", True)

    async def close(self):
        pass


class Told:
    def __init__(self):
        self.log = []
        self.words = Words(
            lambda item, text: self.log.append(("partial", item, text)),
            lambda item, text: self.log.append(("final", item, text)),
            lambda item: self.log.append(("dropped", item)),
            lambda usage: self.log.append(("usage", usage.ref)),
        )


@asynccontextmanager
async def dictating(*first, engines=None, error=None):
    told, clock, left = Told(), ManualClock(), list(first) if engines is None else engines

    async def connect():
        if not left:
            raise error or EngineError("no", "invalid_api_key", False)
        return left.pop(0)

    made = Dictation(connect, SETTINGS, told.words, clock)
    running = asyncio.create_task(made.run())
    try:
        yield made, told, clock, running
    finally:
        await dictation.cancel([running])


async def until(condition):
    async with asyncio.timeout(15):
        while not condition():  # noqa: ASYNC110  nothing to wait on
            await asyncio.sleep(0)


def test_the_session_hears_and_does_nothing_else():
    config = session_config(dictation_settings(SETTINGS))
    assert (config["tools"], config["instructions"]) == ([], "")
    assert config["output_modalities"] == ["text"]
    detection = config["audio"]["input"]["turn_detection"]
    assert (detection["create_response"], detection["interrupt_response"]) == (False, False)


async def test_words_come_as_they_are_said_and_then_as_a_whole():
    engine = Engine()
    async with dictating(engine) as (made, told, _, _):
        await until(lambda: made.available)
        made.hear(FRAME)
        for event in (
            SpeechStarted("a"),
            InputDelta("a", "How "),
            InputDelta("a", "are you?"),
            InputCommitted("a"),
            InputTranscript("a", " How are you? ", {"seconds": 1}),
            SpeechStarted("b"),
            InputTranscript("b", ""),
            SpeechStarted("c"),
            InputFailed("c", "noise"),
        ):
            engine.said.put_nowait(event)
        await until(lambda: told.log and told.log[-1] == ("dropped", "c"))
    assert told.log == [
        ("partial", "a", "How "),
        ("partial", "a", "How are you?"),
        ("usage", "a"),
        ("final", "a", "How are you?"),
        ("dropped", "b"),
        ("dropped", "c"),
    ]
    assert engine.heard == len(FRAME)
    assert engine.settings.tools == ()


async def test_a_microphone_that_falls_silent_ends_the_utterance_once():
    engine = Engine()
    async with dictating(engine) as (made, _, clock, _):
        await until(lambda: made.available)
        made.hear(FRAME)
        for _ in range(8):
            await clock.advance(0.25)
            made.tick()
        silence_ms = SETTINGS.silence_ms + limits.DICTATION_SILENCE_MS
        assert engine.heard == len(FRAME) + silence_ms * limits.BYTES_PER_MS


async def test_what_was_said_before_there_is_an_engine_is_heard_by_it():
    engine = Engine()
    async with dictating(engine) as (made, _, _, _):
        for _ in range(50):
            made.hear(FRAME)
        await until(lambda: made.available)
        assert engine.heard == 50 * len(FRAME)


async def test_the_next_engine_hears_again_what_the_lost_one_had_not_put_into_words():
    first, second = Engine(), Engine()
    async with dictating(first, second) as (made, told, clock, _):
        await until(lambda: made.available)
        first.said.put_nowait(SpeechStarted("a"))
        await until(lambda: not made.idle)
        for _ in range(5):
            made.hear(FRAME)
        first.said.put_nowait(None)
        await until(lambda: not made.available)
        assert told.log == [("dropped", "a")]
        await clock.until(lambda: made.available)
        assert second.heard == 5 * len(FRAME)


@pytest.mark.parametrize("said", [[], [FRAME] * 400])
async def test_without_an_engine_nothing_is_written_and_nothing_breaks(said):
    async with dictating() as (made, told, clock, _running):
        for frame in said:
            made.hear(frame)
        await clock.advance(400)
        assert not made.available
        assert told.log == []
        await made.finish()


async def test_an_engine_that_comes_back_after_it_was_given_up_hears_again():
    engines = []
    async with dictating(engines=engines) as (made, _told, clock, _):
        await clock.advance(limits.REFUSED_BACK_S + 2 * limits.BACKOFF_MAX_S)
        assert not made.available
        engines.append(Engine())
        await clock.until(lambda: made.available, within=limits.ENGINE_AGAIN_S + 1)


async def test_the_last_words_are_waited_for_but_not_for_ever(monkeypatch):
    monkeypatch.setattr(limits, "DICTATION_LAST_S", 0.05)
    engine = Engine()
    async with dictating(engine) as (made, told, _, _):
        await until(lambda: made.available)
        engine.said.put_nowait(SpeechStarted("a"))
        await until(lambda: not made.idle)
        await made.finish()  # they did not come
        finishing = asyncio.create_task(made.finish())
        engine.said.put_nowait(InputTranscript("a", "Bye"))
        await finishing
        assert told.log == [("final", "a", "Bye")]


@pytest.mark.parametrize("began", [[SpeechStarted("a")], [SpeechStarted("a"), InputCommitted("a")]])
async def test_words_that_never_come_do_not_make_the_next_engine_hear_all_of_it_again(began):
    first, second = Engine(), Engine()
    async with dictating(first, second) as (made, told, clock, _):
        await until(lambda: made.available)
        for event in began:
            first.said.put_nowait(event)
        await until(lambda: not made.idle)
        frames = int((limits.TRANSCRIPT_S + 16) / 0.25)
        for _ in range(frames):
            made.hear(FRAME)
            await clock.advance(0.25)
            made.tick()
        assert told.log == [("dropped", "a")]
        first.said.put_nowait(None)
        await clock.until(lambda: made.available and second.heard)
        assert second.heard <= (limits.DICTATION_KEPT_S / 0.25 + 1) * len(FRAME)


async def test_an_utterance_of_which_words_come_is_not_given_up():
    engine = Engine()
    async with dictating(engine) as (made, told, clock, _):
        await until(lambda: made.available)
        made.take(InputCommitted("a"))
        for _ in range(8):
            await clock.advance(limits.TRANSCRIPT_S / 2)
            made.take(InputDelta("a", "so "))
            made.tick()
        made.take(InputTranscript("a", "So it is."))
    assert told.log[-1] == ("final", "a", "So it is.")
    assert ("dropped", "a") not in told.log


async def test_so_many_utterances_wait_for_their_words_and_no_more():
    engine = Engine()
    async with dictating(engine) as (made, told, _, _):
        await until(lambda: made.available)
        for number in range(limits.DICTATION_OPEN + 2):
            made.take(SpeechStarted(f"i{number}"))
    assert told.log == [("dropped", "i0"), ("dropped", "i1")]
