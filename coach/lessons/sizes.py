"""How large a lesson may be: it is read, played, said aloud and kept in memory."""

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


def check_sizes(scenario: Scenario) -> None:
    """Raise ValueError for a lesson that is too large to be played."""
    _check_value(msgspec.to_builtins(scenario))
    if any(len(objective.id) > ID_MAX_CHARS for objective in scenario.objectives):
        raise ValueError(f"an objective's id has more than {ID_MAX_CHARS} characters")
    if len(scenario.slots) > SLOTS_MAX:
        raise ValueError(f"slots are more than {SLOTS_MAX}")
    names = [
        name
        for words in scenario.slots.values()
        for word, of in words.items()
        for name in (word, of.one, of.many, *of.also)
    ]
    if sum(map(bool, names)) > NAMES_MAX:
        raise ValueError(f"slots have more than {NAMES_MAX} words")
    if long := next((name for name in names if len(name) > NAME_MAX_CHARS), ""):
        raise ValueError(f"{long!r} has more than {NAME_MAX_CHARS} characters")
    if gaps := next((p for p in scenario.phrases if p.count("…") > GAPS_IN_PHRASE), ""):
        raise ValueError(f"{gaps!r} has more than {GAPS_IN_PHRASE} gaps (…)")


def _check_value(value: object) -> None:
    if isinstance(value, str):
        if len(value) > TEXT_MAX_CHARS:
            raise ValueError(f"{value[:40]!r}… has more than {TEXT_MAX_CHARS} characters")
        if len(SLOT.findall(value)) > SLOTS_IN_SENTENCE:
            raise ValueError(f"{value!r} has more than {SLOTS_IN_SENTENCE} slots")
    elif isinstance(value, dict | list | tuple):
        if len(value) > ENTRIES_MAX:
            raise ValueError(f"a list or table has more than {ENTRIES_MAX} entries")
        for one in [*value, *value.values()] if isinstance(value, dict) else value:
            _check_value(one)
