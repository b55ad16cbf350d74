"""A role-play lesson as its teacher wrote it: what a TOML file of `scenarios/` holds.

What can be derived is not written: the third hint, the slots of an objective, articles, plurals,
sums, the pace of the voice. `files.py` reads the files, `checking.py` finds what they lack.
"""

import re
from functools import cached_property

import msgspec

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
MINUTES = (3, 15)
OBJECTIVES = 3
SLOT = re.compile(r"\{(?:(?P<form>an?|the) )?(?P<name>\w+)\}")
PAUSE_MS = (1800, 1500, 1200, 1200, 1000, 1000)  # by level: learners think before they speak
PACE = (0.8, 0.88, 0.95, 1.0, 1.0, 1.0)  # by level: of the persona's own speed


class Partner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    role: str
    manner: str
    wants: str
    refuses: str
    opening: str  # spoken first; ends with the first objective's question
    closing: str  # spoken when every objective is met
    goodbye: str  # to whatever is said after that
    voice: str = ""  # of the engine; without it, or where the engine has none, the usual one


class SlotWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that can be chosen. English derives `one` («a tea») and `many` («{n} teas»)."""

    price: float = 0.0
    one: str = ""
    many: str = ""
    also: tuple[str, ...] = ()  # other words for it


class Objective(msgspec.Struct, frozen=True, eq=False, dict=True, forbid_unknown_fields=True):
    """An observable speech act: sentences that do it, and sentences that only look like it."""

    id: str
    label: str
    said: tuple[str, ...]
    not_said: tuple[str, ...]
    ask: str  # the partner's question that invites it
    answer: str  # the partner's answer; `{a drink}` is what the learner chose
    nudge: str  # when only part of it was said, or something that there is not
    hint: tuple[str, str]  # what to do; key words. The third is the first model sentence

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """The slots that an act with a slot needs: those of every model sentence that has any."""
        named = [slots_in(model) for model in self.said]
        named = [slots for slots in named if slots]
        return tuple(s for s in named[0] if all(s in slots for slots in named)) if named else ()


class Aside(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something else a learner may say or ask, in model sentences, and the partner's answer."""

    when: tuple[str, ...]
    say: str


class Scenario(msgspec.Struct, frozen=True, eq=False, forbid_unknown_fields=True):
    title: str
    language: str
    level: str
    theme: str
    icon: str
    minutes: int
    can_do: str
    setting: str
    learner_role: str
    partner: Partner
    phrases: dict[str, dict[str, str]]  # each with its translations by language
    objectives: tuple[Objective, ...]
    slots: dict[str, dict[str, SlotWord]] = {}
    words: dict[str, dict[str, str]] = {}  # `means`, and translations by language
    open_slots: tuple[str, ...] = ()  # any word will do, such as a name; its words are examples
    asides: tuple[Aside, ...] = ()
    familiar: bool = False  # they say du, tu, tú to each other, or speak 반말
    twist: str = ""  # said once, after the first objective
    currency: str = ""  # «pound», «euro»: where slots have prices
    slug: str = ""
    version: str = ""  # the row it was read from (`own.LessonVersion`); empty: a shipped file

    def objective(self, key: str) -> Objective | None:
        return next((o for o in self.objectives if o.id == key), None)

    @property
    def silence_ms(self) -> int:
        return PAUSE_MS[LEVELS.index(self.level)]

    @property
    def pace(self) -> float:
        return PACE[LEVELS.index(self.level)]


def slots_in(model: str) -> tuple[str, ...]:
    """The names of the slots in a sentence, in order."""
    return tuple(match["name"] for match in SLOT.finditer(model))
