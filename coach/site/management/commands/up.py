"""`manage.py up`: the whole product on this machine."""

from typing import Any

from django.core.management.base import BaseCommand

from coach.checks import PRODUCTION
from coach.site.run.up import Runner


class Command(BaseCommand):
    help = "Start everything and print one address. Ctrl-C ends every process it started."
    requires_system_checks = [PRODUCTION]  # the web server that it starts asks for none

    def handle(self, *args: Any, **options: Any) -> None:
        Runner(self.stdout.write).run()
