"""Text to speech by an `/audio/speech` endpoint: sentence by sentence, each as it streams."""

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing

import httpx
import numpy as np

from coach.engine import limits
from coach.engine.compatible.config import TtsEndpoint
from coach.engine.compatible.http import EndpointError, posted
from coach.engine.errors import EngineError
from coach.engine.session.audio import samples
from coach.engine.tts.markup import plain
from coach.engine.tts.segmentation import sentences
from coach.engine.tts.types import SpeechChunk
from coach.voice.pcm import RATE, Pcm, Resampler, from_bytes, to_float, to_int16
from coach.voice.wav import BadWav, WavFormat, read_header

log = logging.getLogger(__name__)

_NOT_SOUND = ("json", "text/", "mpeg", "mp3", "ogg", "opus", "aac", "flac")
_NOTHING = np.zeros(0, dtype=np.int16)
_PLAIN = WavFormat(codec=1, rate=RATE, channels=1, bits=16)


class CompatibleTts:
    """Any number of talks at once. 24 kHz PCM is asked for; WAV of any rate is understood."""

    def __init__(self, http: httpx.AsyncClient, endpoint: TtsEndpoint) -> None:
        self._http = http
        self._endpoint = endpoint

    async def synthesise(
        self, text: str, *, speed: float = 1.0, voice: str = ""
    ) -> AsyncGenerator[SpeechChunk, None]:
        """The text as audio, its words just before the sound they are likely to begin in.

        Close it to stop: the endpoint's stream is closed. Raises EngineError `tts_failed`.
        """
        try:
            for sentence in sentences(text):
                said = plain(sentence)
                if not any(letter.isalnum() for letter in said):
                    yield SpeechChunk(sentence, _NOTHING)
                    continue
                timing = WordTiming(sentence, speed)
                async with aclosing(self._sound(said, speed, voice)) as sound:
                    async for pcm in sound:
                        yield SpeechChunk(timing.due(pcm.size), pcm)
                if rest := timing.rest():
                    yield SpeechChunk(rest, _NOTHING)
        except EngineError as error:
            log.warning("synthesis failed code=%s", error.code)
            raise EngineError("tts_failed", "The text could not be spoken.") from error

    async def _sound(self, text: str, speed: float, voice: str) -> AsyncGenerator[Pcm, None]:
        request = {
            "model": self._endpoint.model,
            "input": text,
            "voice": self._endpoint.voice_for(voice),
            "response_format": "pcm",
        }
        asked = request if speed == 1.0 else {**request, "speed": speed}
        async with posted(self._http, self._endpoint, "audio/speech", json=asked) as response:
            kind = response.headers.get("Content-Type", "").lower()
            if any(name in kind for name in _NOT_SOUND):
                raise EndpointError("bad_audio")
            decoder = SpeechDecoder()
            async for chunk in response.aiter_bytes():
                for pcm in decoder.feed(chunk):
                    yield pcm
            for pcm in decoder.end():
                yield pcm


class SpeechDecoder:
    """Bytes of PCM or WAV in, samples at 24 kHz out, in pieces of 100 ms or more.

    Raises EngineError `bad_audio` for what is neither, or more than a sentence can be.
    """

    def __init__(self) -> None:
        self._held = bytearray()
        self._form: WavFormat | None = None
        self._resampler: Resampler | None = None
        self._made = 0

    def feed(self, chunk: bytes) -> list[Pcm]:
        """More bytes."""
        self._held += chunk
        if self._form is None and not self._begin():
            return []
        assert self._form is not None
        frame = 2 * self._form.channels
        least = self._form.rate * limits.ENDPOINT_SOUND_MS // 1000 * frame
        if len(self._held) < least:
            return []
        whole = len(self._held) - len(self._held) % frame
        data, self._held = bytes(self._held[:whole]), self._held[whole:]
        return [self._decoded(data)]

    def end(self) -> list[Pcm]:
        """What is left."""
        if self._form is None:
            if not self._made and not self._held:
                raise EndpointError("bad_audio")
            self._form = _PLAIN
        frame = 2 * self._form.channels
        pcm = self._decoded(bytes(self._held[: len(self._held) // frame * frame]))
        if self._resampler is not None:
            pcm = np.concatenate((pcm, to_int16(self._resampler.flush())))
        if not self._made:
            raise EndpointError("bad_audio")
        return [pcm] if pcm.size else []

    def _begin(self) -> bool:
        """Whether it is known what comes."""
        if len(self._held) < 12:
            return False
        if self._held.startswith(b"RIFF") and self._held[8:12] == b"WAVE":
            try:
                found = read_header(bytes(self._held))
            except BadWav as error:
                raise EndpointError("bad_audio") from error
            if found is None:
                return False
            self._form, at = found
            del self._held[:at]
        else:
            self._form = _PLAIN
        if self._form.rate != RATE:
            self._resampler = Resampler(self._form.rate, RATE)
        return True

    def _decoded(self, data: bytes) -> Pcm:
        assert self._form is not None
        self._made += len(data)
        if self._made > limits.ENDPOINT_SPEECH_SECONDS * self._form.rate * 2 * self._form.channels:
            raise EndpointError("bad_audio")
        pcm = from_bytes(data)
        if self._form.channels > 1:
            pcm = to_int16(to_float(pcm).reshape(-1, self._form.channels).mean(axis=1))
        if self._resampler is not None:
            pcm = to_int16(self._resampler.process(to_float(pcm)))
        return pcm


class WordTiming:
    """Which words belong to how much sound, as long as its length is not known."""

    def __init__(self, text: str, speed: float) -> None:
        self._left = text
        self._letters = limits.SPEECH_CHARS_PER_SECOND * speed / RATE
        self._ahead = samples(limits.ENDPOINT_SOUND_MS) * self._letters

    def due(self, count: int) -> str:
        """The words that begin within the next samples."""
        self._ahead += count * self._letters
        due = ""
        while self._ahead > 0 and self._left:
            word, space, rest = self._left.partition(" ")
            self._left = rest
            due += word + space
            self._ahead -= len(word + space)
        return due

    def rest(self) -> str:
        """The words that are left once there is no more sound."""
        rest, self._left = self._left, ""
        return rest
