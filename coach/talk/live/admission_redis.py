"""Redis as admission asks it: one client for all talks of an event loop."""

import asyncio
from pathlib import Path
from weakref import WeakKeyDictionary

from django.conf import settings
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

CONNECTIONS = 16  # of one process; who finds all of them busy waits
Answer = tuple[int, int, int, bytes]  # as admission.lua says
SCRIPT = Path(__file__).with_name("admission.lua").read_text()


class AdmissionRedis:
    """A pool of connections and the script, which Redis is sent once and then named by its hash."""

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
        self._line = asyncio.Lock()  # of those who wait for the script, first come first served
        self._loaded = False
        self._failures = 0  # attempts to load it

    @classmethod
    def here(cls, timeout_s: float) -> "AdmissionRedis | None":
        """The client of the running loop; None: no Redis is set. `timeout_s`: of one question."""
        if not settings.ADMISSION_URL:
            return None
        loop = asyncio.get_running_loop()
        if loop not in _of_loop:
            _of_loop[loop] = cls(settings.ADMISSION_URL, timeout_s)
        return _of_loop[loop]

    async def ask(self, keys: list[str], arguments: list[str | float]) -> Answer:
        """Run the script. Raises RedisError and OSError."""
        failures = self._failures
        # Loaded before anybody is let in: who came first would else be overtaken while it loads.
        async with self._line:
            if not self._loaded:
                await self._load(failures)
        answer: Answer = await self._script(keys, arguments)
        return answer

    async def _load(self, failures: int) -> None:
        """Send Redis the script. Who had come before an attempt failed (`failures`: as it was when
        they came) fails with it: with one attempt each, they would wait for all before them."""
        if failures != self._failures:
            raise RedisConnectionError("the script could not be loaded")
        try:
            await self.client.script_load(SCRIPT)
        except (RedisError, OSError):
            self._failures += 1
            raise
        self._loaded = True


_of_loop: "WeakKeyDictionary[asyncio.AbstractEventLoop, AdmissionRedis]" = WeakKeyDictionary()
