"""Refuse a half-configured production: `manage.py check --deploy` and every start run these."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

SECRET_MIN_CHARS = 32  # of a key that nobody guesses; we ask for more
SECRET_MIN_KINDS = 8  # different characters in it: not one that is held down
ENGINE_KEY_MIN_CHARS = 16  # of our own engine's; a provider's is as long as it is
KEYS_OF_DEBUG = ("local",)


PRODUCTION = "production"  # the tag by which a start asks for these alone


@register(PRODUCTION)
def production(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Ids coachline.E001 to E007, W001 and W002; silent in debug."""
    if settings.DEBUG:
        return []
    return [*_secrets(), *_addresses(), *_people(), *_warnings()]


def _secrets() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    key = settings.SECRET_KEY
    if len(key) < SECRET_MIN_CHARS or len(set(key)) < SECRET_MIN_KINDS:
        found.append(
            Error(
                "COACH_SECRET_KEY can be guessed, and with it everybody's session.",
                hint="Set COACH_SECRET_KEY, or COACH_SECRET_KEY_FILE, to 50 random characters.",
                id="coachline.E001",
            )
        )
    key, ours = settings.ENGINE_KEY, not settings.ENGINE_GIVEN
    if not key or key in KEYS_OF_DEBUG or (ours and len(key) < ENGINE_KEY_MIN_CHARS):
        found.append(
            Error(
                "COACH_ENGINE_KEY is not set or can be guessed, so no talk can reach its engine "
                "or anybody can.",
                hint="Set COACH_ENGINE_KEY to a random key for the embedded engine (16 characters "
                "and more), or to your provider's.",
                id="coachline.E003",
            )
        )
    return found


def _addresses() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    address = urlsplit(settings.PUBLIC_URL)
    if address.scheme != "https" or not address.hostname:
        found.append(
            Error(
                "COACH_URL is not set or has no https: browsers give the microphone to https "
                "pages only, and passwords would be readable on the way.",
                hint="Set COACH_URL=https://coach.example.org.",
                id="coachline.E005",
            )
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        found.append(
            Error(
                "It is not known under which host names this site is reached.",
                hint="Set COACH_URL=https://coach.example.org (and COACH_HOSTS for more names).",
                id="coachline.E002",
            )
        )
    return found


def _people() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.COACH_DEMO:
        found.append(
            Error(
                "COACH_DEMO lets anybody become a demo person with one click.",
                hint="Unset COACH_DEMO where real people are members.",
                id="coachline.E004",
            )
        )
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") and not settings.EMAIL_HOST:
        found.append(
            Error(
                "There is no mail server: nobody can join or come back in, and no expert is told "
                "of a late call.",
                hint="Set COACH_EMAIL_HOST (and _PORT, _USER, _PASSWORD, _TLS, _FROM).",
                id="coachline.E006",
            )
        )
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
        found.append(
            Error(
                "Signing up tells a stranger whether somebody is a member here.",
                hint="Unset COACH_EMAIL_VERIFICATION, or set it to mandatory.",
                id="coachline.E007",
            )
        )
    return found


def _warnings() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite"):
        found.append(
            Warning(
                "SQLite serves one machine only.",
                hint="Set COACH_DATABASE_URL=postgres://… for more than one web process.",
                id="coachline.W001",
            )
        )
    if not settings.TRUSTED_PROXIES:
        found.append(
            Warning(
                "No proxy is trusted, so behind one all people count as one address, and ten wrong "
                "passwords of a stranger keep everybody out.",
                hint="Set COACH_TRUSTED_PROXIES to the networks of your TLS proxy.",
                id="coachline.W002",
            )
        )
    return found
