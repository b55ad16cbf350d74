"""A voice that is an `/audio/speech` endpoint."""

import asyncio
import io
import json
import struct
import wave
from typing import Any

import msgspec
import numpy as np
import pytest

from coach.engine.compatible import Endpoints
from tests.support.endpoint_talk import (
    failed,
    llm_endpoint,
    stt_endpoint,
    talking,
    tts_endpoint,
    words,
)
from tests.support.http_endpoint import (
    BREAK,
    HANG,
    Play,
    ScriptedEndpoint,
    chat,
    openai,
    refuses,
    says,
)

PATH = "/v1/audio/speech"
STOP = openai({}, "stop")


def sound(ms: int, value: int = 1_000) -> np.ndarray:
    return np.full(24 * ms, value, dtype="<i2")


def speaks(*sends: Any, kind: str = "audio/pcm") -> Play:
    return Play(PATH, sends, kind=kind)


def wav_of(pcm: np.ndarray, rate: int = 24_000, channels: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm.astype("<i2").tobytes())
    return file.getvalue()


def both(server: ScriptedEndpoint, *names: str) -> Endpoints:
    return msgspec.structs.replace(llm_endpoint(server), tts=tts_endpoint(server, names).tts)


async def test_sound_is_passed_on_while_it_streams_sentence_by_sentence() -> None:
    heard = asyncio.Event()
    plays = [
        chat(*says("Hello **there**, Ada. ", "How are you?")),
        speaks(sound(150).tobytes()[:-1], heard, b"\x03" + sound(850).tobytes()),
        speaks(sound(500, 2_000).tobytes()),
    ]
    async with ScriptedEndpoint(plays) as server, talking(both(server)) as talk:
        await talk.update(audio={"output": {"voice": "marin", "speed": 1.2}})
        await talk.user("Hello.")
        await talk.send("response.create")
        await talk.until("response.output_audio.delta")
        heard.set()  # only now the endpoint sends the rest
        response = (await talk.until("response.done"))["response"]
        server.assert_complete()
    assert words(response) == "Hello there, Ada. How are you?"
    np.testing.assert_array_equal(talk.sound(), np.concatenate((sound(1_000), sound(500, 2_000))))
    first, second = server.requests[1:]
    assert first.headers["authorization"] == "Bearer sk-tts"
    assert first.json == {
        "model": "tts",
        "input": "Hello there, Ada.",
        "voice": "marin",
        "response_format": "pcm",
        "speed": 1.2,
    }
    assert second.json["input"] == "How are you?"


async def test_words_go_with_their_sound() -> None:
    text = "One two three four five six seven eight nine ten eleven twelve."
    plays = [chat(*says(text)), speaks(*[sound(200).tobytes()] * 20)]
    async with ScriptedEndpoint(plays) as server, talking(both(server)) as talk:
        response = await talk.ask()
    kinds = [event["type"].removeprefix("response.output_audio") for event in talk.events]
    assert kinds.count("_transcript.delta") > 6
    assert kinds.index("_transcript.delta") < kinds.index(".delta")
    assert words(response) == text


@pytest.mark.parametrize(
    ("names", "asked"), [((), "cedar"), (("coral", "cedar"), "cedar"), (("coral", "ash"), "coral")]
)
async def test_the_voice_of_the_session_if_the_endpoint_knows_it(
    names: tuple[str, ...], asked: str
) -> None:
    plays = [chat(*says("Hi.")), speaks(sound(100).tobytes())]
    async with ScriptedEndpoint(plays) as server, talking(both(server, *names)) as talk:
        await talk.update(audio={"output": {"voice": "cedar"}})
        await talk.ask()
        server.assert_complete()
    assert server.requests[1].json["voice"] == asked
    assert "speed" not in server.requests[1].json


@pytest.mark.parametrize(("rate", "channels"), [(24_000, 1), (16_000, 1), (44_100, 2)])
async def test_wav_of_any_rate(rate: int, channels: int) -> None:
    tone = np.sin(np.arange(rate) * 2 * np.pi * 440 / rate) * 8_000
    file = wav_of(np.repeat(tone, channels), rate, channels)
    # as streams have it: sizes unknown, another chunk first
    extra = b"LIST" + struct.pack("<I", 4) + b"INFO"
    file = (
        file[:4] + b"\xff\xff\xff\xff" + file[8:36] + extra + file[36:40] + b"\xff" * 4 + file[44:]
    )
    chunks = [file[at : at + 3_001] for at in range(0, len(file), 3_001)]
    plays = [chat(*says("Hi.")), speaks(*chunks, kind="audio/wav")]
    async with ScriptedEndpoint(plays) as server, talking(both(server)) as talk:
        response = await talk.ask()
        server.assert_complete()
    assert response["status"] == "completed"
    heard = talk.sound()
    assert abs(heard.size - 24_000) < 300
    spectrum = np.abs(np.fft.rfft(heard[2_400:21_600].astype(float)))
    assert abs(int(spectrum.argmax()) * 24_000 / 19_200 - 440) < 3
    assert 6_500 < np.abs(heard).max() < 9_000


@pytest.mark.parametrize(
    "play",
    [
        refuses(401, {"error": {"message": "no"}}, PATH[4:]),
        refuses(500, "oops", PATH[4:]),
        refuses(200, {"error": "no"}, PATH[4:]),
        speaks(b"ID3" + bytes(9_000), kind="audio/mpeg"),
        speaks(b""),
        speaks(wav_of(sound(100))[:20] + struct.pack("<HHIIHH", 3, 1, 24_000, 96_000, 4, 32)),
        speaks(sound(150).tobytes(), BREAK),
        speaks(wav_of(sound(100), rate=4_294_967), kind="audio/wav"),
    ],
)
async def test_a_voice_that_fails(play: Play) -> None:
    play.sends = [one for one in play.sends if one != b""]
    plays = [chat(*says("One is.", " Two is.")), play]
    async with ScriptedEndpoint(plays) as server, talking(both(server)) as talk:
        assert failed(await talk.ask()) == "tts_failed"
        server.assert_complete()


async def test_cancel_closes_the_sound_at_once() -> None:
    plays = [chat(*says("One is.", " Two is.")), speaks(sound(300).tobytes(), HANG)]
    async with ScriptedEndpoint(plays) as server, talking(both(server)) as talk:
        await talk.user("Hello.")
        await talk.send("response.create")
        await talk.until("response.output_audio.delta")
        await talk.send("response.cancel")
        await talk.until("response.done")
        await asyncio.wait_for(server.left.wait(), 5)
        server.assert_complete()


async def test_the_capabilities_of_each_mix() -> None:
    async with ScriptedEndpoint([]) as server:
        mixes: list[tuple[Endpoints, dict[str, Any]]] = [
            (Endpoints(), {"images": False, "scripted": True, "languages": ["en"]}),
            (llm_endpoint(server), {"images": False, "scripted": False, "languages": ["en"]}),
            (tts_endpoint(server), {"images": False, "scripted": True, "languages": ["en"]}),
            (
                msgspec.structs.replace(
                    llm_endpoint(server, images=True),
                    stt=stt_endpoint(server).stt,
                    tts=tts_endpoint(server).tts,
                ),
                {"images": True, "scripted": False, "languages": ["*"]},
            ),
        ]
        for endpoints, capabilities in mixes:
            async with talking(endpoints) as talk:
                assert [event["session"]["capabilities"] for event in talk.events] == [
                    capabilities,
                    capabilities,
                ]


async def test_hearing_thinking_and_speaking_by_three_endpoints_in_another_language() -> None:
    heard = json.dumps({"text": "Ich hatte zwei Eier."})
    transcriptions = "/v1/audio/transcriptions"
    plays = [
        Play(transcriptions, [heard], kind="application/json"),
        chat(*says("Notiert.")),
        speaks(sound(200).tobytes()),
        refuses(500, "oops", transcriptions[4:]),
        chat(*says("Wie bitte?")),
        speaks(sound(200).tobytes()),
    ]
    noise = np.random.default_rng(1).integers(-9_000, 9_000, 24_000, dtype=np.int16)
    async with ScriptedEndpoint(plays) as server:
        all_three = msgspec.structs.replace(both(server), stt=stt_endpoint(server).stt)
        async with talking(all_three) as talk:
            german = {"transcription": {"model": "whisper-1", "language": "de"}}
            assert (await talk.update(audio={"input": german}))["type"] == "session.updated"
            answers = []
            for _ in range(2):
                await talk.speak(noise)
                await talk.send("input_audio_buffer.commit")
                answers.append(words(await talk.respond()))
        server.assert_complete()
    assert answers == ["Notiert.", "Wie bitte?"]
    assert server.requests[4].json["messages"] == [
        {"role": "user", "content": "Ich hatte zwei Eier."},
        {"role": "assistant", "content": "Notiert."},
        {"role": "user", "content": "(inaudible)"},
    ]
