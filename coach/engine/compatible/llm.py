"""A language model behind any OpenAI-compatible Chat Completions endpoint."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import httpx
import msgspec

from coach.engine import limits
from coach.engine.compatible.completion import CompletionReader
from coach.engine.compatible.config import LlmEndpoint
from coach.engine.compatible.dialect import Dialect
from coach.engine.compatible.http import EndpointError, body, posted
from coach.engine.compatible.sse import DONE, Events, ServerSent
from coach.engine.llm.types import AnswerPiece, Context

_JSON = {"Content-Type": "application/json", "Accept": "text/event-stream"}


class CompatibleLlm:
    """Asks the endpoint, and passes sentences on as they stream. Serves any number of talks."""

    def __init__(self, http: httpx.AsyncClient, endpoint: LlmEndpoint) -> None:
        self._http = http
        self._endpoint = endpoint
        self._dialect = Dialect()

    async def answer(self, context: Context) -> AsyncGenerator[AnswerPiece, None]:
        """Close it to stop: the endpoint's stream is closed at once.

        Raises EngineError: `invalid_api_key`, `model_not_found`, `rate_limit_exceeded`,
        `insufficient_quota`, `context_length_exceeded`, `endpoint_unreachable`,
        `endpoint_refused`, `server_error`, `timeout` or `bad_stream`.
        """
        request = self._dialect.request(self._endpoint.model, context)
        while True:
            reading = CompletionReader(context)
            try:
                async with aclosing(self._asked(msgspec.json.encode(request), reading)) as pieces:
                    async for piece in pieces:
                        yield piece
                return
            except EndpointError as error:
                self._dialect.learn(error, request)
                refused, request = request, self._dialect.request(self._endpoint.model, context)
                # Also where another talk has learned it meanwhile: each try is put differently.
                if reading.begun or request == refused:
                    raise

    async def _asked(
        self, request: bytes, reading: CompletionReader
    ) -> AsyncGenerator[AnswerPiece, None]:
        path = "chat/completions"
        async with posted(
            self._http, self._endpoint, path, content=request, headers=_JSON
        ) as response:
            chunks = response.aiter_bytes()
            begun = await _begun(chunks)
            if begun.lstrip().startswith(b"{"):
                # The endpoint does not stream, whatever type it gives its answer.
                whole = await body(chunks, limits.ENDPOINT_ANSWER_BYTES, begun)
                for piece in reading.event(ServerSent("", whole.decode(errors="replace"))):
                    yield piece
                for piece in [] if reading.finished else reading.finish():
                    yield piece
            else:
                async with aclosing(_streamed(begun, chunks, reading)) as pieces:
                    async for piece in pieces:
                        yield piece
        for piece in reading.account():
            yield piece


async def _begun(chunks: AsyncIterator[bytes]) -> bytes:
    """The beginning of a body, as far as it shows what the body is."""
    found = b""
    async for chunk in chunks:
        found += chunk
        if found.strip() or len(found) > limits.ENDPOINT_LINE_BYTES:
            break
    return found


async def _streamed(
    begun: bytes, chunks: AsyncIterator[bytes], reading: CompletionReader
) -> AsyncGenerator[AnswerPiece, None]:
    """The pieces of a stream. It is read to its end, so that its connection can be used again."""
    events = Events()
    size = 0
    done = False
    chunk: bytes | None = begun
    while chunk is not None:
        size += len(chunk)
        if size > limits.ENDPOINT_ANSWER_BYTES:
            raise EndpointError("bad_stream")
        for sent in events.feed(chunk):
            done = done or sent.data.strip() == DONE
            for piece in [] if done else reading.event(sent):
                yield piece
        chunk = await _next(chunks, reading.finished, done)
    for sent in events.end():
        done = done or sent.data.strip() == DONE
        for piece in [] if done else reading.event(sent):
            yield piece
    if not reading.finished:
        if not done:
            raise EndpointError("bad_stream")
        for piece in reading.finish():
            yield piece


async def _next(chunks: AsyncIterator[bytes], finished: bool, done: bool) -> bytes | None:
    """More of the body; None at its end, or where a finished answer is followed by nothing."""
    tail = limits.ENDPOINT_CLOSE_SECONDS if done else limits.ENDPOINT_TAIL_SECONDS
    try:
        async with asyncio.timeout(tail if finished or done else None):
            return await anext(chunks, None)
    except (TimeoutError, httpx.HTTPError):
        if finished or done:
            return None  # the answer is whole: how its connection ends does not matter
        raise
