"""What a sentence tells of the speaker's health."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How a fact stands, by the grammar of its sentence."""

    HOLDS = "holds"
    DENIED = "denied"  # «I don't have diabetes», «not any more»
    UNSURE = "unsure"  # «I think I have …», «I might be …»


@dataclass(frozen=True)
class Fact:
    """`kind`: allergy, condition, medicine, style or pregnancy. `value`: as the profile names it.

    A denial of all («no allergies») has an empty value.
    """

    kind: str
    value: str
    standing: Standing = Standing.HOLDS


@dataclass(frozen=True)
class Measured:
    """`kind`: as the row's, such as weight or waist. An empty `unit`: none was said.

    `sure`: it was said that this was measured. A lone «80 kg» may be what somebody lifted. A blood
    sugar is, where its unit is known and it is called so.
    """

    kind: str
    value: float
    unit: str
    second: float | None = None
    days_ago: int = 0
    sure: bool = True


@dataclass(frozen=True)
class Sign:
    """A symptom: its name, and the words of the clause in which it was told."""

    name: str
    words: str


@dataclass(frozen=True)
class Reading:
    """All that was told. `question`: a sentence asks; `other`: one names somebody else."""

    facts: tuple[Fact, ...] = ()
    measured: tuple[Measured, ...] = ()
    signs: tuple[Sign, ...] = ()
    question: bool = False
    other: bool = False

    def __bool__(self) -> bool:
        return bool(self.facts or self.measured or self.signs)
