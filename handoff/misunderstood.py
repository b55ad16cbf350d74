"""The coach has not understood several times in a row: then a person is asked. Pure.

The lines are what coaches say then, by language: the embedded engine's own, and what language
models usually say. A new line is a new entry here.
"""

import re
from collections.abc import Sequence

UNTIL = 3  # answers in a row
LINES = {
    "en": (
        r"i did(?: not|n't) (?:quite |really )?(?:understand|catch|get (?:that|you))",
        r"i do(?: not|n't) (?:quite |really )?understand (?:that|you|what you)",
        r"(?:could|can) you (?:please )?(?:repeat|rephrase|say) (?:that|it)",
        r"i(?:'m| am) not sure (?:what you mean|i understand|i follow)",
    ),
    "es": (r"no te he entendido", r"no (?:te )?entend[ií]", r"puedes repetir"),
    "fr": (r"je n'ai pas (?:bien )?compris", r"peux-tu (?:répéter|reformuler)"),
    "de": (r"(?:das )?habe ich nicht verstanden", r"ich (?:habe|verstehe) (?:das|dich) nicht"),
    "ko": ("이해하지 못했", "다시 말씀해"),
}
_SAID = re.compile("|".join(line for lines in LINES.values() for line in lines), re.IGNORECASE)


def did_not_understand(text: str) -> bool:
    """Whether the coach says that it has not understood."""
    return _SAID.search(text.replace("’", "'")) is not None


def going_in_circles(answers: Sequence[str]) -> bool:
    """Whether the newest `UNTIL` answers of the coach all say so."""
    return len(answers) >= UNTIL and all(map(did_not_understand, answers[:UNTIL]))
