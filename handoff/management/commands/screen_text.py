"""Screen line by line: standard input in, one JSON object per line out."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from handoff.screening import screen
from handoff.screening.score import score
from handoff.screening.score.flags import SHOWS_CARD


class Command(BaseCommand):
    help = (
        "Screen lines from standard input to JSON lines: the flags of each, by rules and by the "
        "learned score. No database is used, and nothing is kept."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", default="en", help="of the lines, such as es (en)")
        parser.add_argument("--rules-only", action="store_true", help="leave the score out")

    def handle(self, *args: Any, **options: Any) -> None:
        for line in sys.stdin:
            text = line.rstrip("\n")
            flags = flags_of(text, options["language"], with_score=not options["rules_only"])
            sys.stdout.write(json.dumps({"text": text, "flags": flags}, ensure_ascii=False) + "\n")
        sys.stdout.flush()


def flags_of(text: str, language: str, *, with_score: bool = True) -> list[dict[str, Any]]:
    """Each flag of `text`: what it is, and whether it shows a card and calls a person.

    `page`: a person is called at once, as for P0 and P1; then there are numbers to call as well.
    """
    found = screen(text, "member", language)
    flags = [
        {
            "code": each.code,
            "severity": each.severity,
            "card": each.severity <= SHOWS_CARD,
            "page": each.severity <= SHOWS_CARD,
            "source": "rule",
            "language": each.language,
        }
        for each in found
    ]
    scored = score([text], found) if with_score else []
    return flags + [
        {
            "code": each.code,
            "severity": each.severity,
            "card": each.severity <= SHOWS_CARD,
            "page": each.page and each.severity <= SHOWS_CARD,
            "source": "score",
            "language": language,
            "probability": round(each.probability, 3),
        }
        for each in scored
    ]
