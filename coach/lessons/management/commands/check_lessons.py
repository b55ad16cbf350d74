"""Check every lesson file, or those that are named."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coach.lessons.checking import lacks
from coach.lessons.files import FOLDER, load
from coach.lessons.free import topics
from coach.lessons.free.checking import topic_lacks
from coach.lessons.scenario import LEVELS


class Command(BaseCommand):
    help = "Check lesson files: what they lack, with line and reason, and how many there are."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="files; without any, all lessons")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        count: Counter[tuple[str, str]] = Counter()
        wrong = 0
        for path in files or sorted(FOLDER.glob("*.toml")):
            found = lacks(path)
            wrong += len(found)
            for lack in found:
                self.stdout.write(str(lack))
            if not found:
                scenario = load(path)
                count[scenario.language, scenario.level] += 1
        for language in sorted({language for language, _ in count}):
            levels = [f"{n} {lv}" for lv in LEVELS if (n := count[language, lv])]
            total = sum(n for (of, _), n in count.items() if of == language)
            self.stdout.write(f"{language}: {total} lessons: {', '.join(levels)}")
        if not files:
            wrong += self._check_topics()
        if wrong:
            raise CommandError(f"{wrong} things to mend.")

    def _check_topics(self) -> int:
        """Those of free talks; returns how many things are wrong."""
        paths = sorted(topics.FOLDER.glob("*.toml"))
        found = [lack for path in paths for lack in topic_lacks(path)]
        for lack in found:
            self.stdout.write(str(lack))
        if not found:
            questions = sum(
                len(topic.ask.of(band)) + len(topic.follow) + 1
                for topic in topics.topics().values()
                for band in "ABC"
            )
            self.stdout.write(f"free talk: {len(paths)} topics, {questions} questions")
        return len(found)
