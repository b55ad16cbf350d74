"""The embedded Realtime server, as a process of its own."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from coach.engine import limits
from coach.engine.compatible import Endpoints, LlmEndpoint, SttEndpoint, TtsEndpoint
from coach.engine.errors import BadRequest
from coach.engine.server.app import main


class Command(BaseCommand):
    help = "Serve the embedded engine: the Realtime protocol at /v1/realtime."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.ENGINE_HOST)
        parser.add_argument("--port", type=int, default=settings.ENGINE_PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            main(
                options["host"],
                options["port"],
                settings.ENGINE_KEY,
                endpoints(),
                # A talk that comes back may be here twice for a moment; notes come beside.
                sessions=settings.ENGINE_SESSIONS + limits.SPARE_SESSIONS,
            )
        except BadRequest as error:
            raise CommandError(error.message) from error


def endpoints() -> Endpoints:
    """The parts of the engine that the settings give to other servers."""
    mind = LlmEndpoint(
        url=settings.MIND_URL,
        key=settings.MIND_KEY,
        model=settings.MIND_MODEL,
        images=settings.MIND_IMAGES,
    )
    ears = SttEndpoint(
        url=settings.EARS_URL,
        key=settings.EARS_KEY,
        model=settings.EARS_MODEL,
        languages=tuple(settings.EARS_LANGUAGES),
    )
    voice = TtsEndpoint(
        url=settings.VOICE_URL,
        key=settings.VOICE_KEY,
        model=settings.VOICE_MODEL,
        names=tuple(settings.VOICE_NAMES),
        languages=tuple(settings.VOICE_LANGUAGES),
    )
    return Endpoints(
        mind=mind if mind.url else None,
        ears=ears if ears.url else None,
        voice=voice if voice.url else None,
    )
