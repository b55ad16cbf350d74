"""The embedded Realtime server, as a process of its own."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from coach.engine import limits
from coach.engine.compatible import Endpoints, LlmEndpoint, SttEndpoint, TtsEndpoint
from coach.engine.errors import BadRequest
from coach.engine.server.run import main


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
                # A talk that reconnects may have two sessions for a moment; notes have their own.
                sessions=settings.ENGINE_SESSIONS + limits.SPARE_SESSIONS,
            )
        except BadRequest as error:
            raise CommandError(error.message) from error


def endpoints() -> Endpoints:
    """The components of the engine that the settings give to other servers."""
    llm = LlmEndpoint(
        url=settings.LLM_URL,
        key=settings.LLM_KEY,
        model=settings.LLM_MODEL,
        images=settings.LLM_IMAGES,
    )
    stt = SttEndpoint(
        url=settings.STT_URL,
        key=settings.STT_KEY,
        model=settings.STT_MODEL,
        languages=tuple(settings.STT_LANGUAGES),
    )
    tts = TtsEndpoint(
        url=settings.TTS_URL,
        key=settings.TTS_KEY,
        model=settings.TTS_MODEL,
        voices=tuple(settings.TTS_VOICES),
        languages=tuple(settings.TTS_LANGUAGES),
    )
    return Endpoints(
        llm=llm if llm.url else None,
        stt=stt if stt.url else None,
        tts=tts if tts.url else None,
    )
