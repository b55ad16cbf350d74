"""An HTTP server on loopback that follows a script, strictly.

    async with ScriptedEndpoint(Play("/v1/chat/completions", [chunk, PAUSE, …])) as server:
        ...
        server.assert_complete()

Each Play answers one request, in order. A request that the script does not expect, a failed check,
or one that never comes, fails `assert_complete`.
"""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

BREAK = object()
"""Cut the connection here."""

HANG = object()
"""Send no more, and wait for the client to leave."""

Sent = dict[str, Any] | str | bytes | asyncio.Event | object


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    connection: int

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Play:
    """Answer a request for this path: objects as events, text and bytes as they are, an
    asyncio.Event is waited for."""

    path: str
    sends: Sequence[Sent] = ()
    status: int = 200
    kind: str = "text/event-stream"
    check: Callable[[Request], None] | None = None


@dataclass
class ScriptedEndpoint:
    plays: list[Play]
    requests: list[Request] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    connections: int = 0
    _server: asyncio.Server | None = None
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> "ScriptedEndpoint":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._server
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*self._tasks)
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        assert self._server
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    def assert_complete(self) -> None:
        """Everything expected came, and nothing else."""
        assert not self.problems, self.problems
        assert not self.plays, f"never asked: {[play.path for play in self.plays]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        self._writers.add(writer)
        self.connections += 1
        number = self.connections
        try:
            while (request := await _request(reader, number)) is not None:
                self.requests.append(request)
                if not await self._answer(request, reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            self.left.set()
        finally:
            self._tasks.discard(task)
            self._writers.discard(writer)
            writer.close()

    async def _answer(
        self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Whether the connection can be used again."""
        if not self.plays or self.plays[0].path != request.path:
            self.problems.append(f"unexpected {request.method} {request.path}")
            return False
        play = self.plays.pop(0)
        try:
            if play.check:
                play.check(request)
        except (AssertionError, KeyError, IndexError) as error:
            self.problems.append(f"{request.path}: {error!r}")
        head = (
            f"HTTP/1.1 {play.status} Said\r\nContent-Type: {play.kind}\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"
        )
        writer.write(head.encode())
        for sent in play.sends:
            if isinstance(sent, asyncio.Event):
                await asyncio.wait_for(sent.wait(), 20)
            elif sent is BREAK:
                writer.transport.abort()
                return False
            elif sent is HANG:
                await self._hang(reader)
                return False
            else:
                data = _bytes(sent)
                writer.write(b"%x\r\n%s\r\n" % (len(data), data))
                await writer.drain()
        writer.write(b"0\r\n\r\n")
        await writer.drain()
        return True

    async def _hang(self, reader: asyncio.StreamReader) -> None:
        try:
            if await asyncio.wait_for(reader.read(1), 20):
                self.problems.append("the client said more")
        except ConnectionError:
            pass  # one way to leave
        except TimeoutError:
            self.problems.append("the client stayed")
        self.left.set()


async def _request(reader: asyncio.StreamReader, connection: int) -> Request | None:
    head = await reader.readuntil(b"\r\n\r\n")
    line, *fields = head.decode("latin-1").strip().split("\r\n")
    method, path, _ = line.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (f.partition(":") for f in fields)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, path, headers, body, connection)


def _bytes(sent: Sent) -> bytes:
    if isinstance(sent, bytes):
        return sent
    if isinstance(sent, str):
        return sent.encode()
    return f"data: {json.dumps(sent)}\n\n".encode()


DONE = "data: [DONE]\n\n"


def openai(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    """A chunk as api.openai.com sends it."""
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return {
        "id": "chatcmpl-CwZ1",
        "object": "chat.completion.chunk",
        "created": 1_763_800_000,
        "model": "gpt-5.1-mini",
        "service_tier": "default",
        "system_fingerprint": "fp_50906f2aac",
        "choices": [choice],
        "usage": None,
        "obfuscation": "aZ3kQ",
    }


def usage(read: int, written: int, cached: int = 0) -> dict[str, Any]:
    """The last chunk, which has no choices."""
    counted = {
        "prompt_tokens": read,
        "completion_tokens": written,
        "total_tokens": read + written,
        "prompt_tokens_details": {"cached_tokens": cached, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
    }
    return {**openai({}), "choices": [], "usage": counted}


def says(*texts: str) -> list[Sent]:
    """A whole answer by OpenAI."""
    start = openai({"role": "assistant", "content": "", "refusal": None})
    middle = [openai({"content": text}) for text in texts]
    return [start, *middle, openai({}, "stop"), usage(20, 9, 16), DONE]


def chat(*sends: Sent, check: Callable[[Request], None] | None = None) -> Play:
    """A chat completion that streams this."""
    return Play("/v1/chat/completions", sends, check=check)


def refuses(status: int, body: dict[str, Any] | str, path: str = "chat/completions") -> Play:
    """A refusal."""
    text = body if isinstance(body, str) else json.dumps(body)
    return Play(f"/v1/{path}", [text], status, "application/json")
