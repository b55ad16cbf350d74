"""Is every part of the product alive? Each answers for itself and none waits long."""

import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from coach import clock
from coach.personas.checks import ending
from handoff.health import health as work_health

PATIENCE_S = 2


def database() -> dict[str, Any]:
    try:
        connection.ensure_connection()
        return {"ok": True}
    except DatabaseError as error:
        return {"ok": False, "error": type(error).__name__}


def broker() -> dict[str, Any]:
    try:
        with redis.Redis.from_url(
            settings.BROKER_URL, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S
        ) as client:
            client.ping()
        return {"ok": True}
    except (redis.RedisError, OSError) as error:
        return {"ok": False, "error": type(error).__name__}


def engine() -> dict[str, Any]:
    """The embedded engine's own health; a hosted engine is only known by talking to it."""
    embedded = settings.ENGINE_SCRIPTED or settings.LLM_URL or not settings.ENGINE_GIVEN
    if not embedded:
        return {"ok": True, "hosted": True}
    url = f"http://{urlsplit(settings.ENGINE_URL).netloc}/healthz"
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
            return {"ok": answer.status == 200}
    except (urllib.error.URLError, OSError) as error:
        return {"ok": False, "error": type(error).__name__}


def models() -> dict[str, Any]:
    """Models in use that end soon. A warning: a talk may still be had."""
    today = clock.host_today()
    found = [f"{model.name} {model.shutdown_on}" for model, _ in ending(today)]
    return {"ok": True, "ending": found} if found else {"ok": True}


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when all parts work, else 503; the body tells which part does not."""
    parts: dict[str, Any] = {"database": database(), "redis": broker(), "engine": engine()}
    if parts["database"]["ok"]:
        parts |= {"models": models(), **work_health()}
    ok = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": ok, "parts": parts}, status=200 if ok else 503)
