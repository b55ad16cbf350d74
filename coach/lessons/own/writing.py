"""A lesson as the text of a lesson file: what `files.read_draft` reads back as the same lesson."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from coach.lessons.files import PARTNER, read_draft
from coach.lessons.scenario import OBJECTIVES, Aside, Objective, Scenario, SlotWord

ROW_MAX_CHARS = 600  # of a word on one line, which nobody would read if it were longer
BARE = re.compile(r"[A-Za-z0-9_-]+")
SCENE = ("title", "language", "level", "theme", "icon", "minutes", "can_do", "setting")


def write(scenario: Scenario) -> str:
    """The text of a lesson, in the order in which the shipped ones are written."""
    return "\n\n".join("\n".join(part) for part in _parts(scenario)) + "\n"


def _parts(scenario: Scenario) -> Iterator[list[str]]:
    yield list(_scene(scenario))
    partner = [f"{name} = {_value(getattr(scenario.partner, name))}" for name in PARTNER]
    if scenario.partner.voice:
        partner.append(f"voice = {_value(scenario.partner.voice)}")
    yield ["[partner]", *partner]
    for name, words in scenario.slots.items():
        yield list(_slot(name, words))
    for objective in scenario.objectives:
        yield list(_objective(objective))
    for aside in scenario.asides:
        yield list(_aside(aside))
    yield list(_table("phrases", scenario.phrases))
    if scenario.words:
        yield list(_table("words", scenario.words))


def _scene(scenario: Scenario) -> Iterator[str]:
    for name in (*SCENE, "learner_role"):
        yield f"{name} = {_value(getattr(scenario, name))}"
    if scenario.familiar:
        yield "familiar = true"
    if scenario.open_slots:
        yield f"open_slots = {_list(scenario.open_slots)}"
    for name in ("twist", "currency"):
        if value := getattr(scenario, name):
            yield f"{name} = {_value(value)}"


def _slot(name: str, words: Mapping[str, SlotWord]) -> Iterator[str]:
    yield f"[slots.{_key(name)}]"
    for word, of in words.items():
        told = _of_word(of)
        if list(told) == ["price"]:
            yield f"{_value(word)} = {told['price']}"
        else:
            yield from _row(word, told)


def _of_word(of: SlotWord) -> dict[str, str]:
    told = {}
    if of.price:
        told["price"] = number(of.price)
    told |= {key: _value(value) for key in ("one", "many") if (value := getattr(of, key))}
    if of.also:
        told["also"] = _list(of.also)
    return told


def _objective(objective: Objective) -> Iterator[str]:
    yield "[[objectives]]"
    yield f"id = {_value(objective.id)}"
    yield f"label = {_value(objective.label)}"
    yield f"said = [\n{_lines(objective.said)}]"
    yield f"not_said = [\n{_lines(objective.not_said)}]"
    for name in ("ask", "answer", "nudge"):
        yield f"{name} = {_value(getattr(objective, name))}"
    yield f"hint = [\n{_lines(objective.hint)}]"


def _aside(aside: Aside) -> Iterator[str]:
    yield from ("[[asides]]", f"when = [\n{_lines(aside.when)}]", f"say = {_value(aside.say)}")


def _table(head: str, rows: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    yield f"[{head}]"
    for word, of in rows.items():
        yield from _row(word, {key: _value(value) for key, value in of.items()})


def _row(word: str, told: Mapping[str, str]) -> Iterator[str]:
    """On one line; what is too long for it on a line for each value."""
    inline = f"{_value(word)} = {_inline(told)}"
    if len(inline) <= ROW_MAX_CHARS:
        yield inline
    else:
        yield from (f"{_value(word)}.{_key(key)} = {value}" for key, value in told.items())


def number(value: float) -> str:
    """A price without needless digits: 3, 2.5."""
    return repr(value).removesuffix(".0")


def _value(value: str | int) -> str:
    """A string of TOML, which takes all that JSON does but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _value(key)


def _inline(told: Mapping[str, str]) -> str:
    if not told:
        return "{}"
    return "{ " + ", ".join(f"{_key(key)} = {value}" for key, value in told.items()) + " }"


def _list(values: Iterable[str]) -> str:
    """On one line; what is too long for it on a line for each."""
    values = list(values)
    listed = "[" + ", ".join(map(_value, values)) + "]"
    return listed if len(listed) <= ROW_MAX_CHARS else f"[\n{_lines(values)}]"


def _lines(values: Iterable[str]) -> str:
    return "".join(f"  {_value(value)},\n" for value in values)


EMPTY = write(
    read_draft(
        'language = "en"\nlevel = "A2"\nicon = "message-square"\nminutes = 5\n'
        + "[[objectives]]\n" * OBJECTIVES
    )
)
