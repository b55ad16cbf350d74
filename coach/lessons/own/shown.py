"""A lesson as what its form would post: the way back from `lesson_form.LessonForm.scenario`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from coach.lessons.checking import translated_into
from coach.lessons.files import HINT_FIELDS
from coach.lessons.own.fields import Price
from coach.lessons.own.lesson_form import LessonForm
from coach.lessons.scenario import Scenario

WORDS_OF_SCENE = (
    "title",
    "theme",
    "level",
    "language",
    "icon",
    "can_do",
    "setting",
    "learner_role",
)


def posted(scenario: Scenario) -> dict[str, str]:
    """What the form of this lesson posts: each field by its name."""
    return dict(_posted(scenario))


def shows_all(scenario: Scenario) -> bool:
    """Whether the form gives back the very lesson, down to empty lines and translations."""
    form = LessonForm(posted(scenario))
    if not form.is_valid():
        return True  # it tells at its fields what it cannot take
    return same(form.scenario(), scenario)


def has_comments(text: str) -> bool:
    """Whether some line of a text is a comment, which is no part of a lesson."""
    return any(line.lstrip().startswith("#") for line in text.split("\n"))


def same(one: Scenario, other: Scenario) -> bool:
    """Two lessons of the same words, in the same order."""
    return msgspec.json.encode(_words(one)) == msgspec.json.encode(_words(other))


def _words(scenario: Scenario) -> dict[str, Any]:
    words: dict[str, Any] = msgspec.to_builtins(scenario) | {"slug": "", "version": ""}
    words["open_slots"] = sorted(words["open_slots"])
    return words


def _posted(scenario: Scenario) -> Iterator[tuple[str, str]]:
    written = msgspec.structs.asdict(scenario)
    translated = {**scenario.phrases, **scenario.words}
    languages = dict.fromkeys(code for of in translated.values() for code in of if code != "means")
    wanted = translated_into(scenario.language)
    yield "scene-translations", " ".join(dict.fromkeys((*wanted, *languages)))
    for name in (*WORDS_OF_SCENE, "twist", "currency"):
        yield f"scene-{name}", written[name]
    yield "scene-minutes", str(scenario.minutes or "")
    if scenario.familiar:
        yield "scene-familiar", "on"
    for name, value in msgspec.structs.asdict(scenario.partner).items():
        yield f"partner-{name}", value
    yield from _rows("objectives", [_objective(one) for one in scenario.objectives])
    yield from _slots(scenario)
    asides = [{"when": "\n".join(one.when), "say": one.say} for one in scenario.asides]
    yield from _rows("asides", asides)
    yield from _rows("phrases", [{"phrase": one, **of} for one, of in scenario.phrases.items()])
    yield from _rows("words", [{"word": one, **of} for one, of in scenario.words.items()])


def _objective(objective: Any) -> dict[str, str]:
    written = msgspec.structs.asdict(objective)
    hint = dict(zip(HINT_FIELDS, written.pop("hint"), strict=True))
    lists = {name: "\n".join(written[name]) for name in ("said", "not_said")}
    return written | lists | hint


def _slots(scenario: Scenario) -> Iterator[tuple[str, str]]:
    rows: list[dict[str, str]] = []
    for name in scenario.slots:
        rows.append({"name": name} | ({"any_word": "on"} if name in scenario.open_slots else {}))
    yield from _rows("slots", rows)
    for n, words in enumerate(scenario.slots.values()):
        things = [
            {
                "word": word,
                "price": Price.shown(of.price),
                "one": of.one,
                "many": of.many,
                "also": "\n".join(of.also),
            }
            for word, of in words.items()
        ]
        yield from _rows(f"slots-{n}-words", things)


def _rows(prefix: str, rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    yield f"{prefix}-TOTAL_FORMS", str(len(rows))
    yield f"{prefix}-INITIAL_FORMS", "0"
    for n, row in enumerate(rows):
        yield from ((f"{prefix}-{n}-{name}", value) for name, value in row.items())
