"""What stands in a learner's report from their teachers."""

from dataclasses import dataclass

from coach.lessons.models import Attempt
from coach.lessons.school.actions import read_comments
from coach.lessons.school.assigned import words_of, words_used
from coach.lessons.school.commented import Line, commented


@dataclass(frozen=True)
class FromTeachers:
    """The turns that a teacher said something of, and the words that they wanted to hear."""

    lines: list[Line]
    words: list[tuple[str, bool]]


def from_teachers(attempt: Attempt) -> FromTeachers:
    """What the learner reads now: from here on nothing of it waits any more."""
    lines = [line for line in commented(attempt) if line.comments]
    if lines:
        read_comments(comment for line in lines for comment in line.comments)
    return FromTeachers(lines, words_used(attempt, words_of(attempt)))
