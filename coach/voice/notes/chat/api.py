"""Requests to a server of Chat Completions: bounded, and every failure has a code."""

from typing import Any, TypeVar

import httpx
import msgspec

from coach.voice import limits
from coach.voice.notes.exchange import NoteError
from coach.voice.private_address import is_private_host
from coach.voice.realtime.errors import FATAL_CODES

T = TypeVar("T")

# Another attempt with the same request can only fail again.
_FINAL = {400: "refused", 401: "invalid_api_key", 403: "invalid_api_key", 404: "model_not_found"}


class ChatTarget(msgspec.Struct, frozen=True):
    """A server and the models for notes. `url` is the API's root, as https://api.openai.com/v1.

    `language` as in BCP 47; `safety_id`: a pseudonym of the member; empty: not sent.
    """

    url: str
    key: str
    model: str
    transcription_model: str
    voice: str
    language: str = "en"
    safety_id: str = ""


class _Fault(msgspec.Struct):
    code: str | int | None = None
    type: str | None = None


class _Faulty(msgspec.Struct):
    error: _Fault


class ChatApi:
    """One connection pool for one note."""

    def __init__(self, target: ChatTarget) -> None:
        self.target = target
        read = limits.NOTE_HTTP_READ_S
        self._http = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {target.key}"} if target.key else {},
            timeout=httpx.Timeout(read, connect=limits.NOTE_HTTP_CONNECT_S),
            trust_env=not is_private_host(target.url),  # the environment names proxies
            follow_redirects=False,  # a redirect would carry the key along
        )

    async def post(self, path: str, kind: type[T], **body: Any) -> T:
        """POST `json=`, or `data=` and `files=`. Returns the body as `kind`; raises NoteError."""
        url = f"{self.target.url.rstrip('/')}/{path}"
        try:
            async with self._http.stream("POST", url, **body) as response:
                data = await _read(response)
                status = response.status_code
        except httpx.TimeoutException as error:
            raise NoteError("timeout", retryable=True) from error
        except httpx.HTTPError as error:
            raise NoteError("unreachable", retryable=True) from error
        if status != 200:
            raise _refusal(status, data)
        try:
            return msgspec.json.decode(data, type=kind)
        except (msgspec.DecodeError, RecursionError) as error:
            raise NoteError("malformed", retryable=False) from error

    async def close(self) -> None:
        """Close the pool."""
        await self._http.aclose()


async def _read(response: httpx.Response) -> bytes:
    data = bytearray()
    async for piece in response.aiter_bytes():
        data += piece
        if len(data) > limits.NOTE_HTTP_MAX_BYTES:
            raise NoteError("malformed", retryable=False)
    return bytes(data)


def _refusal(status: int, data: bytes) -> NoteError:
    """What a status means; a code that the server gives says more, and may forbid another try."""
    try:
        fault = msgspec.json.decode(data, type=_Faulty).error
    except (msgspec.DecodeError, RecursionError):
        fault = _Fault()  # a proxy's page: the status is all there is
    for code in (fault.code, fault.type):
        if code in FATAL_CODES:
            return NoteError(str(code), retryable=False)
    if status in _FINAL:
        return NoteError(_FINAL[status], retryable=False)
    if status == 429:
        return NoteError("rate_limited", retryable=True)
    return NoteError(f"http_{status}", retryable=status >= 500 or status in (408, 409, 425))
