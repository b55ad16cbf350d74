"""The environment, read by type. Only `coach.settings` calls this."""

import os
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import to_locale

_YES = ("1", "true", "yes", "on")
_NO = ("0", "false", "no", "off")
SQLITE_CACHE_KB = 512  # of each connection


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {*_YES, *_NO}:
        raise ImproperlyConfigured(f"{name} is 1 or 0, and not “{value}”.")
    return value in _YES


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} is a whole number such as {default}, not “{value}”."
        ) from None


def folder(name: str, default: Path) -> Path:
    """A folder, made where there is none."""
    path = Path(text(name, str(default)))
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The folder {path} cannot be written ({error.strerror}). Make it writable, or name "
            f"another: {name}=/path/to/folder"
        ) from error
    return path


def money(name: str) -> Decimal | None:
    """USD; None when it is not set."""
    value = text(name)
    if not value:
        return None
    try:
        usd = Decimal(value)
    except InvalidOperation:
        usd = Decimal("NaN")
    if not usd.is_finite() or usd < 0:
        raise ImproperlyConfigured(f"{name} is an amount in USD such as 2.50, or empty.")
    return usd


def words(name: str, default: str = "") -> list[str]:
    return [w for w in text(name, default).replace(",", " ").split() if w]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Networks such as 10.0.0.0/8, or single addresses."""
    try:
        return [ip_network(word, strict=False) for word in words(name)]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is a list of addresses and networks such as 127.0.0.1 10.0.0.0/8: {error}."
        ) from error


def translated(locale: Path) -> list[tuple[str, str]]:
    """English, and the languages with a catalogue of ours under `locale`.

    To offer more would mix them: Django and allauth know many languages, our own pages do not.
    """
    return [
        (code, name)
        for code, name in global_settings.LANGUAGES
        if code == "en" or (locale / to_locale(code) / "LC_MESSAGES" / "django.mo").exists()
    ]


def secret(name: str) -> str:
    """The variable, or the contents of the file that `NAME_FILE` points to (Docker secrets)."""
    path = text(f"{name}_FILE")
    return Path(path).read_text().strip() if path else text(name)


def own_redis(files: Path, port: int) -> str:
    """The Redis that `make run` starts; its password is beside its data, for their owner alone."""
    written = files / "password"
    password = f":{written.read_text()}@" if written.exists() else ""
    return f"redis://{password}127.0.0.1:{port}"


def secrets(prefix: str) -> dict[str, str]:
    """Every secret whose variable begins with `prefix`, by the rest of its name."""
    names = {name.removesuffix("_FILE") for name in os.environ if name.startswith(prefix)}
    found = {name.removeprefix(prefix): secret(name) for name in names}
    return {name: value for name, value in found.items() if name and value}


# Variables that had another name in earlier releases.
RENAMED = {
    "COACH_MIND_URL": "COACH_LLM_URL",
    "COACH_MIND_KEY": "COACH_LLM_KEY",
    "COACH_MIND_MODEL": "COACH_LLM_MODEL",
    "COACH_MIND_IMAGES": "COACH_LLM_IMAGES",
    "COACH_EARS_URL": "COACH_STT_URL",
    "COACH_EARS_KEY": "COACH_STT_KEY",
    "COACH_EARS_MODEL": "COACH_STT_MODEL",
    "COACH_EARS_LANGUAGES": "COACH_STT_LANGUAGES",
    "COACH_VOICE_URL": "COACH_TTS_URL",
    "COACH_VOICE_KEY": "COACH_TTS_KEY",
    "COACH_VOICE_MODEL": "COACH_TTS_MODEL",
    "COACH_VOICE_NAME": "COACH_TTS_VOICES",
    "COACH_VOICE_LANGUAGES": "COACH_TTS_LANGUAGES",
    "COACH_BUDGET_HOUSE_USD": "COACH_BUDGET_SITE_USD",
}


def refuse_renamed(environment: Mapping[str, str]) -> None:
    """Raises ImproperlyConfigured where a variable is set by its old name, also with _FILE.

    To ignore it would start an engine without its servers, or a site without its limit.
    """
    found = [
        f"{old}{suffix} is now {new}{suffix}."
        for old, new in RENAMED.items()
        for suffix in ("", "_FILE")
        if environment.get(old + suffix, "").strip()
    ]
    if found:
        raise ImproperlyConfigured(" ".join(found))


def database(url: str) -> dict[str, Any]:
    """A Django database from `sqlite:///path` or `postgres://user:password@host:port/name`."""
    if url.startswith("sqlite:///"):
        return {
            "ENGINE": "coach.sqlite",
            "NAME": url.removeprefix("sqlite:///"),
            "OPTIONS": {
                # One writer at a time, taken at BEGIN, so a read never turns into a lost upgrade.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # Each thread has a connection, whose cache of pages grows to the 2 MB that SQLite
                # allows; what is not in it comes from the kernel's.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                f"PRAGMA cache_size=-{SQLITE_CACHE_KB};",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.username or "",
        "PASSWORD": parts.password or "",
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
    }
