"""What a lesson file lacks, each with its line and reason, for whoever writes it.

A lesson is also played here: each model sentence must reach its objective, and what only looks
like one must not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coach.lessons.files import read
from coach.lessons.lines import FAMILIAR
from coach.lessons.partner import LessonState, newly_met
from coach.lessons.scenario import Objective, Scenario, slots_in
from coach.lessons.sizes import TITLE_MAX_CHARS
from coach.lessons.wording import TOTAL, Order, fill

SAID = (6, 12)  # model sentences of an objective
NOT_SAID = 4  # at least
PHRASES = (4, 8)
TRIED = 3  # words of each slot with which model sentences are tried
TRANSLATED = ("es", "fr", "de", "ko")  # for lessons of English; «en» for the others
SPRITE = Path(__file__).resolve().parents[2] / "static" / "icons" / "sprite.svg"
SECTION = "\0"  # between where something stands and the heading it stands under
_LINE = re.compile(r"\bline (\d{1,6})\b")
_PATH = re.compile(r"\$\.?([\w.\[\]]*)")


@dataclass(frozen=True)
class Lack:
    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


def lacks(path: Path) -> list[Lack]:
    """Everything that is missing or wrong in one file, in the order of its lines."""
    return lacks_in(path.read_text(encoding="utf-8"), path.stem, path.name)


def lacks_in(text: str, slug: str, name: str) -> list[Lack]:
    """The same of a lesson that is no file; `name` is what its lacks are told to be in."""
    try:
        scenario = read(text, slug)
    except ValueError as error:
        lines = text.count("\n") + 1
        line = _line_of_error(text, str(error))  # which may quote any «line …» of the text
        return [Lack(name, min(max(line, 1), lines), str(error))]
    found = [*_written(scenario), *_played(scenario)]
    return sorted(
        (Lack(name, line_of(text, *where.split(SECTION)), reason) for where, reason in found),
        key=lambda lack: lack.line,
    )


def line_of(text: str, where: str, section: str = "") -> int:
    """The line on which `where` stands first after the heading `section`; 1 if it does nowhere."""
    begin = max(text.find(f"[{section}]"), 0) if section else 0
    for part in (f'"{where}"', f"{where} =", where, where.replace('"', '\\"')):
        at = text.find(part, begin)
        if at >= 0:
            return text.count("\n", 0, at) + 1
    return 1


def _line_of_error(text: str, reason: str) -> int:
    if match := _LINE.search(reason):
        return int(match[1])
    if "at end of document" in reason:
        return text.count("\n") + 1
    if match := _PATH.search(reason):
        key = re.sub(r"\[.*", "", match[1]).rsplit(".", 1)[-1]
        return line_of(text, key)
    if match := re.match(r"(\w+) must", reason):
        return line_of(text, match[1])
    quoted = re.search(r"['\"](.+)['\"]", reason)
    return line_of(text, quoted[1]) if quoted else 1


def _written(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Lacks that can be seen without playing: where they stand, and the reason."""
    if max(len(scenario.title), len(scenario.theme)) > TITLE_MAX_CHARS:
        yield "title", f"`title` and `theme` have at most {TITLE_MAX_CHARS} characters"
    if scenario.familiar and scenario.language not in FAMILIAR:
        yield "familiar", f"there is one register in {scenario.language}: leave `familiar` out"
    if scenario.icon not in _icons():
        yield "icon", f"there is no icon {scenario.icon} in {SPRITE.name}"
    if not scenario.partner.opening.endswith(("?", "？")):
        yield scenario.partner.opening, "the opening must end with the first question"
    if not PHRASES[0] <= len(scenario.phrases) <= PHRASES[1]:
        yield "[phrases]", f"a lesson has {PHRASES[0]} to {PHRASES[1]} phrases"
    yield from _translations(scenario)
    yield from _slots(scenario)
    for objective in scenario.objectives:
        yield from _objective(objective)


@cache
def _icons() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


def _objective(objective: Objective) -> Iterator[tuple[str, str]]:
    where = f'id = "{objective.id}"'
    if not SAID[0] <= len(objective.said) <= SAID[1]:
        yield where, f"`said` has {SAID[0]} to {SAID[1]} sentences, not {len(objective.said)}"
    if len(objective.not_said) < NOT_SAID:
        yield where, f"`not_said` has at least {NOT_SAID} sentences"
    for name in ("label", "ask", "answer", "nudge"):
        if not getattr(objective, name):
            yield where, f"`{name}` is empty"
    for twice in {s for s in objective.said if objective.said.count(s) > 1}:
        yield twice, "the same sentence twice"


def _translations(scenario: Scenario) -> Iterator[tuple[str, str]]:
    wanted = TRANSLATED if scenario.language == "en" else ("en",)
    for section, words in (("phrases", scenario.phrases), ("words", scenario.words)):
        for word, translated in words.items():
            if missing := [language for language in wanted if not translated.get(language)]:
                told = f"“{word}” has no translation into {', '.join(missing)}"
                yield f"{word}{SECTION}{section}", told
    for word, glossed in scenario.words.items():
        if not glossed.get("means"):
            yield f"{word}{SECTION}words", f"“{word}” has no `means`: say it in easy words"


def _slots(scenario: Scenario) -> Iterator[tuple[str, str]]:
    used = {slot for o in scenario.objectives for slot in o.slots}
    for slot, words in scenario.slots.items():
        if slot not in used:
            yield slot, f"no objective needs the slot {slot}"
        priced = [word for word, of in words.items() if of.price]
        if priced and len(priced) < len(words):
            without = next(word for word in words if word not in priced)
            yield without, f"“{without}” has no price, though others of {slot} have one"
        if priced and not scenario.currency:
            yield slot, "there are prices, but no `currency`"
    answers = [o.answer for o in scenario.objectives] + [a.say for a in scenario.asides]
    for line in answers:  # what was said is no word of ours: the example would be told in its place
        if named := next((s for s in slots_in(line) if s in scenario.open_slots), ""):
            yield line, f"an answer cannot name {named}, which takes any word"
    told = [o.answer for o in scenario.objectives if TOTAL in slots_in(o.answer)]
    if told and not any(of.price for words in scenario.slots.values() for of in words.values()):
        yield told[0], "{total} is told, but nothing has a price"


def _played(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Sentences that do not do what they stand for, in the situation in which they are due."""
    met: tuple[str, ...] = ()
    for objective in scenario.objectives:
        state = LessonState(met=met, order=_first(scenario, met))
        for model in objective.said:
            for order in _tries(scenario, model):
                said = fill(scenario, model, order)
                if objective not in newly_met(scenario, state, said):
                    yield model, f"“{said}” does not reach {objective.id}"
                    break
        for model in objective.not_said:
            said = fill(scenario, model, {})
            if objective in newly_met(scenario, state, said):
                yield model, f"“{said}” reaches {objective.id}, and must not"
        met = (*met, objective.id)
    for aside in scenario.asides:
        for model in aside.when:
            said = fill(scenario, model, {})
            for reached in newly_met(scenario, LessonState(), said):
                yield model, f"“{said}” is an aside, and reaches {reached.id}"


def _first(scenario: Scenario, met: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """What was ordered when `met` is reached."""
    slots = {slot for o in scenario.objectives if o.id in met for slot in o.slots}
    return {slot: {next(iter(scenario.slots[slot])): 1} for slot in slots}


def _tries(scenario: Scenario, model: str) -> Iterator[Order]:
    """The sentence with some words of its slots: the first, the last, and one between."""
    slots = slots_in(model)
    for n in range(TRIED if slots else 1):
        words = {slot: list(scenario.slots[slot]) for slot in slots}
        yield {s: {w[n * (len(w) - 1) // (TRIED - 1)]: 1} for s, w in words.items()}
