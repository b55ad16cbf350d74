"""The examples in tools' descriptions, read into stems, and what stands where in a sentence."""

import re
from dataclasses import dataclass
from itertools import pairwise

from coach.engine.llm.text import NUMBER, ParsedText, is_function, read

ALWAYS = "Use this for every turn."

_EXAMPLES = re.compile(r"^Examples?:\s*(?P<list>.*)$", re.MULTILINE | re.IGNORECASE)
_IN_NAMES = re.compile(r"[_\-.]+|(?<=[a-z])(?=[A-Z])")  # between the words of a name
_QUOTED = re.compile(r'["“](.+?)["”](?=\s*(?:;|,|\.|$))')
_AMOUNTS = frozenset({"a", "some", NUMBER})  # alike before a thing
_LEADERS = frozenset({"a", "the", NUMBER, "of", "with", "and", "some", "in"})
_BEFORE_THINGS = _LEADERS | {"have", "much", "many", "eat", "drink"}


@dataclass(frozen=True)
class ToolExamples:
    """A tool's examples, read."""

    name: str
    examples: tuple[ParsedText, ...]
    stems: frozenset[str]
    about: frozenset[str]
    thing: frozenset[str]


def examples_of(description: str) -> list[str]:
    """The quoted sentences of the description's `Examples:` line."""
    found = _EXAMPLES.search(description)
    return _QUOTED.findall(found["list"]) if found else []


def about(description: str) -> str:
    """The description without its examples and standing orders."""
    return _EXAMPLES.sub("", description).replace(ALWAYS, "").strip()


def read_examples(name: str, description: str) -> ToolExamples:
    """A tool's examples, from its name and description."""
    examples = tuple(read(example) for example in examples_of(description))
    stems = frozenset(stem for example in examples for stem in example.stems)
    named = _IN_NAMES.sub(" ", name)
    matter = read(f"{named} {about(description)}").stems
    # The first word of several says what is done, as `get` of `get_weather`.
    thing = frozenset(read(" ".join(named.split()[1:] or [named])).stems)
    return ToolExamples(
        name, examples, stems, frozenset(one for one in matter if not is_function(one)), thing
    )


def word_pairs(stems: tuple[str, ...]) -> set[str]:
    """Neighbours, the beginning among them."""
    marks = ["^", *("~" if stem in _AMOUNTS else stem for stem in stems)]
    return {f"{one} {other}" for one, other in pairwise(marks)}


def objects_in(stems: tuple[str, ...]) -> set[str]:
    """The words right after an article, a number, `of`, `with` or `and`."""
    return {word for before, word in pairwise(stems) if before in _LEADERS}


def things_in(stems: tuple[str, ...]) -> set[str]:
    """The same with all words after them, as in `a small green apple`, and after `have`."""
    things: set[str] = set()
    for before, word in pairwise(stems):
        if (before in _BEFORE_THINGS or before in things) and not is_function(word):
            things.add(word)
    return things
