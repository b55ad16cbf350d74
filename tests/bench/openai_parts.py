"""Hearing, thinking and speaking behind OpenAI's HTTP interface, for servers that have none.

    python -m tests.bench.openai_parts --port 8900

Our recogniser and synthesiser, and a model that says what it heard. A Realtime server that takes
other servers for its parts can so be tried without a single model of its own.
"""

import argparse
import asyncio
import io
import json
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import numpy as np
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from coach.engine.stt.recogniser import Recogniser
from coach.engine.tts.synthesiser import Synthesiser
from coach.voice.pcm import RATE, resample, to_bytes

LONG = "Tell me a long story"
STORY = " ".join(f"This is sentence number {number} of a long story." for number in range(1, 21))


def reply_to(messages: list[dict[str, Any]]) -> str:
    """What the model says to the last words of the user."""
    said = [message.get("content") or "" for message in messages if message["role"] == "user"]
    last = said[-1] if said else ""
    text = last if isinstance(last, str) else " ".join(part.get("text", "") for part in last)
    return (
        STORY
        if text.strip().lower().endswith("story")
        else f"You said: {text.strip() or 'nothing'}"
    )


class Parts:
    """The three endpoints."""

    def __init__(self) -> None:
        self._stt = Recogniser()
        self._tts = Synthesiser()

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        await self._stt.start()
        await self._tts.start()
        yield
        await self._tts.close()
        await self._stt.close()

    async def transcriptions(self, request: Request) -> Response:
        head = b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
        form = BytesParser(policy=HTTP).parsebytes(head + await request.body())
        files = [part for part in form.iter_parts() if part.get_filename()]
        data: Any = files[0].get_payload(decode=True)
        with wave.open(io.BytesIO(data)) as file:
            heard = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
            pcm = resample(heard.astype(np.int16), file.getframerate(), RATE)
        return JSONResponse({"text": await self._stt.transcribe(pcm)})

    async def completions(self, request: Request) -> Response:
        asked = await request.json()
        answer = reply_to(asked["messages"])
        if not asked.get("stream"):
            message = {"role": "assistant", "content": answer}
            choice = {"index": 0, "finish_reason": "stop", "message": message}
            return JSONResponse(_completion("chat.completion", choices=[choice], usage=USAGE))
        return StreamingResponse(_streamed(answer), media_type="text/event-stream")

    async def speech(self, request: Request) -> Response:
        asked = await request.json()

        async def sound() -> AsyncIterator[bytes]:
            async for chunk in self._tts.synthesise(asked["input"]):
                if chunk.pcm.size:
                    yield to_bytes(chunk.pcm)

        return StreamingResponse(sound(), media_type="audio/pcm")


USAGE = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}


def _completion(kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": "c1", "object": kind, "created": 1, "model": "parts", **fields}


async def _streamed(answer: str) -> AsyncIterator[str]:
    for word in answer.split(" "):
        yield _event(choices=[{"index": 0, "delta": {"role": "assistant", "content": word + " "}}])
        await asyncio.sleep(0)
    yield _event(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}])
    yield _event(choices=[], usage=USAGE)
    yield "data: [DONE]\n\n"


def _event(**fields: Any) -> str:
    return f"data: {json.dumps(_completion('chat.completion.chunk', **fields))}\n\n"


def app() -> Starlette:
    """The application."""
    parts = Parts()
    routes = [
        Route("/v1/audio/transcriptions", parts.transcriptions, methods=["POST"]),
        Route("/v1/chat/completions", parts.completions, methods=["POST"]),
        Route("/v1/audio/speech", parts.speech, methods=["POST"]),
    ]
    return Starlette(routes=routes, lifespan=parts.lifespan)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8900)
    uvicorn.run(app(), host="127.0.0.1", port=parser.parse_args().port, log_level="warning")


if __name__ == "__main__":
    main()
