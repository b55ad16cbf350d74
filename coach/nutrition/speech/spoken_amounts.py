"""An amount of a food as it is spoken: "two slices of toast", "half an avocado"."""

import re

from django.utils.translation import gettext as _

NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
UNITS_IN_WORDS = {
    "g": "grams", "kg": "kilograms", "mg": "milligrams", "ml": "millilitres", "l": "litres",
    "tbsp": "tablespoons", "tsp": "teaspoons", "oz": "ounces", "lb": "pounds",
    "fl oz": "fluid ounces",
}  # fmt: skip
SIZES = {"small", "medium", "large", "big", "mini", "extra large", "jumbo", "tiny"}
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
FRACTION_WORDS = {
    "½": "half", "¼": "a quarter", "¾": "three quarters", "⅓": "a third", "⅔": "two thirds",
}  # fmt: skip
AMOUNT = re.compile(
    r"(?:(?P<whole>[\d.,]+)?(?P<part>[½¼¾⅓⅔])?|an?\b|one\b)\s*(?P<measure>.*)", re.IGNORECASE
)


def amount_and_name(amount: str, name: str) -> str:
    """How an amount of a food is spoken: ("2", "egg") is "two eggs", ("150 g", "rice") is
    "150 grams of rice", ("1 large", "banana") is "a large banana"."""
    amount = amount.strip()
    found = AMOUNT.fullmatch(amount)
    if not amount or amount.startswith("about ") or found is None:
        return name
    if name.lower() in amount.lower():
        return amount
    whole, part, measure = found["whole"] or "", found["part"] or "", found["measure"]
    if part and not whole:
        return _part_of(part, measure, name)
    count = float(whole.replace(",", "")) if whole else 1.0
    many = count > 1 or bool(part)
    sized = not measure or measure.lower() in SIZES
    unit = measure.lower() if sized else UNITS_IN_WORDS.get(measure.lower(), measure)
    if not many and unit != measure:
        unit = unit.removesuffix("s")
    if sized:
        unit = f"{unit} {_plural(name) if many else name}".strip()
    else:
        unit = _("%(measure)s of %(food)s") % {"measure": unit, "food": name}
    if not many and count == 1:
        return f"{_article(unit)} {unit}"
    said = _number_word(whole, count)
    if part:
        half = "a half" if part == "½" else FRACTION_WORDS[part]
        said = _("%(whole)s and %(part)s") % {"whole": said, "part": half}
    return f"{said} {unit}"


def _part_of(part: str, measure: str, name: str) -> str:
    """ "half an avocado", "a quarter of a pizza", "three quarters of a cup of rice"."""
    of = "" if part == "½" else "of "
    if not measure or measure.lower() in SIZES:
        whole = f"{measure} {name}".strip()
        return f"{FRACTION_WORDS[part]} {of}{_article(whole)} {whole}"
    unit = UNITS_IN_WORDS.get(measure.lower(), measure).removesuffix("s")
    return f"{FRACTION_WORDS[part]} {of}{_article(unit)} {unit} of {name}"


def _number_word(number: str, count: float) -> str:
    if count == int(count) and 0 < count < len(NUMBER_WORDS):
        return NUMBER_WORDS[int(count)]
    return number


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"


def _plural(name: str) -> str:
    """The plural of an English food name: egg → eggs, berry → berries, glass → glasses."""
    if re.search(r"[^s]s$", name) or name.endswith("ies"):
        return name
    if re.search(r"[^aeiou]y$", name):
        return f"{name[:-1]}ies"
    if re.search(r"(?:ss|sh|ch|x|z|[^aeiou]o)$", name):
        return f"{name}es"
    return f"{name}s"
