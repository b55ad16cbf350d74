"""The labelled sentences, and how they are read."""

from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Labelled(NamedTuple):
    """`code` "-" is harmless. `group`: danger, ask, or which set a harmless line is of."""

    text: str
    language: str
    code: str
    register: str
    kind: str
    group: str

    @property
    def danger(self) -> bool:
        return self.group == "danger"


def read(name: str) -> list[Labelled]:
    """`name`: "train", or "held_out", which only `measure` may read."""
    lines = (HERE / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [Labelled(*line.split("\t")) for line in lines]
