"""Erase accounts again that a restored backup has brought back."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coach.privacy.erasing import erase_again


class Command(BaseCommand):
    help = "After a restore: manage.py erase_again < var/erased.jsonl"

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the lines, and say how many were there."""
        erased, left = erase_again([line for line in sys.stdin if line.strip()])
        self.stdout.write(f"Erased again: {erased}.")
        if left:
            numbers = ", ".join(map(str, left))
            raise CommandError(f"Not erased, because cases of others name them: {numbers}.")
