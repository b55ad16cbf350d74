"""What FNDDS calls foods of the everyday layer that it has under no everyday name."""

from functools import lru_cache
from typing import Final

from coach.nutrition.foods.everyday import DATA

COMMENT: Final = "#"


@lru_cache(maxsize=1)
def names_there() -> dict[str, str]:
    """The words of FNDDS for the first everyday name of a food."""
    text = (DATA / "survey_names.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith(COMMENT))
    pairs = (line.split(" = ") for line in lines)
    return {name: there for name, there in pairs}
