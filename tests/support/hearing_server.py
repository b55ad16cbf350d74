"""A Realtime server with turn detection: it finds utterances in the audio, and answers each.

Audio is frames of 20 ms whose samples all have one value: 0 is silence, another value a word. An
utterance begins with a word, and ends after 500 ms of silence; its transcript is the list of its
words. So a frame that is lost, doubled or late shows in the transcript.
"""

import asyncio
import base64
import json
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.support.scripted_engine import SESSION, member_says, whole

FRAME = 960
SILENCE = 25  # frames


@dataclass
class Line:
    """One connection: the messages it was told, the audio it heard, the creates it received."""

    update: str = ""
    told: list[tuple[str, str]] = field(default_factory=list)
    frames: list[int] = field(default_factory=list)
    creates: int = 0
    utterances: int = 0
    open: bool = True


class HearingEngine:
    """The server. `lines` are its connections, the first one first."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.answers = 0
        self._server: Server | None = None

    async def __aenter__(self) -> "HearingEngine":
        self._server = await serve(self._serve, "127.0.0.1", 0, compression=None)
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._server
        self._server.close()
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        """Where a client dials."""
        assert self._server
        port = next(iter(self._server.sockets)).getsockname()[1]
        return f"ws://127.0.0.1:{port}/v1/realtime"

    async def _serve(self, socket: ServerConnection) -> None:
        line = Line()
        self.lines.append(line)
        try:
            await _send(socket, {"type": "session.created", "session": SESSION})
            async for raw in socket:
                await self._take(socket, line, json.loads(raw), str(raw))
        except ConnectionClosed:
            pass  # the client may leave whenever it likes
        finally:
            line.open = False

    async def _take(
        self, socket: ServerConnection, line: Line, message: dict[str, Any], raw: str
    ) -> None:
        match message["type"]:
            case "session.update":
                line.update = raw
                await _send(socket, {"type": "session.updated", "session": SESSION})
            case "conversation.item.create":
                item = message["item"]
                line.told.append((item["role"], item["content"][0]["text"]))
            case "input_audio_buffer.append":
                sound = base64.b64decode(message["audio"])
                for start in range(0, len(sound), FRAME):
                    await self._hear(socket, line, sound[start])
            case "response.create":
                line.creates += 1
                self.answers += 1
                name = f"a{self.answers}"
                for event in whole(f"r{name}", name, f"Answer {self.answers}."):
                    await _send(socket, event)
            case other:
                raise AssertionError(f"nobody sends {other}")

    async def _hear(self, socket: ServerConnection, line: Line, word: int) -> None:
        frames = line.frames
        speaking = any(frames)
        if not speaking:
            frames.clear()
        frames.append(word)
        item = f"m{len(self.lines)}-{line.utterances}"
        events = member_says(item, _words(frames))
        if word and not speaking:
            await _send(socket, events[0])
        elif speaking and not any(frames[-SILENCE:]):
            frames.clear()
            line.utterances += 1
            for event in events[1:]:
                await _send(socket, event)


def _words(frames: list[int]) -> str:
    """Each word, and for how many frames it was heard."""
    return " ".join(f"{word}x{len(list(run))}" for word, run in groupby(frames) if word)


async def _send(socket: ServerConnection, message: dict[str, Any]) -> None:
    await socket.send(json.dumps(message))
    await asyncio.sleep(0)
