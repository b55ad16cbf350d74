"""Puts an expert's voice into words, by a session of the engine that answers nothing.

It is the engine of the talk and the same client, with turn detection on and no answers asked for:
every server of the protocol can do so. Nothing that happens here touches the talk itself.
"""

import asyncio
from collections.abc import Callable
from functools import partial

import msgspec

from coach.voice import limits
from coach.voice.cancel import cancel
from coach.voice.clock import Clock
from coach.voice.effects import CountUsage
from coach.voice.engine_events import (
    EngineEvent,
    InputCommitted,
    InputDelta,
    InputFailed,
    InputTranscript,
    SpeechStarted,
)
from coach.voice.interfaces import Connect, Engine
from coach.voice.microphone import Microphone
from coach.voice.realtime import EngineError, EngineSettings
from coach.voice.reconnect import EngineConnector


class Words(msgspec.Struct, frozen=True):
    """`partial(item, text)` with all words so far, then `final(item, text)` or `dropped(item)`."""

    partial: Callable[[str, str], None]
    final: Callable[[str, str], None]
    dropped: Callable[[str], None]
    usage: Callable[[CountUsage], None]


def dictation_settings(settings: EngineSettings) -> EngineSettings:
    """Those of a talk, for a session that only hears."""
    return msgspec.structs.replace(
        settings,
        instructions="",
        tools=(),
        voice="",
        output="text",
        turn_detection="server_vad",
        answers_itself=False,
        reasoning_effort="",
        noise_reduction="",
        retention_ratio=None,
    )


class Dictation:
    """Implements `EngineUser`. `run` it, `hear` each frame, `tick` now and then, `finish` it."""

    def __init__(
        self, connect: Connect, settings: EngineSettings, words: Words, clock: Clock | None = None
    ) -> None:
        self._clock = clock or Clock()
        self._words = words
        self._silence_ms = settings.silence_ms + limits.DICTATION_SILENCE_MS
        self._engine: Engine | None = None
        self._microphone = Microphone()
        self._open: dict[str, _Utterance] = {}  # without their final words
        self._heard_at = float("-inf")
        self._paused = True  # the engine was told that nothing comes
        self._settled = asyncio.Event()
        self._settled.set()
        self._connector = partial(
            EngineConnector, self, connect, dictation_settings(settings), self._clock, resumed=True
        )

    @property
    def available(self) -> bool:
        """There is an engine: what is said is being written down."""
        return self._engine is not None

    async def run(self) -> None:
        """Keep an engine at hand, for ever: where none is to be had, look again later."""
        while True:
            try:
                await self._connector().run()
            except EngineError:  # the connector has logged why
                self._engine = None
            await self._clock.sleep(limits.ENGINE_AGAIN_S)

    def hear(self, frame: bytes) -> None:
        """A frame of the expert's microphone (PCM s16le mono 24 kHz). Never waits."""
        self._heard_at = self._clock.now()
        self._paused = False
        self._microphone.add(frame, self._heard_at)
        self._send()

    def tick(self) -> None:
        """Where no sound comes any more, let the engine hear that the utterance is over."""
        now = self._clock.now()
        self._give_up(now)
        if not self._open:
            self._microphone.forget(now - limits.DICTATION_KEPT_S)
        if not self._paused and now - self._heard_at > limits.DICTATION_PAUSE_S:
            self._paused = True
            self._microphone.add(bytes(self._silence_ms * limits.BYTES_PER_MS), now)
        self._send()

    async def finish(self) -> None:
        """The expert speaks no more: wait for the last words, but not long."""
        if not self.available:
            return
        if self._clock.now() - self._heard_at < limits.DICTATION_KEPT_S:
            await self._clock.sleep(limits.DICTATION_PAUSE_S)  # the engine may notice speech yet
        self._heard_at = float("-inf")
        self.tick()
        try:
            async with asyncio.timeout(limits.DICTATION_LAST_S):
                await self._settled.wait()
        except TimeoutError:
            pass

    def _send(self) -> None:
        if self._engine is not None:
            try:
                self._microphone.send_to(self._engine)
            except EngineError:
                return  # the engine's reader sees the same end

    # --- EngineUser -----------------------------------------------------------------------------

    @property
    def idle(self) -> bool:
        """Nobody is in the middle of a sentence."""
        return not self._open

    async def on_dialling(self) -> None:
        """An engine is dialled."""

    async def on_connected(self, engine: Engine) -> None:
        """Go on with this engine, which hears what no other has put into words."""
        self._engine = engine
        self._microphone.replay(float("-inf"))
        self._send()

    async def on_disconnected(self) -> None:
        """The words of an utterance that the engine takes with it are said anew by the next."""
        self._engine = None
        for item in list(self._open):
            self._drop(item)
        self._settled.set()

    def is_ready(self, engine: Engine) -> bool:
        """This engine is in use."""
        return engine is self._engine

    async def on_event(self, engine: Engine, event: EngineEvent) -> bool:
        """False: this engine is not in use any more."""
        if engine is not self._engine:
            return False
        self.take(event)
        return True

    def take(self, event: EngineEvent) -> None:
        """What of an event concerns words; all else is of no interest here."""
        match event:
            case SpeechStarted(item_id=item):
                self._of(item)
            case InputCommitted(item_id=item):
                self._of(item).whole = True
            case InputDelta(item_id=item, delta=delta):
                utterance = self._of(item)
                utterance.text = (utterance.text + delta)[: limits.CAPTION_MAX_CHARS]
                self._words.partial(item, utterance.text)
            case InputTranscript(item_id=item, text=text, usage=usage):
                if usage:
                    self._words.usage(CountUsage("transcription", item, usage))
                self._end(item, text.strip())
            case InputFailed(item_id=item):
                self._end(item, "")
        self._note_settled()

    def _of(self, item: str) -> "_Utterance":
        """The utterance, of which something has come now."""
        if item not in self._open and len(self._open) >= limits.DICTATION_OPEN:
            self._drop(next(iter(self._open)))
        utterance = self._open.setdefault(item, _Utterance())
        utterance.told_at = self._clock.now()
        return utterance

    def _give_up(self, now: float) -> None:
        """The words of an utterance do not come any more: the next engine need not hear it."""
        for item, utterance in list(self._open.items()):
            if now - utterance.told_at > utterance.patience_s:
                self._drop(item)
        self._note_settled()

    def _drop(self, item: str) -> None:
        del self._open[item]
        self._words.dropped(item)

    def _end(self, item: str, text: str) -> None:
        self._open.pop(item, None)
        if text:
            self._words.final(item, text)
        else:
            self._words.dropped(item)

    def _note_settled(self) -> None:
        if self._open:
            self._settled.clear()
        else:
            self._settled.set()


class _Utterance(msgspec.Struct):
    """One that has no final words yet."""

    text: str = ""
    whole: bool = False  # it is over, and the engine has all of its sound
    told_at: float = 0.0  # when something of it came last

    @property
    def patience_s(self) -> float:
        """While it goes on, nothing need come; but only the sound that is kept is of use."""
        kept_s = limits.MIC_REPLAY_BYTES / limits.BYTES_PER_MS / 1000
        return limits.TRANSCRIPT_S + (0.0 if self.whole else kept_s)


async def stop(dictation: Dictation, running: "asyncio.Task[None]") -> None:
    """Wait for the last words, and hang up."""
    try:
        await dictation.finish()
    finally:
        await cancel([running])
