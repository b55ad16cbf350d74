"""Requests to endpoints: one client for the process, and their failures as codes.

What an endpoint says of a failure may quote what was said to it: it decides the code and is
neither kept nor logged.
"""

import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec

from coach.engine import limits
from coach.engine.compatible.config import Endpoint
from coach.engine.errors import EngineError

log = logging.getLogger(__name__)

_TOO_LONG = re.compile(
    r"context[ _-]?(?:length|size|window)|maximum context|too many tokens|prompt is too long", re.I
)
_BY_STATUS = {
    401: "invalid_api_key",
    402: "insufficient_quota",
    403: "invalid_api_key",
    404: "model_not_found",
    408: "timeout",
    413: "context_length_exceeded",
    429: "rate_limit_exceeded",
    504: "timeout",
}


class EndpointError(EngineError):
    """An endpoint failed. `said` is its own message: for decisions only."""

    def __init__(self, code: str, said: str = "", param: str = "") -> None:
        super().__init__(code, f"The endpoint failed: {code}.")
        self.said = said
        self.refused_param = param


def client(sessions: int = limits.SESSIONS) -> httpx.AsyncClient:
    """The one client of a process of so many sessions. Proxies and keys come from settings only,
    so nothing of the environment is trusted."""
    connections = limits.ENDPOINT_CONNECTIONS_EACH * sessions
    return httpx.AsyncClient(
        timeout=httpx.Timeout(
            limits.ENDPOINT_READ_SECONDS,
            connect=limits.ENDPOINT_CONNECT_SECONDS,
            pool=limits.ENDPOINT_CONNECT_SECONDS,
        ),
        limits=httpx.Limits(
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=limits.ENDPOINT_KEEP_SECONDS,
        ),
        headers={"Accept-Encoding": "identity", "User-Agent": "coachline"},
        trust_env=False,
        follow_redirects=False,
    )


@asynccontextmanager
async def posted(
    http: httpx.AsyncClient, endpoint: Endpoint, path: str, **request: Any
) -> AsyncIterator[httpx.Response]:
    """A response whose status is good and whose body is still to come.

    Leaving the block closes the connection if the body was not read to its end. Raises
    EndpointError, also for what goes wrong within the block.
    """
    headers = {"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {}
    headers |= request.pop("headers", {})
    try:
        async with http.stream("POST", endpoint.at(path), headers=headers, **request) as response:
            if not response.is_success:
                raise failure(response.status_code, await body(response.aiter_bytes()))
            yield response
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
        raise _noted(path, EndpointError("endpoint_unreachable")) from error
    except httpx.TimeoutException as error:
        raise _noted(path, EndpointError("timeout")) from error
    except httpx.HTTPError as error:
        raise _noted(path, EndpointError("bad_stream")) from error
    except EndpointError as error:
        raise _noted(path, error) from None


async def body(
    chunks: AsyncIterator[bytes], most: int = limits.ENDPOINT_ERROR_BYTES, begun: bytes = b""
) -> bytes:
    """A body up to so many bytes; `begun` is what was read of it before."""
    found = bytearray(begun)
    async for chunk in chunks:
        found += chunk
        if len(found) >= most:
            break
    return bytes(found[:most])


def failure(status: int, said: bytes | dict[str, Any]) -> EndpointError:
    """What a refusal means, from its status (0: within a stream) and from what it says."""
    error = _error_of(said)
    code, kind = str(error.get("code") or ""), str(error.get("type") or "")
    message = str(error.get("message") or "")[: limits.ENDPOINT_ERROR_BYTES]
    param = str(error.get("param") or "")
    if not status and code.isdigit():
        status = int(code)
    if "context_length_exceeded" in (code, kind) or kind == "exceed_context_size_error":
        name = "context_length_exceeded"
    elif "insufficient_quota" in (code, kind):
        name = "insufficient_quota"
    elif status != 429 and _TOO_LONG.search(message):
        name = "context_length_exceeded"
    elif code in ("invalid_api_key", "model_not_found", "rate_limit_exceeded"):
        name = code
    elif status in _BY_STATUS:
        name = _BY_STATUS[status]
    else:
        name = "endpoint_refused" if 300 <= status < 500 else "server_error"
    return EndpointError(name, message, param)


def _error_of(said: bytes | dict[str, Any]) -> dict[str, Any]:
    """`{"error": {…}}`, `{"error": "…"}`, or the fields themselves; as servers differ."""
    found: Any = said
    if isinstance(said, bytes):
        try:
            found = msgspec.json.decode(said)
        except (msgspec.DecodeError, RecursionError):
            return {"message": said.decode("utf-8", "replace")}
    if isinstance(found, dict) and found.get("error"):
        found = found["error"]
    if isinstance(found, dict):
        return found
    return {"message": found if isinstance(found, str) else ""}


def _noted(path: str, error: EndpointError) -> EndpointError:
    log.warning("endpoint failed path=%s code=%s", path, error.code)
    return error
