"""Redis as admission asks it: one client for all talks of an event loop."""

import asyncio
from pathlib import Path
from weakref import WeakKeyDictionary

from django.conf import settings
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

CONNECTIONS = 16  # of one process; who finds all of them busy waits
Answer = tuple[int, int, int, bytes]  # as admission.lua says
SCRIPT = Path(__file__).with_name("admission.lua").read_text()


class AdmissionRedis:
    """A pool of connections and the script, which Redis is sent once and then named by its hash.

    Whoever calls `acquire` calls `release` as well: the last one closes the connections.
    """

    def __init__(self, url: str, timeout_s: float) -> None:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=timeout_s,
            socket_timeout=timeout_s,
            socket_connect_timeout=timeout_s,
            retry=Retry(NoBackoff(), 1),  # at once: only a connection that stood idle is worth it
        )
        self.client = Redis.from_pool(pool)
        self._script = self.client.register_script(SCRIPT)
        self._loading = asyncio.Lock()
        self._loaded = False
        self._users = 0

    @classmethod
    def acquire(cls, timeout_s: float) -> "AdmissionRedis | None":
        """The client of the running loop; None: no Redis is set. `timeout_s`: of one question."""
        if not settings.ADMISSION_URL:
            return None
        loop = asyncio.get_running_loop()
        shared = _of_loop.get(loop)
        if shared is None:
            shared = _of_loop[loop] = cls(settings.ADMISSION_URL, timeout_s)
        shared._users += 1
        return shared

    async def ask(self, keys: list[str], arguments: list[str | float]) -> Answer:
        """Run the script. Raises RedisError and OSError."""
        # Loaded before anybody is let in: who came first would else be overtaken while it loads.
        async with self._loading:
            if not self._loaded:
                await self.client.script_load(SCRIPT)
                self._loaded = True
        answer: Answer = await self._script(keys, arguments)
        return answer

    async def release(self) -> None:
        self._users -= 1
        if self._users == 0:
            del _of_loop[asyncio.get_running_loop()]
            await self.client.aclose()


_of_loop: "WeakKeyDictionary[asyncio.AbstractEventLoop, AdmissionRedis]" = WeakKeyDictionary()
