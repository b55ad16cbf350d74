"""One piece of advice: for whom, about which foods, how strong, in which words, from where."""

from enum import StrEnum

import msgspec
from django.utils.functional import Promise


class Level(StrEnum):
    """How strong the advice is: leave it out, take care, or a fact that eases a worry."""

    AVOID = "avoid"
    CARE = "care"
    EASY = "easy"


class Rule(msgspec.Struct, frozen=True):
    """`when` is looked for in what a member told of conditions and medicines."""

    when: str
    classes: frozenset[str]
    level: Level
    advice: Promise
    source: Promise
