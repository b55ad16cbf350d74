"""Numbers and lists as people say and read them."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coach.nutrition.models.diary import Slot

NAMES = {
    "kcal": gettext_lazy("energy"),
    "protein_g": gettext_lazy("protein"),
    "carbohydrate_g": gettext_lazy("carbohydrate"),
    "fat_g": gettext_lazy("fat"),
    "fibre_g": gettext_lazy("fibre"),
    "sugar_g": gettext_lazy("sugars"),
    "saturated_fat_g": gettext_lazy("saturated fat"),
    "sodium_mg": gettext_lazy("sodium"),
}


def rounded(value: float, nutrient: str = "kcal") -> str:
    """`value` as shown: kilocalories and milligrams to 1, grams to 1 and below 10 to 0.1."""
    if nutrient.endswith("_g") and round(value, 1) < 10:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:,.0f}" if round(value) else "0"


def spoken(value: float, nutrient: str) -> str:
    """`value` with its unit and name in words: "16 grams of protein"."""
    number = rounded(value, nutrient)
    if nutrient == "kcal":
        return _kilocalories(number)
    name = NAMES[nutrient]
    if nutrient.endswith("_mg"):
        return _("%(number)s milligrams of %(nutrient)s") % {"number": number, "nutrient": name}
    if number == "1":
        return _("1 gram of %(nutrient)s") % {"nutrient": name}
    return _("%(number)s grams of %(nutrient)s") % {"number": number, "nutrient": name}


def _kilocalories(number: str) -> str:
    count = int(number.replace(",", ""))
    return ngettext("%(number)s kilocalorie", "%(number)s kilocalories", count) % {"number": number}


def listed(things: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(things) < 2:
        return "".join(things)
    return _("%(first)s and %(last)s") % {"first": ", ".join(things[:-1]), "last": things[-1]}


def day_name(day: date, today: date) -> str:
    """How a day is called within a sentence: "today", "yesterday", "on Monday", "on March 4"."""
    if day == today:
        return _("today")
    if day == today - timedelta(days=1):
        return _("yesterday")
    if day == today + timedelta(days=1):
        return _("tomorrow")
    if timedelta(0) < today - day < timedelta(days=7):
        return _("on %(weekday)s") % {"weekday": date_format(day, "l")}
    return _("on %(date)s") % {"date": date_format(day, "MONTH_DAY_FORMAT")}


def day_title(day: date, today: date) -> str:
    """How a day is called as a heading: "Today", "Yesterday", "Monday", "March 4"."""
    if abs(day - today) <= timedelta(days=1):
        return day_name(day, today).capitalize()
    if timedelta(0) < today - day < timedelta(days=7):
        return date_format(day, "l")
    return date_format(day, "MONTH_DAY_FORMAT")


def for_slot(slot: str) -> str:
    return {
        Slot.BREAKFAST: _("for breakfast"),
        Slot.LUNCH: _("for lunch"),
        Slot.DINNER: _("for dinner"),
        Slot.SNACK: _("as a snack"),
    }[Slot(slot)]


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
