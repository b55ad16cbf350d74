"""The embedded Realtime server, as a process of its own."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from coach.engine.server import main


class Command(BaseCommand):
    help = "Serve the embedded engine: the Realtime protocol at /v1/realtime."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.ENGINE_HOST)
        parser.add_argument("--port", type=int, default=settings.ENGINE_PORT)

    def handle(self, *args: Any, **options: Any) -> None:
        main(options["host"], options["port"], settings.ENGINE_KEY)
