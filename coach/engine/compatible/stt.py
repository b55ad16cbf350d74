"""Speech to text by an `/audio/transcriptions` endpoint.

Whether somebody speaks, and when a turn ends, is still found locally.
"""

import asyncio

import httpx
import msgspec

from coach.engine import limits
from coach.engine.compatible.config import SttEndpoint
from coach.engine.compatible.http import EndpointError, body, failure, posted
from coach.engine.session.capabilities import primary
from coach.engine.stt.types import NO_HINT, Stt, SttStream, TranscriptionHint, VadFrame
from coach.voice import wav
from coach.voice.pcm import Pcm, to_bytes

_SPEECH = 0.5  # the probability that is taken for speech
_SPEECH_FRAMES = 2


class CompatibleStt:
    """Any number of speakers, by one endpoint and local speech to text."""

    def __init__(self, http: httpx.AsyncClient, endpoint: SttEndpoint, local: Stt) -> None:
        self._http = http
        self._endpoint = endpoint
        self._local = local

    def stream(self) -> "CompatibleSttStream":
        """The stream of a new speaker."""
        return CompatibleSttStream(self._http, self._endpoint, self._local)


class CompatibleSttStream:
    """One speaker. Partials are local where the language may be English; else there are none."""

    def __init__(self, http: httpx.AsyncClient, endpoint: SttEndpoint, local: Stt) -> None:
        self._http = http
        self._endpoint = endpoint
        self._local_stt = local
        self._local_stream: SttStream = local.stream()
        self._partials: SttStream = local.stream()

    def reset(self) -> None:
        """Forgets the audio so far."""
        self._local_stream.reset()

    async def feed(self, pcm24k: Pcm, *, behind: bool = False) -> list[VadFrame]:
        """The next samples; a VadFrame for every 32 ms."""
        return await self._local_stream.feed(pcm24k, behind=behind)

    async def transcribe(
        self,
        pcm24k: Pcm,
        *,
        partial: bool = False,
        hint: TranscriptionHint = NO_HINT,
        guess: bool = False,
    ) -> str:
        """The words of a recording. A guess waits a little: most pauses do not end a turn.

        Raises EngineError, TimeoutError, SttBusy, SttClosed.
        """
        if partial:
            english = hint.language is None or primary(hint.language) == "en"
            return await self._partials.transcribe(pcm24k, partial=True) if english else ""
        if guess:
            await asyncio.sleep(limits.ENDPOINT_GUESS_SECONDS)
        self._partials = self._local_stt.stream()  # what comes next does not begin with this
        if pcm24k.nbytes > limits.ENDPOINT_RECORDING_BYTES:
            raise EndpointError("audio_too_long")
        if not await self._speech_in(pcm24k):
            return ""
        async with asyncio.timeout(limits.ENDPOINT_STT_SECONDS):
            return await self._asked(wav.write(to_bytes(pcm24k)), hint)

    async def _speech_in(self, pcm: Pcm) -> bool:
        """Recognisers find words in noise, and in silence: ask first whether anybody speaks."""
        probe, found = self._local_stt.stream(), 0
        step = int(limits.VAD_SLICE_SECONDS * limits.RATE)
        for start in range(0, pcm.size, step):
            frames = await probe.feed(pcm[start : start + step])
            found += sum(frame.probability >= _SPEECH for frame in frames)
            if found >= _SPEECH_FRAMES:
                return True
        return False

    async def _asked(self, file: bytes, hint: TranscriptionHint) -> str:
        fields = {"model": self._endpoint.model, "response_format": "json"}
        if hint.language:
            fields["language"] = primary(hint.language)
        if hint.prompt:
            fields["prompt"] = hint.prompt
        files = {"file": ("speech.wav", file, "audio/wav")}
        path = "audio/transcriptions"
        async with posted(self._http, self._endpoint, path, data=fields, files=files) as response:
            answer = await body(response.aiter_bytes(), limits.ENDPOINT_TRANSCRIPT_BYTES)
            return _text_of(answer)


def _text_of(answer: bytes) -> str:
    try:
        found = msgspec.json.decode(answer)
    except (msgspec.DecodeError, RecursionError) as error:
        raise EndpointError("bad_answer") from error
    if isinstance(found, dict) and isinstance(found.get("text"), str):
        return " ".join(found["text"].split())
    if isinstance(found, dict) and found.get("error"):
        raise failure(0, found)
    raise EndpointError("bad_answer")
