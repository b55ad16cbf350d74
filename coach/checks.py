"""Refuse a half-configured production: `manage.py check --deploy` and every start run these."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register()
def production(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Ids coachline.E002 to E004, W001; silent in debug. Settings ask for the secret key."""
    if settings.DEBUG:
        return []
    found: list[CheckMessage] = []
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "It is not known under which host names this site is reached.",
                hint="Set COACH_URL=https://coach.example.org (and COACH_HOSTS for more names).",
                id="coachline.E002",
            )
        )
    if not settings.ENGINE_KEY:
        found.append(
            Error(
                "COACH_ENGINE_KEY is not set, so no talk can reach its engine.",
                hint="Use one random key for the embedded engine, or your provider's key.",
                id="coachline.E003",
            )
        )
    if settings.COACH_DEMO:
        found.append(
            Error(
                "COACH_DEMO lets anybody become a demo person with one click.",
                hint="Unset COACH_DEMO where real people are members.",
                id="coachline.E004",
            )
        )
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        found.append(
            Warning(
                "SQLite serves one machine only.",
                hint="Set COACH_DATABASE_URL=postgres://… for more than one web process.",
                id="coachline.W001",
            )
        )
    return found
