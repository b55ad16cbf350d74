"""Engines that will stop working: models about to shut down, keys that are not there.

`manage.py check` says so, the console beside each model, and /healthz in its detail.
"""

from datetime import date, timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DatabaseError

from coach import clock
from coach.personas.engines import EngineChoice, default_engine, engine_for, price_of
from coach.personas.models import Persona
from coach.personas.providers import SOON, EngineModel, ModelPrice


class Use(msgspec.Struct, frozen=True):
    """An engine that new talks use, and who uses it: slugs of personas, or "the site"."""

    engine: EngineChoice
    by: tuple[str, ...]

    @property
    def models(self) -> tuple[str, str]:
        return self.engine.model, self.engine.transcription_model


def in_use() -> list[Use]:
    """The engines of the site and of every active persona. Reads the database."""
    users: dict[tuple[str, str], list[str]] = {}
    engines: dict[tuple[str, str], EngineChoice] = {}
    wanted: list[tuple[str, EngineChoice]] = [("the site", default_engine())]
    for persona in Persona.objects.filter(active=True).select_related("provider"):
        wanted.append((persona.slug, engine_for(persona)))
    for name, engine in wanted:
        key = engine.provider, engine.model
        engines[key] = engine
        users.setdefault(key, []).append(name)
    return [Use(engine, tuple(users[key])) for key, engine in engines.items()]


def ending(today: date, span: timedelta = SOON) -> list[tuple[EngineModel, Use]]:
    """Models in use that are shut down by `today` + `span`, the soonest first."""
    found = []
    for use in in_use():
        rows = EngineModel.objects.filter(
            provider__slug=use.engine.provider, name__in=use.models, shutdown_on__lte=today + span
        )
        found += [(row, use) for row in rows]
    return sorted(found, key=lambda pair: (pair[0].shutdown_on, pair[0].name))


@register()
def engines(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Ids personas.E001 and W001 to W004. Says nothing before the tables are there."""
    try:
        today = clock.host_today()
        return [*_shutdowns(today), *_keys(), *_idle_providers(), *_prices(today)]
    except DatabaseError:  # new, or not to be reached: /healthz and migrate say so themselves
        return []


def _shutdowns(today: date) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for model, use in ending(today):
        gone = model.shutdown_on is not None and model.shutdown_on <= today
        users = ", ".join(use.by)
        hint = f"Choose another model for {users}, in the console or by COACH_ENGINE_MODEL."
        if gone:
            text = f"{model} ({use.engine.name}) was shut down on {model.shutdown_on}."
            found.append(Error(text, hint=hint, id="personas.E001"))
        else:
            text = f"{model} ({use.engine.name}) shuts down on {model.shutdown_on}."
            found.append(Warning(text, hint=hint, id="personas.W001"))
    return found


def _keys() -> list[CheckMessage]:
    return [
        Warning(
            f"{use.engine.name} has no key, so {', '.join(use.by)} cannot reach it.",
            hint=f"Set {key_variable(use.engine)}, or the same with _FILE.",
            id="personas.W002",
        )
        for use in in_use()
        if use.engine.needs_key and not use.engine.key
    ]


def _idle_providers() -> list[CheckMessage]:
    asked = Persona.objects.filter(active=True, provider__active=False).select_related("provider")
    return [
        Warning(
            f"The provider of {persona.slug} is not active, so the site's engine speaks.",
            hint=f"Make {persona.provider} active, or choose another provider.",
            id="personas.W003",
        )
        for persona in asked
    ]


def _prices(today: date) -> list[CheckMessage]:
    """A budget cannot count what has no price."""
    if settings.BUDGET_MEMBER_USD is None and settings.BUDGET_SITE_USD is None:
        return []
    found = [
        (use.engine.name, use.engine.model)
        for use in in_use()
        if not _answers_priced(price_of(use.engine.provider, use.engine.model, today))
    ]
    if settings.NOTES_URL:
        provider, model = settings.NOTES_PROVIDER, settings.NOTES_MODEL
        if not _answers_priced(price_of(provider, model, today)):
            found.append((f"{provider}, for voice notes,", model))
        writer = settings.NOTES_TRANSCRIPTION_MODEL
        if not _writing_priced(price_of(provider, writer, today)):
            found.append((f"{provider}, for voice notes,", writer))
    return [
        Warning(
            f"{whose} has no price for {model}, so no budget counts it.",
            hint="Enter its price in the console, under Engines.",
            id="personas.W004",
        )
        for whose, model in found
    ]


def _answers_priced(price: ModelPrice | None) -> bool:
    return price is not None and None not in (price.text_in, price.text_out, price.audio_out)


def _writing_priced(price: ModelPrice | None) -> bool:
    return price is not None and (price.a_second is not None or price.text_out is not None)


def key_variable(engine: EngineChoice) -> str:
    """The environment variable that holds this engine's key."""
    return f"COACH_KEY_{engine.key_name}" if engine.key_name else "COACH_ENGINE_KEY"
