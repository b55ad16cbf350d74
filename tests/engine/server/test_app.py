"""The engine over real sockets, with its real recogniser and synthesiser."""

import asyncio
import base64
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from typing import Any

import numpy as np
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from coach.engine.errors import BadRequest
from coach.engine.server.run import main, serve
from coach.engine.tts.synthesiser import Synthesiser

KEY = "a key"
TOOL = {
    "type": "function",
    "name": "log_meal",
    "description": "Write down what the member ate or drank.\n"
    'Examples: "I had two eggs for breakfast"; "log a banana"; "I ate a sandwich"',
    "parameters": {
        "type": "object",
        "properties": {"said": {"type": "string"}},
        "required": ["said"],
    },
}
STORY = " ".join(["This is a rather long sentence that goes on and on."] * 60)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """An engine in a thread of its own, as it is a process of its own in life."""
    found: list[int] = []
    ready, over = threading.Event(), threading.Event()

    async def run() -> None:
        async with serve(key=KEY) as port:
            found.append(port)
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        assert ready.wait(60)
        yield found[0]
    finally:
        over.set()
        thread.join(30)
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def speech() -> np.ndarray:
    """Somebody logs a meal."""

    async def speak() -> np.ndarray:
        voice = Synthesiser()
        await voice.start()
        said = [one.pcm async for one in voice.synthesise("I had two eggs and a glass of milk.")]
        await voice.close()
        return np.concatenate(said)

    return asyncio.run(speak())


class Client:
    """Sends and collects events."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.events: list[dict[str, Any]] = []

    async def send(self, kind: str, **fields: Any) -> None:
        await self.socket.send(json.dumps({"type": kind, **fields}))

    async def next(self) -> dict[str, Any]:
        event: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), 30))
        self.events.append(event)
        return event

    async def until(self, *kinds: str) -> dict[str, Any]:
        while True:
            event = await self.next()
            if event["type"] in kinds:
                return event

    async def speak(self, pcm: np.ndarray) -> None:
        for start in range(0, pcm.size, 2_400):
            chunk = pcm[start : start + 2_400].astype("<i2").tobytes()
            await self.send("input_audio_buffer.append", audio=base64.b64encode(chunk).decode())

    async def update(self, **settings: Any) -> None:
        await self.send("session.update", session={"type": "realtime", **settings})
        await self.until("session.updated")

    async def user(self, text: str) -> None:
        content = [{"type": "input_text", "text": text}]
        item = {"type": "message", "role": "user", "content": content}
        await self.send("conversation.item.create", item=item)

    def kinds(self) -> list[str]:
        return [event["type"] for event in self.events]


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(seconds * 24_000), dtype=np.int16)


def sounded(events: list[dict[str, Any]]) -> np.ndarray:
    deltas = [event["delta"] for event in events if event["type"] == "response.output_audio.delta"]
    return np.frombuffer(b"".join(base64.b64decode(one) for one in deltas), dtype="<i2")


@asynccontextmanager
async def connected(
    port: int, query: str = "?model=m", key: str | None = KEY, **headers: str
) -> AsyncIterator[Client]:
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    url = f"ws://127.0.0.1:{port}/v1/realtime{query}"
    async with connect(url, additional_headers=headers) as socket:
        yield Client(socket)


async def closing(client: Client) -> tuple[int, str]:
    async def drain() -> None:
        while True:
            await client.next()

    with pytest.raises(ConnectionClosed) as closed:
        await drain()
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code, closed.value.rcvd.reason


async def get(port: int, path: str) -> tuple[int, str, bytes]:
    """Status, content type and body of a plain HTTP request to the engine."""

    def ask() -> tuple[int, str, bytes]:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.headers.get_content_type(), answer.read()
        finally:
            connection.close()

    return await asyncio.to_thread(ask)


async def test_health(port: int) -> None:
    async with connected(port) as client:
        await client.until("session.created")
        status, kind, body = await get(port, "/healthz")
        assert (status, kind) == (200, "application/json")
        health = json.loads(body)
        assert (health["ok"], health["sessions"]) == (True, 1)
        assert set(health) == {"ok", "sessions", "most", "tasks"}
        assert (await get(port, "/elsewhere"))[0] == 404
        assert (await get(port, "//["))[0] == 404


async def test_no_compression_is_agreed_on(port: int) -> None:
    async with connected(port) as client:
        response = client.socket.response
        assert response is not None
        assert "Sec-WebSocket-Extensions" not in response.headers


@pytest.mark.parametrize(
    ("query", "key", "headers", "code", "close"),
    [
        ("?model=m", "wrong", {}, "invalid_api_key", 3000),
        ("?model=m", None, {}, "invalid_api_key", 3000),
        ("", KEY, {}, "invalid_model", 4000),
        ("?intent=other", KEY, {}, "invalid_model", 4000),
        ("?model=m", KEY, {"OpenAI-Beta": "realtime=v1"}, "beta_api_shape_disabled", 4000),
    ],
)
async def test_refusals(
    port: int,
    query: str,
    key: str | None,
    headers: dict[str, str],
    code: str,
    close: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    async with connected(port, query, key, **headers) as client:
        event = await client.next()
        assert event["type"] == "error"
        assert event["error"]["code"] == code
        assert await closing(client) == (close, f"invalid_request_error.{code}")
    assert f"connection refused code={code}" in caplog.messages


async def test_a_browser_gives_its_key_as_a_subprotocol(port: int) -> None:
    url = f"ws://127.0.0.1:{port}/v1/realtime?model=m"
    names: list[Any] = ["realtime", "openai-insecure-api-key.a-key"]
    async with connect(url, subprotocols=names) as socket:
        assert socket.subprotocol == "realtime"
        assert json.loads(await socket.recv())["error"]["code"] == "invalid_api_key"
    async with (
        serve(key="a-key", stt=NoStt(), tts=BrokenTts()) as own,
        connect(f"ws://127.0.0.1:{own}/v1/realtime?model=m", subprotocols=names) as socket,
    ):
        assert socket.subprotocol == "realtime"
        assert json.loads(await socket.recv())["type"] == "session.created"


async def test_a_browser_of_the_beta_is_told_so(port: int) -> None:
    url = f"ws://127.0.0.1:{port}/v1/realtime?model=m"
    names: list[Any] = ["realtime", "openai-insecure-api-key.any", "openai-beta.realtime-v1"]
    async with connect(url, subprotocols=names) as socket:
        assert json.loads(await socket.recv())["error"]["code"] == "beta_api_shape_disabled"
        with pytest.raises(ConnectionClosed) as closed:
            await socket.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 4000


async def test_a_text_turn(port: int) -> None:
    async with connected(port) as client:
        assert (await client.next())["type"] == "session.created"
        await client.update(instructions="You are Mia.")
        await client.user("hello")
        await client.send("response.create")
        done = await client.until("response.done")
        (item,) = done["response"]["output"]
        words = item["content"][0]["transcript"]
        assert words.startswith("Hello, I am Mia, your AI coach.")
        told = [e["delta"] for e in client.events if e["type"].endswith("transcript.delta")]
        assert "".join(told) == words
        pcm = sounded(client.events)
        assert pcm.size > 24_000
        assert np.abs(pcm.astype(int)).max() > 3_000


async def test_a_spoken_turn_takes_a_tool(port: int, speech: np.ndarray) -> None:
    async with connected(port) as client:
        await client.update(
            tools=[TOOL],
            audio={"input": {"transcription": {"model": "gpt-transcribe", "language": "en"}}},
        )
        await client.speak(np.concatenate((silence(0.5), speech, silence(1.0))))
        done = await client.until("response.done")
        kinds = client.kinds()
        started = kinds.index("input_audio_buffer.speech_started")
        stopped = kinds.index("input_audio_buffer.speech_stopped")
        committed = kinds.index("input_audio_buffer.committed")
        assert started < stopped < committed
        ends = client.events[stopped]["audio_end_ms"]
        assert ends == pytest.approx(500 + speech.size / 24 + 500, abs=400)
        completed = [e for e in client.events if e["type"].endswith("transcription.completed")]
        transcript = completed[0]["transcript"].lower()
        assert "two eggs" in transcript
        deltas = [e["delta"] for e in client.events if e["type"].endswith("transcription.delta")]
        assert deltas
        (call,) = done["response"]["output"]
        assert call["name"] == "log_meal"
        assert json.loads(call["arguments"]) == {"said": completed[0]["transcript"]}
        output = {"say": "Two eggs are in the diary."}
        await client.send(
            "conversation.item.create",
            item={
                "type": "function_call_output",
                "call_id": call["call_id"],
                "output": json.dumps(output),
            },
        )
        await client.send("response.create")
        done = await client.until("response.done")
        (item,) = done["response"]["output"]
        assert item["content"][0]["transcript"] == "Two eggs are in the diary."
        assert done["response"]["usage"]["input_token_details"]["audio_tokens"] > 10


async def test_speaking_over_a_response_cancels_it(port: int, speech: np.ndarray) -> None:
    async with connected(port) as client:
        said = f'Say exactly this, word for word, and nothing else: "{STORY}"'
        await client.send("response.create", response={"instructions": said})
        await client.until("response.output_audio.delta")
        await client.speak(speech)
        done = await client.until("response.done")
        assert done["response"]["status"] == "cancelled"
        assert done["response"]["status_details"]["reason"] == "turn_detected"
        assert "input_audio_buffer.speech_started" in client.kinds()
        assert len(done["response"]["output"][0]["content"][0]["transcript"]) < len(STORY)


async def test_push_to_talk(port: int, speech: np.ndarray) -> None:
    async with connected(port) as client:
        nothing = {"turn_detection": None, "transcription": {"model": "whisper-1"}}
        await client.update(audio={"input": nothing})
        await client.speak(speech)
        await client.send("input_audio_buffer.commit")
        await client.send("response.create", response={"output_modalities": ["text"]})
        done = await client.until("response.done")
        assert "input_audio_buffer.speech_started" not in client.kinds()
        assert done["response"]["output"][0]["content"][0]["type"] == "output_text"
        await client.send("input_audio_buffer.commit")
        error = await client.until("error")
        assert error["error"]["code"] == "input_audio_buffer_commit_empty"


async def test_a_transcription_session(port: int, speech: np.ndarray) -> None:
    async with connected(port, "?intent=transcription") as client:
        created = await client.next()
        assert created["session"]["type"] == "transcription"
        await client.speak(np.concatenate((silence(0.3), speech, silence(1.0))))
        done = await client.until("conversation.item.input_audio_transcription.completed")
        assert "milk" in done["transcript"].lower()


async def test_nonsense_never_drops_the_socket(port: int) -> None:
    async with connected(port) as client:
        await client.next()
        for raw in ("{bad", "[]", b"\x00\x01", '{"type": "nope", "event_id": "e1"}'):
            await client.socket.send(raw)
            assert (await client.next())["type"] == "error"
        assert client.events[-1]["error"]["event_id"] == "e1"
        await client.user("hello")
        await client.until("conversation.item.done")


async def test_fifteen_mebibytes_and_no_more(port: int) -> None:
    async with connected(port) as client:
        await client.update(audio={"input": {"turn_detection": None}})
        await client.send("input_audio_buffer.append", audio="AAAA" * (15 * 1024 * 1024 // 4))
        await client.send("input_audio_buffer.append", audio="AAAA" * (15 * 1024 * 1024 // 4 + 1))
        assert (await client.until("error"))["error"]["param"] == "audio"
        await client.send("input_audio_buffer.clear")
        await client.until("input_audio_buffer.cleared")


async def test_a_session_expires() -> None:
    own = serve(key=KEY, lifetime=0.3, stt=NoStt(), tts=BrokenTts())
    async with own as port, connected(port) as client:
        code, reason = await closing(client)
        assert client.events[-1]["error"]["code"] == "session_expired"
        assert code == 1001
        assert reason.startswith("Your session hit the maximum duration of")


async def test_a_voice_that_breaks_fails_the_response_only() -> None:
    async with serve(key=KEY, stt=NoStt(), tts=BrokenTts()) as port, connected(port) as client:
        await client.send("response.create")
        done = await client.until("response.done")
        assert done["response"]["status"] == "failed"
        assert done["response"]["status_details"]["error"]["code"] == "internal_error"
        await client.send("response.create", response={"output_modalities": ["text"]})
        done = await client.until("response.done")
        assert done["response"]["status"] == "completed"


async def test_sessions_end_with_their_connections(port: int) -> None:
    for _ in range(3):
        async with connected(port) as client:
            await client.send("response.create")
            await client.until("response.output_audio.delta")
            client.socket.transport.abort()  # as a lost network does
    for _ in range(100):
        health = json.loads((await get(port, "/healthz"))[2])
        if health["sessions"] == 0:
            break
        await asyncio.sleep(0.05)
    assert (health["ok"], health["sessions"]) == (True, 0)


def test_an_engine_in_the_open_needs_a_key() -> None:
    with pytest.raises(BadRequest) as refused:
        main("0.0.0.0", 0, "")
    assert refused.value.code == "key_required"


class NoStt:
    """Speech to text for tests that say nothing."""

    def stream(self) -> Any:
        return None


class BrokenTts:
    """A synthesiser that breaks at the first word."""

    async def synthesise(
        self, text: str, *, speed: float = 1.0, voice: str = ""
    ) -> AsyncIterator[Any]:
        raise RuntimeError("broken")
        yield
