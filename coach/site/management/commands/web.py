"""`manage.py web`: one web process, as production runs it."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from coach.site.run.processes import web_command


class Command(BaseCommand):
    help = "Serve the web with the program that COACH_SERVER names; becomes that program."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        command = web_command(settings.SERVER, options["host"], options["port"])
        os.execv(command[0], command)
