"""What a topic of free talks lacks, each with its line and reason."""

from collections.abc import Iterator
from pathlib import Path

from coach.lessons.checking import Lack, line_of
from coach.lessons.free.topics import ANYTHING, Topic, read_topic
from coach.lessons.understanding.text import even

QUESTIONS = 5  # of each band, at least
FOLLOW_UPS = 3  # at least
WORDS = {"A": 9, "B": 16, "C": 22}  # of a question, at most


def topic_lacks(path: Path) -> list[Lack]:
    """Everything that is missing or wrong in one file, in the order of its lines."""
    text = path.read_text(encoding="utf-8")
    try:
        topic = read_topic(text, path.stem)
    except ValueError as error:
        return [Lack(path.name, 1, str(error))]
    found = [Lack(path.name, line_of(text, where), why) for where, why in _wrong(topic)]
    return sorted(found, key=lambda lack: lack.line)


def _wrong(topic: Topic) -> Iterator[tuple[str, str]]:
    if not topic.words and topic.slug != ANYTHING:
        yield "words", "a topic needs words by which it is known"
    if len(topic.follow) < FOLLOW_UPS and topic.slug != ANYTHING:
        yield "[[follow]]", f"a topic has at least {FOLLOW_UPS} follow-ups"
    for word in (*topic.words, *(word for one in topic.follow for word in one.words)):
        if even(word) != word:
            yield word, f"“{word}” is written in small letters, without signs"
    for band in WORDS:
        if len(topic.ask.of(band)) < QUESTIONS:
            yield f"{band} =", f"`ask` has at least {QUESTIONS} questions of band {band}"
        every = [topic.open.of(band), *topic.ask.of(band), *(f.of(band) for f in topic.follow)]
        for question in every:
            yield from ((question, why) for why in _wrong_question(question, band))
            if every.count(question) > 1:
                yield question, "the same question twice"


def _wrong_question(question: str, band: str) -> Iterator[str]:
    if not question.endswith("?") or question.count("?") != 1:
        yield f"“{question}” is not one question"
    if len(question.split()) > WORDS[band]:
        yield f"“{question}” has more than {WORDS[band]} words, too many for band {band}"
