"""What a lesson file lacks, each with its line and reason, for whoever writes it.

A lesson is also played here: each model sentence must reach its objective, and what only looks
like one must not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from coach.lessons.files import HINT_FIELDS, PARTNER, flaws, read_draft
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
SCENE = ("title", "theme", "can_do", "setting", "learner_role")
SECTION = "\0"  # between where something stands and the heading it stands under
_LINE = re.compile(r"\bline (\d{1,6})\b")
_PATH = re.compile(r"\$\.?([\w.\[\]]*)")


# The field of the editor (as `own/lesson_form.py` calls it), where it stands in a text, the reason.
Found = tuple[str, str, str]


@dataclass(frozen=True)
class Lack:
    """`field`: of the editor, as `own/lesson_form.py` calls it; empty where there is none."""

    file: str
    line: int
    reason: str
    field: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


def lacks(path: Path) -> list[Lack]:
    """Everything that is missing or wrong in one file, in the order of its lines."""
    return lacks_in(path.read_text(encoding="utf-8"), path.stem, path.name)


def lacks_in(text: str, slug: str, name: str) -> list[Lack]:
    """The same of a lesson that is no file; `name` is what its lacks are told to be in."""
    try:
        scenario = msgspec.structs.replace(read_draft(text), slug=slug)
    except ValueError as error:
        return [Lack(name, _line_of_error(text, str(error)), str(error))]
    flawed = list(flaws(scenario))
    found = [(field, _line_of_error(text, reason), reason) for field, reason in flawed]
    for field, where, reason in _written(scenario):
        found.append((field, line_of(text, *where.split(SECTION)), reason))
    if not flawed:
        for field, where, reason in _played(scenario):
            found.append((field, line_of(text, where), reason))
    every = [Lack(name, line, reason, field) for field, line, reason in found]
    return sorted(every, key=lambda lack: lack.line)


def line_of(text: str, where: str, section: str = "") -> int:
    """The line on which `where` stands first after the heading `section`; 1 if it does nowhere."""
    begin = max(text.find(f"[{section}]"), 0) if section else 0
    for part in (f'"{where}"', f"{where} =", where, where.replace('"', '\\"')):
        at = text.find(part, begin)
        if at >= 0:
            return text.count("\n", 0, at) + 1
    return 1


def _line_of_error(text: str, reason: str) -> int:
    """The line that a reason is about, which may quote any «line …» of the text."""
    return min(max(_line_named(text, reason), 1), text.count("\n") + 1)


def _line_named(text: str, reason: str) -> int:
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


def _written(scenario: Scenario) -> Iterator[Found]:
    """Lacks that can be seen without playing."""
    for name in ("title", "theme"):
        if len(getattr(scenario, name)) > TITLE_MAX_CHARS:
            yield f"scene-{name}", name, f"`{name}` has at most {TITLE_MAX_CHARS} characters"
    if scenario.familiar and scenario.language not in FAMILIAR:
        reason = f"there is one register in {scenario.language}: leave `familiar` out"
        yield "scene-familiar", "familiar", reason
    if scenario.icon not in icons():
        yield "scene-icon", "icon", f"there is no icon {scenario.icon} in {SPRITE.name}"
    yield from _told(scenario)
    if not PHRASES[0] <= len(scenario.phrases) <= PHRASES[1]:
        reason = f"a lesson has {PHRASES[0]} to {PHRASES[1]} phrases, not {len(scenario.phrases)}"
        yield "phrases", "[phrases]", reason
    yield from _translations(scenario)
    yield from _slots(scenario)
    for n, objective in enumerate(scenario.objectives):
        yield from _objective(f"objectives-{n}", objective)


def _told(scenario: Scenario) -> Iterator[Found]:
    """What learners read of the scene, and what the partner is."""
    for name in SCENE:
        if not getattr(scenario, name):
            yield f"scene-{name}", f"{name} =", f"`{name}` is empty: learners read it, so write it"
    for name in PARTNER:
        if not getattr(scenario.partner, name):
            where = f"{name} ={SECTION}partner"
            yield f"partner-{name}", where, f"`{name}` of the partner is empty: write it"
    opening = scenario.partner.opening
    if opening and not opening.endswith(("?", "？")):
        yield "partner-opening", opening, "the opening must end with the first question"


@cache
def icons() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text(encoding="utf-8")))


def _objective(of: str, objective: Objective) -> Iterator[Found]:
    where = f'id = "{objective.id}"'
    if not SAID[0] <= len(objective.said) <= SAID[1]:
        reason = f"`said` has {SAID[0]} to {SAID[1]} sentences, not {len(objective.said)}"
        yield f"{of}-said", where, reason
    if len(objective.not_said) < NOT_SAID:
        reason = f"`not_said` has at least {NOT_SAID} sentences, not {len(objective.not_said)}"
        yield f"{of}-not_said", where, reason
    for name in ("label", "ask", "answer", "nudge"):
        if not getattr(objective, name):
            yield f"{of}-{name}", where, f"`{name}` is empty: write it"
    for name, hint in zip(HINT_FIELDS, objective.hint, strict=True):
        if not hint:
            yield f"{of}-{name}", where, "this step of `hint` is empty: write it"
    for twice in {s for s in objective.said if objective.said.count(s) > 1}:
        yield f"{of}-said", twice, f"the same sentence twice: “{twice}”"


def _translations(scenario: Scenario) -> Iterator[Found]:
    wanted = translated_into(scenario.language)
    for section, words in (("phrases", scenario.phrases), ("words", scenario.words)):
        for n, (word, translated) in enumerate(words.items()):
            missing = [language for language in wanted if not translated.get(language)]
            if missing:
                told = f"“{word}” has no translation into {', '.join(missing)}"
                yield f"{section}-{n}-{missing[0]}", f"{word}{SECTION}{section}", told
    for n, (word, glossed) in enumerate(scenario.words.items()):
        if not glossed.get("means"):
            told = f"“{word}” has no `means`: say it in easy words"
            yield f"words-{n}-means", f"{word}{SECTION}words", told


def translated_into(language: str) -> tuple[str, ...]:
    """The languages into which phrases and words of a lesson in `language` are translated."""
    return TRANSLATED if language == "en" else ("en",)


def _slots(scenario: Scenario) -> Iterator[Found]:
    used = {slot for o in scenario.objectives for slot in o.slots}
    for n, (slot, words) in enumerate(scenario.slots.items()):
        if slot not in used:
            yield f"slots-{n}-name", slot, f"no objective needs the slot {slot}"
        priced = [word for word, of in words.items() if of.price]
        if priced and len(priced) < len(words):
            m, without = next((m, word) for m, word in enumerate(words) if word not in priced)
            reason = f"“{without}” has no price, though others of {slot} have one"
            yield f"slots-{n}-words-{m}-price", without, reason
        if priced and not scenario.currency:
            yield "scene-currency", slot, "there are prices, but no `currency`"
    yield from _answers(scenario)


def _answers(scenario: Scenario) -> Iterator[Found]:
    """What was said is no word of ours: the example would be told in its place."""
    answers = [(f"objectives-{n}-answer", o.answer) for n, o in enumerate(scenario.objectives)]
    answers += [(f"asides-{n}-say", aside.say) for n, aside in enumerate(scenario.asides)]
    for field, line in answers:
        if named := next((s for s in slots_in(line) if s in scenario.open_slots), ""):
            yield field, line, f"an answer cannot name {named}, which takes any word"
    priced = any(of.price for words in scenario.slots.values() for of in words.values())
    for field, line in answers:
        if TOTAL in slots_in(line) and not priced:
            yield field, line, "{total} is told, but nothing has a price"


def _played(scenario: Scenario) -> Iterator[Found]:
    """Sentences that do not do what they stand for, in the situation in which they are due."""
    met: tuple[str, ...] = ()
    for n, objective in enumerate(scenario.objectives):
        state = LessonState(met=met, order=_first(scenario, met))
        for model in objective.said:
            for order in _tries(scenario, model):
                said = fill(scenario, model, order)
                if objective not in newly_met(scenario, state, said):
                    reason = f"“{said}” does not reach {objective.id}: word it more like the others"
                    yield f"objectives-{n}-said", model, reason
                    break
        for model in objective.not_said:
            said = fill(scenario, model, {})
            if objective in newly_met(scenario, state, said):
                reason = f"“{said}” reaches {objective.id}, and must not: is it a way to say it?"
                yield f"objectives-{n}-not_said", model, reason
        met = (*met, objective.id)
    for n, aside in enumerate(scenario.asides):
        for model in aside.when:
            said = fill(scenario, model, {})
            for reached in newly_met(scenario, LessonState(), said):
                reason = f"“{said}” is an aside, and reaches {reached.id}: word it otherwise"
                yield f"asides-{n}-when", model, reason


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
