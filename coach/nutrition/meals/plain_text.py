"""A sentence as the grammar of meals reads it: times as signs, amounts in plain figures.

    "0,5 l of milk at half past 8" → "0.5 l of milk \\ue000"

What numbers and times mean is read by `coach.entities`; here it is put back into the text.
"""

from typing import Final

import msgspec

from coach.entities import Amount, Day, Entity, Numeral, read_entities, unit_named
from coach.nutrition.foods.word_forms import key
from coach.nutrition.meals.measures import SIZES, VOLUME, WEIGHT
from coach.nutrition.meals.said_at import SaidAt

# Characters for private use, one for each time of a sentence: no word has them.
FIRST_SIGN: Final = "\ue000"
LAST_SIGN: Final = "\uf8ff"
MOST_SIGNS: Final = ord(LAST_SIGN) - ord(FIRST_SIGN) + 1
SIGNS_OF_OTHERS: Final = dict.fromkeys(range(ord(FIRST_SIGN), ord(LAST_SIGN) + 1), " ")
# Units that the tables of foods weigh by; others stay as they were said.
MEASURED: Final = frozenset(
    {"g", "kg", "mg", "oz", "lb", "ml", "cl", "dl", "l", "cup", "tbsp", "tsp", "floz", "pint",
     "quart", "gallon", "inch", "kcal"}
)  # fmt: skip


class PlainText(msgspec.Struct, frozen=True):
    """`text` with a sign for each phrase of time; `signs` maps it to the entity and its words."""

    text: str
    signs: dict[str, tuple[Entity, str]]
    unread: tuple[str, ...] = ()


def plain_text(said: str, said_at: SaidAt) -> PlainText:
    """`said` with what it means by numbers and times put plainly."""
    said = said.translate(SIGNS_OF_OTHERS)
    signs: dict[str, tuple[Entity, str]] = {}
    unread, parts, end = [], [], 0
    for entity in read_entities(said, today=said_at.today, now=said_at.now):
        words = said[entity.start : entity.end]
        if isinstance(entity, Numeral):
            if not said[: entity.start][-1:].isalpha():  # "B12" is a word
                unread.append(words)
                parts += [said[end : entity.start], " "]
                end = entity.end
        elif isinstance(entity, Amount):
            plain = amount_in_figures(entity, said)
            parts += [said[end : entity.start], plain]
            end = entity.end
        elif not is_today(entity, words) and len(signs) < MOST_SIGNS:
            sign = chr(ord(FIRST_SIGN) + len(signs))
            signs[sign] = (entity, words)
            parts += [said[end : entity.start], f" {sign} "]
            end = entity.end
    return PlainText("".join([*parts, said[end:]]), signs, tuple(unread))


def is_today(entity: Entity, words: str) -> bool:
    """ "today" says nothing that would not hold without it, and parts no clauses."""
    return isinstance(entity, Day) and words.lower().endswith("today")


def amount_in_figures(amount: Amount, said: str) -> str:
    """The amount as the grammar of meals reads it best; in its own words where they are plain."""
    words = said[amount.start : amount.end]
    number = said[amount.start : amount.number_end]
    figures = any(sign.isnumeric() for sign in number)
    several = len(number.split()) > 1 or "-" in number
    rest = said[amount.number_end : amount.end]
    if rest.lower().split()[:1] and rest.lower().split()[0] in SIZES:
        return words if begins_with_article(number) else f"{figure(amount.value)}{rest}"
    if amount.unit in MEASURED and not is_article(amount, number):
        return f"{figure(amount.value)} {unit_as_said(amount, words)}"
    if (figures or several) and not begins_with_article(number):
        return f"{figure(amount.value)}{rest}"
    return words


def unit_as_said(amount: Amount, words: str) -> str:
    """The unit in the word that was said for it; its short name for one of several parts."""
    word = (words.lower().rstrip(".").split() or [""])[-1].lstrip("0123456789.,½¼¾")
    known = word in WEIGHT or word in VOLUME or key(word) in WEIGHT or key(word) in VOLUME
    return word if known and unit_named(word) == amount.unit else amount.unit


def is_article(amount: Amount, number: str) -> bool:
    """ "a cup": its count stays an article."""
    return begins_with_article(number) and amount.value == 1


def begins_with_article(number: str) -> bool:
    return number.lower().split()[:1] in (["a"], ["an"])


def figure(value: float) -> str:
    """A number that reads back as itself, without an exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".") or "0"
