"""How large a lesson may be: it is read, played, said aloud and kept in memory."""

from collections.abc import Iterator

import msgspec

from coach.lessons.scenario import SLOT, Scenario

LINE_MAX_CHARS = 1_000  # of the text: a key of thousands of parts takes seconds to read
TEXT_MAX_CHARS = 500  # of one sentence, or of what is told of the scene
TITLE_MAX_CHARS = 80  # of a title, or a theme
NAME_MAX_CHARS = 60  # of a thing that can be chosen
ID_MAX_CHARS = 50  # of an objective
NAMES_MAX = 400  # of things, their other names included: each is held against what is said
ENTRIES_MAX = 200  # of one list or table
SENTENCES_MAX = 400  # each is played by the check, and encoded when a talk begins
SLOTS_MAX = 12
SLOTS_IN_SENTENCE = 4
GAPS_IN_PHRASE = 2  # «could I … for …»: more would be looked for in very many ways


def check_lines(text: str) -> None:
    """Raise ValueError for a text that takes long to read."""
    for n, line in enumerate(text.split("\n"), 1):
        if len(line) > LINE_MAX_CHARS:
            raise ValueError(f"line {n} has more than {LINE_MAX_CHARS} characters")


def too_large(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """What is too large to be played: each reason with the field of the editor that it is in."""
    yield from (("", reason) for reason in _of_value(msgspec.to_builtins(scenario)))
    for n, objective in enumerate(scenario.objectives):
        if len(objective.id) > ID_MAX_CHARS:
            reason = f"an objective's id has more than {ID_MAX_CHARS} characters"
            yield f"objectives-{n}-id", reason
    if len(scenario.slots) > SLOTS_MAX:
        yield "slots", f"slots are more than {SLOTS_MAX}"
    names = [
        (f"slots-{n}-words-{m}-word", name)
        for n, words in enumerate(scenario.slots.values())
        for m, (word, of) in enumerate(words.items())
        for name in (word, of.one, of.many, *of.also)
    ]
    if sum(bool(name) for _, name in names) > NAMES_MAX:
        yield "slots", f"slots have more than {NAMES_MAX} words"
    for field, name in names:
        if len(name) > NAME_MAX_CHARS:
            yield field, f"{name!r} has more than {NAME_MAX_CHARS} characters"
    for n, phrase in enumerate(scenario.phrases):
        if phrase.count("…") > GAPS_IN_PHRASE:
            yield f"phrases-{n}-phrase", f"{phrase!r} has more than {GAPS_IN_PHRASE} gaps (…)"


def _of_value(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) > TEXT_MAX_CHARS:
            yield f"{value[:40]!r}… has more than {TEXT_MAX_CHARS} characters"
        if len(SLOT.findall(value)) > SLOTS_IN_SENTENCE:
            yield f"{value!r} has more than {SLOTS_IN_SENTENCE} slots"
    elif isinstance(value, dict | list | tuple):
        if len(value) > ENTRIES_MAX:
            yield f"a list or table has more than {ENTRIES_MAX} entries"
        for one in [*value, *value.values()] if isinstance(value, dict) else value:
            yield from _of_value(one)
