"""Admission: the engine takes so many live talks at a time; the others wait in line.

The places of a house are leases in Redis, so that all web processes share them. Who holds one
renews it with every look; a process that dies gives its places back by no longer doing so. Past the
limit stands a line, first come first served: a place in it outlasts the page's socket and the web
process, not the member's leaving. Where Redis cannot be asked, each process counts its own talks:
the engine still refuses what is too much for it.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

LEASE_S = 20  # a place that nobody renews is free after this
RENEW_S = 4.0
LOOK_S = 1.0  # how often one who waits looks whether it is their turn
SEEN_S = 8  # one who has not looked for this long (reloads, a tunnel) is passed over
PATIENCE_S = 120  # and after this has left the line
IDLE_S = 300.0  # a place that nobody uses for this long goes to those who wait
ASK_S = 2.0  # a Redis that takes longer to answer is one that is not there
SETTLE_S = 6  # an empty Redis that has only just started does not know its holders yet

# One step, so that two processes cannot give away the same place. KEYS: leases (ticket by the time
# it ends), line (ticket by the time it came), seen (ticket by its last look). Returns whether the
# ticket is in, its number in the line, how many are in the line, and when it came (ms).
_ASK = """
local leases, line, seen = KEYS[1], KEYS[2], KEYS[3]
local ticket, limit, holds, came = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1', ARGV[4]
local lease, present, patience = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

redis.call('ZREMRANGEBYSCORE', leases, '-inf', now)
for _, gone in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now - patience)) do
  redis.call('ZREM', line, gone)
  redis.call('ZREM', seen, gone)
end

if holds or redis.call('ZSCORE', leases, ticket) then
  redis.call('ZADD', leases, now + lease, ticket)
  redis.call('ZREM', line, ticket)
  redis.call('ZREM', seen, ticket)
  return {1, 0, redis.call('ZCARD', line), '0'}
end

redis.call('ZADD', line, 'NX', came == '' and now or came, ticket)
redis.call('ZADD', seen, now, ticket)
local ahead = 0
for _, other in ipairs(redis.call('ZRANGE', line, 0, -1)) do
  if other == ticket then
    break
  end
  local looked = redis.call('ZSCORE', seen, other)
  if not looked then -- a cache that is full may forget any of its keys
    redis.call('ZREM', line, other)
  elseif now - looked < present then
    ahead = ahead + 1
  end
end
local free = limit - redis.call('ZCARD', leases)
local info = redis.pcall('INFO', 'server') -- which managed servers may refuse
local uptime = type(info) == 'string' and string.match(info, 'uptime_in_seconds:(%d+)')
if uptime and tonumber(uptime) < tonumber(ARGV[8]) then
  free = 0
end
if ahead < free then
  redis.call('ZADD', leases, now + lease, ticket)
  redis.call('ZREM', line, ticket)
  redis.call('ZREM', seen, ticket)
  return {1, 0, redis.call('ZCARD', line), '0'}
end
local number = ahead + 1 - math.max(free, 0)
return {0, number, redis.call('ZCARD', line), redis.call('ZSCORE', line, ticket)}
"""

Tell = Callable[[int], Awaitable[None]]

_here: Counter[str] = Counter()  # talks that this process has let in, by line


class Admission:
    """One talk's place with an engine. `house` names the line, `limit` its places (0: no limit)."""

    def __init__(self, house: str, limit: int, ticket: UUID) -> None:
        self._house = house
        self._ticket = ticket.hex
        self._limit = limit
        self._held = False
        self._came = ""  # when the line was joined, known again after Redis forgot
        self._wanted = False  # others wait in line
        self._redis = _shared() if limit else None

    async def take(self, tell: Tell) -> None:
        """Wait until there is a place; `tell` is called with each new number in the line, and with
        0 when the wait is over. Returns at once when there is a place already."""
        if self._held:
            return
        told = 0
        while (number := await self._ask()) > 0:
            if number != told:
                told = number
                await tell(number)
            await asyncio.sleep(LOOK_S * random.uniform(0.8, 1.2))
        self._held = True
        _here[self._house] += 1
        if told:
            await tell(0)

    async def keep(self, idle_s: Callable[[], float]) -> None:
        """Renew the place for as long as it is held. Returns when it should be given up: others
        wait, and nobody has said anything here for `idle_s()` of at least `IDLE_S` seconds."""
        while True:
            await asyncio.sleep(RENEW_S)
            if self._held:
                await self._ask()
                if self._wanted and idle_s() > IDLE_S:
                    return

    async def leave(self, *, for_good: bool) -> None:
        """The socket is gone. A talk that is over gives its place to the next at once; one whose
        page may come back keeps it for as long as its lease runs."""
        if self._held:
            self._held = False
            _here[self._house] -= 1
        if self._redis is None:
            return
        try:
            if for_good:
                async with self._redis.pipeline() as all_of_it:
                    for key in self._keys:
                        all_of_it.zrem(key, self._ticket)
                    await all_of_it.execute()
        except (RedisError, OSError) as error:
            log.warning("admission_broken", error=type(error).__name__)
        finally:
            await self._redis.aclose()

    @property
    def _keys(self) -> list[str]:
        # The braces keep the three on one server of a cluster.
        return [f"talk.{{{self._house}}}.{name}" for name in ("leases", "line", "seen")]

    async def _ask(self) -> int:
        """The number in the line; 0: there is a place, and it is held for another lease."""
        if self._redis is None:
            return 0
        arguments: list[Any] = [self._ticket, self._limit, int(self._held), self._came]
        times = [LEASE_S * 1000, SEEN_S * 1000, PATIENCE_S * 1000, SETTLE_S]
        try:
            answer: Any = self._redis.eval(_ASK, 3, *self._keys, *arguments, *times)
            admitted, number, waiting, came = await answer
        except (RedisError, OSError) as error:
            log.warning("admission_broken", error=type(error).__name__)
            return 0 if self._held else max(0, _here[self._house] + 1 - self._limit)
        self._came, self._wanted = came.decode(), waiting > 0
        return 0 if admitted else int(number)


def _shared() -> Redis | None:
    if not settings.ADMISSION_URL:
        return None
    return Redis.from_url(
        settings.ADMISSION_URL,
        socket_timeout=ASK_S,
        socket_connect_timeout=ASK_S,
        retry=Retry(NoBackoff(), 1),  # at once: only a connection that stood idle is worth it
    )
