"""The learner's order in words: articles, plurals, lists and sums, in sentences with slots.

`{drink}` is the bare word, `{a drink}` and `{the drink}` take articles and numbers, `{total}` is
what the order costs. English derives its forms; other languages write `one` and `many`.
"""

import re
from collections.abc import Mapping

from coach.lessons.scenario import SLOT, Objective, Scenario, SlotWord

Order = Mapping[str, Mapping[str, int]]  # slot -> word -> how many

TOTAL = "total"
_BELOW_20 = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
_ONES = tuple(_BELOW_20.split())
_TENS = ("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_AND = {"en": "and", "es": "y", "fr": "et", "de": "und", "ko": "하고"}
_THOUSANDS = {"es": ".", "fr": " ", "de": ".", "ko": ","}
# By sound: an hour, a university, a one-way ticket.
_AN = re.compile(r"(?:[aeio]|u(?!ni|se|su|ti|rop))(?!ne\b|ne-|uro)|hour|honest", re.IGNORECASE)
_DEFINITE = {
    "es": (("un ", "el "), ("una ", "la "), ("unos ", "los "), ("unas ", "las ")),
    "fr": (
        *(("un ", "le "), ("une ", "la "), ("du ", "le "), ("de la ", "la ")),
        *(("de l'", "l'"), ("des ", "les ")),
    ),
}
_ELIDES = re.compile(r"[aeiouhéèêàâîôœ]", re.IGNORECASE)
_SENTENCE = re.compile(r"(^|[.!?]\s+)([a-z])")


def number(n: int) -> str:
    """A whole number in English words, as far as prices and orders go."""
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        rest = f" and {number(n % 100)}" if n % 100 else ""
        return f"{_ONES[n // 100]} hundred{rest}"
    return str(n)


def amount(value: float, currency: str, language: str = "en") -> str:
    """What something costs: «seven pounds fifty», «7,50 euros», «12,000 원»."""
    whole, hundredths = divmod(round(value * 100), 100)
    if language != "en":
        written = f"{whole:,}".replace(",", _THOUSANDS.get(language, ","))
        return f"{written},{hundredths:02} {currency}" if hundredths else f"{written} {currency}"
    if not whole:
        return f"{number(hundredths)} {'pence' if currency == 'pound' else 'cents'}"
    coins = f" {number(hundredths)}" if hundredths else ""
    return f"{number(whole)} {currency}{'' if whole == 1 else 's'}{coins}"


def plural(word: str) -> str:
    """The English plural of a thing on a list; of «cup of tea» the first noun's."""
    head, of, tail = word.partition(" of ")
    if of:
        return f"{plural(head)}{of}{tail}"
    if word.endswith("s") and not word.endswith("ss"):
        return word
    if re.search(r"(?:s|x|ch|sh)$", word):
        return f"{word}es"
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}s"


def plurals(word: str, language: str) -> list[str]:
    """What the plural of a thing may be in languages whose nouns have many kinds of it."""
    head, _, tail = word.partition(" ")
    tail = f" {tail}" if tail else ""
    endings = {"es": ("s", "es"), "fr": ("s", "x"), "de": ("e", "n", "en", "s", "er")}
    return [f"{head}{ending}{tail}" for ending in endings.get(language, ())]


def with_article(word: str) -> str:
    return f"{'an' if _AN.match(word) else 'a'} {word}"


def some(word: str, of: SlotWord, n: int, language: str) -> str:
    """`n` of a thing: «a tea», «two teas», «a glass of water»; a name stays as it is."""
    if n == 1:
        if of.one or word[:1].isupper() or language != "en":
            return of.one or word
        return with_article(word)
    counted = number(n) if language == "en" else str(n)
    if of.many:
        return of.many.replace("{n}", counted)
    return f"{counted} {plural(word) if language == 'en' else word}"


def the(word: str, of: SlotWord, n: int, language: str) -> str:
    """In Spanish and French, `one` tells which article: «un té», so «el té». Elsewhere, none."""
    if n > 1:
        return some(word, of, n, language)
    for indefinite, definite in _DEFINITE.get(language, ()):
        if of.one.startswith(indefinite):
            bare = of.one.removeprefix(indefinite)
            elided = language == "fr" and _ELIDES.match(bare) is not None
            return f"l'{bare}" if elided else f"{definite}{bare}"
    return word


def is_name(scenario: Scenario, slot: str, word: str) -> bool:
    """Whether it names a place or a person. German nouns have capitals, too: a name has no more."""
    if not word[:1].isupper():
        return False
    of = scenario.slots[slot][word]
    return scenario.language != "de" or not (of.one or of.price or word in scenario.words)


def listed(parts: list[str], language: str = "en") -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {_AND.get(language, ',')} {parts[-1]}"


def total(scenario: Scenario, order: Order) -> float:
    """What the order costs. A slot that is chosen once for all others counts with their number."""
    return sum(
        scenario.slots[slot][word].price * n
        for slot, words in order.items()
        for word, n in words.items()
    )


def fill(scenario: Scenario, line: str, order: Order) -> str:
    """`line` with the order in its slots, and capitals where sentences begin.

    A slot for which nothing was chosen yet has the first word that the teacher wrote.
    """

    def words(match: re.Match[str]) -> str:
        if match["name"] == TOTAL:
            return amount(total(scenario, order), scenario.currency, scenario.language)
        slot, form = scenario.slots[match["name"]], match["form"]
        chosen = order.get(match["name"]) or {next(iter(slot)): 1}
        if form in ("a", "an"):
            parts = [some(word, slot[word], n, scenario.language) for word, n in chosen.items()]
            return listed(parts, scenario.language)
        if form == "the" and scenario.language != "en":
            named = [the(word, slot[word], n, scenario.language) for word, n in chosen.items()]
            return listed(named, scenario.language)
        bare = [plural(word) if n > 1 and form else word for word, n in chosen.items()]
        return ("the " if form else "") + listed(bare, scenario.language)

    filled = SLOT.sub(words, line)
    return _SENTENCE.sub(lambda match: match[1] + match[2].upper(), filled)


def example(scenario: Scenario, objective: Objective) -> str:
    """The first model sentence, with the first word of each slot."""
    return fill(scenario, objective.said[0], {})


def hints(scenario: Scenario, objective: Objective) -> tuple[str, str, str]:
    """What to do, key words, and a sentence that does it."""
    return (*objective.hint, example(scenario, objective))


def prices(scenario: Scenario, order: Order) -> str:
    """«A tea is three pounds, and two coffees are six pounds.»; «Zwei Brote: 7 Euro.»"""
    english = scenario.language == "en"
    told = []
    for slot, chosen in order.items():
        for word, n in chosen.items():
            of = scenario.slots[slot][word]
            cost = amount(of.price * n, scenario.currency, scenario.language)
            costs = (" is" if n == 1 else " are") if english else ":"
            told.append(f"{some(word, of, n, scenario.language)}{costs} {cost}")
    return fill(scenario, f"{listed(told, scenario.language)}.", {}) if told else ""
