"""A short text as sound, by plain HTTP."""

import asyncio
import io
import wave
from collections.abc import AsyncIterator
from typing import Any

import httpx
import numpy as np
import pytest
from openai import AsyncOpenAI

from coach.engine import limits
from coach.engine.server.run import serve
from coach.engine.tts.types import SpeechChunk
from tests.engine.server.test_app import BrokenTts, NoStt

KEY = "a key"
SECOND = 24_000


class Beeps:
    """A voice whose words are half a second each, at speed 1."""

    async def synthesise(
        self, text: str, *, speed: float = 1.0, voice: str = ""
    ) -> AsyncIterator[SpeechChunk]:
        for word in text.split():
            size = round(SECOND / 2 / speed) if word.isalpha() else 0
            yield SpeechChunk(f"{word} ", np.ones(size, dtype=np.int16))


class Slow:
    """A voice that never ends."""

    async def synthesise(
        self, text: str, *, speed: float = 1.0, voice: str = ""
    ) -> AsyncIterator[SpeechChunk]:
        await asyncio.Event().wait()
        yield SpeechChunk(text, np.ones(1, dtype=np.int16))


@pytest.fixture
def voice() -> Any:
    return Beeps()


@pytest.fixture
async def base(voice: Any) -> AsyncIterator[str]:
    async with serve(key=KEY, stt=NoStt(), tts=voice) as port:
        yield f"http://127.0.0.1:{port}/v1"


async def ask(base: str, key: str = KEY, **body: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.post(f"{base}/audio/speech", json=body, headers=headers)


async def test_a_text_comes_back_as_a_whole_wav(base: str) -> None:
    answer = await ask(base, input="one two", response_format="wav")
    assert answer.headers["content-type"] == "audio/wav"
    with wave.open(io.BytesIO(answer.content)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (SECOND, 1, 2)
        assert sound.getnframes() == SECOND


async def test_the_official_client_is_understood(base: str) -> None:
    api = AsyncOpenAI(api_key=KEY, base_url=base, max_retries=0)
    answer = await api.audio.speech.create(
        model="m", voice="alloy", input="one two", response_format="pcm", speed=0.5
    )
    assert len(answer.content) == 2 * 2 * SECOND


@pytest.mark.parametrize(
    ("body", "param"),
    [
        ({}, "input"),
        ({"input": ""}, "input"),
        ({"input": "a" * (limits.SPEECH_CHARS + 1)}, "input"),
        ({"input": "one", "speed": 9}, "speed"),
        ({"input": "one", "response_format": "mp3"}, "response_format"),
        ({"input": "!!"}, "input"),
    ],
)
async def test_what_cannot_be_spoken_is_refused_by_name(
    base: str, body: dict[str, Any], param: str
) -> None:
    answer = await ask(base, **body)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, param)


async def test_speech_needs_the_key_and_a_post(base: str) -> None:
    assert (await ask(base, key="wrong", input="one")).status_code == 401
    async with httpx.AsyncClient(trust_env=False) as client:
        headers = {"Authorization": f"Bearer {KEY}"}
        answer = await client.get(f"{base}/audio/speech", headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize(
    ("voice", "code"), [(BrokenTts(), "internal_error"), (Slow(), "tts_timeout")]
)
async def test_a_voice_that_fails_or_hangs_is_an_error_and_no_silence(
    base: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SPEECH_SECONDS", 0.05)
    answer = await ask(base, input="one")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, code)
