"""Ears whose words come from an `/audio/transcriptions` endpoint."""

import asyncio
import io
import json
import wave
from email import message_from_bytes
from typing import Any

import httpx
import numpy as np
import pytest
from websockets.asyncio.client import connect

from coach.engine.compatible import Endpoints
from coach.engine.server.run import serve
from coach.engine.stt.recogniser import Recogniser
from coach.engine.tts.synthesiser import Synthesiser
from tests.support.endpoint_talk import LocalStt, Talk, ToneTts, stt_endpoint, talking
from tests.support.http_endpoint import HANG, Play, Request, ScriptedEndpoint, refuses

PATH = "/v1/audio/transcriptions"
COMPLETED = "conversation.item.input_audio_transcription.completed"
FAILED = "conversation.item.input_audio_transcription.failed"
DELTA = "conversation.item.input_audio_transcription.delta"


def heard(text: str, **more: Any) -> Play:
    return Play(PATH, [json.dumps({"text": text, **more})], kind="application/json")


def form(request: Request) -> dict[str, bytes]:
    """The parts of a multipart body by name."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    found = {}
    for part in message_from_bytes(head + request.body).get_payload():
        content = part.get_payload(decode=True)
        found[str(part.get_param("name", header="content-disposition"))] = content
    return found


def noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(1).integers(-9_000, 9_000, int(seconds * 24_000), dtype=np.int16)


async def commit(talk: Talk, pcm: np.ndarray, **transcription: Any) -> dict[str, Any]:
    """What comes of a recording: transcription completed or failed."""
    asked = {"model": "whisper-1", **transcription}
    updated = await talk.update(
        audio={"input": {"transcription": asked}}, output_modalities=["text"]
    )
    assert updated["type"] == "session.updated", updated
    await talk.speak(pcm)
    await talk.send("input_audio_buffer.commit")
    return await talk.until(COMPLETED, FAILED)


async def test_the_endpoint_gets_the_recording_as_it_was() -> None:
    said = noise(1.5)
    play = heard(" Zwei Eier,\n bitte. ", language="german", segments=[], usage={"seconds": 2})
    async with ScriptedEndpoint([play]) as server, talking(stt_endpoint(server)) as talk:
        done = await commit(talk, said, language="de-AT", prompt="Eier, Brot")
        server.assert_complete()
    assert done["transcript"] == "Zwei Eier, bitte."
    request = server.requests[0]
    assert request.headers["authorization"] == "Bearer sk-stt"
    fields = form(request)
    assert {name: fields[name].decode() for name in fields if name != "file"} == {
        "model": "whisper",
        "response_format": "json",
        "language": "de",
        "prompt": "Eier, Brot",
    }
    with wave.open(io.BytesIO(fields["file"])) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (24_000, 1, 2)
        sent = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    np.testing.assert_array_equal(sent, said)


async def test_nobody_speaks_so_nobody_is_asked() -> None:
    async with ScriptedEndpoint([]) as server, talking(stt_endpoint(server)) as talk:
        done = await commit(talk, np.zeros(24_000, dtype=np.int16))
        server.assert_complete()
    assert done["transcript"] == ""


@pytest.mark.parametrize(
    ("play", "code"),
    [
        (refuses(401, {"error": {"message": "bad key"}}, PATH[4:]), "invalid_api_key"),
        (refuses(404, {"error": {"message": "no model"}}, PATH[4:]), "model_not_found"),
        (refuses(429, "", PATH[4:]), "rate_limit_exceeded"),
        (refuses(500, "oops", PATH[4:]), "server_error"),
        (refuses(200, "oops", PATH[4:]), "bad_answer"),
        (refuses(200, "[" * 9_000, PATH[4:]), "bad_answer"),
        (refuses(200, {"txt": ""}, PATH[4:]), "bad_answer"),
        (refuses(200, {"error": "Loading model"}, PATH[4:]), "server_error"),
    ],
)
async def test_failures_have_codes(play: Play, code: str) -> None:
    async with ScriptedEndpoint([play]) as server, talking(stt_endpoint(server)) as talk:
        failed = await commit(talk, noise(0.5))
        server.assert_complete()
    assert failed["type"] == FAILED
    assert failed["error"]["code"] == code


async def test_silence_of_the_endpoint_ends_in_a_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.engine.limits.ENDPOINT_STT_SECONDS", 0.2)
    async with (
        ScriptedEndpoint([Play(PATH, [HANG])]) as server,
        talking(stt_endpoint(server)) as talk,
    ):
        failed = await commit(talk, noise(0.5))
        assert failed["error"]["code"] == "timeout"
        await asyncio.wait_for(server.left.wait(), 5)
        server.assert_complete()


async def test_a_recording_may_be_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach.engine.limits.ENDPOINT_RECORDING_BYTES", 20_000)
    async with ScriptedEndpoint([]) as server, talking(stt_endpoint(server)) as talk:
        failed = await commit(talk, noise(0.5))
        server.assert_complete()
    assert failed["error"]["code"] == "audio_too_long"


async def spoken(*texts: str) -> np.ndarray:
    voice = Synthesiser()
    await voice.start()
    pieces = []
    for text in texts:
        pieces += [piece.pcm async for piece in voice.synthesise(text)]
        pieces.append(np.zeros(7_000, dtype=np.int16))  # 0.3 s
    await voice.close()
    return np.concatenate(pieces)


async def turn(talk: Talk, said: np.ndarray, language: str) -> str:
    """The transcript of a turn that ends by itself, and what was glimpsed before."""
    turns = {"type": "server_vad", "silence_duration_ms": 700, "create_response": False}
    asked = {"model": "whisper-1", "language": language}
    audio = {"input": {"turn_detection": turns, "transcription": asked}}
    await talk.update(audio=audio, output_modalities=["text"])
    for part in np.array_split(np.concatenate((said, np.zeros(30_000, dtype=np.int16))), 40):
        await talk.speak(part)
        await asyncio.sleep(0.05)
    done = await talk.until(COMPLETED, FAILED)
    assert done["transcript"] == "All of it."
    return "".join(event["delta"] for event in talk.events if event["type"] == DELTA)


def frames(request: Request) -> int:
    with wave.open(io.BytesIO(form(request)["file"])) as file:
        return file.getnframes()


async def test_turns_are_found_here_and_asked_for_once() -> None:
    """Two sentences with a pause between: one request, for the whole turn."""
    said = await spoken("I had two eggs.", "Then I had an apple.")
    local = Recogniser()
    await local.start()
    async with ScriptedEndpoint([heard("All of it.")]) as server:
        async with talking(stt_endpoint(server), stt=local) as talk:
            await turn(talk, said, "en")
        server.assert_complete()
    await local.close()
    assert frames(server.requests[0]) > said.size - 20_000  # all but the silence at its end


async def test_there_are_no_glimpses_of_a_language_that_is_not_known_here() -> None:
    for language, glimpsed in (("en", "Glimpse"), ("de", "")):
        async with ScriptedEndpoint([heard("All of it.")]) as server:
            async with talking(stt_endpoint(server)) as talk:
                before = await turn(talk, noise(2.0), language)
            server.assert_complete()
        assert before.replace("All of it.", "") == glimpsed


@pytest.mark.parametrize("setting", [{"language": "de"}, {"languages": ["en", "de"]}])
async def test_local_ears_say_at_once_that_they_know_english_only(setting: Any) -> None:
    async with talking(Endpoints()) as talk:
        before = talk.events[-1]["session"]
        asked = {"model": "whisper-1", **setting}
        refused = await talk.update(
            instructions="Changed.", audio={"input": {"transcription": asked}}
        )
        assert refused["type"] == "error"
        assert refused["error"]["code"] == "invalid_value"
        assert refused["error"]["param"] == "session.audio.input.transcription.language"
        assert "COACH_STT_URL" in refused["error"]["message"]
        english = {"model": "whisper-1", "language": "en-GB"}
        updated = await talk.update(audio={"input": {"transcription": english}})
        assert updated["session"]["instructions"] == before["instructions"] == ""


async def test_a_local_voice_says_at_once_that_it_speaks_english_only() -> None:
    german = {"input": {"transcription": {"model": "whisper-1", "language": "de"}}}
    async with ScriptedEndpoint([]) as server, talking(stt_endpoint(server)) as talk:
        refused = await talk.update(audio=german)
        assert "COACH_TTS_URL" in refused["error"]["message"]
        written = await talk.update(audio=german, output_modalities=["text"])
        assert written["type"] == "session.updated"
        spoken = await talk.update(output_modalities=["audio"])
        assert spoken["error"]["code"] == "invalid_value"


async def test_the_languages_of_an_endpoint_may_be_declared() -> None:
    async with ScriptedEndpoint([]) as server, talking(stt_endpoint(server, ["en", "de"])) as talk:
        for language, taken in (("de", True), ("fr", False)):
            asked = {"model": "whisper-1", "language": language}
            answer = await talk.update(
                audio={"input": {"transcription": asked}}, output_modalities=["text"]
            )
            assert (answer["type"] == "session.updated") == taken


async def test_a_browser_key_for_a_language_that_nobody_knows_opens_nothing() -> None:
    asked = {"model": "whisper-1", "language": "de"}
    session = {"type": "realtime", "model": "m", "audio": {"input": {"transcription": asked}}}
    async with serve(key="k", stt=LocalStt(), tts=ToneTts()) as port, httpx.AsyncClient() as http:
        made = await http.post(
            f"http://127.0.0.1:{port}/v1/realtime/client_secrets",
            json={"session": session},
            headers={"Authorization": "Bearer k"},
        )
        headers = {"Authorization": f"Bearer {made.json()['value']}"}
        url = f"ws://127.0.0.1:{port}/v1/realtime"
        async with connect(url, additional_headers=headers) as socket:
            refused = json.loads(await asyncio.wait_for(socket.recv(), 10))
    assert refused["error"]["code"] == "invalid_value"
    assert "COACH_STT_URL" in refused["error"]["message"]
