"""Fill a new site with what it starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from coach.site.seed import seed


class Command(BaseCommand):
    help = "Create the personas and, in a demo, the demo people. Changes nothing that is there."

    def handle(self, *args: Any, **options: Any) -> None:
        seed()
