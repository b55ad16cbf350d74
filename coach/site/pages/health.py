"""Is every part of the product alive? Each answers for itself and none waits long.

A part that hangs would hold up whoever asks for it. So the slow questions are asked in threads of
their own, one for each part: all who want to know at the same time wait for the same answer, two
seconds at most. However often somebody asks, there is one thread and one write at a time.
"""

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from redis.backoff import NoBackoff
from redis.retry import Retry

from coach import clock
from coach.personas.checks import ending
from handoff.health import health as work_health
from handoff.models import Heartbeat

PATIENCE_S = 2.0  # for all parts together
PART_PATIENCE_S = 1.5  # for one part, so that it can still say what failed
POSTGRES_PATIENCE = f"-c statement_timeout={PART_PATIENCE_S * 1000:.0f}ms"

Part = dict[str, Any]


class Probe:
    """A question to one part, asked in a thread of its own and once at a time."""

    def __init__(self, ask: Callable[[], Part]) -> None:
        self._ask = ask
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="health")
        self._lock = Lock()
        self._asked: Future[Part] | None = None

    def start(self) -> "Future[Part]":
        """The answer that is under way, or a new one."""
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked = self._thread.submit(self._ask)
            return self._asked


def database() -> Part:
    """Whether something can be written: one row, ever the same, by a connection of its own.

    The request's own connection would wait twenty seconds for SQLite's lock.
    """
    own = connection.copy()
    options = own.settings_dict.setdefault("OPTIONS", {})
    if own.vendor == "sqlite":
        options["timeout"] = PART_PATIENCE_S
    else:
        options["connect_timeout"] = int(PATIENCE_S)
        options["options"] = f"{options.get('options', '')} {POSTGRES_PATIENCE}".strip()
    table = Heartbeat._meta.db_table
    try:
        with own.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (name, at) VALUES ('web', CURRENT_TIMESTAMP) "
                "ON CONFLICT (name) DO UPDATE SET at = excluded.at"
            )
        return {"ok": True}
    except DatabaseError as error:
        return {"ok": False, "error": type(error).__name__}
    finally:
        own.close()


def broker() -> Part:
    try:
        with redis.Redis.from_url(
            settings.BROKER_URL,
            socket_timeout=PART_PATIENCE_S,
            socket_connect_timeout=PART_PATIENCE_S,
            retry=Retry(NoBackoff(), 0),
        ) as client:
            client.ping()
        return {"ok": True}
    except (redis.RedisError, OSError) as error:
        return {"ok": False, "error": type(error).__name__}


def engine() -> Part:
    """The embedded engine's own health; a hosted engine is only known by talking to it."""
    embedded = settings.ENGINE_SCRIPTED or settings.LLM_URL or not settings.ENGINE_GIVEN
    if not embedded:
        return {"ok": True, "hosted": True}
    url = f"http://{urlsplit(settings.ENGINE_URL).netloc}/healthz"
    try:
        with urllib.request.urlopen(url, timeout=PART_PATIENCE_S) as answer:
            return {"ok": answer.status == 200}
    except (urllib.error.URLError, OSError) as error:
        return {"ok": False, "error": type(error).__name__}


def models() -> Part:
    """Models in use that end soon. A warning: a talk may still be had."""
    today = clock.host_today()
    found = [f"{model.name} {model.shutdown_on}" for model, _ in ending(today)]
    return {"ok": True, "ending": found} if found else {"ok": True}


PROBES = {"database": Probe(database), "redis": Probe(broker), "engine": Probe(engine)}


def answers() -> dict[str, Part]:
    """What each part says within the time; one that says nothing has failed."""
    until = time.monotonic() + PATIENCE_S
    asked = {name: probe.start() for name, probe in PROBES.items()}
    found: dict[str, Part] = {}
    for name, future in asked.items():
        try:
            found[name] = future.result(max(0.0, until - time.monotonic()))
        except TimeoutError:
            found[name] = {"ok": False, "error": "TimeoutError"}
    return found


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all parts work, else 503; the body tells which part does not."""
    parts: dict[str, Any] = dict(answers())
    if parts["database"].get("error") != "TimeoutError":
        try:  # what cannot be written may still be read
            parts |= {"models": models(), **work_health()}
        except DatabaseError as error:
            parts["database"] = {"ok": False, "error": type(error).__name__}
    ok = all(part["ok"] for part in parts.values())
    answer = JsonResponse({"ok": ok, "parts": parts}, status=200 if ok else 503)
    answer["Cache-Control"] = "no-store"  # what was true a minute ago is no answer
    return answer
