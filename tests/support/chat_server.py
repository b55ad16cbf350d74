"""A Chat Completions server on loopback that is strict about what it is asked.

    async with ChatServer([heard("I had two eggs."), spoken("Well done.")]) as server: ...

Each answer is for the next request; a request that breaks the API's rules is a problem, which
`assert_complete` tells.
"""

import asyncio
import base64
import json
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from coach.voice import limits, wav

Message = dict[str, Any]
ASKED = {"model", "modalities", "audio", "messages", "tools", "tool_choice", "safety_identifier"}


@dataclass
class Answer:
    """The answer to the next request, which must be for `path`. `asked` is set when it came."""

    path: str
    body: Message | bytes = b""
    status: int = 200
    delay_s: float = 0.0
    gate: asyncio.Event | None = None  # answers when it is set
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    def held(self) -> "Answer":
        """This answer, which comes when `gate` is set."""
        self.gate = asyncio.Event()
        return self


def heard(text: str, **fields: Any) -> Answer:
    """A transcription."""
    return Answer("/v1/audio/transcriptions", {"text": text, **fields})


def completion(message: Message, **fields: Any) -> Answer:
    """An answer of the model with this message."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", **message}}
    return Answer(
        "/v1/chat/completions",
        {"id": "chatcmpl-1", "object": "chat.completion", "choices": [choice], **fields},
    )


def spoken(text: str, ms: int = 400, **fields: Any) -> Answer:
    """An answer of the model in words and speech."""
    data = base64.b64encode(wav.write(bytes(ms * 48))).decode()
    audio = {"id": "audio_1", "data": data, "transcript": text, "expires_at": 1}
    return completion({"content": None, "audio": audio}, **fields)


def calls(*wanted: tuple[str, str, str]) -> Answer:
    """An answer of the model that calls tools: id, name and arguments of each."""
    made = [
        {"id": call_id, "type": "function", "function": {"name": name, "arguments": arguments}}
        for call_id, name, arguments in wanted
    ]
    return completion({"content": None, "tool_calls": made})


def refused(status: int, code: str = "", path: str = "/v1/chat/completions") -> Answer:
    """A failure."""
    return Answer(path, {"error": {"message": "no", "type": "error", "code": code or None}}, status)


@dataclass
class ChatServer:
    """The server; `requests` and `uploads` are what it was sent."""

    answers: list[Answer]
    requests: list[Message] = field(default_factory=list)
    uploads: list[dict[str, bytes]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    async def __aenter__(self) -> "ChatServer":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *error: object) -> None:
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    def assert_complete(self) -> None:
        assert not self.problems, self.problems
        assert not self.answers, f"never asked for: {self.answers}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readline():
                _, path, _ = request.decode().split()
                headers = {}
                while line := (await reader.readline()).decode().strip():
                    name, _, value = line.partition(":")
                    headers[name.lower()] = value.strip()
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                await self._answer(writer, path, headers, body)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client may leave whenever it likes, and the test may end
        finally:
            writer.close()

    async def _answer(
        self, writer: asyncio.StreamWriter, path: str, headers: dict[str, str], body: bytes
    ) -> None:
        answer = self.answers.pop(0) if self.answers else Answer(path, {}, 500)
        if headers.get("authorization") != "Bearer k":
            self.problems.append("no key")
        try:
            assert path == answer.path, f"{path} instead of {answer.path}"
            if path.endswith("transcriptions"):
                self._upload(headers, body)
            else:
                self._chat(json.loads(body))
        except AssertionError as error:
            self.problems.append(str(error))
        answer.asked.set()
        await asyncio.sleep(answer.delay_s)
        if answer.gate is not None:
            await answer.gate.wait()
        data = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        head = f"HTTP/1.1 {answer.status} X\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data)
        await writer.drain()

    def _upload(self, headers: dict[str, str], body: bytes) -> None:
        head = f"Content-Type: {headers['content-type']}\r\n\r\n".encode()
        message = BytesParser(policy=HTTP).parsebytes(head + body)
        form: dict[str, bytes] = {}
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            form[str(name)] = payload
        self.uploads.append(form)
        assert set(form) == {"file", "model", "language", "response_format"}, set(form)
        _check_recording(form["file"])

    def _chat(self, request: Message) -> None:
        self.requests.append(request)
        assert set(request) <= ASKED, f"unknown: {set(request) - ASKED}"
        assert request["modalities"] == ["text", "audio"]
        assert request["audio"]["format"] == "wav"
        assert request["audio"]["voice"]
        waiting: list[str] = []  # calls without an output
        for message in request["messages"]:
            if message["role"] == "tool":
                assert message["tool_call_id"] in waiting, "an output without a call"
                waiting.remove(message["tool_call_id"])
                continue
            assert not waiting, f"calls without output: {waiting}"
            self._message(message)
            waiting = [call["id"] for call in message.get("tool_calls", [])]
        assert not waiting, f"calls without output: {waiting}"
        for tool in request.get("tools", []):
            assert tool["type"] == "function"
            assert set(tool["function"]) == {"name", "description", "parameters"}

    def _message(self, message: Message) -> None:
        content = message["content"]
        if isinstance(content, list):
            assert message["role"] == "user", "only a user sends audio or pictures"
            for part in content:
                if part["type"] == "image_url":
                    assert part["image_url"]["url"].startswith("data:image/jpeg;base64,")
                    continue
                if part["type"] == "text":
                    assert part["text"]
                    continue
                assert part["type"] == "input_audio"
                assert part["input_audio"]["format"] == "wav"
                _check_recording(base64.b64decode(part["input_audio"]["data"]))
        elif content is None:
            assert message.get("tool_calls"), "a message of nothing"
        else:
            assert isinstance(content, str)
            assert content


def _check_recording(data: bytes) -> None:
    """Raises BadWav for what no page records."""
    wav.read_recording(data, shortest_ms=limits.NOTE_MIN_MS, longest_ms=limits.NOTE_MAX_MS)
