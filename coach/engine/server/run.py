"""The engine's process: `main` runs it, `serve` starts one for a test or in another program."""

import asyncio
import ctypes
import logging
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from ipaddress import ip_address

import uvicorn

from coach.engine import limits
from coach.engine.compatible import Endpoints
from coach.engine.components import assembled
from coach.engine.errors import BadRequest
from coach.engine.llm.types import Llm
from coach.engine.server.app import create_app
from coach.engine.server.middleware import LoggedFaults
from coach.engine.server.protocols import HttpProtocol, SessionProtocol
from coach.engine.server.realtime import Engine
from coach.engine.stt.types import Stt
from coach.engine.tts.types import Tts

log = logging.getLogger(__name__)

_M_ARENA_MAX = -8  # malloc.h


class Server(uvicorn.Server):
    """uvicorn within a program that has signal handlers of its own."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to listen, and says so by `up`."""
        await super().startup(sockets)
        self.up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves them alone."""
        yield


@asynccontextmanager
async def serve(
    *,
    key: str,
    host: str = "127.0.0.1",
    port: int = 0,
    lifetime: float = limits.SESSION_SECONDS,
    sessions: int = limits.SESSIONS,
    stt: Stt | None = None,
    llm: Llm | None = None,
    tts: Tts | None = None,
    endpoints: Endpoints | None = None,
) -> AsyncIterator[int]:
    """Serves while the block runs; yields the port. Components not given are the built-in ones.
    It takes so many ``sessions`` at a time and refuses more with ``rate_limit_exceeded``.

    Raises ModelMissing where a model file is not installed, BadRequest where an endpoint is no
    address, OSError where the port is taken.
    """
    async with AsyncExitStack() as stack:
        given = endpoints or Endpoints()
        components = await assembled(stack, given, sessions=sessions, stt=stt, llm=llm, tts=tts)
        engine = Engine(components, key, lifetime, sessions)
        bound, _ = await stack.enter_async_context(_listening(engine, host, port))
        yield bound


@asynccontextmanager
async def _listening(
    engine: Engine, host: str, port: int
) -> AsyncIterator[tuple[int, asyncio.Task[None]]]:
    """Serves while the block runs; yields the port and the task, which ends early where it fails.

    Raises what has ended it.
    """
    with _listener(host, port) as listener:
        server = Server(_config(engine))
        serving = asyncio.create_task(server.serve([listener]))
        try:
            await _first(server.up, serving)
            if not serving.done():
                yield listener.getsockname()[1], serving
        finally:
            server.should_exit = True
            await serving


async def _first(event: asyncio.Event, task: asyncio.Task[None]) -> None:
    """Waits until the event happens or the task is done."""
    waiting = asyncio.create_task(event.wait())
    try:
        await asyncio.wait({waiting, task}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        waiting.cancel()


def _config(engine: Engine) -> uvicorn.Config:
    return uvicorn.Config(
        LoggedFaults(create_app(engine)),
        http=HttpProtocol,
        ws=SessionProtocol,
        ws_max_size=limits.FRAME_BYTES,
        ws_ping_interval=limits.PING_SECONDS,
        ws_ping_timeout=limits.PING_SECONDS,
        ws_per_message_deflate=False,  # sound does not get smaller, and it costs time
        h11_max_incomplete_event_size=limits.HEAD_BYTES,
        timeout_graceful_shutdown=limits.STOP_SECONDS,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
    )


def _listener(host: str, port: int) -> socket.socket:
    """A socket that is bound already, so that its port is known. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


async def _run(host: str, port: int, key: str, endpoints: Endpoints | None, sessions: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with AsyncExitStack() as stack:
        components = await assembled(stack, endpoints or Endpoints(), sessions=sessions)
        engine = Engine(components, key, most=sessions)
        bound, serving = await stack.enter_async_context(_listening(engine, host, port))
        log.info("engine listens host=%s port=%s", host, bound)
        await _first(stop, serving)


def main(
    host: str,
    port: int,
    key: str,
    endpoints: Endpoints | None = None,
    sessions: int = limits.SESSIONS,
) -> None:
    """Runs the engine until SIGINT or SIGTERM. An empty key is for the loopback address only."""
    if not key and not _is_loopback(host):
        raise BadRequest("key_required", "An engine that others can reach needs a key.")
    _share_memory()
    asyncio.run(_run(host, port, key, endpoints, sessions))


def _share_memory() -> None:
    """Lets the threads share what one of them has freed: by itself glibc keeps an arena for each,
    and each grows to the largest tensor its thread ever held. Other C libraries have none."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_M_ARENA_MAX, 2)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
